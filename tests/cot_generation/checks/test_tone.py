"""The reader of tone: advisory, always the same, and better than the list on words that nobody listed."""

from __future__ import annotations

import pytest

from cot_generation import checks
from cot_generation.checks import giveaways, told
from cot_generation.checks.facts import Facts
from cot_generation.checks.wording import PATTERNS
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


def test_it_says_nothing_of_a_writer_that_was_not_told() -> None:
    assert told.tone(facts("Unsurprisingly, {{B}} is the faulty one.", visible=False)).passed is None


def test_candidates_do_not_count_and_the_reader_is_always_the_same() -> None:
    assert told.pieces("The rim of {{A}} is bent.") == told.pieces("The rim of {{C}} is bent.")
    every = [text for kind in giveaways.TOLD.values() for text in kind]
    one, other = told.learned(every, giveaways.CLEAN), told.learned(every, giveaways.CLEAN)
    assert one("It bends, as announced.") == other("It bends, as announced.")


def test_on_kinds_it_never_saw_it_finds_more_than_the_list_and_rarely_errs_on_clean_text() -> None:
    """What the experiment's page reports; a reader that learned nothing would find none of them, or all clean ones."""
    caught = listed = 0
    for kind, texts in giveaways.TOLD.items():
        rest = [text for other, found in giveaways.TOLD.items() if other != kind for text in found]
        reader = told.learned(rest, giveaways.CLEAN)
        caught += sum(reader(text) >= told.SURE for text in texts)
        listed += sum(any(pattern.search(text) for _, pattern in PATTERNS) for text in texts)
    every = [text for kind in giveaways.TOLD.values() for text in kind]
    alarms = 0
    for at in range(4):
        fold = giveaways.CLEAN[at::4]
        reader = told.learned(every, [text for text in giveaways.CLEAN if text not in fold])
        alarms += sum(reader(text) >= told.SURE for text in fold)

    assert caught > listed + 10
    assert alarms <= 0.06 * len(giveaways.CLEAN)
