"""Comparing arms of an experiment over paired runs: the same start and seed in every arm. Pure.

A run is the unit, not a question: questions of one run share its luck. With few runs the exact test of sign flips says
what can be said, and no more: with n pairs its smallest p is 2 / 2ⁿ.
"""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

MOST_EXACT = 14


def difference(left: Sequence[float], right: Sequence[float], *, draws: int = 5000) -> dict[str, Any]:
    """Mean of left − right over pairs, its 95 % interval by drawing pairs again, and a two-sided p by flipping
    signs."""
    if len(left) != len(right) or not left:
        raise ValueError("A paired comparison needs the same runs on both sides, and at least one.")
    pairs = np.subtract(left, right)
    drawn = np.random.default_rng(0).choice(pairs, size=(draws, pairs.size)).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {
        "pairs": int(pairs.size),
        "difference": round(float(pairs.mean()), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "p": round(sign_flip(pairs.tolist()), 4),
    }


def sign_flip(differences: Sequence[float]) -> float:
    """Two-sided p: how often random signs give a mean at least as far from 0. Exact up to 14 pairs, else by 20,000
    draws."""
    found = np.asarray(differences, dtype=float)
    if found.size <= MOST_EXACT:
        signs = np.array(list(product((-1.0, 1.0), repeat=found.size)))
    else:
        signs = np.random.default_rng(0).choice((-1.0, 1.0), size=(20_000, found.size))
    flipped = np.abs((signs * found).mean(axis=1))
    return float((flipped >= abs(found.mean()) - 1e-12).mean())


def spread(values: Sequence[float]) -> dict[str, float]:
    """Mean and standard deviation over runs."""
    found = np.asarray(values, dtype=float)
    deviation = float(found.std(ddof=1)) if found.size > 1 else 0.0
    return {"n": int(found.size), "mean": round(float(found.mean()), 4), "sd": round(deviation, 4)}
