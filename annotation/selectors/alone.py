"""Questions on which one person's opinion is the only one.

Belongs here: finding them. Does not: asking others about them (services.rejudging).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from annotation.querying import rows

# What an open batch asks already is left out: somebody else will say it anyway.
ALONE = """
select c.sample_id, c.aspect_id, e.key, max(x.id) as said
from annotation_annotation x
join annotation_consensus c on c.sample_id = x.sample_id and c.source = 'single' and c.opinions = 1
join catalog_aspect e on e.id = c.aspect_id and e.retired_at is null
where x.annotator_id = %(u)s and c.project_id = %(p)s and x.origin = 'opinion' and x.counts
    and exists (select 1 from jsonb_each(x.cells) as s(slot, said) where s.said ? e.key)
    and not exists (
        select 1 from annotation_piece p join annotation_batch b on b.id = p.batch_id
        where p.sample_id = c.sample_id and (p.aspects = '{}' or c.aspect_id = any(p.aspects)) and not p.is_out
            and p.wanted > p.accepted and b.kind = 'label' and b.state <> 'closed')
group by c.sample_id, c.aspect_id, e.key order by said desc, c.sample_id, c.aspect_id
"""


@dataclass(frozen=True)
class Alone:
    """Sample → its questions on which nobody else was heard, the newest opinion first; and how many by aspect."""

    questions: dict[int, list[int]]
    by_aspect: dict[str, int]


def of_person(*, project_id: UUID, user_id: int, keys: Collection[str] | None = None) -> Alone:
    """`keys` narrows it to some aspects."""
    questions: dict[int, list[int]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for sample_id, aspect_id, key, _ in rows(ALONE, {"p": project_id, "u": user_id}):
        if keys is None or key in keys:
            questions[sample_id].append(aspect_id)
            counted[key] += 1
    return Alone(dict(questions), dict(counted))
