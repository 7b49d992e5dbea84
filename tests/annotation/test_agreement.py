"""Agreement beyond chance, against numbers worked by hand."""

from __future__ import annotations

import pytest

from annotation import agreement

# Krippendorff's own example of nominal data with missing values (Content Analysis, 2011 note "Computing alpha", C):
# four observers, twelve units; alpha = 0.743.
TEXTBOOK = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
]


def test_the_textbook_example() -> None:
    found = agreement.alpha(TEXTBOOK)

    assert found.value == pytest.approx(0.743, abs=0.0005)
    assert found.units == 11


def test_worked_by_hand() -> None:
    # Two people, four units, they differ on one: coincidences yes 3, no 5, n = 8; observed disagreement 2 of 8,
    # expected 2 * 3 * 5 / (8 * 7) = 30/56. alpha = 1 - (2/8) / (30/56) = 8/15.
    units = [["yes", "yes"], ["yes", "no"], ["no", "no"], ["no", "no"]]

    found = agreement.alpha(units)

    assert found.value == pytest.approx(8 / 15)
    assert found.pairs_agreeing == pytest.approx(3 / 4)


def test_one_more_difference_must_change_it() -> None:
    few = agreement.alpha([["yes", "yes"], ["yes", "no"], ["no", "no"], ["no", "no"]]).value
    more = agreement.alpha([["yes", "yes"], ["yes", "no"], ["no", "yes"], ["no", "no"]]).value

    assert few is not None
    assert more is not None
    assert more < few


def test_systematic_disagreement_is_below_zero() -> None:
    found = agreement.alpha([["yes", "no"], ["no", "yes"]])

    assert found.value is not None
    assert found.value < 0


def test_where_nothing_varies_it_is_undefined_and_says_why() -> None:
    found = agreement.alpha([["no defect", "no defect"], ["no defect", "no defect"]])

    assert found.value is None
    assert found.pairs_agreeing == 1.0
    assert (found.why_undefined, found.opinions, found.only) == ("nothing_varies", 4, "no defect")


def test_without_a_second_opinion_it_is_undefined() -> None:
    found = agreement.alpha([["yes"], ["no"]])

    assert (found.value, found.units, found.pairs_agreeing) == (None, 0, None)
    assert found.why_undefined == "no_pairs"


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    groups = [[["yes", "yes"]], [["yes", "no"]], [["no", "no"]], [["no", "no"]], [["yes", "yes"]], [["no", "no"]]]
    value = agreement.alpha([unit for group in groups for unit in group]).value

    bounds = agreement.interval(groups, seed=7)

    assert value is not None
    assert bounds is not None
    assert bounds[0] <= value <= bounds[1]
    assert bounds == agreement.interval(groups, seed=7)
    assert agreement.interval(groups[:1]) is None
