"""What "dynamic" may mean in *dynamic proportional accuracy*. The paper does not say; each reading is a switch of ours.

    none      a right letter earns the same on every question: the credit unit is the number of options
    size      a right letter earns 1/|G|: the unit follows the size of the gold set (the plain proportional reading)
    schedule  as size, moving to exact match while training goes on: (1 − e(t)) · R + e(t) · [P = G]
    group     as size, until one answer of the group is exactly right; then only exact answers earn
    aspect    as size, times a weight that is larger where an aspect's defects are rarer

Normalising advantages within a group removes any positive factor per question, so `aspect` acts only where advantages
are not scaled by group; the plan refuses it elsewhere (plan.py).
"""

from collections.abc import Iterable, Mapping, Sequence

READINGS = ("none", "size", "schedule", "group", "aspect")


def exactness(step: int, steps: int, *, start: float, end: float) -> float:
    """e(t) of `schedule`: 0 before the share `start` of all steps, 1 from the share `end` on, straight between."""
    done = step / steps if steps else 1.0
    if end <= start:
        return float(done >= end)
    return min(1.0, max(0.0, (done - start) / (end - start)))


def scheduled(partial: float, exact: float, share: float) -> float:
    return (1 - share) * partial + share * exact


def of_group(partial: Sequence[float | None], exact: Sequence[bool]) -> list[float | None]:
    """Partial credit while nobody in the group is right; only exact answers earn once somebody is."""
    if not any(exact):
        return list(partial)
    return [None if value is None else float(right) for value, right in zip(partial, exact, strict=True)]


def aspect_weights(
    cells: Iterable[tuple[str, int, int]], *, lowest: float = 0.5, highest: float = 2.0
) -> Mapping[str, float]:
    """Weight of each aspect from (aspect, defective candidates, candidates) of the training questions.

    Inverse to the base rate, mean 1 over aspects, then held within [lowest, highest]. Base rates are smoothed by one
    defect and one sound candidate, so that an aspect without any defect has a finite weight.
    """
    counted: dict[str, list[int]] = {}
    for aspect, defective, candidates in cells:
        sums = counted.setdefault(aspect, [0, 0])
        sums[0] += defective
        sums[1] += candidates
    inverse = {aspect: (total + 2) / (defective + 1) for aspect, (defective, total) in counted.items()}
    mean = sum(inverse.values()) / len(inverse) if inverse else 1.0
    return {aspect: min(highest, max(lowest, value / mean)) for aspect, value in sorted(inverse.items())}
