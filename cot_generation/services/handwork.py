"""Batches of work on rationales for people: writing them, and revising those that failed a check.

Belongs here: which questions and which rationales such a batch holds.
Does not: batches themselves (annotation.services.batches), the result (rationales.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from annotation.services import batches
from annotation.services.batches import Target
from cot_generation.errors import QuestionsMissing, RunUnknown
from cot_generation.models import Rationale, Run
from cot_generation.services.rationales import REVISE, WRITE


def writing_batch(
    *, project_id: UUID, questions: Sequence[tuple[int, int]], name: str, actor_id: int | None, now: datetime
) -> tuple[UUID, int]:
    """One piece a question. Returns the batch's id and how many pieces it has. Raises QuestionsMissing."""
    unique = list(dict.fromkeys(questions))
    if not unique:
        raise QuestionsMissing
    batch = batches.create(
        project_id=project_id,
        kind=WRITE,
        name=name,
        targets=[Target(sample_id, (aspect_id,)) for sample_id, aspect_id in unique],
        actor_id=actor_id,
        now=now,
    )
    return batch.pk, len(unique)


def revising_batch(
    *, project_id: UUID, run_id: UUID | None, name: str, limit: int | None, actor_id: int | None, now: datetime
) -> tuple[UUID, int]:
    """One piece a rationale that failed a check, of one run or of all. Raises RunUnknown, QuestionsMissing."""
    failed = Rationale.objects.newest().filter(project_id=project_id, passed=False).order_by("pk")
    if run_id is not None:
        if not Run.objects.in_project(project_id).filter(pk=run_id).exists():
            raise RunUnknown(run_id=str(run_id))
        failed = failed.filter(run_question__run_id=run_id)
    found = list(failed.values_list("pk", "sample_id", "aspect_id")[:limit])
    if not found:
        raise QuestionsMissing("No rationale of these failed a check; there is nothing to revise.")
    batch = batches.create(
        project_id=project_id,
        kind=REVISE,
        name=name,
        targets=[Target(sample_id, (aspect_id,), rationale_id) for rationale_id, sample_id, aspect_id in found],
        actor_id=actor_id,
        now=now,
    )
    return batch.pk, len(found)
