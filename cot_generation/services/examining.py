"""Looking at all texts of a run together, and writing later outcomes beside the earlier ones.

Belongs here: working off examinations, adding a check's outcome to rationales that are stored already.
Does not: the checks themselves (checks/). A text is never edited; what checks say of it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from catalog.selectors import pictures
from config.base import work
from cot_generation import checks, dispatch, texts
from cot_generation.checks import phrasing, probe
from cot_generation.choices import RunPurpose
from cot_generation.models import Examination, Rationale, Run
from cot_generation.services import bulk, locks
from cot_generation.services.facts import ORIGINAL
from cot_generation.shapes import CheckOutcome, ExaminationResult

log = structlog.get_logger()

LEASE = timedelta(minutes=30)
COMPARED_AT_MOST = 20_000  # texts of the project beside the run's own, the newest: more change no figure that is shown
CHUNK = 1000


def wanted(run_ids: Iterable[UUID]) -> None:
    """These runs have ended; called in the transaction that ends them."""
    ids = list(Run.objects.filter(pk__in=list(run_ids), purpose=RunPurpose.RATIONALE).values_list("pk", flat=True))
    if ids:
        Examination.objects.bulk_create((Examination(run_id=run_id) for run_id in ids), ignore_conflicts=True)
        work.announce("cot_generation.Examination")


def examine_due(*, until: datetime, clock: Callable[[], datetime]) -> int:
    """Examine until none is due; returns how many."""
    done = 0
    while (now := clock()) < until:
        claimed = work.claim(Examination, limit=1, lease=LEASE, now=now)
        if not claimed:
            break
        row = claimed[0]
        result = examine(row.run)
        done += work.finish(row, result=result, ended_at=clock())
        log.info("run.examined", run_id=str(row.run_id), texts=result.texts, near_duplicates=result.near_duplicates)
    return done


def examine(run: Run) -> ExaminationResult:
    """Compare the run's texts with each other and with the project's, and write what was found beside each."""
    newest = Rationale.objects.in_project(run.project_id).newest().select_related("run_question")
    others = list(newest.order_by("-pk")[:COMPARED_AT_MOST])
    own = list(newest.filter(run_question__run=run).order_by("pk"))
    every = sorted({row.pk: row for row in [*others, *own]}.values(), key=lambda row: row.pk)
    ours = {row.pk for row in own}
    joined = [phrasing.Text(row.pk, row.sample_id, texts.join(row.sentences).text) for row in every]
    phrased = phrasing.outcomes(joined)
    slots = {
        sample_id: tuple(picture.slot for picture in found if picture.slot != ORIGINAL)
        for sample_id, found in pictures.of_samples(sorted({row.sample_id for row in own})).items()
    }
    told = [
        probe.Told(row.pk, row.sample_id, tuple(row.sentences), slots[row.sample_id], frozenset(row.concluded))
        for row in own
        if row.concluded is not None and row.sample_id in slots
    ]
    probed = probe.outcomes(told)
    add({pk: {"phrasing": phrased[pk], **({"probe": probed[pk]} if pk in probed else {})} for pk in ours})
    return ExaminationResult(
        texts=len(own),
        compared=len(every),
        near_duplicates=sum(phrased[pk].passed is False for pk in ours),
        told_early=sum(outcome.passed is False for outcome in probed.values()),
        probed=sum(outcome.passed is not None for outcome in probed.values()),
        points=tuple(probe.points(told)) if told else (),
    )


def add(found: Mapping[int, Mapping[str, CheckOutcome]]) -> None:
    """Write later outcomes beside what earlier checks said; whether a rationale passes is told anew."""
    ids = sorted(found)
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            rows = list(locks.take(Rationale.objects.filter(pk__in=ids[start : start + CHUNK])).values())
            changed: dict[UUID, set[int]] = {}
            for row in rows:
                row.checks = checks.in_order({**row.checks, **found[row.pk]})
                failed = checks.failed(row.checks)
                if failed != list(row.failed):
                    changed.setdefault(row.project_id, set()).add(row.sample_id)
                row.failed, row.passed = failed, not failed
            bulk.write(rows, ["checks", "failed", "passed"])
            for project_id, sample_ids in changed.items():
                dispatch.sample_changed(project_id=project_id, sample_ids=sample_ids)
