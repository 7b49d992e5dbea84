"""What a batch would take: turns, hours, days and money, from what was measured in this project.

Belongs here: measured pace, how often a further opinion was needed, and the arithmetic on them.
Does not: which samples a batch is made of (selectors.targets).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from uuid import UUID

from django.conf import settings

from annotation.querying import first

MS_PER_HOUR = 3_600_000
NEWEST = 5_000  # opinions, or rulings, that say how fast people are now

PACE = """
select count(*) as n, avg(x.active_ms)::float as mean, stddev_samp(x.active_ms)::float as deviation
from (select x.active_ms from annotation_annotation x join annotation_assignment a on a.id = x.assignment_id
    join annotation_batch b on b.id = a.batch_id
    where b.project_id = %(p)s and b.kind = %(kind)s and x.revision = 1 and x.active_ms > 0
    order by x.id desc limit %(newest)s) x
"""

# Days on which nobody worked count as well: a week is a week.
WEEK = """
select coalesce(sum(x.active_ms), 0)::float as ms, count(distinct x.annotator_id) as people
from annotation_annotation x join annotation_assignment a on a.id = x.assignment_id
join annotation_batch b on b.id = a.batch_id
where b.project_id = %(p)s and x.origin = 'opinion' and x.submitted_at > now() - interval '7 days'
"""

# Of pieces that had all opinions wanted and could get more: how many more they came to want.
EXTRAS = """
select count(*) as n, sum(p.wanted - b.wanted - p.extra)::float as more
from annotation_piece p join annotation_batch b on b.id = p.batch_id
where b.project_id = %(p)s and b.kind = 'label' and b.wanted >= 2 and b.maximum > b.wanted + b.extra_wanted
    and p.gold_id is null and p.accepted >= b.wanted
"""


@dataclass(frozen=True)
class Pace:
    """Active time of one opinion or ruling in ms, with the 95 % interval of the mean over the `n` newest ones."""

    n: int
    ms: float
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """What a batch would take. `active_ms` and money are None before anything was measured.

    `turns` = wanted + extra share + expected further opinions + gold. Practice is not in it.
    `per_day_ms`: what people gave a day over the last week, to all work of the project.
    """

    wanted: int
    extra: int
    further: int
    gold: int
    most: int
    pace: Pace | None
    per_day_ms: float
    people: int
    hourly_usd: Decimal

    @property
    def turns(self) -> int:
        return self.wanted + self.extra + self.further + self.gold

    def usd(self, ms: float) -> Decimal:
        """Money for so much active time, to the cent."""
        return (self.hourly_usd * Decimal(ms) / MS_PER_HOUR).quantize(Decimal("0.01"))


def pace(project_id: UUID, *, kind: str) -> Pace | None:
    """Of this kind of work. None before the first opinion or ruling whose time is known."""
    row = first(PACE, {"p": project_id, "kind": kind, "newest": NEWEST})
    if row is None or not row["n"]:
        return None
    margin = 1.96 * (row["deviation"] or 0.0) / sqrt(row["n"])
    return Pace(row["n"], row["mean"], max(0.0, row["mean"] - margin), row["mean"] + margin)


def further_share(project_id: UUID) -> float | None:
    """Further opinions a piece came to want on average because its first ones differed. None before any could."""
    row = first(EXTRAS, {"p": project_id})
    return max(0.0, row["more"] / row["n"]) if row and row["n"] else None


def estimate(
    *,
    project_id: UUID,
    kind: str,
    pieces: int,
    wanted: int,
    maximum: int,
    extra_share: float = 0.0,
    extra_wanted: int = 0,
    gold_share: float = 0.0,
) -> Estimate:
    """For a batch of so many pieces on these terms."""
    places = pieces * wanted
    extra = round(pieces * extra_share) * extra_wanted
    room = max(0, maximum - wanted - extra_wanted)
    share = further_share(project_id) if wanted >= 2 and room else None
    further = round(pieces * min(share or 0.0, room))

    def gold(turns: int) -> int:
        return round(turns * gold_share / (1 - gold_share))

    week = first(WEEK, {"p": project_id}) or {"ms": 0.0, "people": 0}
    return Estimate(
        wanted=places,
        extra=extra,
        further=further,
        gold=gold(places + extra + further),
        most=pieces * max(maximum, wanted) + gold(pieces * max(maximum, wanted)),
        pace=pace(project_id, kind=kind),
        per_day_ms=week["ms"] / 7,
        people=week["people"],
        hourly_usd=Decimal(settings.HOURLY_RATE_USD),
    )
