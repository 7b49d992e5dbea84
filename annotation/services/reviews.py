"""A second look at finished opinions, one at a time.

Belongs here: making a batch of them; accepting one, accepting it corrected, or sending it back with a reason and the
places it is about; following what was sent back until it is settled.
Does not: settling disputes (adjudication.py), the author's own second thoughts (revisions.py).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import F

from annotation.choices import AssignmentState, AssistPolicy, BatchState, ReviewVerdict
from annotation.errors import LeaseLost, NothingToJudge, NotRevisable
from annotation.models import CAME_BACK, Annotation, Assignment, Batch, Draft, PersonTurn, Piece, Review
from annotation.querying import rows
from annotation.services import assignments, batches, consensus, revisions, verdicts
from annotation.shapes import Cells, Region
from config.base.errors import InvalidInput, NotFound

KIND = "review"
MOST_FOLLOWED = 500  # a round; the rest waits for the next one


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
    batches.lock(project_id)
    known = set(
        Piece.objects.filter(batch__project_id=project_id, batch__kind=KIND, subject_id__isnull=False).values_list(
            "subject_id", flat=True
        )
    )
    opinions = Annotation.objects.counted().filter(assignment__batch_id=batch_id, fixed_by=None).order_by("pk")
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
    regions: Sequence[Region] = (),
    cells: Cells | None = None,
    fixed_regions: Sequence[Region] = (),
) -> Reviewed:
    """Accept the opinion, accept it as corrected (`cells` and `fixed_regions` are the whole of it), or send it back.

    `regions` say where the reason looks. Repeating a decision gives the same reply. Raises LeaseLost, NotRevisable,
    InvalidInput, and what a submit raises about verdicts.
    """
    before = Review.objects.filter(
        assignment_id=assignment_id, reviewer_id=user_id, assignment__batch__project_id=project_id
    ).first()
    if before is not None and before.verdict == verdict:
        return Reviewed(before.annotation_id, verdict, before.reviewed_at)
    if verdict == ReviewVerdict.SENT_BACK and not reason.strip():
        raise InvalidInput("Say what should be looked at again; the author will read it.")
    if verdict == ReviewVerdict.FIXED and cells is None:
        raise InvalidInput("Send the corrected verdicts along, all of them.")
    piece = assignments.complete(
        assignment_id=assignment_id, fence=fence, user_id=user_id, now=now, active_ms=active_ms
    )
    if piece.project_id != project_id or piece.kind != KIND or piece.subject_id is None:
        raise LeaseLost(assignment_id=assignment_id)
    annotation = Annotation.objects.get(pk=piece.subject_id)
    reason = reason.strip()[:2000]
    if regions:
        aspects, slots = _terms_of(annotation, project_id)
        verdicts.check_regions(
            regions, severities=[key for _, key, _ in aspects], sizes={slot: (wide, high) for slot, wide, high in slots}
        )
    earlier = Review.objects.filter(annotation__assignment=annotation.assignment_id)
    review = Review.objects.create(
        annotation=annotation,
        assignment_id=assignment_id,
        reviewer_id=user_id,
        verdict=verdict,
        round=earlier.count() + 1,
        reason=reason,
        regions=list(regions),
        active_ms=piece.active_ms,
        reviewed_at=now,
    )
    if verdict == ReviewVerdict.SENT_BACK:
        _send_back(annotation, reason=reason, project_id=project_id)
    elif verdict == ReviewVerdict.FIXED:
        _fix(annotation, review=review, cells=cells or {}, regions=fixed_regions, project_id=project_id, now=now)
    # What this turn was sent back for is settled by whatever follows it: a new round opens one of its own.
    earlier.filter(verdict=ReviewVerdict.SENT_BACK, closed_at=None).exclude(pk=review.pk).update(
        closed_at=now, closed_by=review
    )
    return Reviewed(annotation.pk, verdict, now)


FOLLOW_UPS = """
select r.id as review_id, a.batch_id, b.state as review_state, n.id as annotation_id, x.sample_id, y.state, c.state as author_state,
    exists (select 1 from annotation_piece p where p.batch_id = a.batch_id and p.subject_id = n.id) as waits,
    n.cells = '{}' as nothing_left
from annotation_review r
join annotation_assignment a on a.id = r.assignment_id join annotation_batch b on b.id = a.batch_id
join annotation_annotation x on x.id = r.annotation_id
join annotation_assignment y on y.id = x.assignment_id join annotation_batch c on c.id = y.batch_id
join lateral (
    select id, cells from annotation_annotation n where n.assignment_id = y.id order by n.revision desc limit 1) n on true
