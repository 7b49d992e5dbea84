"""Whether two people point at the same place."""

from __future__ import annotations

import pytest

from annotation import overlap
from annotation.shapes import Region


def box(x: float, y: float, width: float, height: float) -> Region:
    return Region(slot="A", aspect="physical_shadow", box=(x, y, width, height))


def point(x: float, y: float) -> Region:
    return Region(slot="A", aspect="physical_shadow", point=(x, y))


def polygon(*corners: tuple[float, float]) -> Region:
    return Region(slot="A", aspect="physical_shadow", polygon=corners)


def test_boxes_share_what_both_cover_of_what_either_covers() -> None:
    # 10 × 10 each, shifted by half: shared 50, either 150.
    assert overlap.of_regions(box(0, 0, 10, 10), box(5, 0, 10, 10), side=100) == pytest.approx(1 / 3)
    assert overlap.of_regions(box(0, 0, 10, 10), box(10, 0, 10, 10), side=100) == 0
    assert overlap.of_regions(box(0, 0, 10, 10), box(0, 0, 10, 10), side=100) == 1


def test_a_polygon_is_measured_by_its_area() -> None:
    half = polygon((0, 0), (10, 0), (0, 10))  # the lower left triangle of the box, area 50

    assert overlap.of_regions(half, box(0, 0, 10, 10), side=100) == pytest.approx(0.5)
    assert overlap.of_regions(half, half, side=100) == pytest.approx(1)


def test_a_polygon_that_crosses_itself_is_mended() -> None:
    bow = polygon((0, 0), (10, 10), (10, 0), (0, 10))  # two triangles of 25 each

    assert overlap.of_regions(bow, box(0, 0, 10, 10), side=100) == pytest.approx(0.5)


def test_a_point_meets_the_shape_it_lies_in_and_the_point_beside_it() -> None:
    assert overlap.of_regions(point(5, 5), box(0, 0, 10, 10), side=100) == 1
    assert overlap.of_regions(box(0, 0, 10, 10), point(15, 5), side=100) == 0
    assert overlap.of_regions(point(0, 0), point(3, 4), side=100) == 1  # 5 apart, of 5 allowed
    assert overlap.of_regions(point(0, 0), point(3, 5), side=100) == 0


def test_regions_of_a_cell_are_matched_one_to_one() -> None:
    left, right = box(0, 0, 10, 10), box(50, 0, 10, 10)

    assert overlap.of_cells([left, right], [right, left], side=100) == 1
    assert overlap.of_cells([left], [left, right], side=100) == pytest.approx(0.5)
    assert overlap.of_cells([left, left], [left], side=100) == pytest.approx(0.5)
