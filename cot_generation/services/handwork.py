"""Batches of work on rationales for people: writing them, reading them, revising those that failed a check.

Belongs here: which questions and which rationales such a batch holds.
Does not: batches themselves (annotation.services.batches), the results (rationales.py, readings.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from annotation.services import batches
from annotation.services.batches import Target, Terms
from cot_generation.errors import QuestionsMissing, RunUnknown
from cot_generation.models import Rationale, Run
from cot_generation.querysets import RationaleQuerySet
from cot_generation.services.rationales import REVISE, WRITE
from cot_generation.services.readings import READ

# Texts, checks and earlier drafts name candidates by their slots, so the desk shows slots as letters and nobody has to
# translate between two namings of the same pictures.
IN_SLOT_ORDER = Terms(shuffled=False)


def writing_batch(
    *, project_id: UUID, questions: Sequence[tuple[int, int]], name: str, actor_id: int | None, now: datetime
) -> tuple[UUID, int]:
    """One piece a question. Returns the batch's id and how many pieces it has. Raises QuestionsMissing."""
    unique = list(dict.fromkeys(questions))
    if not unique:
        raise QuestionsMissing("No question fits: each needs a settled answer and no manual rationale yet.")
    batch = batches.create(
        project_id=project_id,
        kind=WRITE,
        name=name,
        targets=[Target(sample_id, (aspect_id,)) for sample_id, aspect_id in unique],
        terms=IN_SLOT_ORDER,
        actor_id=actor_id,
        now=now,
    )
    return batch.pk, len(unique)


def revising_batch(
    *, project_id: UUID, run_id: UUID | None, name: str, limit: int | None, actor_id: int | None, now: datetime
) -> tuple[UUID, int]:
    """One piece a rationale that failed a check, of one run or of all. Raises RunUnknown, QuestionsMissing."""
    failed = _newest(project_id, run_id).filter(passed=False)
    none = QuestionsMissing("No rationale of these failed a check; there is nothing to revise.")
    return _on_rationales(REVISE, failed[:limit], none, project_id=project_id, name=name, actor_id=actor_id, now=now)


def reading_batch(
    *, project_id: UUID, run_id: UUID | None, name: str, limit: int | None, actor_id: int | None, now: datetime
) -> tuple[UUID, int]:
    """One piece a rationale that passed every check and that nobody has read, of one run or of all that models wrote.

    What failed a check needs no reader to be sent to revision. Raises RunUnknown, QuestionsMissing.
    """
    unread = _newest(project_id, run_id).filter(passed=True, readings=None, author=None)
    none = QuestionsMissing("Every rationale of these failed a check or was read already; there is nothing to read.")
    return _on_rationales(READ, unread[:limit], none, project_id=project_id, name=name, actor_id=actor_id, now=now)


def _newest(project_id: UUID, run_id: UUID | None) -> RationaleQuerySet:
    newest = Rationale.objects.in_project(project_id).newest().order_by("pk")
    if run_id is None:
        return newest
    if not Run.objects.in_project(project_id).filter(pk=run_id).exists():
        raise RunUnknown(run_id=str(run_id))
    return newest.filter(run_question__run_id=run_id)


def _on_rationales(
    kind: str,
    chosen: RationaleQuerySet,
    none: QuestionsMissing,
    *,
    project_id: UUID,
    name: str,
    actor_id: int | None,
    now: datetime,
) -> tuple[UUID, int]:
    found = list(chosen.values_list("pk", "sample_id", "aspect_id"))
    if not found:
        raise none
    batch = batches.create(
        project_id=project_id,
        kind=kind,
        name=name,
        targets=[Target(sample_id, (aspect_id,), rationale_id) for rationale_id, sample_id, aspect_id in found],
        terms=IN_SLOT_ORDER,
        actor_id=actor_id,
        now=now,
    )
    return batch.pk, len(found)
