"""Reading a model's words: what can be read is read, and what cannot says why."""

from __future__ import annotations

import json

import pytest

from cot_generation import parsing
from cot_generation.choices import Outcome
from cot_generation.parsing import Parsed, Unparsed
from cot_generation.shapes import Observation, Sentence

ORDER = "CADB"
GOOD = {
    "sentences": [
        {"candidate": "A", "text": "The shadow in {{A}} runs to the light.", "defect": True, "regions": ["r1"]}
    ],
    "answer": ["A"],
}


def read(content: object) -> Parsed | Unparsed:
    text = content if isinstance(content, str) else json.dumps(content)
    return parsing.rationale(text, order=ORDER, aspect="physical_shadow")


def test_letters_become_the_slots_that_were_shown() -> None:
    assert read(GOOD) == Parsed(
        sentences=(
            Sentence(
                text="The shadow in {{C}} runs to the light.",
                slot="C",
                aspect="physical_shadow",
                defect=True,
                regions=("r1",),
            ),
        ),
        concluded=("C",),
    )


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(GOOD),
        "```json\n" + json.dumps(GOOD) + "\n```",
        "Here is my judgement:\n" + json.dumps(GOOD) + "\nI hope this helps.",
        json.dumps(GOOD).replace('"A"]', '"Candidate A"]'),
        json.dumps(GOOD).replace('"A"]', '"{{A}}"]'),
        json.dumps({**GOOD, "confidence": 0.7}),
    ],
)
def test_the_usual_decorations_are_read_through(content: str) -> None:
    parsed = read(content)

    assert isinstance(parsed, Parsed), parsed
    assert parsed.concluded == ("C",)


@pytest.mark.parametrize(
    ("content", "outcome", "reason"),
    [
        ("", Outcome.EMPTY, "no text"),
        ("  \n ", Outcome.EMPTY, "no text"),
        ("B has the defect.", Outcome.MALFORMED, "no JSON"),
        ('{"sentences": [{"text": "cut', Outcome.MALFORMED, "no JSON"),
        ('{"sentences": []}', Outcome.MALFORMED, "answer"),
        ({"sentences": [], "answer": ["A"]}, Outcome.MALFORMED, "no sentence"),
        ({"sentences": [{"text": "   "}], "answer": []}, Outcome.MALFORMED, "no sentence"),
        ({**GOOD, "answer": ["E"]}, Outcome.MALFORMED, "'E', which was not shown"),
        ({**GOOD, "answer": "A"}, Outcome.MALFORMED, "array"),
        ({**GOOD, "answer": [1]}, Outcome.MALFORMED, "str"),
        (
            {"sentences": [{"candidate": "G", "text": "It bends to the left."}], "answer": []},
            Outcome.MALFORMED,
            "'G', which was not shown",
        ),
        ({"sentences": [{"text": "It bends."}] * 25, "answer": []}, Outcome.MALFORMED, "25 sentences"),
    ],
)
def test_what_cannot_be_read_says_why(content: object, outcome: Outcome, reason: str) -> None:
    parsed = read(content)

    assert isinstance(parsed, Unparsed), parsed
    assert parsed.outcome == outcome
    assert reason in parsed.detail


def test_an_empty_answer_is_an_answer() -> None:
    parsed = read({**GOOD, "answer": []})

    assert isinstance(parsed, Parsed)
    assert parsed.concluded == ()


def test_observations_keep_their_slots() -> None:
    content = json.dumps({"observations": [{"candidate": "B", "text": "{{B}} has a soft edge."}, {"text": " "}]})

    assert parsing.observations(content, order=ORDER) == (Observation(slot="A", text="{{A}} has a soft edge."),)


def test_no_observation_at_all_is_malformed() -> None:
    parsed = parsing.observations('{"observations": []}', order=ORDER)

    assert isinstance(parsed, Unparsed)
