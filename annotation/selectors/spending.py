"""How long people judged pictures, by when: what the books of an upper app put a price on.

Belongs here: active time of opinions, rulings and reviews in a span of time.
Does not: rates and money (money.py), writing and auditing (the apps that own them).

What is counted are results, each on the day on which it was handed in; practice and hidden gold are work as well. A
later version of an opinion carries all of its turn's time and counts for what came on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotation.models import Annotation, Review
from annotation.querying import first, rows

# What was said within the span comes first and by its time alone: else all of a project's turns would be looked up.
SAID = """
with said as materialized (
    select assignment_id, revision, active_ms from annotation_annotation
    where submitted_at >= %(since)s and submitted_at < %(until)s and assignment_id is not null),
ours as materialized (
    select x.assignment_id, x.revision, x.active_ms from said x
    join annotation_assignment a on a.id = x.assignment_id
    join annotation_batch b on b.id = a.batch_id and b.project_id = %(p)s)
"""
JUDGED = (
    SAID  # noqa: S608  (our own words)
    + """, done as (
    select active_ms as ms from ours where revision = 1
    union all
    select x.active_ms - before.active_ms from ours x
    join annotation_annotation before on before.assignment_id = x.assignment_id and before.revision = x.revision - 1
    where x.revision > 1
    union all
    select r.active_ms from annotation_review r
    join annotation_assignment a on a.id = r.assignment_id
    join annotation_batch b on b.id = a.batch_id and b.project_id = %(p)s
    where r.reviewed_at >= %(since)s and r.reviewed_at < %(until)s)
select count(*)::int as count, coalesce(sum(ms), 0)::bigint as active_ms from done
"""
)
SINGLY = SAID + "select assignment_id, revision, active_ms from ours order by assignment_id, revision"  # noqa: S608  (the same)


@dataclass(frozen=True)
class Judged:
    """Opinions, rulings and reviews, and how long people were active over them."""

    count: int
    active_ms: int


def judged(project_id: UUID, *, since: datetime, until: datetime) -> Judged:
    """What was handed in within `[since, until)`."""
    row = first(JUDGED, {"p": project_id, "since": since, "until": until})
    return Judged(**row) if row else Judged(0, 0)


def one_by_one(project_id: UUID, *, since: datetime, until: datetime) -> Iterator[int]:
    """The same time from single rows, for computing the books again: what a turn had at the end, less at the start."""
    at_end: dict[int, int] = {}
    first_revision: dict[int, int] = {}
    for turn, revision, active_ms in rows(SINGLY, {"p": project_id, "since": since, "until": until}):
        first_revision.setdefault(turn, revision)
        at_end[turn] = active_ms
    again = [turn for turn, revision in first_revision.items() if revision > 1]
    earlier = Annotation.objects.filter(assignment__in=again).values_list("assignment_id", "revision", "active_ms")
    at_start = {turn: ms for turn, revision, ms in earlier if turn and revision == first_revision[turn] - 1}
    for turn, active_ms in at_end.items():
        yield active_ms - at_start.get(turn, 0)
    reviews = Review.objects.filter(
        assignment__batch__project_id=project_id, reviewed_at__gte=since, reviewed_at__lt=until
    )
    yield from reviews.values_list("active_ms", flat=True).iterator(chunk_size=2000)
