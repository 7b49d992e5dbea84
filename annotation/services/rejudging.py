"""Asking again: what was judged under a guideline that has changed since, and what one person alone has said.

Belongs here: making those batches. Does not: finding the questions (selectors.guideline_age, selectors.alone).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.selectors import people
from annotation.errors import NobodyElse, NothingAlone, NothingOutdated
from annotation.models import Batch
from annotation.selectors import alone, guideline_age
from annotation.services import batches
from catalog.selectors import guidelines as catalog_guidelines


@transaction.atomic
def make_batch(
    *, project_id: UUID, keys: Collection[str] | None, wanted: int, name: str, actor_id: int, now: datetime
) -> Batch:
    """One piece for each sample with outdated questions that no open batch asks already. Raises NothingOutdated.

    Who judges again what they judged before changes their mind: the opinion under the older guideline no longer counts
    on it, even if it comes back from a review afterwards (statements.SUPERSEDE). Somebody else's older opinion does,
    and where the two differ the question is disputed.
    """
    batches.lock(project_id)
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


@transaction.atomic
def ask_for_second_opinions(
    *,
    project_id: UUID,
    user_id: int,
    keys: Collection[str] | None,
    most: int | None,
    name: str,
    actor_id: int,
    now: datetime,
) -> Batch:
    """One piece for each sample on which this person's opinion is the only one, for everybody but this person.

    Their opinions stay and count: where the second differs, the question is disputed. It asks up to a third opinion
    before somebody adjudicates. Raises NothingAlone, NobodyElse.
    """
    batches.lock(project_id)
    found = alone.of_person(project_id=project_id, user_id=user_id, keys=keys)
    if not found.questions:
        raise NothingAlone
    others = [each.user_id for each in people.members(project_id) if each.user_id != user_id and each.is_active]
    if not others:
        raise NobodyElse
    return batches.create(
        project_id=project_id,
        kind="label",
        name=name.strip() or f"A second opinion beside {people.names([user_id]).get(user_id, '')}",
        targets=[batches.Target(sample_id, tuple(asked)) for sample_id, asked in list(found.questions.items())[:most]],
        maximum=2,
        people=others,
        actor_id=actor_id,
        now=now,
    )
