"""Where questions stand, and which are disputed.

Belongs here: answers as upper apps read them. Does not: writing them (services.consensus).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from annotation.choices import BatchState
from annotation.models import Consensus, ModelAnswer, OverallAnswer, Piece


@dataclass(frozen=True)
class ConsensusInfo:
    """One question. `answer` is the slots with the defect; None while the question has no answer."""

    answer: tuple[str, ...] | None
    source: str
    confidence: float | None
    opinions: int
    agreement: float | None
    disputed: bool
    tied: tuple[str, ...]
    unsure: tuple[str, ...]
    revision: int
    rule_version: int


def for_samples(sample_ids: Iterable[int]) -> dict[tuple[int, int], ConsensusInfo]:
    """By (sample, aspect); a question nobody said anything about is missing."""
    rows = Consensus.objects.of_samples(sample_ids)
    return {(row.sample_id, row.aspect_id): info(row) for row in rows}


def imported_overall(sample_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What manifests say of samples as a whole: the slots with any defect, by sample."""
    rows = OverallAnswer.objects.filter(sample_id__in=list(sample_ids)).values_list("sample_id", "answer")
    return {sample_id: tuple(answer) for sample_id, answer in rows}


@dataclass(frozen=True)
class ModelAnswerInfo:
    """What Dawid–Skene says of one question."""

    answer: tuple[str, ...]
    confidence: float


def model_answers(sample_id: int) -> dict[int, ModelAnswerInfo]:
    """By aspect."""
    rows = ModelAnswer.objects.filter(sample_id=sample_id)
    return {row.aspect_id: ModelAnswerInfo(tuple(row.answer), row.confidence) for row in rows}


def info(row: Consensus) -> ConsensusInfo:
    """A row as others see it."""
    return ConsensusInfo(
        answer=None if row.answer is None else tuple(row.answer),
        source=row.source,
        confidence=row.confidence,
        opinions=row.opinions,
        agreement=row.agreement,
        disputed=row.disputed,
        tied=tuple(row.tied),
        unsure=tuple(row.unsure),
        revision=row.revision,
        rule_version=row.rule_version,
    )


def disputed(*, project_id: UUID, limit: int | None = None) -> dict[int, list[int]]:
    """Aspects in dispute by sample, without those an adjudicator has before them or that wait for another opinion."""
    rows = Consensus.objects.in_project(project_id).disputed().order_by("sample_id", "aspect_id")
    found: dict[int, list[int]] = defaultdict(list)
    taken = _before_a_judge(project_id)
    waiting = set(_awaiting_more(project_id))
    for sample_id, aspect_id in rows.values_list("sample_id", "aspect_id"):
        if (sample_id, aspect_id) in taken or sample_id in waiting:
            continue
        found[sample_id].append(aspect_id)
        if limit is not None and len(found) > limit:
            del found[sample_id]
            break
    return dict(found)


def _before_a_judge(project_id: UUID) -> set[tuple[int, int]]:
    pieces = (
        Piece.objects.unfinished()
        .filter(batch__project_id=project_id, batch__kind="adjudicate", is_out=False)
        .exclude(batch__state=BatchState.CLOSED)
    )
    return {
        (sample_id, aspect_id)
        for sample_id, aspects in pieces.values_list("sample_id", "aspects")
        for aspect_id in aspects
    }


def _awaiting_more(project_id: UUID) -> Iterable[int]:
    """Samples whose label batch still wants an opinion: their dispute may settle itself."""
    pieces = Piece.objects.unfinished().filter(batch__project_id=project_id, batch__kind="label", is_out=False)
    disputed_here = Consensus.objects.in_project(project_id).disputed().filter(sample_id=OuterRef("sample_id"))
    return (
        pieces.exclude(batch__state=BatchState.CLOSED)
        .filter(Exists(disputed_here))
        .values_list("sample_id", flat=True)
        .distinct()
    )


def counts(project_id: UUID) -> dict[str, int]:
    """How many questions have which standing, for overviews."""
    return Consensus.objects.in_project(project_id).aggregate(
        answered=Count("sample_id", filter=Q(answer__isnull=False)),
        disputed=Count("sample_id", filter=Q(disputed=True)),
        unsure=Count("sample_id", filter=~Q(unsure="")),
    )
