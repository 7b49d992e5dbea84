"""The figures of quality at full size: seconds, memory, and what a read of them costs.

`--size N` samples of four candidates and four aspects, three opinions each by 32 people who miss 5 to 25 % of what is
there; one opinion in ten has a region. The count runs in a process of its own, since peak memory is a process's.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import django
import numpy as np

from benchmarks._figures import Figures, arguments

PEOPLE, OPINIONS = 32, 3
ASPECTS = ("appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality")
COUNT = "import sys; from benchmarks import quality; quality.count(sys.argv[1])"


def main() -> int:
    """The exit status."""
    given = arguments(__doc__ or "", size=1_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    from benchmarks import annotate

    annotate.migrate()
    project = furnish(given.size)
    figures = Figures(f"quality-{given.size}", write=given.write)
    about = {"size": given.size, "opinions": given.size * OPINIONS, "load_before": round(os.getloadavg()[0], 1)}
    runs = [measured(project) for _ in range(2)]
    figures.add("quality.first_count_s", round(runs[0]["seconds"], 1), "s", **about)
    figures.add("quality.count_s", round(runs[1]["seconds"], 1), "s", **about)
    figures.add("quality.count_cpu_s", round(runs[1]["cpu"], 1), "s", **about)
    figures.add(
        "quality.count_peak_mib", round(runs[1]["peak_mib"]), "MiB", start_mib=round(runs[1]["start_mib"]), **about
    )
    for name, milliseconds in reads(project).items():
        figures.add(f"quality.read_{name}_ms", round(milliseconds, 1), "ms", **about)
    figures.close()
    return 0


def measured(project: UUID) -> dict[str, float]:
    """One count in a fresh process."""
    done = subprocess.run([sys.executable, "-c", COUNT, str(project)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def count(project: str) -> None:
    """In the child: count everything once."""
    django.setup()
    from django.utils import timezone

    from annotation.services.quality import work

    start = peak_mib()
    began, spent = time.monotonic(), time.process_time()
    work.compute(UUID(project), now=timezone.now())
    seconds, cpu = time.monotonic() - began, time.process_time() - spent
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": cpu, "start_mib": start, "peak_mib": peak_mib()}) + "\n")


def peak_mib() -> float:
    """Of this process alone: the usual counter starts from the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def reads(project: UUID) -> dict[str, float]:
    """Median milliseconds of what the pages ask for, decoding included."""
    from annotation.selectors import quality

    asked: dict[str, Callable[[], object]] = {
        "agreement": lambda: quality.agreement(project),
        "pairs": lambda: quality.pairs(project),
        "people": lambda: quality.people(project),
        "samples": lambda: quality.behind(project, f"differ/{ASPECTS[1]}/B"),
    }
    found = {}
    for name, ask in asked.items():
        times = []
        for _ in range(7):
            began = time.monotonic()
            ask()
            times.append(1000 * (time.monotonic() - began))
        found[name] = statistics.median(times)
    return found


def furnish(size: int) -> UUID:
    """A project with its opinions, copied in, and its consensus, voted on."""
    from django.db import connection
    from django.utils import timezone

    from accounts.models import Project, User
    from accounts.services import projects
    from annotation.services import batches, recounting
    from benchmarks import annotate
    from catalog.models import Import

    project: Project = projects.create(slug="bench", name="Benchmark")
    people = [User.objects.create(username=f"person-{n}", password="!", name=f"Person {n}").pk for n in range(PEOPLE)]  # noqa: S106  (unusable)
    Import.objects.create(project=project, name="bench", folder="file:///nowhere", state="done")
    with connection.cursor() as cursor:
        for statement in annotate.SAMPLES:
            cursor.execute(statement, {"p": project.pk, "n": size})
    batch = batches.create(
        project_id=project.pk,
        kind="label",
        name="Benchmark",
        targets=[batches.Target(sample_id) for sample_id in range(1, size + 1)],
        wanted=OPINIONS,
        actor_id=None,
        now=timezone.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute("select id, sample_id from annotation_piece order by sample_id")
        pieces = cursor.fetchall()
        turns, said = io.StringIO(), io.StringIO()
        for number, (assignment, annotation) in enumerate(opinions(pieces, people, str(batch.pk)), start=1):
            turns.write(f"{number}\t{assignment}\n")
            said.write(f"{number}\t{annotation}\n")
        turns.seek(0)
        said.seek(0)
        cursor.copy_expert(
            "copy annotation_assignment (id, piece_id, batch_id, annotator_id, purpose, state, lease, fence, letters,"
            " active_ms, submitted_at, skip_reason, skip_note, reason) from stdin",
            turns,
        )
        cursor.copy_expert(
            "copy annotation_annotation (assignment_id, sample_id, annotator_id, origin, revision, counts, cells,"
            " regions, active_ms, shown, guideline_version, reason, submitted_at) from stdin",
            said,
        )
        cursor.execute("analyze")
    for start in range(1, size + 1, 1000):
        recounting.vote_again(project_id=project.pk, sample_ids=list(range(start, min(start + 1000, size + 1))))
    with connection.cursor() as cursor:
        cursor.execute("analyze annotation_consensus")
    return project.pk


def opinions(pieces: list[tuple[int, int]], people: list[int], batch: str) -> Iterator[tuple[str, str]]:
    """An assignment's and an annotation's line for each opinion."""
    draw = np.random.default_rng(1)
    misses = draw.uniform(0.05, 0.25, PEOPLE)
    for piece, sample in pieces:
        truth = draw.random((4, 4)) < 0.12
        for person in draw.choice(PEOPLE, OPINIONS, replace=False):
            sees = truth ^ (draw.random((4, 4)) < misses[person] * 0.3)
            severe = draw.random((4, 4)) < 0.5
            cells = {
                slot: {
                    key: ("major" if severe[a, s] else "minor") if sees[a, s] else "none"
                    for a, key in enumerate(ASPECTS)
                }
                for s, slot in enumerate("ABCD")
            }
            regions = []
            if draw.random() < 0.1:
                x, y = (int(each) for each in draw.integers(100, 700, 2))
                regions = [{"slot": "B", "aspect": ASPECTS[1], "id": "r1", "box": [x, y, 200, 150]}]
            letters = "".join(draw.permutation(list("ABCD")))
            ms = int(draw.lognormal(10.9, 0.45))
            at = f"2026-{10 + int(draw.integers(0, 2))}-{1 + int(draw.integers(0, 28)):02d}T12:00:00Z"
            yield (
                f"{piece}\t{batch}\t{people[person]}\topinion\tsubmitted\twork\t1\t{letters}\t{ms}\t{at}\t\t\t",
                f"{sample}\t{people[person]}\topinion\t1\tt\t{json.dumps(cells)}\t{json.dumps(regions)}\t{ms}"
                f'\t{{"letters": "{letters}"}}\t1\t\t{at}',
            )


if __name__ == "__main__":
    sys.exit(main())
