"""How many test questions a claim needs. Pure.

The paired test of two models looks only at the questions on which exactly one is right (McNemar). With a share d of
such questions and a difference δ in exact match, two-sided at 5 % and 80 % power (Connor, Biometrics 43, 1987):

    n = (1.96 · √d + 0.842 · √(d − δ²))² / δ²
"""

import math
from collections.abc import Sequence

Z_ALPHA, Z_BETA = 1.959963984540054, 0.8416212335729143


def disagreement(left: Sequence[bool], right: Sequence[bool]) -> float:
    """Share of questions on which exactly one of two models is right."""
    return sum(a != b for a, b in zip(left, right, strict=True)) / len(left)


def needed(difference: float, disagreeing: float) -> int | None:
    """Questions needed to see a difference; `None` where there is none, or more than the disagreement allows."""
    if difference == 0 or disagreeing < abs(difference):
        return None
    spread = max(0.0, disagreeing - difference**2)
    return math.ceil((Z_ALPHA * math.sqrt(disagreeing) + Z_BETA * math.sqrt(spread)) ** 2 / difference**2)
