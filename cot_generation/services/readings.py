"""Reading a rationale sentence by sentence: accept, reject, or name the first faulty step.

Belongs here: the result of a `read_rationale` assignment, and the check outcome that follows from it.
Does not: rewriting, which is a task of its own with its own clock (rationales.py): whoever finds a fault is not made to
mend it, since that teaches people to accept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from annotation.selectors import opinions
from annotation.services import assignments
from config.base.words import noted
from cot_generation.errors import RationaleUnfit, RationaleUnknown
from cot_generation.models import Rationale, Reading
from cot_generation.selectors import readings as selectors
from cot_generation.selectors.readings import ReadingInfo
from cot_generation.services import examining
from cot_generation.shapes import CheckOutcome, Finding

log = structlog.get_logger()

READ = "read_rationale"
VERSION = 1


def first_fault(verdicts: Sequence[bool | None], *, sentences: int) -> int | None:
    """The place of the first rejected sentence. Raises RationaleUnfit while a sentence before it is unjudged."""
    if len(verdicts) != sentences:
        raise RationaleUnfit(
            "This rationale has {sentences} sentences; {judged} were judged.", sentences=sentences, judged=len(verdicts)
        )
    fault = next((place for place, verdict in enumerate(verdicts) if verdict is False), None)
    open_at = next((place for place, verdict in enumerate(verdicts[:fault]) if verdict is None), None)
    if open_at is not None:
        raise RationaleUnfit("Judge every sentence, or at least those up to the first faulty one.", sentence=open_at)
    return fault


def outcome(verdicts: Sequence[bool | None], note: str) -> CheckOutcome:
    """The reading as a check: it fails where a sentence was rejected; the score is the share of such sentences."""
    rejected = [place for place, verdict in enumerate(verdicts) if verdict is False]
    detail = (
        noted("A reader rejects this sentence: {note}", note=note) if note else noted("A reader rejects this sentence.")
    )
    return CheckOutcome(
        VERSION,
        passed=not rejected,
        score=round(len(rejected) / max(1, len(verdicts)), 4),
        findings=tuple(Finding("rejected", detail, place) for place in rejected),
    )


@transaction.atomic
def read(
    *,
    project_id: UUID,
    assignment_id: int,
    fence: int,
    user_id: int,
    verdicts: Sequence[bool | None],
    now: datetime,
    note: str = "",
    active_ms: int = 0,
) -> ReadingInfo:
    """The result of a `read_rationale` assignment, which it completes. Sent again it is the same reading.

    Raises AssignmentNotFound, LeaseLost, RationaleUnfit.
    """
    present = selectors.of_assignment(assignment_id)
    if present is not None and present.reader_id == user_id:
        return present
    opinions.held(project_id=project_id, assignment_id=assignment_id, user_id=user_id)
    done = assignments.complete(assignment_id=assignment_id, fence=fence, user_id=user_id, now=now, active_ms=active_ms)
    if done.kind != READ or done.subject_id is None:
        raise RationaleUnfit("This assignment does not ask for a reading.", kind=done.kind)
    rationale = Rationale.objects.in_project(project_id).filter(pk=done.subject_id).first()
    if rationale is None:
        raise RationaleUnknown(rationale_id=done.subject_id)
    said = note.strip()[:400]
    row = Reading.objects.create(
        rationale=rationale,
        reader_id=user_id,
        assignment_id=assignment_id,
        verdicts=list(verdicts),
        first_fault=first_fault(verdicts, sentences=len(rationale.sentences)),
        note=said,
        active_ms=done.active_ms,
        read_at=now,
    )
    examining.add({rationale.pk: {"reading": outcome(verdicts, said)}})
    log.info("rationale.read", rationale_id=rationale.pk, first_fault=row.first_fault)
    return selectors.info(row)
