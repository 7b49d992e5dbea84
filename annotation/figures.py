"""The figures of quality, as they are stored in a snapshot and travel over HTTP.

Belongs here: shapes.
Does not: computing them (services.quality), their statistics (agreement.py, overlap.py, signals.py).
"""

from __future__ import annotations

from datetime import date

import msgspec

from annotation import agreement
from annotation.agreement import WhyUndefined
from annotation.signals import PositionBias, Share, Signal


class AlphaFigure(msgspec.Struct, frozen=True):
    """Krippendorff's alpha with its 95 % interval over samples, or why it is undefined.

    `units` have two or more opinions each; `pairs_agreeing` is the plain share of pairs that say the same.
    `nothing_varies`: all `opinions` say `only` (`defect`, `no_defect`, a severity or a set), and alpha is 0 ÷ 0.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int
    pairs_agreeing: float | None
    why_undefined: WhyUndefined
    opinions: int
    only: str

    @classmethod
    def of(cls, figure: agreement.Alpha) -> AlphaFigure:
        return cls(
            alpha=_short(figure.value),
            low=_short(figure.low),
            high=_short(figure.high),
            units=figure.units,
            pairs_agreeing=_short(figure.pairs_agreeing),
            why_undefined=figure.why_undefined,
            opinions=figure.opinions,
            only=figure.only,
        )


class OverlapFigure(msgspec.Struct, frozen=True):
    """How far regions on the same cell lie over each other, 0 to 1: mean over `pairs` of opinions that both drew there.

    The interval is Student's t over pairs; null below two of them.
    """

    mean: float | None
    low: float | None
    high: float | None
    pairs: int


class Difference(msgspec.Struct, frozen=True):
    """The commonest way to differ: `one` against `other`, and its share of all pairs that differ."""

    one: str
    other: str
    share: float


class CellFigures(msgspec.Struct, frozen=True):
    """One candidate under one aspect. `differing` samples have opinions that differ under the rule."""

    slot: str
    defect: AlphaFigure
    severity: AlphaFigure
    overlap: OverlapFigure
    differing: int
    difference: Difference | None


class AspectFigures(msgspec.Struct, frozen=True):
    """One aspect over all candidates.

    `defect`: nominal over cells under the rule; `severity`: ordinal over cells; `answer`: MASI over whole answers.
    """

    aspect: str
    defect: AlphaFigure
    severity: AlphaFigure
    answer: AlphaFigure
    overlap: OverlapFigure
    samples: int
    differing: int
    difference: Difference | None
    cells: list[CellFigures]


class WeekFigure(msgspec.Struct, frozen=True):
    """Alpha of one aspect over the samples whose last opinion came in the week that begins on `week` (a Monday)."""

    week: date
    aspect: str
    alpha: float | None
    low: float | None
    high: float | None
    samples: int


class AgreementFigures(msgspec.Struct, frozen=True):
    """Of one scope: samples with two or more opinions."""

    samples: int
    opinions: int
    aspects: list[AspectFigures]
    weeks: list[WeekFigure]


class PairFigure(msgspec.Struct, frozen=True):
    """Two people on the samples both judged. `difference`: what `one` says against what `other` says."""

    one: int
    other: int
    samples: int
    differing: int
    alpha: float | None
    low: float | None
    high: float | None
    why_undefined: WhyUndefined
    difference: Difference | None


class PairFigures(msgspec.Struct, frozen=True):
    """One aspect (or all together). `left_out`: pairs beyond the most that are kept."""

    pairs: list[PairFigure]
    left_out: int


class Quartiles(msgspec.Struct, frozen=True):
    """Active milliseconds a piece."""

    low: int
    median: int
    high: int


class PersonWeek(msgspec.Struct, frozen=True):
    """One person's week, which begins on `week`: by aspect, how many of how many.

    `right`: answers equal to the consensus. `gold`: hidden gold questions answered as expected.
    """

    week: date
    opinions: int
    active_ms: int
    right: dict[str, tuple[int, int]]
    gold: dict[str, tuple[int, int]]


class ReviewedFigures(msgspec.Struct, frozen=True):
    """What reviewers said of this person's opinions at first sight; later rounds never change it."""

    reviewed: int
    accepted: int
    fixed: int
    sent_back: int
    accepted_share: Share


class ReviewerFigures(msgspec.Struct, frozen=True):
    """What this person decided as a reviewer, and how fast; `sent_back_share` is the rejection rate."""

    reviewed: int
    accepted: int
    fixed: int
    sent_back: int
    sent_back_share: Share
    pace: Quartiles | None


class PersonFigures(msgspec.Struct, frozen=True):
    """One person's work. By aspect, `right`: against the consensus (two or more opinions, or a ruling).

    `gold`: hidden gold questions answered as expected, of those judged without an unsure cell.
    """

    user_id: int
    opinions: int
    active_ms: int
    pace: Quartiles | None
    alpha: AlphaFigure
    right: dict[str, Share]
    gold: dict[str, Share]
    sees: dict[str, tuple[float, float]]  # Dawid–Skene: defects seen, clean cells left clean
    weeks: list[PersonWeek]
    reviewed: ReviewedFigures
    as_reviewer: ReviewerFigures
    position: PositionBias | None
    signals: list[Signal]
    first_at: date | None
    last_at: date | None


class PeopleFigures(msgspec.Struct, frozen=True):
    """Everybody who gave an opinion or a review, and the median over them."""

    people: list[PersonFigures]
    pace: Quartiles | None
    right: dict[str, Share]
    gold: dict[str, Share]


class ModelAspect(msgspec.Struct, frozen=True):
    """What Dawid–Skene made of one aspect. `differing`: questions where it answers otherwise than the vote."""

    aspect: str
    questions: int
    differing: int
    settled: int  # disputed questions it would answer at the policy's confidence or above
    rounds: int


class ModelFigures(msgspec.Struct, frozen=True):
    aspects: list[ModelAspect]


class PrecedentFigures(msgspec.Struct, frozen=True):
    """By aspect, how often each severity was ruled on a cell whose opinions differed."""

    by_aspect: dict[str, dict[str, int]]


class TieFigure(msgspec.Struct, frozen=True):
    """Samples with this many `opinions`: of those `settled` before the last one, `settled_then_tied` tied with it; of
    those `tied` before it, `still_tied` did after it.
    """

    opinions: int
    settled: int
    settled_then_tied: int
    tied: int
    still_tied: int


class VoteFigure(msgspec.Struct, frozen=True):
    """The share of hidden gold questions that the vote of `wanted` people (more one at a time while they tie, up to
    `maximum`) answers wrongly; a tie that stays is ruled on and is not wrong. `margin`: half its 95 % interval.
    """

    wanted: int
    maximum: int
    wrong: float
    margin: float | None
    questions: int


class DayFigure(msgspec.Struct, frozen=True):
    """What people (user ids) gave on a UTC day, in ms of active time."""

    day: date
    active_ms: int
    people: list[int]


class DepthFigures(msgspec.Struct, frozen=True):
    """What another opinion buys, and the days of the week before the figures were made."""

    ties: list[TieFigure]
    votes: list[VoteFigure]
    days: list[DayFigure]


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
