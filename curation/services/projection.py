"""The explorer's row of each sample, written again whenever the sample changes.

Belongs here: following `sample_changed`, rebuilding, what training made of questions.
Does not: asking the rows (selectors.explorer).

Idempotent: a row is a function of what the apps below say now, so an event delivered twice or late does no harm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotation.selectors import consensus as consensus_selectors
from catalog.selectors import aspects, samples
from config.base import outbox
from cot_generation.selectors import rationales
from curation.models import QuestionState, SampleRow

CHUNK = 500


def sample_changed(payload: Mapping[str, Any]) -> None:
    """The subscriber: ids, or a range of ids."""
    project_id = UUID(str(payload["project_id"])) if "project_id" in payload else None
    if "sample_ids" in payload:
        follow([int(each) for each in payload["sample_ids"]])
    elif project_id is not None:
        follow(samples.in_range(project_id, int(payload["first_sample_id"]), int(payload["last_sample_id"])))


def follow(sample_ids: Sequence[int]) -> None:
    """Write the rows of these samples again."""
    for chunk in _chunks(sorted(set(sample_ids))):
        _follow_chunk(chunk)


def rebuild(project_id: UUID) -> int:
    """Every row of the project; returns how many."""
    ids = samples.ids(project_id, state=None)
    follow(ids)
    return len(ids)


@transaction.atomic
def _follow_chunk(sample_ids: list[int]) -> None:
    # Taken in order, so that two workers following overlapping chunks cannot wait for each other.
    list(SampleRow.objects.filter(pk__in=sample_ids).order_by("pk").select_for_update().values_list("pk"))
    infos = samples.infos(sample_ids)
    keys = _aspect_keys({info.project_id for info in infos.values()})
    standing: dict[int, list[tuple[str, consensus_selectors.ConsensusInfo]]] = defaultdict(list)
    for (sample_id, aspect_id), info in consensus_selectors.for_samples(sample_ids).items():
        if aspect_id in keys:
            standing[sample_id].append((keys[aspect_id], info))
    written: dict[int, list[rationales.RationaleInfo]] = defaultdict(list)
    for (sample_id, _), found in rationales.for_samples(sample_ids).items():
        written[sample_id] += found
    training: dict[int, set[str]] = defaultdict(set)
    for sample_id, state in QuestionState.objects.filter(sample_id__in=sample_ids).values_list("sample_id", "state"):
        training[sample_id].add(state)
    rows = [
        _row(info, standing[sample_id], written[sample_id], training[sample_id]) for sample_id, info in infos.items()
    ]
    SampleRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sample"],
        update_fields=[field.name for field in SampleRow._meta.concrete_fields if field.name != "sample"],
    )


def _aspect_keys(project_ids: Iterable[UUID]) -> dict[int, str]:
    return {aspect.id: aspect.key for project_id in project_ids for aspect in aspects.of_project(project_id)}


def _row(
    info: samples.SampleInfo,
    standing: Sequence[tuple[str, consensus_selectors.ConsensusInfo]],
    written: Sequence[rationales.RationaleInfo],
    training: set[str],
) -> SampleRow:
    answered = {key: list(each.answer) for key, each in standing if each.answer is not None}
    return SampleRow(
        sample_id=info.id,
        project_id=info.project_id,
        external_id=info.external_id,
        group=info.group,
        state=info.state,
        answers=answered,
        sources={key: each.source for key, each in standing if each.answer is not None},
        answered_count=len(answered),
        disputed=sorted(key for key, each in standing if each.disputed),
        opinion_count=max((each.opinions for _, each in standing), default=0),
        rationale_count=len(written),
        passed_count=sum(each.passed for each in written),
        ways=sorted({each.way.value for each in written}),
        sandbox=any(each.sandbox for each in written),
        training=sorted(training),
        changed_at=timezone.now(),
    )


@dataclass(frozen=True)
class Noted:
    """What a run's ledger says of one question."""

    sample_id: int
    aspect_key: str
    state: str
    exact_rate: float | None


@transaction.atomic
def note_difficulty(*, project_id: UUID, run: str, questions: Sequence[Noted]) -> None:
    """For the app above: the newest run's word on questions replaces what an older one said."""
    QuestionState.objects.bulk_create(
        (
            QuestionState(
                sample_id=each.sample_id,
                aspect_key=each.aspect_key,
                run=run,
                state=each.state,
                exact_rate=each.exact_rate,
            )
            for each in questions
        ),
        update_conflicts=True,
        unique_fields=["sample", "aspect_key"],
        update_fields=["run", "state", "exact_rate"],
        batch_size=2000,
    )
    for chunk in _chunks(sorted({each.sample_id for each in questions})):
        outbox.append("sample_changed", {"project_id": str(project_id), "sample_ids": chunk})


def _chunks(sample_ids: Sequence[int]) -> Iterator[list[int]]:
    return (list(sample_ids[start : start + CHUNK]) for start in range(0, len(sample_ids), CHUNK))
