"""How far people agree beyond chance.

Belongs here: pure statistics over counts of what several people said of the same unit.
Does not: fetching the opinions (services.quality), one question's answer (votes.py), where regions lie (overlap.py).

Krippendorff's alpha by the coincidence matrix: K. Krippendorff, *Content Analysis*, 4th ed., ch. 12. Agreement on sets
is weighted by MASI: R. Passonneau, "Measuring agreement on set-valued items", LREC 2006. Samples repeat each other, so
everything works on *patterns* (distinct samples with how often each occurs): the same figures, in memory that does not
grow with the project. Why not a library does it: decision 20. Its figures are held to `krippendorff` by a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Level = Literal["nominal", "ordinal"]
Resampling = Literal["bootstrap", "jackknife", "none"]
# "": it is defined; no unit has two opinions yet; all opinions say the same, so that alpha is 0 ÷ 0
WhyUndefined = Literal["", "no_pairs", "nothing_varies"]

DRAWS = 400
SEED = 20_140_531  # any will do: what matters is that the same opinions give the same interval


@dataclass(frozen=True)
class Alpha:
    """A figure with its 95 % interval over samples, or why there is none. `units` have two or more opinions each."""

    value: float | None
    units: int
    pairs_agreeing: float | None
    why_undefined: WhyUndefined = ""
    opinions: int = 0
    only: str = ""  # what all of them say, where nothing varies
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Patterns:
    """Distinct samples: `counts[k, u, v]` opinions say value v of unit u in a sample of pattern k; `times[k]` of them.

    A unit is whatever people compare within a sample (a cell, a question).
    """

    counts: Ints
    times: Ints

    @classmethod
    def of(cls, counts: npt.NDArray[np.signedinteger[Any]]) -> Patterns:
        """Gather equal samples. `counts` is [samples, units, values]; samples without a pair are left out."""
        paired = counts[(counts.sum(axis=2) >= 2).any(axis=1)].astype(np.int16)
        if not len(paired):
            return cls(np.zeros((0, *counts.shape[1:]), np.int64), np.zeros(0, np.int64))
        distinct, times = np.unique(paired.reshape(len(paired), -1), axis=0, return_counts=True)
        return cls(distinct.reshape(-1, *counts.shape[1:]).astype(np.int64), times.astype(np.int64))

    def unit(self, place: int) -> Patterns:
        """The same samples, one unit of each."""
        return Patterns(self.counts[:, place : place + 1], self.times)


def alpha(
    patterns: Patterns,
    values: Sequence[str],
    *,
    level: Level = "nominal",
    distances: Floats | None = None,
    by: Resampling = "bootstrap",
) -> Alpha:
    """Alpha over all units of all samples. `distances` [values, values] replaces the level's own metric.

    The interval is over samples, since units of one sample are not independent: the percentile bootstrap, or the
    jackknife (alpha without each sample in turn), which costs a hundredth and serves where there are many figures.
    """
    counts, times = patterns.counts, patterns.times
    pairable = counts.sum(axis=2) >= 2  # [patterns, units]
    units = int((pairable * times[:, None]).sum())
    if not units:
        return Alpha(None, 0, None, "no_pairs")
    tables = _coincidences(np.where(pairable[..., None], counts, 0))
    whole = np.tensordot(times.astype(float), tables, axes=1)
    marginals = whole.sum(axis=1)
    opinions = round(marginals.sum())
    agreeing = _share_agreeing(counts, pairable, times)
    if (marginals > 0).sum() == 1:
        return Alpha(None, units, agreeing, "nothing_varies", opinions, values[int(marginals.argmax())])
    value = _from_tables(whole[None], level, distances)[0]
    low, high = None, None
    if by == "bootstrap":
        low, high = _bootstrap(tables, times, level, distances)
    elif by == "jackknife":
        low, high = _jackknife(tables, times, level, distances, value=float(value))
    return Alpha(float(value), units, agreeing, "", opinions, "", low, high)


def masi(one: int, other: int) -> float:
    """Distance of two sets given as bit masks: 1 - Jaccard × monotonicity (1, 2/3 when nested, 1/3 when they meet)."""
    if one == other:
        return 0.0
    shared = one & other
    if not shared:
        return 1.0
    jaccard = shared.bit_count() / (one | other).bit_count()
    return 1.0 - jaccard * (2 / 3 if shared in (one, other) else 1 / 3)


def masi_distances(masks: Sequence[int]) -> Floats:
    """MASI between all given sets."""
    return np.array([[masi(one, other) for other in masks] for one in masks], float).reshape(len(masks), len(masks))


def _coincidences(counts: Ints) -> Floats:
    """[patterns, values, values]: pairs within units, each unit weighing as many opinions as it has."""
    weight = 1.0 / np.maximum(counts.sum(axis=2) - 1, 1)
    weighted = counts * weight[..., None]
    tables = np.einsum("kuv,kuw->kvw", weighted, counts.astype(float))
    tables[:, np.arange(counts.shape[2]), np.arange(counts.shape[2])] -= weighted.sum(axis=1)
    return np.asarray(tables)


def _from_tables(tables: Floats, level: Level, distances: Floats | None) -> Floats:
    """Alpha of each coincidence table [draws, values, values]; NaN where nothing varies."""
    marginals = tables.sum(axis=2)
    totals = marginals.sum(axis=1)
    far = distances if distances is not None else _metric(marginals, level)
    observed = (tables * far).sum(axis=(1, 2))
    expected = (marginals[:, :, None] * marginals[:, None, :] * far).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 0, 1.0 - (totals - 1) * observed / expected, np.nan))


def _metric(marginals: Floats, level: Level) -> Floats:
    size = marginals.shape[1]
    if level == "nominal":
        return 1.0 - np.eye(size)
    # Ordinal: how many opinions lie between two values, the two themselves counted half; squared.
    before = np.cumsum(marginals, axis=1) - marginals / 2
    return np.asarray((before[:, :, None] - before[:, None, :]) ** 2)


def _share_agreeing(counts: Ints, pairable: npt.NDArray[np.bool_], times: Ints) -> float:
    """Share of pairs that agree, every unit weighing the same."""
    sizes = counts.sum(axis=2)
    shares = (counts * (counts - 1)).sum(axis=2) / np.maximum(sizes * (sizes - 1), 1)
    weights = pairable * times[:, None]
    return float((shares * weights).sum() / weights.sum())


def _bootstrap(
    tables: Floats, times: Ints, level: Level, distances: Floats | None
) -> tuple[float | None, float | None]:
    """2.5 and 97.5 percentiles over resampled samples. None with one sample, or where alpha is mostly undefined."""
    samples = int(times.sum())
    if samples < 2:
        return None, None
    drawn = np.random.default_rng(SEED).multinomial(samples, times / samples, size=DRAWS)
    flat = drawn @ tables.reshape(len(tables), -1)
    values = _from_tables(flat.reshape(DRAWS, *tables.shape[1:]), level, distances)
    values = values[~np.isnan(values)]
    if len(values) < DRAWS // 2:
        return None, None
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _jackknife(
    tables: Floats, times: Ints, level: Level, distances: Floats | None, *, value: float
) -> tuple[float | None, float | None]:
    """1.96 standard errors round the figure. None with one sample, or where alpha hangs on a single sample."""
    samples = int(times.sum())
    if samples < 2:
        return None, None
    whole = np.tensordot(times.astype(float), tables, axes=1)
    without = _from_tables(whole[None] - tables, level, distances)
    if np.isnan(without).any():
        return None, None
    centre = (times * without).sum() / samples
    error = float(np.sqrt((samples - 1) / samples * (times * (without - centre) ** 2).sum()))
    return value - 1.96 * error, min(1.0, value + 1.96 * error)
