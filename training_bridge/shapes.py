"""The shapes of this app's JSON columns."""

from __future__ import annotations

import msgspec


class Cursor(msgspec.Struct, frozen=True):
    """How far a run's numbered segments have been read: whole lines only, so that half a line is read later."""

    segment: str = ""
    offset: int = 0


class Answered(msgspec.Struct, frozen=True):
    """One set of slots that rollouts gave (None: an answer that could not be read), and how often."""

    picked: tuple[str, ...] | None
    count: int


class Visit(msgspec.Struct, frozen=True):
    """One visit of a question in a run: of so many rollouts, so many exact."""

    stage: str
    step: int
    right: int
    of: int


class Habits(msgspec.Struct, frozen=True):
    """How an answerer answers, whatever is right, as the trainer writes it: shares of its readable answers.

    `chosen` and `right` spread the letters it named, and those that were true, over the letters.
    """

    too_few: float | None
    too_many: float | None
    chosen: dict[str, float]
    right: dict[str, float]


class Answerer(msgspec.Struct, frozen=True):
    """What is kept of one answerer beyond its figures. `by_size`: exact match by the size of the true set."""

    name: str
    by_size: dict[str, float]
    habits: Habits | None = None


class Ceiling(msgspec.Struct, frozen=True):
    """How often people agree on the test questions that at least two of them answered, with its interval."""

    n: int
    value: float
    low: float
    high: float


class Comparison(msgspec.Struct, frozen=True, rename={"name": "with"}):
    """The trained model against one other on the same questions, as the trainer writes it."""

    name: str
    difference: float
    low: float
    high: float
    mcnemar_p: float | None = None
