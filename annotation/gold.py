"""Whether a judgement of a gold question is right, and when gold has leaked. Pure arithmetic.

Belongs here: comparing cells with expected ones, the rule for answers that became identical and fast.
Does not: handing gold out (services.statements), keeping results and pausing people (services.golds).
"""

from __future__ import annotations

import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from annotation.choices import GoldTolerance
from annotation.shapes import Cells
from annotation.votes import RANK, vote

LAST = 8  # judgements that must be identical and fast
BEFORE = 8  # judgements before them that say what is usual
FAST = 0.5  # share of the usual median time


@dataclass(frozen=True)
class CheckedCell:
    """One expected cell and what was said. `is_right` None: unsure, which is never a mistake."""

    slot: str
    aspect: str
    expected: str
    said: str
    is_right: bool | None


def check(
    *, expected: Cells, said: Cells, tolerance: Mapping[str, str], threshold: str, aspects: Collection[str]
) -> list[CheckedCell]:
    """Every expected cell of the aspects that the piece asks about. An expected `unsure` checks nothing."""
    return [
        CheckedCell(
            slot=slot,
            aspect=aspect,
            expected=known,
            said=said[slot][aspect],
            is_right=_is_right(known, said[slot][aspect], tolerance.get(aspect, GoldTolerance.SIDE), threshold),
        )
        for slot, by_aspect in sorted(expected.items())
        for aspect, known in sorted(by_aspect.items())
        if aspect in aspects and known in RANK and aspect in said.get(slot, {})
    ]


def _is_right(expected: str, said: str, tolerance: str, threshold: str) -> bool | None:
    if said not in RANK:
        return None
    if tolerance == GoldTolerance.EXACT:
        return said == expected
    if tolerance == GoldTolerance.STEP:
        return abs(RANK[said] - RANK[expected]) <= 1
    return vote(said, threshold=threshold) == vote(expected, threshold=threshold)


def has_leaked(judgements: Sequence[tuple[Cells, int]]) -> bool:
    """Whether cells and active milliseconds, oldest first, look as if the answer went round.

    The last LAST say the same in every cell, at a median time below FAST of the median of the BEFORE ones before them.
    Both must hold: an easy question is answered alike by all, a known one is answered at once as well.
    """
    if len(judgements) < LAST + BEFORE:
        return False
    before, last = judgements[-LAST - BEFORE : -LAST], judgements[-LAST:]
    alike = all(cells == last[0][0] for cells, _ in last)
    usual = statistics.median(ms for _, ms in before)
    return alike and statistics.median(ms for _, ms in last) < FAST * usual
