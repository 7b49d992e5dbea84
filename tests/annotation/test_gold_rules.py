"""When a gold judgement is right, and when a gold question has leaked: worked by hand."""

from __future__ import annotations

import pytest

from annotation import gold
from annotation.shapes import Cells, Severity

KEY = "physical_shadow"


def right(expected: Severity, said: Severity, *, tolerance: str = "side", threshold: str = "minor") -> bool | None:
    (checked,) = gold.check(
        expected={"B": {KEY: expected}},
        said={"B": {KEY: said}},
        tolerance={KEY: tolerance},
        threshold=threshold,
        aspects=[KEY],
    )
    return checked.is_right


@pytest.mark.parametrize(
    ("tolerance", "threshold", "expected", "said", "is_right"),
    [
        ("side", "minor", "major", "minor", True),  # both have the defect
        ("side", "minor", "none", "minor", False),
        ("side", "major", "minor", "none", True),  # under this rule neither has it
        ("side", "major", "major", "minor", False),
        ("step", "minor", "none", "minor", True),
        ("step", "minor", "none", "major", False),
        ("exact", "minor", "major", "minor", False),
        ("exact", "minor", "minor", "minor", True),
        ("exact", "minor", "major", "unsure", None),  # never a mistake
    ],
)
def test_a_cell_is_right_within_its_tolerance(
    tolerance: str, threshold: str, expected: Severity, said: Severity, is_right: bool | None
) -> None:
    assert right(expected, said, tolerance=tolerance, threshold=threshold) is is_right


def test_only_what_is_known_and_asked_is_checked() -> None:
    expected: Cells = {"A": {KEY: "none", "placement_layout": "minor"}, "B": {KEY: "unsure"}}
    said: Cells = {"A": {KEY: "major"}, "B": {KEY: "none"}, "C": {KEY: "major"}}

    checked = gold.check(expected=expected, said=said, tolerance={}, threshold="minor", aspects=[KEY])

    assert [(cell.slot, cell.aspect, cell.is_right) for cell in checked] == [("A", KEY, False)]


CLEAN: Cells = {"A": {KEY: "none"}}
OTHER: Cells = {"A": {KEY: "major"}}


def judgements(before: list[tuple[Cells, int]], last: list[tuple[Cells, int]]) -> list[tuple[Cells, int]]:
    assert (len(before), len(last)) == (gold.BEFORE, gold.LAST)
    return before + last


def test_answers_that_become_identical_and_fast_have_leaked() -> None:
    usual = [(CLEAN, 40_000), (OTHER, 60_000)] * 4  # median 50 s

    assert gold.has_leaked(judgements(usual, [(CLEAN, 24_000)] * 8))
    # Exactly half as long is not below half.
    assert not gold.has_leaked(judgements(usual, [(CLEAN, 25_000)] * 8))
    # Fast, but one of them says something else.
    assert not gold.has_leaked(judgements(usual, [(CLEAN, 5_000)] * 7 + [(OTHER, 5_000)]))
    # Identical, as an easy question is, and no faster than before.
    assert not gold.has_leaked(judgements([(CLEAN, 50_000)] * 8, [(CLEAN, 45_000)] * 8))


def test_too_few_judgements_say_nothing() -> None:
    assert not gold.has_leaked([(CLEAN, 60_000)] * 7 + [(CLEAN, 1_000)] * 8)
