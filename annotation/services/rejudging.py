"""Asking people again what they judged under a guideline that has changed since.

Belongs here: making that batch. Does not: finding the questions (selectors.guideline_age).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from annotation.errors import NothingOutdated
from annotation.models import Batch
from annotation.selectors import guideline_age
from annotation.services import batches
from catalog.selectors import guidelines as catalog_guidelines


@transaction.atomic
def make_batch(
    *, project_id: UUID, keys: Collection[str] | None, wanted: int, name: str, actor_id: int, now: datetime
) -> Batch:
    """One piece for each sample with outdated questions that no open batch asks already. Raises NothingOutdated.

    Who judges again what they judged before changes their mind: the older opinion on it no longer counts
    (statements.SUPERSEDE). Somebody else's older opinion does, and where the two differ the question is disputed.
    """
    asked: dict[int, list[int]] = defaultdict(list)
    for each in guideline_age.outdated(project_id, keys=keys):
        if not each.waiting:
            asked[each.sample_id].append(each.aspect_id)
    if not asked:
        raise NothingOutdated
    version = catalog_guidelines.current(project_id).version
    return batches.create(
        project_id=project_id,
        kind="label",
        name=name.strip() or f"Judged again under guideline {version}",
        targets=[batches.Target(sample_id, tuple(aspect_ids)) for sample_id, aspect_ids in asked.items()],
        wanted=wanted,
        actor_id=actor_id,
        now=now,
    )
