"""Batches of work on rationales for people: writing them, reading them, revising those that failed a check.

Belongs here: which questions and which rationales such a batch holds.
Does not: batches themselves (annotation.services.batches), the results (rationales.py, readings.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotation.selectors import targets as target_selectors
from annotation.selectors.targets import OpenBatch
from annotation.services import batches
from annotation.services.batches import Target, Terms
from config.base.errors import InvalidInput
from cot_generation.errors import QuestionsMissing, RunUnknown
from cot_generation.models import Rationale, Run
from cot_generation.querysets import RationaleQuerySet
from cot_generation.services.rationales import REVISE, WRITE
from cot_generation.services.readings import READ

# Texts, checks and earlier drafts name candidates by their slots, so the desk shows slots as letters and nobody has to
# translate between two namings of the same pictures.
IN_SLOT_ORDER = Terms(shuffled=False)


@dataclass(frozen=True)
class Made:
    """A new batch of so many pieces. `elsewhere`: what fits too and was left out, as it waits in these open batches."""

    batch_id: UUID
    pieces: int
    elsewhere: dict[OpenBatch, int]


def writing_batch(
    *,
    project_id: UUID,
    questions: Sequence[tuple[int, int]],
    name: str,
    actor_id: int | None,
    now: datetime,
    limit: int | None = None,
    also_open: bool = False,
) -> Made:
    """One piece a question. What waits in another open writing batch is left out, unless `also_open`.

    Raises InvalidInput, QuestionsMissing.
    """
    return _batch(
        WRITE,
        [Target(sample_id, (aspect_id,)) for sample_id, aspect_id in dict.fromkeys(questions)],
        QuestionsMissing("No question fits: each needs a settled answer and no manual rationale yet."),
        project_id=project_id,
        name=name,
        limit=limit,
        also_open=also_open,
        actor_id=actor_id,
        now=now,
    )


def revising_batch(
    *,
    project_id: UUID,
    run_id: UUID | None,
    name: str,
    limit: int | None,
    actor_id: int | None,
    now: datetime,
    also_open: bool = False,
) -> Made:
    """One piece a rationale that failed a check, of one run or of all, without those that wait in another such batch.

    Raises InvalidInput, RunUnknown, QuestionsMissing.
    """
    return _batch(
        REVISE,
        _targets(_newest(project_id, run_id).filter(passed=False)),
        QuestionsMissing("No rationale of these failed a check; there is nothing to revise."),
        project_id=project_id,
        name=name,
        limit=limit,
        also_open=also_open,
        actor_id=actor_id,
        now=now,
    )


def reading_batch(
    *,
    project_id: UUID,
    run_id: UUID | None,
    name: str,
    limit: int | None,
    actor_id: int | None,
    now: datetime,
    also_open: bool = False,
) -> Made:
    """One piece a rationale that passed every check and that nobody has read, of one run or of all that models wrote.

    What failed a check needs no reader to be sent to revision; what waits in another such batch is left out. Raises
    InvalidInput, RunUnknown, QuestionsMissing.
    """
    return _batch(
        READ,
        _targets(_newest(project_id, run_id).filter(passed=True, readings=None, author=None)),
        QuestionsMissing("Every rationale of these failed a check or was read already; there is nothing to read."),
        project_id=project_id,
        name=name,
        limit=limit,
        also_open=also_open,
        actor_id=actor_id,
        now=now,
    )


def _newest(project_id: UUID, run_id: UUID | None) -> RationaleQuerySet:
    newest = Rationale.objects.in_project(project_id).newest().order_by("pk")
    if run_id is None:
        return newest
    if not Run.objects.in_project(project_id).filter(pk=run_id).exists():
        raise RunUnknown(run_id=str(run_id))
    return newest.filter(run_question__run_id=run_id)


def _targets(chosen: RationaleQuerySet) -> list[Target]:
    found = chosen.values_list("pk", "sample_id", "aspect_id")
    return [Target(sample_id, (aspect_id,), rationale_id) for rationale_id, sample_id, aspect_id in found]


def _batch(
    kind: str,
    fitting: Sequence[Target],
    none: QuestionsMissing,
    *,
    project_id: UUID,
    name: str,
    limit: int | None,
    also_open: bool,
    actor_id: int | None,
    now: datetime,
) -> Made:
    if limit is not None and limit < 1:
        raise InvalidInput("limit must be at least 1.")
    waiting = {} if also_open else target_selectors.waiting(project_id, kind=kind)
    elsewhere = Counter(waiting[each] for each in fitting if each in waiting)
    places = sorted(elsewhere, key=lambda each: each.number)
    chosen = [each for each in fitting if each not in waiting][:limit]
    if not chosen and elsewhere:
        raise QuestionsMissing(
            "All {count} that fit wait in open batches already: {batches}.",
            count=elsewhere.total(),
            batches=", ".join(str(each.number) for each in places),
        )
    if not chosen:
        raise none
    batch = batches.create(
        project_id=project_id, kind=kind, name=name, targets=chosen, terms=IN_SLOT_ORDER, actor_id=actor_id, now=now
    )
    return Made(batch.pk, len(chosen), {each: elsewhere[each] for each in places})
