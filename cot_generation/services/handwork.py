"""Batches of work on rationales for people: writing them, reading them, revising those that failed a check.

Belongs here: which questions and which rationales such a batch holds.
Does not: batches themselves (annotation.services.batches), the results (rationales.py, readings.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

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


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is asked of such a batch, whatever its kind.

    `limit`: pieces at most. `also_open`: with what waits in another open batch of the kind.
    """

    project_id: UUID
    name: str
    actor_id: int | None
    now: datetime
    limit: int | None = None
    also_open: bool = False


@dataclass(frozen=True)
class Made:
    """A new batch of so many pieces. `elsewhere`: what fits too and was left out, as it waits in these open batches."""

    batch_id: UUID
    pieces: int
    elsewhere: dict[OpenBatch, int]


@transaction.atomic
def writing_batch(*, plan: Plan, questions: Sequence[tuple[int, int]]) -> Made:
    """One piece a question. What waits in another open writing batch is left out, unless the plan says otherwise.

    Raises InvalidInput, QuestionsMissing.
    """
    waiting = _waiting(plan, kind=WRITE)
    return _made(
        plan,
        WRITE,
        [Target(sample_id, (aspect_id,)) for sample_id, aspect_id in dict.fromkeys(questions)],
        waiting,
        QuestionsMissing("No question fits: each needs a settled answer and no manual rationale yet."),
    )


@transaction.atomic
def revising_batch(*, plan: Plan, run_id: UUID | None) -> Made:
    """One piece a rationale that failed a check, of one run or of all, without those that wait in another such batch.

    Raises InvalidInput, RunUnknown, QuestionsMissing.
    """
    waiting = _waiting(plan, kind=REVISE)
    return _made(
        plan,
        REVISE,
        _targets(_newest(plan.project_id, run_id).filter(passed=False)),
        waiting,
        QuestionsMissing("No rationale of these failed a check; there is nothing to revise."),
    )


@transaction.atomic
def reading_batch(*, plan: Plan, run_id: UUID | None) -> Made:
    """One piece a rationale that passed every check and that nobody has read, of one run or of all that models wrote.

    What failed a check needs no reader to be sent to revision; what waits in another such batch is left out. Raises
    InvalidInput, RunUnknown, QuestionsMissing.
    """
    waiting = _waiting(plan, kind=READ)
    return _made(
        plan,
        READ,
        _targets(_newest(plan.project_id, run_id).filter(passed=True, readings=None, author=None)),
        waiting,
        QuestionsMissing("Every rationale of these failed a check or was read already; there is nothing to read."),
    )


def _waiting(plan: Plan, *, kind: str) -> dict[Target, OpenBatch]:
    """What waits in other open batches of the kind; none comes to be until this transaction ends.

    Read before what fits: a piece that is done between the two then fits no more, and is not handed out again.
    """
    batches.lock(plan.project_id)
    return {} if plan.also_open else target_selectors.waiting(plan.project_id, kind=kind)


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


def _made(
    plan: Plan, kind: str, fitting: Sequence[Target], waiting: Mapping[Target, OpenBatch], none: QuestionsMissing
) -> Made:
    if plan.limit is not None and plan.limit < 1:
        raise InvalidInput("limit must be at least 1.")
    elsewhere = Counter(waiting[each] for each in fitting if each in waiting)
    places = sorted(elsewhere, key=lambda each: each.number)
    chosen = [each for each in fitting if each not in waiting][: plan.limit]
    if not chosen and elsewhere:
        raise QuestionsMissing(
            "All {count} that fit wait in open batches already: {batches}.",
            count=elsewhere.total(),
            batches=", ".join(str(each.number) for each in places),
        )
    if not chosen:
        raise none
    batch = batches.create(
        project_id=plan.project_id,
        kind=kind,
        name=plan.name,
        targets=chosen,
        terms=IN_SLOT_ORDER,
        actor_id=plan.actor_id,
        now=plan.now,
    )
    return Made(batch.pk, len(chosen), {each: elsewhere[each] for each in places})
