"""Which questions were answered under words that have changed since.

Belongs here: comparing each opinion's guideline version with the present text of its aspect.
Does not: publishing a guideline (catalog), making the batch (services.rejudging).

A question is outdated when people judged it, and none of the counted opinions was made under the words that hold now.
Words are an aspect's text and question; examples may come and go without making anything outdated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from annotation.querying import rows
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import guidelines as catalog_guidelines
from catalog.shapes import GuidelineText

# `since` is the newest version under which somebody judged the question.
OUTDATED = """
with opinion as materialized (
    select distinct on (x.assignment_id) x.sample_id, x.guideline_version, x.cells
    from annotation_annotation x
    join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
    join catalog_sample s on s.id = x.sample_id and s.project_id = %(p)s
    where x.origin = 'opinion' and x.counts
    order by x.assignment_id, x.revision desc),
present as (select * from unnest(%(versions)s::int[], %(keys)s::text[]) as t(version, key)),
question as (
    select o.sample_id, e.id as aspect_id, max(o.guideline_version) as since
    from opinion o, catalog_aspect e
    where e.project_id = %(p)s and e.retired_at is null and e.key = any(%(changed)s)
        and exists (select 1 from jsonb_each(o.cells) as c(slot, said) where c.said ? e.key)
    group by o.sample_id, e.id
    having not bool_or(exists (select 1 from present t where t.version = o.guideline_version and t.key = e.key)))
select q.sample_id, q.aspect_id, q.since, exists (
    select 1 from annotation_piece p join annotation_batch b on b.id = p.batch_id
    where p.sample_id = q.sample_id and (p.aspects = '{}' or q.aspect_id = any(p.aspects)) and not p.is_out
        and p.wanted > p.accepted and b.kind = 'label' and b.state <> 'closed'
        and exists (select 1 from present t where t.version = b.guideline_version and t.key = e.key)) as waiting
from question q join catalog_aspect e on e.id = q.aspect_id order by q.sample_id, q.aspect_id
"""


@dataclass(frozen=True)
class OutdatedQuestion:
    """A question with the newest version under which it was judged, and whether an open batch asks it again."""

    sample_id: int
    aspect_id: int
    since: int
    waiting: bool


@dataclass(frozen=True)
class OutdatedAspect:
    """An aspect's outdated questions by the version they were judged under, and how many are asked again already."""

    key: str
    questions: int
    waiting: int
    by_version: dict[int, int]


def outdated(project_id: UUID, *, keys: Collection[str] | None = None) -> list[OutdatedQuestion]:
    """By sample and aspect; `keys` narrows it to some aspects."""
    versions = catalog_guidelines.versions(project_id)
    now = versions[0].texts
    same = [
        (each.version, key)
        for each in versions
        for key, text in each.texts.items()
        if key in now and _words(text) == _words(now[key])
    ]
    reached = {key for each in versions for key in each.texts if (each.version, key) not in set(same)}
    # An aspect that came later has no text in older versions: whoever judged it then read other words too.
    reached |= {key for key in now if any(key not in each.texts for each in versions)}
    changed = reached if keys is None else reached & set(keys)
    if not changed:
        return []
    values = {
        "p": project_id,
        "versions": [version for version, _ in same],
        "keys": [key for _, key in same],
        "changed": sorted(changed),
    }
    return [OutdatedQuestion(*row) for row in rows(OUTDATED, values)]


def by_aspect(project_id: UUID) -> list[OutdatedAspect]:
    """For the guideline's page, in the order of the matrix; aspects with nothing outdated are left out."""
    found: dict[int, list[OutdatedQuestion]] = defaultdict(list)
    for each in outdated(project_id):
        found[each.aspect_id].append(each)
    result = []
    for aspect in catalog_aspects.of_project(project_id):
        questions = found.get(aspect.id, [])
        by_version: dict[int, int] = defaultdict(int)
        for each in questions:
            by_version[each.since] += 1
        if questions:
            waiting = sum(each.waiting for each in questions)
            result.append(OutdatedAspect(aspect.key, len(questions), waiting, dict(sorted(by_version.items()))))
    return result


def _words(text: GuidelineText) -> tuple[str, ...]:
    return (text.text.en, text.text.zh, text.question.en, text.question.zh)
