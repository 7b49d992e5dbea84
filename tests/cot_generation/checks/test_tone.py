"""The reader of tone: always the same, finds what no list has, and decides only where it is surest."""

from __future__ import annotations

import pytest

from benchmarks import _giveaways_held_out
from cot_generation import checks
from cot_generation.checks import giveaways, told
from cot_generation.checks.facts import Facts
from cot_generation.checks.wording import leak
from cot_generation.shapes import Sentence


def facts(*texts: str, visible: bool = True) -> Facts:
    return Facts(
        sentences=tuple(Sentence(text) for text in texts),
        concluded=frozenset("B"),
        slots=("A", "B", "C", "D"),
        aspect="physical_shadow",
        answer=frozenset("B"),
        answer_visible=visible,
    )


def test_a_telling_sentence_is_named_by_its_place_and_fails_no_rationale() -> None:
    found = told.tone(facts("The rim of {{A}} is one even curve.", "With the outcome in mind, {{B}} is bent."))

    assert (found.passed, [each.sentence for each in found.findings]) == (False, [1])
    assert checks.failed({"tone": found}) == []


@pytest.mark.parametrize("text", ["The shadow of {{A}} falls away from the light.", "{{B}} 的阴影从底部开始。"])
def test_a_plain_sentence_is_left_alone(text: str) -> None:
    assert told.tone(facts(text)).passed is True


def test_a_telling_clause_does_not_drown_in_an_honest_sentence() -> None:
    reader = told.reader()
    telling = "With the outcome in mind"
    seen = "the outline of the product bends on the left, where that of the original runs straight along the wall."

    assert reader(f"{telling}, {seen}") >= told.DECIDES
    assert reader(seen) < 0.5


def test_what_the_reader_is_surest_of_decides_the_leak_check() -> None:
    found = leak(facts("The rim of {{A}} is one even curve.", "I will not question that this one is clean."))

    assert [(each.code, each.sentence) for each in found.findings] == [("sounds_told", 1)]
    assert checks.failed({"leak": found}) == ["leak"]
    unsure = facts("The handle of {{B}} is fixed where it was before.")
    assert leak(unsure).passed is True


def test_nothing_that_the_leak_check_is_measured_on_is_in_what_it_was_made_from() -> None:
    made_from = {*giveaways.CLEAN, *(text for kind in giveaways.TOLD.values() for text in kind)}
    measured_on = {
        *_giveaways_held_out.INNOCENT,
        *(text for kind in _giveaways_held_out.TELLING.values() for text in kind),
    }

    assert not made_from & measured_on
    assert not set(giveaways.TOLD) & set(_giveaways_held_out.TELLING)


def test_it_says_nothing_of_a_writer_that_was_not_told() -> None:
    assert told.tone(facts("Unsurprisingly, {{B}} is the faulty one.", visible=False)).passed is None


def test_candidates_do_not_count_and_the_reader_is_always_the_same() -> None:
    assert told.pieces("The rim of {{A}} is bent.") == told.pieces("The rim of {{C}} is bent.")
    every = [text for kind in giveaways.TOLD.values() for text in kind]
    one, other = told.learned(every, giveaways.CLEAN), told.learned(every, giveaways.CLEAN)
    assert one("It bends, as announced.") == other("It bends, as announced.")


def test_on_kinds_it_never_saw_it_finds_some_and_rarely_errs_on_clean_text() -> None:
    """What the experiment's page reports; a reader that learned nothing would find none of them, or all clean ones."""
    caught = 0
    for kind, texts in giveaways.TOLD.items():
        rest = [text for other, found in giveaways.TOLD.items() if other != kind for text in found]
        reader = told.learned(rest, giveaways.CLEAN)
        caught += sum(reader(text) >= told.SURE for text in texts)
    every = [text for kind in giveaways.TOLD.values() for text in kind]
    alarms = 0
    for at in range(4):
        fold = giveaways.CLEAN[at::4]
        reader = told.learned(every, [text for text in giveaways.CLEAN if text not in fold])
        alarms += sum(reader(text) >= told.SURE for text in fold)

    assert caught >= 24
    assert alarms <= 0.08 * len(giveaways.CLEAN)
