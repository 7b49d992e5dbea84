"""Whether one way's accept rate is not worse than another's by more than a margin, and what an accepted one costs.

Belongs here: the statistic, its interval, the planned chance of success, the cost ratio with its interval. Pure.
Does not: when to look and stop (sequential.py).

The statistic is the score test of Farrington and Manning (Statistics in Medicine 9, 1990, 1447-1454): the standard
error comes from the rates that fit best under the hypothesis that the way is worse by exactly the margin, which keeps
the error near its level where rates are near 1, as accept rates are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Counts = NDArray[np.int64] | int
RESAMPLES = 2000


def restricted(good: Counts, of: int, good_ref: Counts, of_ref: int, margin: float) -> tuple[NDArray[np.float64], ...]:
    """The likeliest pair of rates (way, reference) with way = reference - margin, in closed form."""
    p, q = np.asarray(good, float) / of, np.asarray(good_ref, float) / of_ref
    ratio, shift = of_ref / of, -margin
    a = 1 + ratio
    b = -(1 + ratio + p + ratio * q + shift * (ratio + 2))
    c = shift**2 + shift * (2 * p + ratio + 1) + p + ratio * q
    d = -p * shift * (1 + shift)
    v = b**3 / (3 * a) ** 3 - b * c / (6 * a**2) + d / (2 * a)
    u = np.sign(v) * np.sqrt(np.maximum(0, b**2 / (3 * a) ** 2 - c / (3 * a)))
    inside = np.divide(v, u**3, out=np.zeros_like(v), where=u != 0)
    w = (math.pi + np.arccos(np.clip(inside, -1, 1))) / 3
    way = np.clip(2 * u * np.cos(w) - b / (3 * a), max(0.0, -margin), min(1.0, 1 - margin))
    return way, np.clip(way + margin, 0, 1)


def z_not_worse(good: Counts, of: int, good_ref: Counts, of_ref: int, margin: float) -> NDArray[np.float64]:
    """How many standard errors the difference lies above -margin; also for many pairs of counts at once."""
    way, reference = restricted(good, of, good_ref, of_ref, margin)
    error = np.sqrt(way * (1 - way) / of + reference * (1 - reference) / of_ref)
    difference = np.asarray(good, float) / of - np.asarray(good_ref, float) / of_ref + margin
    found: NDArray[np.float64] = np.divide(difference, error, out=np.full_like(difference, math.inf), where=error > 0)
    return found


@dataclass(frozen=True)
class Comparison:
    """A way against the reference: the difference of rates, the least that the look does not exclude, the verdict."""

    difference: float
    least: float
    z: float
    boundary: float
    not_worse: bool


def compare(good: int, of: int, good_ref: int, of_ref: int, *, margin: float, boundary: float) -> Comparison:
    """`least` is the smallest difference that the look does not exclude: where z falls to the boundary."""
    z = float(z_not_worse(good, of, good_ref, of_ref, margin))
    low, high = -1.0, 1.0
    for _ in range(50):  # z grows with the margin, so the edge is found by halving
        middle = (low + high) / 2
        if math.isfinite(boundary) and float(z_not_worse(good, of, good_ref, of_ref, -middle)) >= boundary:
            low = middle
        else:
            high = middle
    return Comparison(good / of - good_ref / of_ref, low, z, boundary, z >= boundary)


def chance(rate: float, margin: float, per_arm: int, alpha: float) -> float:
    """The chance to show "not worse" when both ways' true rate is `rate`, by the normal approximation."""
    error = math.sqrt(2 * rate * (1 - rate) / per_arm)
    return 1.0 if error == 0 else float(norm.cdf(margin / error - norm.isf(alpha)))


@dataclass(frozen=True)
class CostInterval:
    """US dollars for one accepted rationale with its 95 % interval; None where none was accepted."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


def cost_per_accepted(costs: Sequence[Decimal], accepted: Sequence[bool], *, seed: int) -> CostInterval:
    """Money of all questions ÷ accepted ones; the interval by drawing questions again (percentile bootstrap).

    An end is None when more than one resample in forty accepts nothing: then no upper end can be told.
    """
    of = sum(accepted)
    if not of:
        return CostInterval(None, None, None)
    money, good = np.array([float(each) for each in costs]), np.array(accepted, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(money), (RESAMPLES, len(money)))
    counts = good[drawn].sum(axis=1)
    ratios = np.divide(money[drawn].sum(axis=1), counts, out=np.full(RESAMPLES, math.inf), where=counts > 0)
    low, high = np.percentile(ratios, [2.5, 97.5], method="inverted_cdf")
    return CostInterval(_usd(sum(costs) / of), _usd(Decimal(str(low))), _usd(Decimal(str(high))))


def _usd(value: Decimal | float) -> Decimal | None:
    found = Decimal(value)
    return found.quantize(Decimal("0.000001")) if found.is_finite() else None
