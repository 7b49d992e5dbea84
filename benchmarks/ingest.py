"""Storing pictures by one worker process a core, beside a bare loop with the same outputs.

`--size N` pictures: JPEGs of 1024 × 1024 pixels, or `--side` of them, five a sample. The bare loop reads each file,
decodes a draft for the thumbnail, writes raster and thumbnail and computes both hashes, in as many processes, without
database and checks. Small pictures say nothing of a picture's own cost; they show whether the rate holds at sizes at
which large ones do not fit on a disk.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (Django must be set up first)
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from accounts.services import projects  # noqa: E402
from benchmarks._figures import Figures, argument_parser  # noqa: E402
from catalog.ingestion.decoder import THUMBNAIL, dhash  # noqa: E402
from catalog.ingestion.run import ingest_due  # noqa: E402
from catalog.selectors import samples  # noqa: E402
from catalog.services import imports  # noqa: E402

TICK = 5.0  # seconds between two looks at how many samples are ready
SLOTS = "OABCD"
PROCESSES = os.cpu_count() or 1


def draw(folder: Path, count: int, side: int) -> Path:
    """Pictures with as much detail as a photograph's (about 380 kB at 1024), all different, and their manifest."""
    random.seed(1)
    ground = Image.effect_noise((side, side), 40).convert("RGB")
    rightmost, large = side * 500 // 1024, side * 900 // 1024
    rows = []
    for number in range(count // len(SLOTS)):
        for slot in SLOTS:
            image = ground.copy()
            colour = tuple(random.randrange(256) for _ in range(3))
            image.paste(colour, (random.randrange(rightmost), random.randrange(rightmost), large, large))
            image.save(folder / f"{number}-{slot}.jpg", quality=88)
        names = {slot: f"{number}-{slot}.jpg" for slot in SLOTS}
        rows.append({"id": f"s-{number}", "original": names.pop("O"), "candidates": names})
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return manifest


def bare(files: list[Path], into: Path) -> None:
    """The same outputs and nothing else."""
    for file in files:
        source = file.read_bytes()
        name = hashlib.sha256(source).hexdigest()
        with Image.open(file) as image:
            image.draft("RGB", (THUMBNAIL, THUMBNAIL))
            small = image.convert("RGB")
        small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        dhash(small)
        (into / name).write_bytes(source)
        small.save(into / f"{name}.thumb.jpg", "JPEG", quality=80)


def ingest() -> None:
    ingest_due(until=timezone.now() + timedelta(hours=2), clock=timezone.now)


def timed(
    work: Callable[..., None], given: list[tuple[object, ...]], look: Callable[[float], None] = lambda seconds: None
) -> tuple[float, float]:
    """Seconds until every process is done, each with its share, and the CPU seconds of all of them.

    `look` is called with the seconds so far, every few of them. CPU seconds say more on a machine that others use too.
    """
    connections.close_all()  # a forked child must not inherit this process's connection
    forking = multiprocessing.get_context("fork")
    running = [forking.Process(target=work, args=each) for each in given]
    begun, spent = time.perf_counter(), _cpu_of_children()
    for each in running:
        each.start()
    for each in running:
        while each.is_alive():
            each.join(TICK)
            look(time.perf_counter() - begun)
    return time.perf_counter() - begun, _cpu_of_children() - spent


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def evenness(ready: list[tuple[float, int]], whole: int) -> float | None:
    """Rate over the last third of the samples ÷ over the first third; `ready`: (seconds, samples ready by then).

    None where a run was looked at too seldom to tell.
    """
    first = [each for each in ready if each[1] <= whole / 3]
    last = [each for each in ready if each[1] >= whole * 2 / 3]
    if min(len(first), len(last)) < 5:
        return None
    rates = [(part[-1][1] - part[0][1]) / (part[-1][0] - part[0][0]) for part in (first, last[:-1])]
    return rates[1] / rates[0]


def main() -> None:
    parser = argument_parser(__doc__ or "", size=1000)
    parser.add_argument("--side", type=int, default=1024, help="pixels")
    given = parser.parse_args()
    side = "" if given.side == 1024 else f"-side-{given.side}"
    figures = Figures(f"ingest-{given.size}{side}", write=given.write)
    call_command("migrate", verbosity=0)
    project_id = projects.create(slug="bench", name="Bench").pk
    with tempfile.TemporaryDirectory() as name:
        folder, into = Path(name), Path(name) / "bare"
        into.mkdir()
        manifest = draw(folder, given.size, given.side)
        files = sorted(folder.glob("*.jpg"))
        kilobytes = sum(file.stat().st_size for file in files) // len(files) // 1000
        load = os.getloadavg()[0]
        alone, bare_cpu = timed(bare, [(files[place::PROCESSES], into) for place in range(PROCESSES)])
        imports.read_manifest(project_id=project_id, manifest=manifest, actor_id=None, now=timezone.now())
        ready: list[tuple[float, int]] = []
        seconds, cpu = timed(
            ingest,
            [() for _ in range(PROCESSES)],
            lambda passed: ready.append((passed, samples.state_counts(project_id).get("ready", 0))),
        )
    states = samples.state_counts(project_id)
    if set(states) != {"ready"}:
        raise SystemExit(f"Not every sample is ready: {states}")
    each = {
        "size": given.size,
        "side": given.side,
        "processes": PROCESSES,
        "kilobytes_each": kilobytes,
        "load_before": round(load, 1),
    }
    figures.add(
        "ingest.pictures_per_s", round(len(files) / seconds, 1), "pictures/s", **each, seconds=round(seconds, 2)
    )
    figures.add("ingest.share_of_bare_loop", round(alone / seconds, 3), "share", **each, bare_s=round(alone, 2))
    figures.add("ingest.cpu_ms_per_picture", round(1000 * cpu / len(files), 2), "ms", **each)
    figures.add(
        "ingest.cpu_share_of_bare_loop", round(bare_cpu / cpu, 3), "share", **each, bare_cpu_s=round(bare_cpu, 2)
    )
    if (even := evenness(ready, given.size // len(SLOTS))) is not None:
        figures.add("ingest.last_third_to_first", round(even, 3), "share", **each)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures.add("ingest.largest_process_mib", round(peak), "MiB", **each)
    figures.close()


if __name__ == "__main__":
    main()