where r.verdict = 'sent_back' and r.closed_at is null
order by r.id limit %(most)s
"""  # noqa: E501  (a statement reads better unwrapped)


def follow_up(*, now: datetime) -> None:
    """Called on each round of the sweep: what authors have answered goes before a reviewer again, in the same batch.

    Where the author's batch is closed the answer can no longer come, and where the author has judged all of it under a
    newer guideline meanwhile nothing of it counts; the review is closed without one.
    """
    for row in rows(FOLLOW_UPS, {"most": MOST_FOLLOWED}):
        review_id, batch_id, review_state, annotation_id, sample_id, state, author_state, waits, nothing_left = row
        answered = state == AssignmentState.SUBMITTED
        if nothing_left if answered else author_state == BatchState.CLOSED:
            Review.objects.filter(pk=review_id, closed_at=None).update(closed_at=now)
        elif answered and not waits and review_state != BatchState.CLOSED:
            _ask_again(batch_id, sample_id=sample_id, annotation_id=annotation_id)


@transaction.atomic
def _ask_again(batch_id: UUID, *, sample_id: int, annotation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('annotation_ticket')")
        (ticket,) = cursor.fetchone()
    Piece.objects.bulk_create(
        [Piece(batch_id=batch_id, sample_id=sample_id, subject_id=annotation_id, lane=CAME_BACK, position=ticket)],
        ignore_conflicts=True,
    )
    Batch.objects.filter(pk=batch_id).update(
        piece_count=F("piece_count") + 1, place_count=F("place_count") + 1, opened_seq=F("opened_seq") + 1
    )


def _author_turn(annotation: Annotation) -> Assignment:
    """The turn this opinion came from, locked, if it may still change. Raises NotRevisable."""
    if annotation.assignment_id is None:
        raise NotRevisable("An imported opinion has no author to send it back to.")
    assignment = (
        Assignment.objects.select_related("batch", "piece")
        .select_for_update(of=["self"])
        .get(pk=annotation.assignment_id)
    )
    newest = Annotation.objects.filter(assignment=assignment).order_by("-revision").first()
    if annotation.superseded_by_id is not None:
        raise NotRevisable(
            "The author has judged some of this again under a newer guideline. Accept what is left of it."
        )
    if assignment.batch.state == BatchState.CLOSED or newest is None or newest.pk != annotation.pk:
        raise NotRevisable("The batch is closed, or the author has revised this opinion meanwhile.")
    return assignment


def _terms_of(annotation: Annotation, project_id: UUID) -> tuple[list[verdicts.AspectTerms], list[verdicts.SlotSize]]:
    if annotation.assignment_id is None:
        return [], []
    piece = Assignment.objects.select_related("piece").get(pk=annotation.assignment_id).piece
    return revisions.terms_of(piece, project_id=project_id)


def _fix(
    annotation: Annotation,
    *,
    review: Review,
    cells: Cells,
    regions: Sequence[Region],
    project_id: UUID,
    now: datetime,
) -> None:
    """The corrected opinion as the turn's next revision, under the reviewer's name; the author's stays as it was."""
    assignment = _author_turn(annotation)
    if assignment.state != AssignmentState.SUBMITTED:
        raise NotRevisable("This opinion is with its author again.")
    if (cells, list(regions)) == (annotation.cells, annotation.regions):
        raise InvalidInput("Nothing was corrected; accept the opinion as it is.")
    aspects, slots = revisions.terms_of(assignment.piece, project_id=project_id)
    verdicts.check(cells=cells, regions=regions, aspects=aspects, slots=slots)
    consensus.lock([annotation.sample_id])
    Annotation.objects.create(
        assignment=assignment,
        sample_id=annotation.sample_id,
        annotator_id=annotation.annotator_id,
        fixed_by_id=review.reviewer_id,
        revision=annotation.revision + 1,
        counts=annotation.counts,
        cells=cells,
        regions=list(regions),
        active_ms=annotation.active_ms,
        shown=annotation.shown,
        guideline_version=annotation.guideline_version,
        reason=review.reason,
        submitted_at=now,
    )
    consensus.recompute(project_id=project_id, sample_ids=[annotation.sample_id])


def _send_back(annotation: Annotation, *, reason: str, project_id: UUID) -> None:
    """accepted - 1, held + 1, reserved to the author, with what they said as the draft to start from."""
    if annotation.assignment_id is None:
        raise NotRevisable("An imported opinion has no author to send it back to.")
    # Before the turn itself: statements.py says in which order rows are locked.
    mine = Assignment.objects.values_list("batch_id", "annotator_id").get(pk=annotation.assignment_id)
    turn = PersonTurn.objects.select_for_update().get(batch_id=mine[0], annotator_id=mine[1])
    assignment = _author_turn(annotation)
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
