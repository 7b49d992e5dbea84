"""Whether two people point at the same place.

Belongs here: how far two regions, and two people's regions of one cell, lie over each other, in pixels.
Does not: whether they agree that there is a defect (agreement.py).

Shapes: the area both cover, divided by the area either covers (IoU). A point has no area: it meets a shape when it lies
inside, and another point when they are closer than `NEAR` of the picture's longer side. Regions of one cell are matched
one to one so that the sum is largest, and whatever stays unmatched counts as 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment

from annotation.shapes import Region

NEAR = 0.05  # of the longer side: about a finger's width on a picture that fills a pane; a choice, not a measurement


def of_regions(one: Region, other: Region, *, side: int) -> float:
    """0 to 1. `side`: the picture's longer side."""
    if one.point is not None and other.point is not None:
        apart = float(np.hypot(one.point[0] - other.point[0], one.point[1] - other.point[1]))
        return float(apart <= NEAR * side)
    if one.point is not None or other.point is not None:
        point, area = (one, other) if one.point is not None else (other, one)
        return float(shapely.intersects_xy(shape(area), *(point.point or (0.0, 0.0))))
    if one.box is not None and other.box is not None:
        return _of_boxes(one.box, other.box)
    left, right = shape(one), shape(other)
    union = shapely.union(left, right).area
    return float(shapely.intersection(left, right).area / union) if union else 0.0


def of_cells(one: Sequence[Region], other: Sequence[Region], *, side: int) -> float:
    """Of two people's regions on one cell: matched overlaps over the larger number of regions. Neither may be empty."""
    overlaps = np.array([[of_regions(mine, theirs, side=side) for theirs in other] for mine in one])
    rows, columns = linear_sum_assignment(overlaps, maximize=True)
    return float(overlaps[rows, columns].sum() / max(len(one), len(other)))


def shape(region: Region) -> shapely.Geometry:
    """A box or polygon as a geometry; one that crosses itself is mended."""
    if region.box is not None:
        x, y, width, height = region.box
        return shapely.box(x, y, x + width, y + height)
    return shapely.make_valid(shapely.Polygon(region.polygon or ()))


def _of_boxes(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)
