"""What a run or a writing batch made of each of its questions, and what each cost.

Belongs here: one answer a question, in the version that the way itself wrote.
Does not: whether an auditor accepts it (curation).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from annotation.choices import BatchState
from annotation.selectors import batches
from config.base.choices import WorkState
from cot_generation.models import Call, Rationale, RunQuestion

Question = tuple[int, int]  # (sample, aspect)
ENDED = (WorkState.DONE, WorkState.FAILED, WorkState.CANCELLED)


@dataclass(frozen=True)
class Produced:
    """`rationale_id` is that of a rationale that passed every check; `settled`: nothing more will come. US dollars."""

    settled: bool
    rationale_id: int | None = None
    usd: Decimal = Decimal(0)
    active_ms: int = 0


def of_run(run_id: UUID) -> dict[Question, Produced]:
    """Every question of the run; of several draws the first that passed. Later revisions change nothing here."""
    found: dict[Question, Produced] = {}
    for sample_id, aspect_id, state in RunQuestion.objects.filter(run_id=run_id).values_list(
        "sample_id", "aspect_id", "state"
    ):
        known = found.get((sample_id, aspect_id), Produced(settled=True))
        found[sample_id, aspect_id] = replace(known, settled=known.settled and state in ENDED)
    money = Call.objects.filter(run_id=run_id).values_list("question__sample_id", "question__aspect_id")
    for sample_id, aspect_id, usd in money.annotate(all=Sum("cost")).order_by():
        found[sample_id, aspect_id] = replace(found[sample_id, aspect_id], usd=usd or Decimal(0))
    return _with_passed(found, Q(run_question__run_id=run_id))


def of_batch(*, project_id: UUID, batch_id: UUID, questions: list[Question]) -> dict[Question, Produced]:
    """What people wrote of these questions in the batch; once it is closed nothing more comes."""
    closed = batches.by_id(project_id=project_id, batch_id=batch_id).state == BatchState.CLOSED
    found = {question: Produced(settled=closed) for question in questions}
    written = Q(assignment_id__in=batches.turn_ids(batch_id), revises=None)
    for sample_id, aspect_id, active_ms in Rationale.objects.filter(written).values_list(
        "sample_id", "aspect_id", "active_ms"
    ):
        if (known := found.get((sample_id, aspect_id))) is not None:
            found[sample_id, aspect_id] = replace(known, settled=True, active_ms=known.active_ms + active_ms)
    return _with_passed(found, written)


def _with_passed(found: dict[Question, Produced], written: Q) -> dict[Question, Produced]:
    rows = Rationale.objects.filter(written, passed=True).order_by("-pk").values_list("pk", "sample_id", "aspect_id")
    for rationale_id, sample_id, aspect_id in rows:
        if (known := found.get((sample_id, aspect_id))) is not None:
            found[sample_id, aspect_id] = replace(known, rationale_id=rationale_id)
    return found
