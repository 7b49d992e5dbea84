"""Gold questions, how people did on them, and which answers could become gold.

Belongs here: lists and figures about gold, for leads only: nobody who judges may read any of it.
Does not: making gold or pausing people (services.golds).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.selectors import people
from annotation.choices import ConsensusSource, GoldSource, Purpose
from annotation.models import Consensus, Gold, Piece
from annotation.querying import rows
from annotation.selectors import evidence
from annotation.shapes import Cells, Severity
from annotation.votes import RANK
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import rules as catalog_rules
from catalog.selectors import samples as catalog_samples

# One gold question judged: right when every checked cell is; nothing where somebody was unsure and not wrong.
QUESTIONS = """
with questions as (
    select r.{by} as key, r.aspect_id, case when bool_or(not r.is_right) then 0
        when bool_and(r.is_right is not null) then 1 end as is_right
    from annotation_goldresult r
    where r.{of} = any(%(ids)s) and r.purpose = 'gold' and not r.is_void
    group by r.{by}, r.assignment_id, r.aspect_id)
select key, aspect_id, sum(is_right)::int, count(is_right)::int from questions
where is_right is not null group by key, aspect_id
"""


@dataclass(frozen=True)
class Accuracy:
    """Gold questions judged right, of those that say something."""

    right: int
    judged: int


@dataclass(frozen=True)
class Stock:
    """How much gold there is: live practice and hidden questions, and answers that could become gold, by source."""

    training: int
    hidden: int
    retired: int
    candidates: Mapping[str, int]


@dataclass(frozen=True)
class BatchGold:
    """What one batch can give out."""

    training: int
    hidden: int


def of_project(project_id: UUID) -> QuerySet[Gold]:
    """Every gold question, retired ones too."""
    return Gold.objects.in_project(project_id)


def stock(project_id: UUID) -> Stock:
    """Counts for the page that makes gold."""
    live = Q(retired_at__isnull=True)
    counted = Gold.objects.in_project(project_id).aggregate(
        training=Count("pk", filter=live & Q(purpose=Purpose.TRAINING)),
        hidden=Count("pk", filter=live & Q(purpose=Purpose.GOLD)),
        retired=Count("pk", filter=~live),
    )
    candidates = {
        source.value: _candidates(project_id, source).values("sample_id").distinct().count()
        for source in (GoldSource.ADJUDICATED, GoldSource.CONSENSUS, GoldSource.IMPORTED)
    }
    return Stock(**counted, candidates=candidates)


@dataclass(frozen=True)
class GoldOfSample:
    """One time a sample was gold; `retired_at` is None while it is."""

    purpose: str
    source: str
    note: str
    expected: Cells
    made_at: datetime
    made_by: str
    retired_at: datetime | None
    retired_why: str


def of_sample(sample_id: int) -> list[GoldOfSample]:
    """When a sample was gold, oldest first."""
    found = list(Gold.objects.filter(sample_id=sample_id).order_by("created_at"))
    names = people.names(each.created_by_id for each in found if each.created_by_id is not None)
    return [
        GoldOfSample(
            purpose=each.purpose,
            source=each.source,
            note=each.note,
            expected=each.expected,
            made_at=each.created_at,
            made_by=names.get(each.created_by_id or 0, ""),
            retired_at=each.retired_at,
            retired_why=each.retired_why,
        )
        for each in found
    ]


def stock_outside(project_id: UUID, sample_ids: Collection[int]) -> BatchGold:
    """Live gold that a batch of these samples could give out: a sample of the batch is no gold in it."""
    chosen = set(sample_ids)
    live = Gold.objects.in_project(project_id).live().values_list("sample_id", "purpose")
    usable = [purpose for sample_id, purpose in live if sample_id not in chosen]
    return BatchGold(usable.count(Purpose.TRAINING), usable.count(Purpose.GOLD))


def in_batches(batch_ids: Iterable[UUID]) -> dict[UUID, BatchGold]:
    """Live gold by batch."""
    counted = (
        Piece.objects.filter(batch_id__in=list(batch_ids), gold__retired_at__isnull=True, gold__isnull=False)
        .values("batch_id")
        .annotate(
            training=Count("pk", filter=Q(gold__purpose=Purpose.TRAINING)),
            hidden=Count("pk", filter=Q(gold__purpose=Purpose.GOLD)),
        )
        .order_by()
    )
    return {row["batch_id"]: BatchGold(row["training"], row["hidden"]) for row in counted}


def accuracy_in(batch_id: UUID) -> dict[int, dict[int, Accuracy]]:
    """By person and aspect, over hidden gold of this batch."""
    return _accuracy(by="annotator_id", of="batch_id", ids=[batch_id])


def accuracy_of(gold_ids: Collection[UUID]) -> dict[UUID, dict[int, Accuracy]]:
    """By gold question and aspect: a question that nobody gets right is more likely wrong than hard."""
    return _accuracy(by="gold_id", of="gold_id", ids=list(gold_ids))


def answered(*, project_id: UUID, source: GoldSource, sample_ids: Sequence[int] | None, most: int) -> dict[int, Cells]:
    """Expected cells by sample, from answers of this source: the most certain first, none that is gold already.

    Severities come from what people (or the import) said; where only the answer is known, from the rule's threshold.
    """
    found = _candidates(project_id, source)
    if sample_ids is not None:
        found = found.filter(sample_id__in=list(sample_ids))
    chosen: list[int] = []
    for sample_id in found.order_by("-confidence", "sample_id").values_list("sample_id", flat=True).iterator():
        if sample_id not in chosen:
            chosen.append(sample_id)
        if len(chosen) >= most:
            break
    keys = {aspect.id: aspect.key for aspect in catalog_aspects.of_project(project_id)}
    threshold = catalog_rules.current(project_id).threshold
    cells = evidence.for_samples(chosen)
    slots = {sample_id: info.slots for sample_id, info in catalog_samples.infos(chosen).items()}
    expected: dict[int, dict[str, dict[str, Severity]]] = {}
    for row in _known(project_id, source).filter(sample_id__in=chosen):
        key = keys.get(row.aspect_id)
        if key is None or row.answer is None:
            continue
        said = cells[row.sample_id].cells if row.sample_id in cells else {}
        for slot in slots[row.sample_id]:
            severity = _severity(said.get(slot, {}).get(key), in_answer=slot in row.answer, threshold=threshold)
            expected.setdefault(row.sample_id, {}).setdefault(slot, {})[key] = severity
    return {sample_id: expected[sample_id] for sample_id in chosen if sample_id in expected}


def _candidates(project_id: UUID, source: GoldSource) -> QuerySet[Consensus]:
    answered = Consensus.objects.in_project(project_id).filter(answer__isnull=False)
    live = Gold.objects.in_project(project_id).live().values("sample_id")
    if source == GoldSource.CONSENSUS:
        # Two or more opinions, all of them alike: a majority that some did not share is no known answer.
        return answered.filter(source=ConsensusSource.MAJORITY, agreement=1).exclude(sample_id__in=live)
    return answered.filter(source=source.value).exclude(sample_id__in=live)


def _known(project_id: UUID, source: GoldSource) -> QuerySet[Consensus]:
    """Every question of a chosen sample whose answer is known: beside a ruling, those on which all agree."""
    answered = Consensus.objects.in_project(project_id).filter(answer__isnull=False)
    if source == GoldSource.IMPORTED:
        return answered.filter(source=ConsensusSource.IMPORTED)
    return answered.filter(Q(source=ConsensusSource.ADJUDICATED) | Q(source=ConsensusSource.MAJORITY, agreement=1))


def _severity(said: str | None, *, in_answer: bool, threshold: str) -> Severity:
    """What was said, if it lies on the answer's side; else the mildest severity that does."""
    least = "major" if threshold == "major" else "minor"
    if said is not None and said in RANK and (RANK[said] >= RANK[threshold]) == in_answer:
        return said  # type: ignore[return-value]  # a key of RANK is a severity
    return least if in_answer else "none"  # type: ignore[return-value]  # one of two literals


def _accuracy(*, by: str, of: str, ids: Sequence[UUID]) -> dict[Any, dict[int, Accuracy]]:
    found: dict[Any, dict[int, Accuracy]] = defaultdict(dict)
    for key, aspect_id, right, judged in rows(QUESTIONS.format(by=by, of=of), {"ids": list(ids)}):
        found[key][aspect_id] = Accuracy(right, judged)
    return dict(found)
