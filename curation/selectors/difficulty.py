"""How hard questions were for models, told to whoever orders work (settings.DIFFICULTY_SOURCES).

Belongs here: turning what the last training run noted into a difficulty. Does not: what people said (annotation).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from curation.models import QuestionState

DOUBTED = ("suspect", "blocked")  # people are worth asking first, however often a rollout was right


def of_samples(*, project_id: UUID, sample_ids: Sequence[int]) -> dict[tuple[int, str], float]:
    """By (sample, aspect): 1 for suspect and blocked questions, else the share of rollouts that were not exact."""
    rows = QuestionState.objects.filter(sample__project_id=project_id, sample_id__in=sample_ids)
    found = {}
    for sample_id, key, state, exact_rate in rows.values_list("sample_id", "aspect_key", "state", "exact_rate"):
        if state in DOUBTED:
            found[sample_id, key] = 1.0
        elif exact_rate is not None:
            found[sample_id, key] = 1.0 - exact_rate
    return found
