"""How long people judged pictures, by when: what the books of an upper app put a price on.

Belongs here: active time of opinions, rulings and reviews in a span of time.
Does not: rates and money (money.py), writing and auditing (the apps that own them).

What is counted are results, each on the day on which it was handed in; practice and hidden gold are work as well. A later
version of an opinion carries all of its turn's time and counts for what came on top.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotation.models import Annotation, Review
from annotation.querying import first

JUDGED = """
with done as (
    select x.active_ms - coalesce(before.active_ms, 0) as ms
    from annotation_annotation x
    join annotation_assignment a on a.id = x.assignment_id
    join annotation_batch b on b.id = a.batch_id and b.project_id = %(p)s
    left join annotation_annotation before on before.assignment_id = x.assignment_id and before.revision = x.revision - 1
    where x.submitted_at >= %(since)s and x.submitted_at < %(until)s
    union all
    select r.active_ms from annotation_review r
    join annotation_assignment a on a.id = r.assignment_id
    join annotation_batch b on b.id = a.batch_id and b.project_id = %(p)s
    where r.reviewed_at >= %(since)s and r.reviewed_at < %(until)s)
select count(*)::int as count, coalesce(sum(ms), 0)::bigint as active_ms from done
"""


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
    """The same time from single rows, for computing the books again: what each turn had at the end, less at the start."""
    touched = Annotation.objects.filter(
        assignment__batch__project_id=project_id, submitted_at__gte=since, submitted_at__lt=until
    )
    versions = Annotation.objects.filter(assignment__in=touched.values("assignment"), submitted_at__lt=until)
    at_start: dict[int, int] = {}
    at_end: dict[int, int] = {}
    rows = versions.order_by("assignment", "revision").values_list("assignment_id", "submitted_at", "active_ms")
    for turn, submitted_at, active_ms in rows.iterator(chunk_size=2000):
        assert turn is not None, "what was found by its assignment has one"
        at_end[turn] = active_ms
        if submitted_at < since:
            at_start[turn] = active_ms
    for turn, active_ms in at_end.items():
        yield active_ms - at_start.get(turn, 0)
    reviews = Review.objects.filter(
        assignment__batch__project_id=project_id, reviewed_at__gte=since, reviewed_at__lt=until
    )
    yield from reviews.values_list("active_ms", flat=True).iterator(chunk_size=2000)
