"""How people do on practice, and who lies below a batch's practice floor.

Belongs here: shares of practice questions right by aspect, people who practise again or wait for a lead.
Does not: deciding what follows (services.practice), hidden gold (selectors.golds), one's own mistakes (appeals).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from annotation.choices import BatchState, PauseReason
from annotation.models import PersonTurn
from annotation.querying import rows

# Of each turn: the newest practice pieces of this person in the project, as many as the batch asks for. A question is
# right when every checked cell is; one with unsure cells and no wrong one says nothing. Only aspects the batch asks.
SCORES = """
select t.batch_id, t.annotator_id, e.id, e.key, coalesce(sum(q.is_right), 0)::int, count(q.is_right)::int
from annotation_personturn t join annotation_batch b on b.id = t.batch_id
cross join lateral (
    select r.assignment_id, r.aspect_id,
        case when bool_or(not r.is_right) then 0 when bool_and(r.is_right is not null) then 1 end as is_right
    from (
        select a.id from annotation_assignment a join annotation_batch z on z.id = a.batch_id
        where a.annotator_id = t.annotator_id and a.purpose = 'training' and a.state = 'submitted'
            and z.project_id = b.project_id
        order by a.submitted_at desc, a.id desc limit b.training_count) newest
    join annotation_goldresult r on r.assignment_id = newest.id and not r.is_void
    group by r.assignment_id, r.aspect_id) q
join catalog_aspect e on e.id = q.aspect_id and e.retired_at is null
where t.batch_id = any(%(batches)s) and t.annotator_id = any(%(people)s) and exists (
    select 1 from annotation_piece p
    where p.batch_id = t.batch_id and p.gold_id is not null and (p.aspects = '{}' or e.id = any(p.aspects)))
group by t.batch_id, t.annotator_id, e.id order by e.position, e.id
"""


@dataclass(frozen=True)
class AspectScore:
    """Practice questions of one aspect judged right, of those that say something."""

    aspect_id: int
    aspect: str
    right: int
    of: int

    def is_below(self, floor: float) -> bool:
        """Also where somebody was unsure throughout: that is no mistake, but shows nothing either."""
        return self.of == 0 or self.right < floor * self.of - 1e-9


@dataclass(frozen=True)
class Practising:
    """Somebody whose practice lay below a batch's floor: practising again, or waiting for a lead."""

    batch_id: UUID
    number: int
    user_id: int
    floor: float
    is_waiting: bool
    below: tuple[int, ...]
    scores: tuple[AspectScore, ...]


def scores(*, batch_id: UUID, user_id: int) -> list[AspectScore]:
    """Of one person, by aspect in the project's order."""
    return _scores([(batch_id, user_id)])[batch_id, user_id]


def below(*, project_id: UUID, batch_id: UUID | None = None) -> list[Practising]:
    """Everybody who is below the floor of a batch that is not closed, or of this one; those who wait come first."""
    found = (
        PersonTurn.objects.filter(batch__project_id=project_id, practice_passed_at__isnull=True)
        .filter(~Q(practice_below=[]) | Q(paused_why=PauseReason.PRACTICE), batch__training_floor__isnull=False)
        .exclude(batch__state=BatchState.CLOSED)
        .order_by("-paused_why", "batch__number", "annotator_id")
        .values_list(
            "batch_id", "annotator_id", "batch__number", "batch__training_floor", "paused_why", "practice_below"
        )
    )
    turns = list(found if batch_id is None else found.filter(batch_id=batch_id))
    said = _scores([turn[:2] for turn in turns])
    return [
        Practising(
            batch_id=batch,
            number=number,
            user_id=user,
            floor=floor or 0.0,
            is_waiting=why == PauseReason.PRACTICE,
            below=tuple(aspects),
            scores=tuple(said[batch, user]),
        )
        for batch, user, number, floor, why, aspects in turns
    ]


def _scores(turns: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], list[AspectScore]]:
    found: dict[tuple[UUID, int], list[AspectScore]] = defaultdict(list)
    if turns:
        asked = {"batches": [batch for batch, _ in turns], "people": [user for _, user in turns]}
        for batch_id, user_id, *score in rows(SCORES, asked):
            found[batch_id, user_id].append(AspectScore(*score))
    return found
