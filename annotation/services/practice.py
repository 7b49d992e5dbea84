"""The floor of practice: nothing but practice is given in a batch until enough of it is right.

Belongs here: passing, a further round, waiting for a lead when none is left, letting somebody through.
Does not: handing out practice (statements.CLAIM), whether a cell is right (gold.py), shares of it (selectors.practice).
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.services import audit_log
from annotation.choices import AssignmentState, PauseReason, Purpose
from annotation.models import Assignment, Batch, PersonTurn
from annotation.querying import first
from annotation.selectors import practice
from annotation.services import statements

IN_WORK = [AssignmentState.LEASED, AssignmentState.RESERVED]


@transaction.atomic
def settle(*, project_id: UUID, batch_id: UUID, user_id: int) -> None:
    """The person's practice is at its end: they pass, get another round of unseen pieces, or wait for a lead.

    Who skipped so much that less than a round is left to judge them by waits too; who found nothing to practise on
    passes.
    """
    turn = PersonTurn.objects.select_for_update().get(batch_id=batch_id, annotator_id=user_id)
    batch = Batch.objects.get(pk=batch_id)
    practised = Assignment.objects.filter(annotator_id=user_id, batch__project_id=project_id, purpose=Purpose.TRAINING)
    if turn.practice_passed_at or turn.paused_at or batch.training_floor is None:
        return
    if practised.filter(state__in=IN_WORK).exists():
        return
    scores = practice.scores(batch_id=batch_id, user_id=user_id)
    low = sorted(
        (each for each in scores if each.is_below(batch.training_floor)), key=lambda each: each.right / (each.of or 1)
    )
    enough = turn.practised >= batch.training_count
    if not low and (enough or not practised.filter(state=AssignmentState.SKIPPED).exists()):
        turn.practice_passed_at, turn.practice_below = Now(), []
        turn.save(update_fields=["practice_passed_at", "practice_below"])
        return
    unseen = first(statements.UNSEEN, {"b": batch_id, "u": user_id})
    if unseen is not None and unseen["count"]:
        if turn.practice_below and turn.practice_more == turn.practised:
            return  # another claim of theirs has begun the round at this instant
        turn.practice_more = turn.practised
    else:
        turn.paused_at, turn.paused_why = Now(), PauseReason.PRACTICE
        turn.paused_aspect_id = low[0].aspect_id if low else None
    turn.practice_below = [each.aspect_id for each in low]
    turn.save(update_fields=["practice_below", "practice_more", "paused_at", "paused_why", "paused_aspect"])
    audit_log.record(
        actor_id=None,
        project_id=project_id,
        action="person.paused" if turn.paused_why else "practice.again",
        subject=str(batch_id),
        details={
            "user": user_id,
            "why": PauseReason.PRACTICE.value,
            "below": {each.aspect: {"right": each.right, "of": each.of} for each in low},
        },
    )


def reconsider(*, project_id: UUID, batch_id: UUID | None = None) -> None:
    """Something to judge practice by has changed: who waits because of it is looked at anew with their next claim.

    Called first in its transaction: a turn is locked before anything else (statements.py).
    """
    waiting = PersonTurn.objects.filter(batch__project_id=project_id, paused_why=PauseReason.PRACTICE)
    if batch_id is not None:
        waiting = waiting.filter(batch_id=batch_id)
    for turn in waiting.select_for_update(of=("self",)).order_by("batch_id", "annotator_id"):
        turn.paused_at, turn.paused_why, turn.paused_aspect = None, "", None
        turn.save(update_fields=["paused_at", "paused_why", "paused_aspect"])


def let_through(turn: PersonTurn) -> bool:
    """Open the batch's work to somebody below its floor; a lead has talked to them. False unless they are below."""
    waits = turn.paused_why == PauseReason.PRACTICE
    if turn.practice_passed_at or not (waits or turn.practice_below):
        return False
    turn.practice_passed_at, turn.practice_below = Now(), []
    if waits:
        turn.paused_at, turn.paused_why, turn.paused_aspect = None, "", None
    turn.save(update_fields=["practice_passed_at", "practice_below", "paused_at", "paused_why", "paused_aspect"])
    return True
