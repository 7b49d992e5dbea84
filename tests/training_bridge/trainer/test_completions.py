"""Reading answers: the trained format, other people's formats, and refusing to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_bridge.trainer import completions, letters

ABCD = ("A", "B", "C", "D")


@pytest.mark.parametrize(
    ("text", "picked", "strict"),
    [
        ("<think>A ok. B defect.</think><answer>B</answer>", "B", True),
        ("<think></think><answer>B, D</answer>\n", "BD", True),
        ("<think>x</think><answer>B,D</answer>", "BD", True),
        ("<think>x</think><answer>none</answer>", "", True),
        ("<think>x</think><answer>B, B</answer>", "B", True),
        ("<answer>B and D</answer>", "BD", False),
        ("<think>x</think><answer>[B, D]</answer>", "BD", False),
        ("<think>x</think><answer>None</answer>", "", False),
        ("Shadow of B is wrong.\nFinal answer: B.", "B", False),
        ('{"sentences": [], "answer": ["A", "C"]}', "AC", False),
        ('Here: {"concluded": []}', "", False),
        ('```json\n{"answer": "B, C"}\n```', "BC", False),
        ("<answer>B</answer> … <answer>B</answer>", "B", False),
    ],
)
def test_an_answer_is_read(text: str, picked: str, strict: bool) -> None:
    found = completions.read(text, ABCD)
    assert (found.letters, found.strict, found.reason) == (frozenset(picked), strict, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("B looks wrong to me", "no_answer"),
        ("<think>x</think><answer></answer>", "empty_answer"),
        ("<think>x</think><answer>E</answer>", "unknown_letter"),
        ("<think>x</think><answer>the second</answer>", "not_letters"),
        ("<think>x</think><answer>none, B</answer>", "none_and_letters"),
        ("<answer>B</answer><answer>C</answer>", "several_answers"),
        ("<think>x", "no_answer"),
        ('{"answer": 3}', "no_answer"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    found = completions.read(text, ABCD)
    assert (found.letters, found.strict, found.reason) == (None, False, reason)


@given(st.frozensets(st.sampled_from(ABCD)), st.text(alphabet=st.characters(exclude_characters="<"), max_size=40))
def test_what_is_written_is_read_again(picked: frozenset[str], think: str) -> None:
    found = completions.read(completions.written(think, picked), ABCD)
    assert (found.letters, found.strict) == (picked, True)


@given(st.text(max_size=80))
def test_any_text_gives_letters_of_the_question_or_a_reason(text: str) -> None:
    found = completions.read(text, ABCD)
    assert (found.letters is None) == bool(found.reason)
    assert found.letters is None or found.letters <= set(ABCD)


@given(st.text(min_size=1, max_size=20), st.integers(0, 9), st.frozensets(st.sampled_from(ABCD)))
def test_letters_shown_lead_back_to_the_slots(question: str, seed: int, gold: frozenset[str]) -> None:
    shown = letters.drawn(question, ABCD, seed)
    assert sorted(shown.values()) == list(ABCD)
    assert letters.to_slots(frozenset(shown[slot] for slot in gold), shown) == gold


def test_letters_are_drawn_by_question_seed_and_turn_and_nothing_else() -> None:
    once = letters.drawn("s-17/physical_shadow", ABCD, 7)
    assert once == letters.drawn("s-17/physical_shadow", ABCD, 7)
    others = [letters.drawn(f"s-{n}/physical_shadow", ABCD, 7)["A"] for n in range(400)]
    assert all(70 < others.count(letter) < 130 for letter in ABCD)
    assert once != letters.drawn("s-17/physical_shadow", ABCD, 7, turn=1)
