"""Batches: how fast a run's calls are put together, submitted and collected, and in how much memory.

`--size N` questions of one call each, five JPEGs of 320 pixels (about 20 KiB) inline, in files of at most 5,000
requests, against our own sandbox in a process of its own, which works a batch off at once. The worker is this process
and does all it does in production: reserved money, intents, settlement, checks, rationales.

Rows a second are told for two parts. `batches.submit_rows_per_s`: from the first claim until the last batch was asked
for (pictures, lines, upload, intents), while the sandbox answers those before it on the same cores.
`batches.collect_rows_per_s`: download, settlement and reading, beginning when the sandbox has ended every batch.
`batches.peak_mib` is the peak of this process, before and in all.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks._figures import Figures, arguments
from benchmarks.generate import fill

SIDE = 320
KEY = "a key for the bench"
ROOT = Path(__file__).resolve().parents[1]


def move(*, standing_still: bool) -> int:
    """Move batches on until none is due. `standing_still`: by a clock at which what was submitted is not looked at."""
    from django.utils import timezone

    from cot_generation.providers import openai_batches
    from cot_generation.services import batches

    now = timezone.now()
    clock = (lambda: now) if standing_still else timezone.now
    return batches.move_due(opened=openai_batches.opened, until=now + timedelta(hours=1), clock=clock)


def wait_for_the_sandbox(url: str) -> None:
    """Until every batch has ended there."""
    import httpx2

    while True:
        found = httpx2.get(
            f"{url}/batches",
            params={"limit": 100},
            headers={"authorization": f"Bearer {KEY}"},
            trust_env=False,
            timeout=60,
        ).json()
        if all(each["status"] == "completed" for each in found["data"]):
            return
        time.sleep(0.5)


def main() -> None:
    given = arguments(__doc__ or "", size=10_000)
    figures = Figures(f"batches-{given.size}", write=given.write)
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    from django.core.management import call_command
    from django.db.models import Sum
    from django.utils import timezone

    from cot_generation.models import Call, CallBatch, Rationale

    call_command("migrate", verbosity=0)
    argv = [sys.executable, "-m", "cot_generation.sandbox", "--port", "0", "--key", KEY]
    argv += ["--failure-rate", "0", "--batch-seconds", "0"]
    server = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    url = server.stdout.readline().split()[-1]
    try:
        run: Any = fill(given.size, url, side=SIDE, batched=True)
        before_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        started = time.perf_counter()
        move(standing_still=True)
        submitted_s = time.perf_counter() - started
        assert Call.objects.count() == given.size
        assert not CallBatch.objects.filter(provider_id="").exists()
        wait_for_the_sandbox(url)
        CallBatch.objects.filter(state="waiting").update(next_attempt_at=timezone.now())
        started = time.perf_counter()
        move(standing_still=False)
        collected_s = time.perf_counter() - started
    finally:
        server.terminate()
    run.refresh_from_db()
    assert (run.state, run.reserved, Call.objects.open().count()) == ("done", 0, 0)
    assert run.spent == Call.objects.aggregate(all=Sum("cost"))["all"]
    assert Rationale.objects.count() == given.size
    size = {"size": given.size}
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.add("batches.submit_rows_per_s", round(given.size / submitted_s, 1), "rows/s", **size)
    figures.add("batches.collect_rows_per_s", round(given.size / collected_s, 1), "rows/s", **size)
    figures.add("batches.files", CallBatch.objects.count(), "batches", **size)
    figures.add("batches.peak_mib", round(peak_mib, 1), "MiB", before=round(before_mib, 1), **size)
    figures.close()


if __name__ == "__main__":
    main()
