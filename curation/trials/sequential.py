"""When a trial may stop early: one-sided group-sequential boundaries by an error-spending function.

Belongs here: how much of the error may be spent by a share of the information, and the boundary on z at each look.
Does not: the statistic that is held against it (comparing.py).

Spending functions: Lan and DeMets (Biometrika 70, 1983, 659-663). Boundaries by the recursive integration of Armitage,
McPherson and Rowe (1969) as in Jennison and Turnbull, Group Sequential Methods (2000), chapter 19: the density of the
score over paths that have not crossed yet is carried from look to look on a grid. Written out here because no kept
Python library computes them; the tests hold it against the published values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm

from curation.choices import StoppingRule

GRID = 2001  # points of the integration: the published boundaries come out to four digits
FURTHEST = 8.0  # standard deviations below zero that the grid reaches
OPEN = math.inf  # a look at which nothing may be concluded


def spent(rule: StoppingRule, alpha: float, share: float) -> float:
    """Of the one-sided error `alpha`, what may be spent once `share` (0 to 1) of the information is in."""
    if share >= 1:
        return alpha
    if share <= 0 or rule == StoppingRule.FIXED:
        return 0.0
    if rule == StoppingRule.OBRIEN_FLEMING:
        return float(2 * norm.sf(norm.isf(alpha / 2) / math.sqrt(share)))
    return alpha * math.log(1 + (math.e - 1) * share)


def boundaries(rule: StoppingRule, alpha: float, shares: Sequence[float]) -> list[float]:
    """The z to reach at each look; `shares` grow to 1 when the last look is among them. Raises ValueError."""
    if not 0 < alpha < 0.5 or list(shares) != sorted(set(shares)) or not all(0 < each <= 1 for each in shares):
        raise ValueError("the error lies between 0 and 0.5, and the information grows from look to look up to 1")
    found: list[float] = []
    grid: NDArray[np.floating[Any]] = np.empty(0)
    density: NDArray[np.floating[Any]] = np.empty(0)
    before, used = 0.0, 0.0
    for share in shares:
        step = math.sqrt(share - before)
        wanted = spent(rule, alpha, share) - used

        def crossing(z: float) -> float:
            """The chance to cross here for the first time, with `z` as this look's boundary."""
            if not grid.size:  # noqa: B023  (called within this turn)
                return float(norm.sf(z))
            return float(np.trapezoid(density * norm.sf((z * math.sqrt(share) - grid) / step), grid))  # noqa: B023  (called within this turn)

        bound = OPEN if wanted <= 1e-12 else float(brentq(lambda z: crossing(z) - wanted, -5.0, 20.0))  # noqa: B023
        found.append(bound)
        reached = np.linspace(-FURTHEST * math.sqrt(share), min(bound, FURTHEST) * math.sqrt(share), GRID)
        if grid.size:
            steps = norm.pdf((reached[:, None] - grid[None, :]) / step) / step
            density = np.trapezoid(steps * density[None, :], grid, axis=1)
        else:
            density = norm.pdf(reached / step) / step
        grid, before, used = reached, share, spent(rule, alpha, share)
    return found
