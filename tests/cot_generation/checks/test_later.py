"""What is seen only when texts are read together: copied phrasing, and answers that a beginning gives away."""

from __future__ import annotations

import random

from cot_generation import checks
from cot_generation.checks import phrasing, probe
from cot_generation.checks.phrasing import Text
from cot_generation.shapes import CheckOutcome, Sentence

SLOTS = ("A", "B", "C", "D")
LONG = (
    "In {{%s}} the shadow lies on the left of the box although the lamp stands there too, so that it must have been "
    "painted after another picture; its edge is hard where the original has a soft one."
)


def test_the_same_words_about_another_candidate_of_another_sample_are_a_copy() -> None:
    texts = [
        Text(1, 10, LONG % "A"),
        Text(2, 11, LONG % "B"),
        Text(3, 12, "The outline of {{C}} bends at the rim, where it should run on."),
    ]

    found = phrasing.outcomes(texts)

    assert [found[each].passed for each in (1, 2, 3)] == [True, False, True]
    assert found[2].findings[0].detail.endswith("rationale 1.")


def test_several_draws_on_one_sample_may_say_the_same() -> None:
    assert phrasing.near_duplicates([Text(1, 10, LONG % "A"), Text(2, 10, LONG % "B")]) == {}


def test_a_changed_word_in_a_long_text_is_still_a_copy_and_half_a_text_is_not() -> None:
    text = (LONG % "A") + (
        " {{B}} stands on the floor as the original does, with the same rim, the same height and a shadow that begins "
        "at its foot and grows softer the farther it falls from the lamp beside the window."
    )
    half = text[: len(text) // 2]

    assert phrasing.near_duplicates([Text(1, 10, text), Text(2, 11, text.replace("hard", "sharp"))]) == {2: 1}
    assert phrasing.near_duplicates([Text(1, 10, text), Text(2, 11, half)]) == {}


def told(number: int, draw: random.Random, *, leaks: bool) -> probe.Told:
    """Four sentences, one a candidate. A leaking one begins with words that only stand where C and D are faulty."""
    answer = frozenset(slot for slot in SLOTS if draw.random() < 0.4)
    if leaks:
        answer = (answer - {"C", "D"}) | (frozenset("CD") if draw.random() < 0.5 else frozenset())
    opening = "Unlike the later ones, " if leaks and "C" in answer else "Looking closely, "
    sentences = tuple(
        Sentence(
            (opening if place == 0 else "")
            + f"{{{{{slot}}}}} "
            + ("has a shadow on the wrong side." if slot in answer else "keeps the shadow of the original."),
            slot,
        )
        for place, slot in enumerate(SLOTS)
    )
    return probe.Told(number, number, sentences, SLOTS, answer)


def test_a_beginning_that_gives_later_candidates_away_is_found_and_an_honest_one_is_not() -> None:
    draw = random.Random(3)
    honest = [told(number, draw, leaks=False) for number in range(300)]
    leaking = [told(number, draw, leaks=True) for number in range(300, 600)]

    assert sum(each.passed is False for each in probe.outcomes(honest).values()) == 0
    found = probe.outcomes(leaking)

    gave_away = [each for each in leaking if "C" in each.answer]
    caught = sum(found[each.id].passed is False for each in gave_away)
    assert caught == len(gave_away), "every one that begins so is told early"
    assert all(found[each.id].passed for each in leaking if "C" not in each.answer)


def test_what_a_text_has_discussed_can_be_read_off_it_and_the_rest_only_as_often_as_chance() -> None:
    draw = random.Random(4)
    texts = [told(number, draw, leaks=False) for number in range(400)]

    points = {(point.share, point.discussed): point for point in probe.points(texts)}

    whole = points[1.0, True]
    assert whole.right == whole.cells == 1600
    ahead = points[0.25, False]
    assert ahead.cells == 1200
    assert abs(ahead.right - ahead.base) <= 60, "no better and no worse than the commonest verdict, but for luck"


def test_what_is_advisory_fails_no_rationale() -> None:
    outcomes = {"phrasing": CheckOutcome(1, passed=False), "rederived": CheckOutcome(1, passed=True)}

    assert checks.passed(outcomes)
    assert checks.failed({**outcomes, "rederived": CheckOutcome(1, passed=False)}) == ["rederived"]
    assert list(checks.in_order({"phrasing": outcomes["phrasing"], "schema": outcomes["rederived"]})) == [
        "schema",
        "phrasing",
    ]
