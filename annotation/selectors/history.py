"""Who said what about one sample, when: annotation's part of a sample's life.

Belongs here: opinions, rulings and reviews of a sample in order. Does not: the page (curation).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.selectors import people
from annotation.models import Annotation, Assignment, Draft, Review
from annotation.shapes import Cells, Region


@dataclass(frozen=True)
class Said:
    """One annotation, by whom and under what."""

    annotation_id: int
    origin: str
    annotator: str
    fixed_by: str  # the reviewer whose correction it is
    letters: str
    assisted: bool
    batch_id: UUID | None
    revision: int
    counts: bool
    cells: Cells
    regions: tuple[Region, ...]
    reason: str
    active_ms: int
    guideline_version: int | None
    submitted_at: datetime


@dataclass(frozen=True)
class ReviewEvent:
    """A reviewer's word on one of them."""

    annotation_id: int
    reviewer: str
    verdict: str
    round: int
    reason: str
    regions: tuple[Region, ...]
    reviewed_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class TurnEvent:
    """Where the sample lies or lay with somebody."""

    assignment_id: int
    batch_id: UUID
    batch_name: str
    kind: str
    annotator: str
    state: str
    skip_reason: str
    lease: str
    purpose: str
    leased_at: datetime
    lease_until: datetime | None
    submitted_at: datetime | None
    draft_saved_at: datetime | None
    draft_version: int | None


@dataclass(frozen=True)
class History:
    """All of it, oldest first."""

    said: tuple[Said, ...]
    reviews: tuple[ReviewEvent, ...]
    turns: tuple[TurnEvent, ...]


def of_sample(sample_id: int) -> History:
    """What annotation knows of one sample."""
    said = list(Annotation.objects.filter(sample_id=sample_id).select_related("assignment").order_by("pk"))
    reviews = list(Review.objects.filter(annotation__sample_id=sample_id).order_by("pk"))
    turns = list(
        Assignment.objects.filter(piece__sample_id=sample_id).select_related("batch").order_by("leased_at", "pk")
    )
    ids = {each.annotator_id for each in said} | {each.reviewer_id for each in reviews}
    ids |= {each.fixed_by_id for each in said}
    drafts = {each.pk: each for each in Draft.objects.filter(assignment__in=turns).defer("body")}
    names = people.names(each for each in ids | {turn.annotator_id for turn in turns} if each is not None)
    return History(
        said=tuple(
            Said(
                annotation_id=each.pk,
                origin=each.origin,
                annotator=names.get(each.annotator_id or 0, ""),
                fixed_by=names.get(each.fixed_by_id or 0, ""),
                letters=each.shown.letters,
                assisted=each.shown.assisted,
                batch_id=each.assignment.batch_id if each.assignment else None,
                revision=each.revision,
                counts=each.counts,
                cells=each.cells,
                regions=tuple(each.regions),
                reason=each.reason,
                active_ms=each.active_ms,
                guideline_version=each.guideline_version,
                submitted_at=each.submitted_at,
            )
            for each in said
        ),
        reviews=tuple(
            ReviewEvent(
                annotation_id=each.annotation_id,
                reviewer=names.get(each.reviewer_id, ""),
                verdict=each.verdict,
                round=each.round,
                reason=each.reason,
                regions=tuple(each.regions),
                reviewed_at=each.reviewed_at,
                closed_at=each.closed_at,
            )
            for each in reviews
        ),
        turns=tuple(
            TurnEvent(
                assignment_id=each.pk,
                batch_id=each.batch_id,
                batch_name=each.batch.name,
                kind=each.batch.kind,
                annotator=names.get(each.annotator_id, ""),
                state=each.state,
                skip_reason=each.skip_reason,
                lease=each.lease,
                purpose=each.purpose,
                leased_at=each.leased_at,
                lease_until=each.lease_expires_at,
                draft_saved_at=drafts[each.pk].saved_at if each.pk in drafts else None,
                draft_version=drafts[each.pk].version if each.pk in drafts else None,
                submitted_at=each.submitted_at,
            )
            for each in turns
        ),
    )
