"""Storing pictures by one worker process a core, beside a bare loop with the same outputs.

`--size N` pictures: JPEGs of 1024 × 1024 pixels, five a sample. The bare loop reads each file, decodes a draft for the
thumbnail, writes raster and thumbnail and computes both hashes, in as many processes, without database and checks.
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
from benchmarks._figures import Figures, arguments  # noqa: E402
from catalog.ingestion.decoder import THUMBNAIL, dhash  # noqa: E402
from catalog.ingestion.run import ingest_due  # noqa: E402
from catalog.selectors import samples  # noqa: E402
from catalog.services import imports  # noqa: E402

SIDE = 1024
SLOTS = "OABCD"
PROCESSES = os.cpu_count() or 1


def draw(folder: Path, count: int) -> Path:
    """Pictures with as much detail as a photograph's (about 250 kB), all different, and their manifest."""
    random.seed(1)
    ground = Image.effect_noise((SIDE, SIDE), 40).convert("RGB")
    rows = []
    for number in range(count // len(SLOTS)):
        for slot in SLOTS:
            image = ground.copy()
            colour = tuple(random.randrange(256) for _ in range(3))
            image.paste(colour, (random.randrange(500), random.randrange(500), 900, 900))
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


def timed(work: Callable[..., None], given: list[tuple[object, ...]]) -> tuple[float, float]:
    """Seconds until every process is done, each with its share, and the CPU seconds of all of them.

    The latter say more on a machine that others use as well.
    """
    connections.close_all()  # a forked child must not inherit this process's connection
    forking = multiprocessing.get_context("fork")
    running = [forking.Process(target=work, args=each) for each in given]
    begun, spent = time.perf_counter(), _cpu_of_children()
    for each in running:
        each.start()
    for each in running:
        each.join()
    return time.perf_counter() - begun, _cpu_of_children() - spent


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    given = arguments(__doc__ or "", size=1000)
    figures = Figures(f"ingest-{given.size}", write=given.write)
    call_command("migrate", verbosity=0)
    project_id = projects.create(slug="bench", name="Bench").pk
    with tempfile.TemporaryDirectory() as name:
        folder, into = Path(name), Path(name) / "bare"
        into.mkdir()
        manifest = draw(folder, given.size)
        files = sorted(folder.glob("*.jpg"))
        kilobytes = sum(file.stat().st_size for file in files) // len(files) // 1000
        load = os.getloadavg()[0]
        alone, bare_cpu = timed(bare, [(files[place::PROCESSES], into) for place in range(PROCESSES)])
        imports.read_manifest(project_id=project_id, manifest=manifest, actor_id=None, now=timezone.now())
        seconds, cpu = timed(ingest, [() for _ in range(PROCESSES)])
    states = samples.state_counts(project_id)
    if set(states) != {"ready"}:
        raise SystemExit(f"Not every sample is ready: {states}")
    each = {
        "size": given.size,
        "side": SIDE,
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
    figures.close()


if __name__ == "__main__":
    main()
