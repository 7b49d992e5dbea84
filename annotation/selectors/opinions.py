"""What people said, for those who judge it: adjudicators, reviewers, and the authors themselves.

Belongs here: opinions without names, one opinion under review, one's own last decisions.
Does not: what upper apps use of them (selectors.evidence).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotation.choices import (
    AnnotationOrigin,
    AssignmentState,
    AssistPolicy,
    BatchState,
    ConsensusSource,
    Purpose,
    ReviewVerdict,
)
from annotation.errors import AssignmentNotFound, LeaseLost
from annotation.models import Annotation, Assignment, Consensus, Review
from annotation.selectors.consensus import ConsensusInfo, info
from annotation.shapes import Cells, Region, Suggestion
from catalog.selectors import aspects as catalog_aspects


@dataclass(frozen=True)
class UnnamedOpinion:
    """An opinion as an adjudicator sees it: no name, no time, in an order that tells nothing."""

    cells: Cells
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class Dispute:
    """What an adjudicator rules on."""

    opinions: tuple[UnnamedOpinion, ...]
    questions: dict[int, ConsensusInfo]


@dataclass(frozen=True)
class Returned:
    """What a reviewer sent a turn back for, and where to look."""

    round: int
    reason: str
    regions: tuple[Region, ...]
    reviewed_at: datetime


@dataclass(frozen=True)
class UnderReview:
    """The opinion a review piece is about; `aspects` are those it had to judge, none meaning all of the project.

    `letters`: slots in the order in which the author saw them.
    """

    annotation_id: int
    revision: int
    letters: str
    cells: Cells
    regions: tuple[Region, ...]
    aspects: tuple[str, ...]
    active_ms: int
    submitted_at: datetime
    earlier: tuple[Returned, ...]


@dataclass(frozen=True)
class Decision:
    """One of one's own opinions."""

    annotation_id: int
    assignment_id: int
    batch_id: UUID
    sample_id: int
    revision: int
    letters: str
    cells: Cells
    regions: tuple[Region, ...]
    active_ms: int
    submitted_at: datetime
    revisable: bool


@dataclass(frozen=True)
class Turn:
    """A piece somebody holds, for the owner of its kind."""

    assignment_id: int
    fence: int
    batch_id: UUID
    kind: str
    sample_id: int
    aspect_ids: tuple[int, ...]
    subject_id: int | None
    lease_until: datetime | None
    letters: str


def held(*, project_id: UUID, assignment_id: int, user_id: int) -> Turn:
    """The piece behind an assignment this person holds. Raises AssignmentNotFound, LeaseLost if they held it once."""
    theirs = Assignment.objects.filter(pk=assignment_id, annotator_id=user_id, batch__project_id=project_id)
    found = theirs.exclude(state=AssignmentState.SUBMITTED).select_related("piece", "batch").first()
    if found is None:
        raise AssignmentNotFound
    if found.state != AssignmentState.LEASED:
        raise LeaseLost(assignment_id=assignment_id)
    return Turn(
        assignment_id=found.pk,
        fence=found.fence,
        batch_id=found.batch_id,
        kind=found.batch.kind,
        sample_id=found.piece.sample_id,
        aspect_ids=tuple(found.piece.aspects),
        subject_id=found.piece.subject_id,
        lease_until=found.lease_expires_at,
        letters=found.letters,
    )


def dispute(turn: Turn) -> Dispute:
    """The opinions on a disputed sample, and where its disputed questions stand."""
    counted = Annotation.objects.filter(sample_id=turn.sample_id).counted()

    def shuffled(annotation: Annotation) -> bytes:
        return hashlib.sha256(f"{turn.assignment_id}/{annotation.assignment_id}".encode()).digest()

    opinions = tuple(
        UnnamedOpinion(annotation.cells, tuple(annotation.regions)) for annotation in sorted(counted, key=shuffled)
    )
    rows = Consensus.objects.filter(sample_id=turn.sample_id, aspect_id__in=turn.aspect_ids)
    return Dispute(opinions, {row.aspect_id: info(row) for row in rows})


def under_review(turn: Turn) -> UnderReview:
    """The opinion a review piece names. Raises AssignmentNotFound."""
    found = Annotation.objects.filter(pk=turn.subject_id or 0).select_related("assignment__piece").first()
    if found is None or found.assignment is None:
        raise AssignmentNotFound
    aspects = catalog_aspects.by_ids(set(found.assignment.piece.aspects))
    return UnderReview(
        annotation_id=found.pk,
        revision=found.revision,
        letters=found.shown.letters,
        cells=found.cells,
        regions=tuple(found.regions),
        aspects=tuple(aspects[each].key for each in found.assignment.piece.aspects),
        active_ms=found.active_ms,
        submitted_at=found.submitted_at,
        earlier=returned(found.assignment.pk),
    )


def returned(assignment_id: int) -> tuple[Returned, ...]:
    """What this turn was sent back for, oldest first."""
    rows = Review.objects.filter(annotation__assignment=assignment_id, verdict=ReviewVerdict.SENT_BACK).order_by("pk")
    return tuple(Returned(each.round, each.reason, tuple(each.regions), each.reviewed_at) for each in rows)


def suggested_after(assignment_id: int) -> Suggestion | None:
    """The imported verdicts that the batch shows once this assignment is submitted."""
    shown = Assignment.objects.filter(
        pk=assignment_id, batch__assist=AssistPolicy.AFTER_COMMIT, state=AssignmentState.SUBMITTED
    ).values("piece__sample_id")
    found = Annotation.objects.filter(origin=AnnotationOrigin.IMPORTED, sample_id__in=shown).order_by("-pk").first()
    return None if found is None else Suggestion(found.cells, found.regions)


def last_decisions(*, project_id: UUID, user_id: int, batch_id: UUID | None = None, limit: int = 10) -> list[Decision]:
    """One's own newest opinions in this project, newest first."""
    rows = (
        Annotation.objects.newest()
        .filter(annotator_id=user_id, origin=AnnotationOrigin.OPINION, assignment__batch__project_id=project_id)
        .select_related("assignment__batch")
        .order_by("-pk")
    )
    if batch_id is not None:
        rows = rows.filter(assignment__batch_id=batch_id)
    found = list(rows[:limit])
    reviewed = set(Review.objects.filter(annotation__in=found).values_list("annotation_id", flat=True))
    adjudicated = set(
        Consensus.objects.of_samples(row.sample_id for row in found)
        .filter(source=ConsensusSource.ADJUDICATED)
        .values_list("sample_id", flat=True)
    )
    decisions = []
    for row in found:
        assert row.assignment is not None  # opinions have one, says the table's constraint
        decisions.append(
            Decision(
                annotation_id=row.pk,
                assignment_id=row.assignment.pk,
                batch_id=row.assignment.batch_id,
                sample_id=row.sample_id,
                revision=row.revision,
                letters=row.shown.letters,
                cells=row.cells,
                regions=tuple(row.regions),
                active_ms=row.active_ms,
                submitted_at=row.submitted_at,
                revisable=(
                    row.assignment.state == AssignmentState.SUBMITTED
                    and row.assignment.batch.state != BatchState.CLOSED
                    and row.pk not in reviewed
                    # Gold stands on a ruling often, and must not be told from the others by that.
                    and (row.assignment.purpose != Purpose.OPINION or row.sample_id not in adjudicated)
                    and row.fixed_by_id is None
                    and row.sample_id not in adjudicated
                ),
            )
        )
    return decisions
