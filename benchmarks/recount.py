"""Answers that follow a new rule: seconds, memory, what is locked meanwhile and for how long.

`--size N` samples of four candidates and four aspects, three opinions each (benchmarks/quality.py). The threshold
goes from minor to major; one process votes again over every range. Another connection looks at the locks fifty times
a second. At the end the answers of drawn samples are compared with the arithmetic.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from datetime import timedelta
from uuid import UUID

import django

from benchmarks._figures import Figures, arguments
from benchmarks.quality import ASPECTS, furnish, peak_mib

RECOUNT = "import sys; from benchmarks import recount; recount.recount(sys.argv[1])"
COMPARED = 200
# Of the connections that vote: locks in all, locks on samples, and how long the oldest transaction that locks samples
# has been open. Others (autovacuum at work on the tables just filled) make nobody wait.
LOCKS = """
select count(*), count(*) filter (where l.locktype = 'advisory'),
    coalesce(max(extract(epoch from now() - a.xact_start)) filter (where l.locktype = 'advisory'), 0)
from pg_locks l join pg_stat_activity a using (pid)
where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
    and a.xact_start is not null
"""


class Watch(threading.Thread):
    """The most locks seen at once, and the longest transaction that held some on samples."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.locks = self.samples = 0
        self.longest = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            while not self.over.wait(0.02):
                cursor.execute(LOCKS)
                found = cursor.fetchone()
                assert found is not None
                self.locks, self.samples = max(self.locks, found[0]), max(self.samples, found[1])
                self.longest = max(self.longest, float(found[2]))
        connection.close()


def main() -> int:
    """The exit status."""
    given = arguments(__doc__ or "", size=1_000)
    django.setup()
    from django.utils import timezone

    from accounts.models import User
    from annotation.selectors import recounts
    from benchmarks import annotate
    from benchmarks._processes import cpu_seconds, postgres_seconds, postmaster_pid
    from catalog.services import aspects

    annotate.migrate()
    project_id = furnish(given.size)
    figures = Figures(f"recount-{given.size}", write=given.write)
    about = {"size": given.size, "questions": given.size * len(ASPECTS), "load_before": round(os.getloadavg()[0], 1)}
    someone = User.objects.order_by("pk").values_list("pk", flat=True)[0]
    began = time.monotonic()
    aspects.change_rule(project_id=project_id, threshold="major", actor_id=someone, now=timezone.now())
    asked = time.monotonic() - began
    postmaster = postmaster_pid()
    spent = cpu_seconds(postmaster)
    watch = Watch()
    watch.start()
    done = subprocess.run([sys.executable, "-c", RECOUNT, str(project_id)], capture_output=True, text=True, check=True)
    watch.over.set()
    watch.join()
    spent = postgres_seconds(postmaster) - spent
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    progress = recounts.progress(project_id)
    if progress is None or progress.done != given.size or not progress.changed:
        raise SystemExit(f"not every sample was voted on again: {progress}")
    compare(project_id, given.size)
    figures.add("recount.ask_ms", round(1000 * asked, 1), "ms", **about)
    figures.add(
        "recount.seconds", round(found["seconds"], 2), "s", **about, ranges=found["ranges"], changed=progress.changed
    )
    each = 1000 / given.size
    figures.add(
        "recount.cpu_ms_per_sample",
        round((found["cpu"] + spent) * each, 3),
        "ms",
        **about,
        postgres=round(spent * each, 3),
    )
    figures.add("recount.peak_mib", round(found["peak_mib"]), "MiB", **about, start_mib=round(found["start_mib"]))
    figures.add("recount.locks_at_once", watch.locks, "locks", **about, samples=watch.samples)
    figures.add("recount.longest_transaction_s", round(watch.longest, 2), "s", **about)
    figures.close()
    return 0


def recount(project: str) -> None:
    """In the child: every range, and the closing look a minute later, which is not waited for."""
    django.setup()
    from django.utils import timezone

    from annotation.models import Recount
    from annotation.services import recounting

    later = timedelta(minutes=2)
    start, began, spent = peak_mib(), time.monotonic(), time.process_time()
    recounting.recount_due(until=timezone.now() + timedelta(hours=2), clock=lambda: timezone.now() + later)
    seconds, spent = time.monotonic() - began, time.process_time() - spent
    ranges = Recount.objects.filter(project_id=UUID(project), closing=False).count()
    found = {"seconds": seconds, "cpu": spent, "ranges": ranges}
    sys.stdout.write(json.dumps({**found, "start_mib": start, "peak_mib": peak_mib()}) + "\n")


def compare(project_id: UUID, size: int) -> None:
    """Drawn samples' answers against votes.py; raises SystemExit where one differs."""
    from annotation import votes
    from annotation.models import Annotation, Consensus
    from catalog.selectors import aspects

    terms = [(each.id, each.key, None) for each in aspects.of_project(project_id)]
    for sample_id in random.Random(3).sample(range(1, size + 1), min(COMPARED, size)):
        said = list(Annotation.objects.filter(sample_id=sample_id).order_by("pk").values_list("cells", flat=True))
        stored = {
            row.aspect_id: (row.answer, row.tied, row.rule_version)
            for row in Consensus.objects.filter(sample_id=sample_id)
        }
        for row in votes.outcomes(opinions=said, slots="ABCD", aspects=terms, threshold="major"):
            if stored[int(str(row["aspect_id"]))] != (row["answer"], row["tied"], 2):
                raise SystemExit(f"sample {sample_id} differs: {stored} {row}")


if __name__ == "__main__":
    sys.exit(main())
