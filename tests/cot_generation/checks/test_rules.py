"""Each check catches its fault and lets the clean twin pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cot_generation import checks
from cot_generation.checks.facts import Facts, MarkedRegion
from cot_generation.checks.rules import argued, conclusion, contradiction, grounding, schema
from cot_generation.checks.style import style
from cot_generation.shapes import Sentence

BAD = Sentence("The shadow in {{B}} runs to the light on the left.", "B", "physical_shadow", True, ("r1",))
FINE = Sentence("The shadow in {{A}} falls as in the original.", "A", "physical_shadow", False)
CLEAN = Facts(
    sentences=(BAD, FINE),
    concluded=frozenset("B"),
    slots=("A", "B", "C", "D"),
    aspect="physical_shadow",
    answer=frozenset("B"),
    answer_visible=False,
    severities={"A": "none", "B": "major", "C": "none", "D": "none"},
    regions={"r1": MarkedRegion("r1", "B", "physical_shadow", (0.2, 0.8))},
)


def codes(outcome: object) -> set[str]:
    return {finding.code for finding in outcome.findings}  # type: ignore[attr-defined]  # a CheckOutcome


def test_the_clean_twin_passes_every_check() -> None:
    outcomes = checks.run_all(CLEAN)

    assert checks.passed(outcomes)
    assert checks.failed(outcomes) == []
    assert outcomes["leak"].passed is None, "the writer was not told the answer, so nothing can leak"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"sentences": ()}, "no_sentence"),
        ({"sentences": (Sentence("Bad.", "B"),)}, "too_short"),
        ({"sentences": (Sentence("In {{F}} the shadow is missing.", None),)}, "unknown_slot"),
        ({"sentences": (Sentence("The shadow is missing here.", "F"),)}, "unknown_slot"),
        ({"sentences": (Sentence("The outline bends to one side.", "B", "appearance_deformation"),)}, "other_aspect"),
        ({"concluded": frozenset("F")}, "unknown_slot"),
    ],
)
def test_form(fault: dict[str, object], code: str) -> None:
    outcome = schema(replace(CLEAN, **fault))  # type: ignore[arg-type]  # each fault names its own field

    assert (outcome.passed, code in codes(outcome)) == (False, True)


@pytest.mark.parametrize(
    ("concluded", "expected"),
    [("B", set()), ("", {"missed"}), ("BC", {"invented"}), ("C", {"missed", "invented"})],
)
def test_conclusion_against_the_answer(concluded: str, expected: set[str]) -> None:
    outcome = conclusion(replace(CLEAN, concluded=frozenset(concluded)))

    assert codes(outcome) == expected
    assert outcome.passed is not bool(expected)


@pytest.mark.parametrize("unknown", [{"answer": None}, {"concluded": None}])
def test_without_an_answer_or_a_conclusion_there_is_nothing_to_compare(unknown: dict[str, None]) -> None:
    assert conclusion(replace(CLEAN, **unknown)).passed is None  # type: ignore[arg-type]  # one of two fields


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"severities": {"B": "none"}}, "faults_clean"),
        (
            {"sentences": (BAD, Sentence("{{B}} is as in the original, all in all.", "B", None, False))},
            "clears_faulty",
        ),
        ({"regions": {}}, "unknown_region"),
        ({"regions": {"r1": MarkedRegion("r1", "C", "physical_shadow", (0.2, 0.8))}}, "other_slot"),
        ({"regions": {"r1": MarkedRegion("r1", "B", "physical_shadow", (0.8, 0.8))}}, "other_side"),
    ],
)
def test_contradiction(fault: dict[str, object], code: str) -> None:
    assert contradiction(CLEAN).passed is True
    outcome = contradiction(replace(CLEAN, **fault))  # type: ignore[arg-type]  # each fault names its own field

    assert (outcome.passed, code in codes(outcome)) == (False, True), outcome


def test_a_region_in_the_middle_is_on_neither_side() -> None:
    middle = {"r1": MarkedRegion("r1", "B", "physical_shadow", (0.55, 0.5))}

    assert contradiction(replace(CLEAN, regions=middle)).passed is True


@pytest.mark.parametrize(
    ("fault", "code"),
    [({"sentences": (FINE,)}, "unargued"), ({"concluded": frozenset()}, "faults_but_clears")],
)
def test_the_argument_covers_the_conclusion_and_nothing_else(fault: dict[str, object], code: str) -> None:
    assert argued(CLEAN).passed is True
    outcome = argued(replace(CLEAN, **fault))  # type: ignore[arg-type]  # each fault names its own field

    assert (outcome.passed, code in codes(outcome)) == (False, True), outcome


def test_without_a_conclusion_there_is_nothing_to_argue_for() -> None:
    assert argued(replace(CLEAN, concluded=None)).passed is None


def test_free_text_without_marks_of_its_own_only_has_to_mention_what_it_concludes() -> None:
    said = Sentence("The shadow in {{B}} runs the wrong way.", None, "physical_shadow", None)

    assert argued(replace(CLEAN, sentences=(said,))).passed is True
    assert codes(argued(replace(CLEAN, sentences=(said,), concluded=frozenset("BC")))) == {"unargued"}


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        (Sentence("The shadow runs to the light on the left.", None, "physical_shadow", True), "no_slot"),
        (Sentence("The shadow in {{C}} runs to the light.", "B", "physical_shadow", True, ("r1",)), "names_other"),
        (Sentence("The shadow in {{B}} runs to the light.", "B", "physical_shadow", True), "no_region"),
    ],
)
def test_grounding(sentence: Sentence, code: str) -> None:
    told = replace(CLEAN, regions_offered=True)
    assert grounding(told).passed is True

    outcome = grounding(replace(told, sentences=(sentence, FINE)))

    assert (outcome.passed, code in codes(outcome)) == (False, True), outcome


def test_who_was_offered_no_region_need_not_refer_to_one() -> None:
    unlinked = Sentence(BAD.text, BAD.slot, BAD.aspect, BAD.defect)

    assert grounding(replace(CLEAN, sentences=(unlinked, FINE))).passed is True


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"locale": "zh-CN"}, "other_language"),
        ({"sentences": (Sentence("The shadow in {{B}} is wrong, " * 20, "B"),)}, "long_sentence"),
        ({"sentences": (FINE, FINE)}, "repeated"),
        (
            {"sentences": tuple(Sentence(f"In {{{{B}}}} number {n} is seen: " + "x" * 400, "B") for n in range(9))},
            "long_text",
        ),
    ],
)
def test_style(fault: dict[str, object], code: str) -> None:
    assert style(replace(CLEAN, locale="en")).passed is True
    outcome = style(replace(CLEAN, **fault))  # type: ignore[arg-type]  # each fault names its own field

    assert (outcome.passed, code in codes(outcome)) == (False, True), outcome


def test_the_same_words_about_another_candidate_are_no_repetition() -> None:
    pair = tuple(Sentence(f"{{{{{slot}}}}} keeps the outline of the original.", slot) for slot in "AB")

    assert style(replace(CLEAN, sentences=pair)).passed is True
