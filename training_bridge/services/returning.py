"""Giving questions that a model doubts, or cannot learn, back to people.

Belongs here: making the batch and remembering which questions went into it.
Does not: which questions those are (selectors.returns), judging them again (annotation).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.services import audit_log
from annotation.services import batches
from annotation.services.batches import Target
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import samples as sample_selectors
from training_bridge.choices import RETURNABLE
from training_bridge.errors import NothingToReturn, RunUnknown
from training_bridge.models import QuestionState, TrainingRun

MOST = 5000


@transaction.atomic
def make_batch(
    *,
    project_id: UUID,
    run_id: UUID,
    question_ids: Sequence[int] | None,
    standings: Sequence[str],
    highest_losses: int | None = None,
    wanted: int,
    name: str,
    actor_id: int | None,
    now: datetime,
) -> tuple[UUID, int]:
    """A batch of these questions of the run (None: all of `standings`), a piece a sample with the doubted aspects.

    With `highest_losses` the question may have any standing, but a loss: so many of the highest of them.
    Questions that are with people already are left out. Returns the batch and how many questions went into it.
    Raises RunUnknown, NothingToReturn.
    """
    run = TrainingRun.objects.in_project(project_id).filter(pk=run_id).first()
    if run is None:
        raise RunUnknown(run_id=str(run_id))
    chosen = QuestionState.objects.select_for_update().of_run(run.pk).filter(returned_batch_id=None)
    if highest_losses is None:
        known = [each for each in RETURNABLE if question_ids is not None or each in standings]
        chosen = chosen.filter(standing__in=known).order_by("pk")
    else:
        judged = [aspect.key for aspect in aspect_selectors.of_project(project_id)]
        chosen = chosen.by_loss().filter(aspect__in=judged)
    if question_ids is not None:
        chosen = chosen.filter(pk__in=question_ids)
    questions = list(chosen[: min(MOST, highest_losses or MOST)])
    targets, taken = _targets(project_id, questions)
    if not targets:
        raise NothingToReturn
    batch = batches.create(
        project_id=project_id,
        kind="label",
        name=name.strip() or f"Doubted by run {run.number}",
        targets=targets,
        wanted=wanted,
        actor_id=actor_id,
        now=now,
    )
    QuestionState.objects.filter(pk__in=[question.pk for question in taken]).update(
        returned_batch_id=batch.pk, returned_at=now
    )
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="training.returned",
        subject=f"run {run.number}",
        details={"batch": str(batch.pk), "questions": len(taken)},
    )
    return batch.pk, len(taken)


def _targets(project_id: UUID, questions: Sequence[QuestionState]) -> tuple[list[Target], list[QuestionState]]:
    """A piece a sample. Overall questions ask for nothing that its aspects do not ask, so they are not pieces."""
    aspect_ids = {aspect.key: aspect.id for aspect in aspect_selectors.of_project(project_id)}
    sample_ids = sample_selectors.by_external_ids(project_id, {each.sample_external_id for each in questions})
    wanted: dict[int, list[int]] = defaultdict(list)
    taken = []
    for question in questions:
        sample_id, aspect_id = sample_ids.get(question.sample_external_id), aspect_ids.get(question.aspect)
        if sample_id is not None and aspect_id is not None:
            wanted[sample_id].append(aspect_id)
            taken.append(question)
    return [Target(sample_id, tuple(sorted(aspects))) for sample_id, aspects in sorted(wanted.items())], taken
