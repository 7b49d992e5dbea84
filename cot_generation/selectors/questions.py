"""Which questions a run could ask.

Belongs here: settled questions of a project that have no rationale of a way yet, set-wise in SQL.
Does not: slices and search (curation resolves those and calls new_runs.create).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from cot_generation.choices import Way

# Questions in a drawn order that is the same for the same seed, so that a first hundred is a fair sample of all.
OPEN = """
select s.id, a.id
from catalog_sample s
join catalog_aspect a on a.project_id = s.project_id and a.retired_at is null
left join annotation_consensus c on c.sample_id = s.id and c.aspect_id = a.id
where s.project_id = %(project)s and s.state = 'ready'
  and (cardinality(%(aspects)s::bigint[]) = 0 or a.id = any(%(aspects)s::bigint[]))
  and (not %(settled)s or c.answer is not null)
  and (not %(fresh)s or not exists (
      select 1 from cot_generation_rationale r
      where r.sample_id = s.id and r.aspect_id = a.id and r.way = %(way)s))
order by md5(s.id::text || '/' || a.id::text || '/' || %(seed)s)
limit %(limit)s
"""


@dataclass(frozen=True)
class Scope:
    """Which questions: of these aspects (none: all), settled only, without a rationale of the way only, so many."""

    aspect_ids: Sequence[int] = ()
    only_settled: bool = True
    only_without: bool = True
    limit: int | None = None
    seed: int = 0


def open_for(project_id: UUID, *, way: Way, scope: Scope) -> list[tuple[int, int]]:
    """(sample, aspect) pairs in drawn order. An answer-driven run takes settled questions in any case."""
    values: dict[str, Any] = {
        "project": project_id,
        "aspects": list(scope.aspect_ids),
        "settled": scope.only_settled or way == Way.ANSWER_DRIVEN,
        "fresh": scope.only_without,
        "way": way.value,
        "seed": str(scope.seed),
        "limit": scope.limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
        return [(sample_id, aspect_id) for sample_id, aspect_id in cursor.fetchall()]
