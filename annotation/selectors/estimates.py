"""What a batch would take: turns, hours and days, from what was measured in this project.

Belongs here: measured pace, and the arithmetic on it and on the figures of quality.
Does not: which samples a batch is made of (targets.py), money (money.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from uuid import UUID

from annotation.figures import DepthFigures, TieFigure, VoteFigure
from annotation.querying import first
from annotation.selectors import quality

NEWEST = 5_000  # opinions, or rulings, that say how fast people are now

PACE = """
select count(*) as n, avg(x.active_ms)::float as mean, stddev_samp(x.active_ms)::float as deviation
from (select x.active_ms from annotation_annotation x join annotation_assignment a on a.id = x.assignment_id
    join annotation_batch b on b.id = a.batch_id
    where b.project_id = %(p)s and b.kind = %(kind)s and x.revision = 1 and x.active_ms > 0
    order by x.id desc limit %(newest)s) x
"""


@dataclass(frozen=True)
class Pace:
    """Active time of one opinion or ruling in ms, with the 95 % interval of the mean over the `n` newest ones."""

    n: int
    ms: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """What estimates rest on. Nothing of it is counted when it is read, but for the newest times."""

    pace: Pace | None
    depth: DepthFigures


@dataclass(frozen=True)
class Estimate:
    """What a batch would take.

    `turns` = wanted + extra share + expected further opinions + gold. Practice is not in it.
    `to_adjudicate`: pieces expected to stay tied; None where that was never seen, and for one opinion.
    `vote`: how often the vote of so many people is wrong on hidden gold; None where too few judged the same.
    """

    wanted: int
    extra: int
    further: int
    gold: int
    most: int
    to_adjudicate: int | None
    vote: VoteFigure | None

    @property
    def turns(self) -> int:
        return self.wanted + self.extra + self.further + self.gold


@dataclass(frozen=True)
class Week:
    """What people gave a day over the last seven, to all opinions of the project; idle days count as well."""

    per_day_ms: float
    people: int


def measured(project_id: UUID, *, kind: str) -> Measured:
    """By the figures as last made, and the pace of this kind of work."""
    return Measured(pace(project_id, kind=kind), quality.depth(project_id) or DepthFigures([], [], []))


def pace(project_id: UUID, *, kind: str) -> Pace | None:
    """Of this kind of work. None before the first opinion or ruling whose time is known."""
    row = first(PACE, {"p": project_id, "kind": kind, "newest": NEWEST})
    if row is None or not row["n"]:
        return None
    margin = 1.96 * (row["deviation"] or 0.0) / sqrt(row["n"])
    return Pace(row["n"], row["mean"], max(0.0, row["mean"] - margin), row["mean"] + margin)


def week(depth: DepthFigures, *, today: date) -> Week:
    """The last seven days, today among them."""
    days = [each for each in depth.days if (today - each.day).days < 7]
    return Week(sum(each.active_ms for each in days) / 7, len({person for each in days for person in each.people}))


def ties(figures: Sequence[TieFigure], *, wanted: int, maximum: int) -> tuple[float | None, float | None]:
    """Further opinions a piece comes to want on average, and the chance that it is tied in the end.

    All get `wanted` opinions; then a tied one gets one more at a time, up to `maximum`. None where a step was never
    seen.
    """
    by_number = {each.opinions: each for each in figures}
    chance: float | None = 0.0
    further: float | None = 0.0
    for number in range(2, maximum + 1):
        seen = by_number.get(number, TieFigure(number, 0, 0, 0, 0))
        stays = _product(chance, seen.still_tied, of=seen.tied)
        if number > wanted:
            further = None if further is None or chance is None else further + chance
            chance = stays
        else:
            settled = None if chance is None else 1 - chance
            comes = _product(settled, seen.settled_then_tied, of=seen.settled)
            chance = None if stays is None or comes is None else stays + comes
    return further, chance


def _product(chance: float | None, count: int, *, of: int) -> float | None:
    """A chance times an observed share. Nothing of an unknown share is nothing."""
    if chance == 0:
        return 0.0
    return None if chance is None or not of else chance * count / of


def estimate(
    found: Measured,
    *,
    pieces: int,
    wanted: int,
    maximum: int,
    extra_share: float = 0.0,
    extra_wanted: int = 0,
    gold_share: float = 0.0,
) -> Estimate:
    """For a batch of so many pieces on these terms. What was never seen adds no further opinion."""
    places = pieces * wanted
    extra = round(pieces * extra_share) * extra_wanted
    more, tied = ties(found.depth.ties, wanted=wanted, maximum=max(wanted, maximum - extra_wanted))
    further = round(pieces * (more or 0.0))
    terms = (wanted, maximum)

    def gold(turns: int) -> int:
        return round(turns * gold_share / (1 - gold_share))

    return Estimate(
        wanted=places,
        extra=extra,
        further=further,
        gold=gold(places + extra + further),
        most=pieces * max(maximum, wanted) + gold(pieces * max(maximum, wanted)),
        to_adjudicate=None if wanted < 2 or tied is None else round(pieces * tied),
        vote=next((each for each in found.depth.votes if (each.wanted, each.maximum) == terms), None),
    )
