"""Letters in running text, both languages, and the way from what was shown to slots and back."""

from __future__ import annotations

import random

import pytest

from cot_generation import letters


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The shadow in B is missing.", "The shadow in {{B}} is missing."),
        ("A shadow is missing in A.", "A shadow is missing in {{A}}."),
        ("Candidate A is clean, B and C are not.", "Candidate {{A}} is clean, {{B}} and {{C}} are not."),
        ("Candidates A, B and D bend.", "Candidates {{A}}, {{B}} and {{D}} bend."),
        ("A is clean, A's rim too.", "{{A}} is clean, {{A}}'s rim too."),
        ("A mug with a D-shaped handle.", "A mug with a D-shaped handle."),
        ("{{B}} stays as it is.", "{{B}} stays as it is."),
        ("Option C has no shadow.", "Option {{C}} has no shadow."),
        ("候选B的阴影方向错误,A没有问题。", "候选{{B}}的阴影方向错误,{{A}}没有问题。"),
        ("在A和C中阴影缺失。", "在{{A}}和{{C}}中阴影缺失。"),
        ("The USB port and an ABC label.", "The USB port and an ABC label."),
    ],
)
def test_names_of_candidates_are_marked_and_other_letters_are_not(text: str, marked: str) -> None:
    assert letters.mark(text) == marked


def test_marking_twice_changes_nothing() -> None:
    once = letters.mark("Candidates A, B and D bend; in C it is straight.")

    assert letters.mark(once) == once


def test_what_was_shown_comes_back_as_slots() -> None:
    order = "CADB"  # letter A shows slot C, letter B slot A, …

    assert letters.shown(order) == {"A": "C", "B": "A", "C": "D", "D": "B"}
    assert letters.rename("In {{A}}, not in {{D}}.", letters.shown(order)) == "In {{C}}, not in {{B}}."
    back = letters.rename(letters.rename("{{A}} {{B}} {{C}} {{D}}", letters.shown(order)), letters.by_slot(order))
    assert back == "{{A}} {{B}} {{C}} {{D}}"


def test_the_same_seed_draws_the_same_order_and_others_differ() -> None:
    drawn = [letters.shuffled("ABCD", draw=random.Random(seed)) for seed in range(20)]

    assert drawn == [letters.shuffled("ABCD", draw=random.Random(seed)) for seed in range(20)]
    assert {"".join(sorted(order)) for order in drawn} == {"ABCD"}
    assert len(set(drawn)) > 8
