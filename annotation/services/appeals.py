"""Saying that a known answer is wrong, and what follows when it is.

Belongs here: an annotator's appeal against a practice answer, a lead's decision.
Does not: gold itself (golds.py). Hidden gold cannot be appealed: nobody who judges knows which sample it is.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from accounts.services import audit_log
from annotation import dispatch
from annotation.choices import AppealState, AssignmentState, GoldEnd, GoldSource, Purpose
from annotation.errors import AppealDecided, NotAppealable
from annotation.models import Annotation, Assignment, Gold, GoldAppeal, GoldResult
from annotation.services import golds
from annotation.shapes import Cells
from config.base.errors import InvalidInput, NotFound

log = structlog.get_logger()


@transaction.atomic
def appeal(*, project_id: UUID, user_id: int, assignment_id: int, reason: str, now: datetime) -> GoldAppeal:
    """The caller's own practice piece, once judged. Raises NotAppealable, InvalidInput (no reason)."""
    if not reason.strip():
        raise InvalidInput("Say why the expected answer is wrong; a lead will read it.")
    turn = Assignment.objects.filter(
        pk=assignment_id,
        annotator_id=user_id,
        batch__project_id=project_id,
        purpose=Purpose.TRAINING,
        state=AssignmentState.SUBMITTED,
    ).first()
    # The gold that it was checked against: since then another appeal may have replaced it under the piece.
    checked = GoldResult.objects.filter(assignment=turn, is_void=False).first() if turn else None
    if turn is None or checked is None:
        raise NotAppealable
    try:
        with transaction.atomic():
            made = GoldAppeal.objects.create(
                gold_id=checked.gold_id, assignment=turn, reason=reason.strip()[:2000], appealed_at=now
            )
    except IntegrityError:
        raise NotAppealable from None
    log.info("gold.appealed", appeal_id=made.pk)
    return made


@transaction.atomic
def decide(
    *, project_id: UUID, appeal_id: int, uphold: bool, correct: bool, reply: str, actor_id: int, now: datetime
) -> GoldAppeal:
    """Uphold or decline. Upheld, the question is retired as wrong, which takes its results out of all figures.

    `correct`: it comes back as gold with what the person said in its checked cells. Every other open appeal against the
    same question is upheld with it. Raises NotFound, AppealDecided.
    """
    found = (
        GoldAppeal.objects.select_for_update(of=["self"])
        .select_related("gold")
        .filter(pk=appeal_id, gold__project_id=project_id)
        .first()
    )
    if found is None:
        raise NotFound
    if found.state != AppealState.OPEN:
        raise AppealDecided
    decided = {"decided_at": now, "decided_by_id": actor_id, "reply": reply.strip()[:2000]}
    if not uphold:
        GoldAppeal.objects.filter(pk=found.pk).update(state=AppealState.DECLINED, **decided)
    else:
        if found.gold.retired_at is None:
            golds.retire(project_id=project_id, gold_id=found.gold_id, why=GoldEnd.WRONG, actor_id=actor_id)
        if correct:
            _replace(found.gold, said=_said(found.assignment_id), reply=reply, actor_id=actor_id)
        GoldAppeal.objects.filter(gold_id=found.gold_id, state=AppealState.OPEN).update(
            state=AppealState.UPHELD, **decided
        )
        dispatch.figures_stale(project_id)
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="gold.appeal_decided",
        subject=str(found.gold_id),
        details={"appeal": found.pk, "upheld": uphold, "corrected": uphold and correct},
    )
    found.refresh_from_db()
    return found


def _said(assignment_id: int) -> Cells:
    newest = Annotation.objects.filter(assignment_id=assignment_id).order_by("-revision").first()
    return {} if newest is None else newest.cells


def _replace(gold: Gold, *, said: Cells, reply: str, actor_id: int) -> None:
    """The same cells, with what the person said where they said something sure."""
    expected: Cells = {
        slot: {
            aspect: said[slot][aspect] if said.get(slot, {}).get(aspect, "unsure") != "unsure" else severity
            for aspect, severity in by_aspect.items()
        }
        for slot, by_aspect in gold.expected.items()
    }
    golds.make(
        project_id=gold.project_id,
        questions=[golds.NewGold(gold.sample_id, expected, reply.strip() or gold.note)],
        purpose=Purpose(gold.purpose),
        source=GoldSource.BY_HAND,
        tolerance=gold.tolerance,
        actor_id=actor_id,
        most_judged=gold.most_judged,
    )
