"""A second look at finished opinions, one at a time.

Belongs here: making a batch of them, accepting one, sending one back to its author with a reason.
Does not: settling disputes (adjudication.py).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F

from annotation.choices import AssignmentState, AssistPolicy, BatchState, ReviewVerdict
from annotation.errors import LeaseLost, NothingToJudge, NotRevisable
from annotation.models import Annotation, Assignment, Batch, Draft, PersonTurn, Piece, Review
from annotation.services import assignments, batches, consensus
from config.base.errors import InvalidInput, NotFound

KIND = "review"


@dataclass(frozen=True)
class Reviewed:
    """What was decided about whose opinion."""

    annotation_id: int
    verdict: ReviewVerdict
    reviewed_at: datetime


@transaction.atomic
def make_batch(
    *, project_id: UUID, batch_id: UUID, share: float, actor_id: int | None, now: datetime, name: str = ""
) -> Batch:
    """Draw a share of the batch's opinions that nobody reviewed yet. Raises NotFound, NothingToJudge, InvalidInput."""
    if not 0 < share <= 1:
        raise InvalidInput("The share to review lies above 0 and is at most 1.")
    source = Batch.objects.filter(project_id=project_id, pk=batch_id, kind="label").first()
    if source is None:
        raise NotFound
    known = set(
        Piece.objects.filter(batch__project_id=project_id, batch__kind=KIND, subject_id__isnull=False).values_list(
            "subject_id", flat=True
        )
    )
    opinions = Annotation.objects.counted().filter(assignment__batch_id=batch_id).order_by("pk")
    fresh = [pair for pair in opinions.values_list("pk", "sample_id") if pair[0] not in known]
    if not fresh:
        raise NothingToJudge("No opinion of this batch waits for a review.")
    drawn = sorted(random.Random(source.number).sample(fresh, max(1, round(share * len(fresh)))))
    return batches.create(
        project_id=project_id,
        kind=KIND,
        name=name or f"Review of {source.name}",
        targets=[batches.Target(sample_id, subject_id=annotation_id) for annotation_id, sample_id in drawn],
        wanted=1,
        actor_id=actor_id,
        now=now,
        terms=batches.Terms(assist=AssistPolicy.FROM_START),
    )


@transaction.atomic
def decide(
    *,
    project_id: UUID,
    user_id: int,
    assignment_id: int,
    fence: int,
    verdict: ReviewVerdict,
    reason: str,
    active_ms: int,
    now: datetime,
) -> Reviewed:
    """Accept an opinion, or send it back: its piece is held again for its author, and no longer counts until then.

    Repeating a decision gives the same reply. Raises LeaseLost, NotRevisable, InvalidInput.
    """
    before = Review.objects.filter(
        assignment_id=assignment_id, reviewer_id=user_id, assignment__batch__project_id=project_id
    ).first()
    if before is not None and before.verdict == verdict:
        return Reviewed(before.annotation_id, verdict, before.reviewed_at)
    if verdict == ReviewVerdict.SENT_BACK and not reason.strip():
        raise InvalidInput("Say what should be looked at again; the author will read it.")
    piece = assignments.complete(
        assignment_id=assignment_id, fence=fence, user_id=user_id, now=now, active_ms=active_ms
    )
    if piece.project_id != project_id or piece.kind != KIND or piece.subject_id is None:
        raise LeaseLost(assignment_id=assignment_id)
    annotation = Annotation.objects.get(pk=piece.subject_id)
    Review.objects.create(
        annotation=annotation,
        assignment_id=assignment_id,
        reviewer_id=user_id,
        verdict=verdict,
        reason=reason.strip()[:2000],
        reviewed_at=now,
    )
    if verdict == ReviewVerdict.SENT_BACK:
        _send_back(annotation, reason=reason.strip()[:2000], project_id=project_id)
    return Reviewed(annotation.pk, verdict, now)


def _send_back(annotation: Annotation, *, reason: str, project_id: UUID) -> None:
    """accepted - 1, held + 1, reserved to the author, with what they said as the draft to start from."""
    if annotation.assignment_id is None:
        raise NotRevisable("An imported opinion has no author to send it back to.")
    assignment = Assignment.objects.select_related("batch").get(pk=annotation.assignment_id)
    turn = PersonTurn.objects.select_for_update().get(
        batch_id=assignment.batch_id, annotator_id=assignment.annotator_id
    )
    newest = Annotation.objects.filter(assignment=assignment).order_by("-revision").first()
    if assignment.batch.state == BatchState.CLOSED or newest is None or newest.pk != annotation.pk:
        raise NotRevisable("The batch is closed, or the author has revised this opinion meanwhile.")
    reserved = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.SUBMITTED).update(
        state=AssignmentState.RESERVED, reason=reason
    )
    if not reserved:
        raise NotRevisable("This opinion was sent back before.")
    piece = Piece.objects.select_for_update().get(pk=assignment.piece_id)
    # What was beyond the wanted number takes a place of its own again; else its place is held for the author.
    if piece.surplus:
        piece.surplus -= 1
    else:
        piece.accepted -= 1
    piece.held += 1
    piece.save(update_fields=["surplus", "accepted", "held"])
    body = {"cells": annotation.cells, "regions": msgspec.to_builtins(annotation.regions)}
    Draft.objects.update_or_create(assignment=assignment, defaults={"version": 1, "body": body})
    PersonTurn.objects.filter(pk=turn.pk).update(sent_back=F("sent_back") + 1)
    consensus.recompute(project_id=project_id, sample_ids=[annotation.sample_id])
