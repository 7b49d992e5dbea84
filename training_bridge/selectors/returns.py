"""Questions that a run doubts, with what speaks for the doubt.

Belongs here: suspect, then blocked, then hard questions; those whose answers the model finds least likely; the evidence
beside them; what became of those given back.
Does not: giving them back (services.returning).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, FloatField, IntegerField, Value, When
from django.db.models.functions import Cast, NullIf

from annotation.selectors import consensus
from annotation.selectors.consensus import ConsensusInfo
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import pictures as picture_selectors
from catalog.selectors import samples as sample_selectors
from catalog.selectors.pictures import PictureInfo
from training_bridge.choices import RETURNABLE
from training_bridge.models import QuestionState, TrainingRun


@dataclass(frozen=True)
class Doubt:
    """One question: as the release froze it, as the model answers it, as people see it now."""

    state: QuestionState
    sample_id: int | None
    pictures: list[PictureInfo]
    now: ConsensusInfo | None

    @property
    def exact_rate(self) -> float | None:
        return self.state.right / self.state.rollouts if self.state.rollouts else None

    @property
    def changed(self) -> bool:
        """Whether people answer otherwise now than the release does."""
        return (
            self.now is not None
            and self.now.answer is not None
            and sorted(self.now.answer) != sorted(self.state.answer)
        )


def of_run(run: TrainingRun, *, standings: Sequence[str], limit: int) -> list[Doubt]:
    """Suspect first, then blocked, then hard; in each the least often right, then the most often tried.

    Without `overall`: it is derived from the aspects, so nobody could judge it again.
    """
    worth = Case(
        *(When(standing=standing, then=Value(place)) for place, standing in enumerate(RETURNABLE)),
        output_field=IntegerField(),
    )
    rate = Cast(F("right"), FloatField()) / NullIf(Cast(F("rollouts"), FloatField()), Value(0.0))
    wanted = [standing for standing in RETURNABLE if standing in standings]
    rows = (
        QuestionState.objects.of_run(run.pk)
        .filter(standing__in=wanted, aspect__in=_judged(run.project_id))
        .annotate(worth=worth, rate=rate)
        .order_by("worth", F("rate").asc(nulls_last=True), "-rollouts", "pk")[:limit]
    )
    return with_evidence(run.project_id, list(rows))


def by_loss(run: TrainingRun, *, limit: int) -> list[Doubt]:
    """Of any standing: first the question whose answer the trained model finds least likely. Without `overall` too."""
    rows = QuestionState.objects.of_run(run.pk).by_loss().filter(aspect__in=_judged(run.project_id))
    return with_evidence(run.project_id, list(rows[:limit]))


def measured(run: TrainingRun, *, still_here: bool = False) -> int:
    """How many questions have a loss; `still_here` leaves out those that are with people already."""
    rows = QuestionState.objects.of_run(run.pk).by_loss().filter(aspect__in=_judged(run.project_id))
    return rows.filter(returned_batch_id=None).count() if still_here else rows.count()


def counts(run: TrainingRun, *, still_here: bool = False) -> dict[str, int]:
    """How many there are of each standing; `still_here` leaves out those that are with people already."""
    rows = QuestionState.objects.of_run(run.pk).filter(standing__in=RETURNABLE, aspect__in=_judged(run.project_id))
    if still_here:
        rows = rows.filter(returned_batch_id=None)
    found = {row["standing"]: row["count"] for row in rows.values("standing").annotate(count=Count("pk")).order_by()}
    return {standing.value: found.get(standing.value, 0) for standing in RETURNABLE}


def _judged(project_id: UUID) -> list[str]:
    return [aspect.key for aspect in aspect_selectors.of_project(project_id)]


def with_evidence(project_id: UUID, states: Sequence[QuestionState]) -> list[Doubt]:
    """A fixed number of queries, however many questions."""
    sample_ids = sample_selectors.by_external_ids(project_id, {state.sample_external_id for state in states})
    aspect_ids = {aspect.key: aspect.id for aspect in aspect_selectors.of_project(project_id)}
    pictures = picture_selectors.of_samples(sample_ids.values())
    settled = consensus.for_samples(sample_ids.values())
    found = []
    for state in states:
        sample_id = sample_ids.get(state.sample_external_id)
        key = (sample_id or 0, aspect_ids.get(state.aspect, 0))
        found.append(Doubt(state, sample_id, pictures.get(sample_id or 0, []), settled.get(key)))
    return found


@dataclass(frozen=True)
class Returned:
    """A batch that this run gave to people, and how many of its answers people changed."""

    batch_id: UUID
    at: datetime
    questions: int
    changed: int


def batches_of(run: TrainingRun) -> list[Returned]:
    """Newest first."""
    given = QuestionState.objects.of_run(run.pk).filter(returned_batch_id__isnull=False).order_by("-returned_at", "pk")
    by_batch: dict[UUID, list[Doubt]] = {}
    for doubt in with_evidence(run.project_id, list(given)):
        if doubt.state.returned_batch_id is not None:
            by_batch.setdefault(doubt.state.returned_batch_id, []).append(doubt)
    return [
        Returned(
            batch_id,
            max(doubt.state.returned_at for doubt in doubts if doubt.state.returned_at is not None),
            len(doubts),
            sum(doubt.changed for doubt in doubts),
        )
        for batch_id, doubts in by_batch.items()
    ]
