"""How sure a number is: Wilson for one proportion, the family-clustered bootstrap for means and differences, McNemar
for pairs.

Questions about one family share pictures, so whole families are drawn again, not questions.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    value: float
    low: float
    high: float

    def rounded(self) -> dict[str, float]:
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def wilson(successes: float, trials: int, z: float = Z95) -> Interval:
    """The score interval of a proportion: usable for small counts and near 0 and 1."""
    if trials <= 0:
        raise ValueError("An interval needs at least one trial.")
    share = successes / trials
    spread = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / spread
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / spread
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def clustered(scores: Sequence[float], clusters: Sequence[str], *, draws: int = 2000, seed: int = 0) -> Interval:
    """Mean score with its 95 % interval, whole clusters drawn with replacement."""
    values = np.asarray(scores, dtype=float)
    if values.size == 0:
        raise ValueError("An interval needs at least one score.")
    _, index = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.stack([np.bincount(index, weights=values), np.bincount(index)])
    total, count = _drawn_again(sums, draws, seed)
    means = total / count
    low, high = np.quantile(means, [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))


def _drawn_again(sums: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Sums (rows × clusters) over clusters drawn with replacement: rows × draws. In parts, to hold little at once."""
    clusters = sums.shape[1]
    generator = np.random.default_rng(seed)
    part = max(1, 4_000_000 // clusters)
    found = [
        sums[:, generator.integers(0, clusters, size=(min(part, draws - begin), clusters), dtype=np.int32)].sum(axis=2)
        for begin in range(0, draws, part)
    ]
    return np.concatenate(found, axis=1)


def paired_difference(
    left: Sequence[float], right: Sequence[float], clusters: Sequence[str], *, draws: int = 2000, seed: int = 0
) -> Interval:
    """How much better `left` is than `right` on the same questions."""
    if len(left) != len(right):
        raise ValueError("A paired difference needs the same questions on both sides.")
    return clustered(np.subtract(left, right).tolist(), clusters, draws=draws, seed=seed)


def corrected(
    scores: Sequence[float], trivial: Sequence[float], clusters: Sequence[str], *, draws: int = 2000, seed: int = 0
) -> Interval:
    """(mean − trivial mean) / (1 − trivial mean), both means of the same drawn clusters."""
    ours, other = np.asarray(scores, dtype=float), np.asarray(trivial, dtype=float)
    _, index = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.stack([np.bincount(index, weights=values) for values in (ours, other, np.ones_like(ours))])
    mine, chance, count = _drawn_again(sums, draws, seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (mine / count - chance / count) / (1 - chance / count)
    low, high = np.quantile(found[np.isfinite(found)], [0.025, 0.975])
    return Interval(float((ours.mean() - other.mean()) / (1 - other.mean())), float(low), float(high))


def mcnemar(left: Sequence[bool], right: Sequence[bool]) -> float:
    """Two-sided exact p: are the questions that only one side answers right evenly spread?"""
    if len(left) != len(right):
        raise ValueError("McNemar's test needs the same questions on both sides.")
    only_left = sum(a and not b for a, b in zip(left, right, strict=True))
    only_right = sum(b and not a for a, b in zip(left, right, strict=True))
    differing = only_left + only_right
    if differing == 0:
        return 1.0
    tail = sum(math.comb(differing, k) for k in range(min(only_left, only_right) + 1))
    return min(1.0, 2 * tail / 2**differing)
