"""Importing annotated rows, beside a bare COPY of the bytes that the import wrote.

`--size N` rows with four answers, sixteen cells, a region and a rationale each; pictures are not fetched. The bare
COPY writes the same tables' bytes into twins with the same indexes, in the same run, one table after the other.
"""

from __future__ import annotations

import json
import os
import random
import resource
import tempfile
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (Django must be set up first)
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.services import projects  # noqa: E402
from benchmarks._figures import Figures, arguments  # noqa: E402
from benchmarks._processes import postgres_seconds, postmaster_pid  # noqa: E402
from catalog.scenes.dataset import ASPECTS  # noqa: E402
from catalog.services import imports  # noqa: E402

TABLES = (
    "catalog_sample",
    "catalog_picturework",
    "annotation_annotation",
    "annotation_consensus",
    "cot_generation_rationale",
)
SENTENCE = "The brightest light enters from the upper left, yet the shadow of the product falls towards the window. "


def write_manifest(path: Path, size: int) -> None:
    """About two kilobytes a row."""
    draw = random.Random(1)
    with path.open("w") as file:
        for number in range(size):
            answers = {aspect: [slot for slot in "ABCD" if draw.random() < 0.24] for aspect in ASPECTS}
            verdicts = {
                slot: {aspect: "major" if slot in answers[aspect] else "none" for aspect in ASPECTS} for slot in "ABCD"
            }
            row = {
                "id": f"s-{number:06d}",
                "original": f"img/{number:06d}/o.jpg",
                "candidates": {slot: f"img/{number:06d}/{slot}.jpg" for slot in "ABCD"},
                "group": f"product-{number // 3}",
                "answers": answers,
                "verdicts": verdicts,
                "regions": [{"slot": "B", "aspect": "physical_shadow", "box": [312, 540, 220, 60]}],
                "rationales": [{"aspect": "physical_shadow", "text": SENTENCE * 7}],
            }
            file.write(json.dumps(row) + "\n")


def bare_copy(folder: Path) -> float:
    """Seconds for COPY alone of the written tables' bytes into twins with the same indexes."""
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"create table twin (like {table} including all)")  # our own table names
            content = folder / "twin.copy"
            with content.open("wb") as out:
                cursor.cursor.copy_expert(f"copy {table} to stdout", out, 1 << 20)
            begun = time.perf_counter()
            with content.open("rb") as file:
                cursor.cursor.copy_expert("copy twin from stdin", file, 1 << 20)
            seconds += time.perf_counter() - begun
            cursor.execute("drop table twin")
    return seconds


class Spent:
    """CPU seconds so far, apart: the process that hands out chunks, those that read them, PostgreSQL's."""

    def __init__(self, postmaster: int) -> None:
        self.handing = _used(resource.RUSAGE_SELF)
        self.reading = _used(resource.RUSAGE_CHILDREN)
        self.postgres = postgres_seconds(postmaster)

    def since(self, before: Spent, *, rows: int) -> dict[str, float]:
        """Milliseconds a row of each."""
        return {
            name: round(1000 * (getattr(self, name) - getattr(before, name)) / rows, 4)
            for name in ("handing", "reading", "postgres")
        }


def _used(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def main() -> None:
    given = arguments(__doc__ or "", size=10_000)
    figures = Figures(f"import-{given.size}", write=given.write)
    load = round(os.getloadavg()[0], 1)
    call_command("migrate", verbosity=0)
    project = projects.create(slug="bench", name="Bench")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = folder / "manifest.jsonl"
        write_manifest(manifest, given.size)
        postmaster = postmaster_pid()
        before = Spent(postmaster)
        begun = time.perf_counter()
        outcome = imports.read_manifest(project_id=project.pk, manifest=manifest, actor_id=None, now=timezone.now())
        seconds = time.perf_counter() - begun
        spent = Spent(postmaster).since(before, rows=given.size)
        if outcome.landed.new != given.size:
            raise SystemExit(f"{outcome.landed.new} of {given.size} rows landed")
        begun = time.perf_counter()
        again = imports.read_manifest(project_id=project.pk, manifest=manifest, actor_id=None, now=timezone.now())
        repeated = time.perf_counter() - begun
        if again.landed.unchanged != given.size:
            raise SystemExit(f"{again.landed.unchanged} of {given.size} rows unchanged on the second reading")
        bare = bare_copy(folder)
    figures.add(
        "import.annotated_rows_per_s",
        round(given.size / seconds, 1),
        "rows/s",
        size=given.size,
        seconds=round(seconds, 2),
        load_before=load,
    )
    # Hardly moves while others use the cores: what a change of the code is judged by.
    figures.add("import.cpu_ms_per_row", round(sum(spent.values()), 4), "ms", size=given.size, **spent)
    figures.add("import.again_s", round(repeated, 2), "s", size=given.size)
    figures.add("import.share_of_bare_copy", round(bare / seconds, 3), "share", size=given.size, bare_s=round(bare, 2))
    figures.close()


if __name__ == "__main__":
    main()
