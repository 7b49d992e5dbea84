"""How training saw the questions of one sample: told to its page (settings.TRAINING_VISITS).

Belongs here: each run's visits of them. Does not: the page (curation), what goes back to people (returns.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from curation.selectors.life import Trained
from training_bridge.models import QuestionState


def of_sample(*, project_id: UUID, external_id: str, aspects: Iterable[str]) -> list[Trained]:
    """By run, the newest first, and aspect; evaluation visits are left out."""
    questions = [f"{external_id}/{aspect}" for aspect in aspects]
    rows = QuestionState.objects.filter(run__project_id=project_id, question__in=questions, visits__gt=0)
    return [
        Trained(
            run_id=state.run_id,
            run_number=state.run.number,
            recipe=state.run.recipe,
            aspect=state.aspect,
            state=state.standing,
            visits=state.visits,
            rollouts=state.rollouts,
            right=state.right,
            seen=tuple((each.stage, each.step, each.right, each.of) for each in state.seen),
        )
        for state in rows.select_related("run").order_by("-run__number", "pk")
    ]
