"""How far people agree beyond chance.

Belongs here: pure statistics over units (cells of samples) judged by several people.
Does not: fetching the opinions (selectors.agreement), one question's answer (votes.py).

Krippendorff's alpha for nominal data, by the coincidence matrix: K. Krippendorff, *Content Analysis*, ch. 11.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

# "": it is defined; no cell has two opinions yet; all opinions say the same, so that alpha is 0 ÷ 0
WhyUndefined = Literal["", "no_pairs", "nothing_varies"]
Unit = Sequence[Hashable]  # what each person said of one cell; who is missing is left out


@dataclass(frozen=True)
class Alpha:
    """A figure, or why there is none. `units` counts cells with two or more opinions."""

    value: float | None
    units: int
    pairs_agreeing: float | None
    why_undefined: WhyUndefined = ""
    opinions: int = 0
    only: str = ""  # what all of them say, where nothing varies


def alpha(units: Sequence[Unit]) -> Alpha:
    """Nominal alpha. Undefined where nothing can be compared, and where nothing varies (0 ÷ 0)."""
    comparable = [unit for unit in units if len(unit) >= 2]
    if not comparable:
        return Alpha(None, 0, None, "no_pairs")
    observed = raw(comparable)
    coincidences: Counter[Hashable] = Counter()
    agreeing = 0.0
    for unit in comparable:
        counts = Counter(unit)
        coincidences.update(counts)
        agreeing += sum(count * (count - 1) for count in counts.values()) / (len(unit) - 1)
    total = sum(coincidences.values())
    if len(coincidences) == 1:
        only = next(iter(coincidences))
        return Alpha(None, len(comparable), observed, "nothing_varies", opinions=total, only=str(only))
    expected_disagreement = total * total - sum(count * count for count in coincidences.values())
    observed_disagreement = total - agreeing
    return Alpha(
        1.0 - (total - 1) * observed_disagreement / expected_disagreement,
        len(comparable),
        observed,
        opinions=total,
    )


def raw(units: Sequence[Unit]) -> float | None:
    """Share of pairs that agree, every unit weighing the same. None while no unit has a pair."""
    shares = []
    for unit in units:
        if len(unit) < 2:
            continue
        pairs = len(unit) * (len(unit) - 1)
        shares.append(sum(count * (count - 1) for count in Counter(unit).values()) / pairs)
    return sum(shares) / len(shares) if shares else None


def interval(
    groups: Sequence[Sequence[Unit]], *, draws: int = 200, level: float = 0.95, seed: int = 0
) -> tuple[float, float] | None:
    """Percentile bootstrap of alpha over samples (a group is one sample's units). None where it is mostly undefined."""
    if len(groups) < 2:
        return None
    source = random.Random(seed)
    values = []
    for _ in range(draws):
        drawn = [unit for group in source.choices(groups, k=len(groups)) for unit in group]
        value = alpha(drawn).value
        if value is not None:
            values.append(value)
    if len(values) < draws // 2:
        return None
    values.sort()
    tail = (1.0 - level) / 2
    return values[int(tail * len(values))], values[min(len(values) - 1, int((1.0 - tail) * len(values)))]
