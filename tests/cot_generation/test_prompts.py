"""What a model is told, and what it must not be told."""

from __future__ import annotations

import pytest

from config.base.errors import InvalidInput
from cot_generation.choices import ReplyFormat, Stage, Way
from cot_generation.prompts import defaults, rendering
from cot_generation.prompts.rendering import OfferedRegion, Question
from cot_generation.services.prompts import check_steps
from cot_generation.shapes import Observation, PromptStep

QUESTION = Question(
    aspect_key="physical_shadow",
    aspect_name="Physical shadow",
    description="Does the shadow fit the light?",
    order="CADB",
    answer=("B",),
    severities={"A": "none", "B": "major"},
    regions=(OfferedRegion("r1", "B", (0.1, 0.2, 0.3, 0.4)),),
    observations=(Observation("B", "{{B}} has a soft edge."),),
)


@pytest.mark.parametrize("each", defaults.DEFAULTS, ids=lambda each: f"{each.way}-{each.locale}")
def test_every_default_can_be_saved_and_filled(each: defaults.Default) -> None:
    check_steps(each.steps, way=each.way, stage=each.stage)

    for step in each.steps:
        text = rendering.text_of(step, QUESTION, locale=each.locale)
        assert "$" not in text
        assert "Physical shadow" in text


def test_slots_are_named_by_the_letters_that_are_shown() -> None:
    step = PromptStep("explain", "", "$verdicts | $answer | $observations | $regions")

    text = rendering.text_of(step, QUESTION, locale="en")

    # Slot B is shown as letter D, slot A as letter B.
    assert text.startswith("{{B}} no defect; {{D}} a major defect | {{D}} | - {{D}} {{D}} has a soft edge. | ")
    assert "r1 in {{D}}: 0.10, 0.20, 0.30, 0.40" in text


@pytest.mark.parametrize(
    ("way", "stage", "steps", "reason"),
    [
        (Way.AUTOMATED, Stage.PLAIN, (PromptStep("explain", "", "Say $answer"),), "must not be told the answer"),
        (
            Way.ANSWER_DRIVEN,
            Stage.SKELETON_FIRST,
            (PromptStep("observe", "", "See $verdicts"), PromptStep("explain", "", "Say $answer")),
            "The step observe must not be told",
        ),
        (Way.AUTOMATED, Stage.PLAIN, (PromptStep("explain", "", "Say $nothing"),), "Nothing will fill $nothing"),
        (Way.AUTOMATED, Stage.PLAIN, (PromptStep("explain", "", "It costs $5"),), "Nothing will fill $"),
        (Way.AUTOMATED, Stage.PLAIN, (PromptStep("explain", "", "  "),), "has no text"),
        (Way.AUTOMATED, Stage.PLAIN, (PromptStep("observe", "", "x"),), "has the steps explain"),
        (Way.MANUAL, Stage.PLAIN, (PromptStep("explain", "", "x"),), "no prompts for manual"),
    ],
)
def test_a_prompt_that_would_tell_or_break_is_refused(
    way: Way, stage: Stage, steps: tuple[PromptStep, ...], reason: str
) -> None:
    with pytest.raises(InvalidInput, match=reason.replace("$", r"\$")):
        check_steps(steps, way=way, stage=stage)


def test_the_reply_may_only_name_letters_that_were_shown() -> None:
    step = PromptStep("explain", "", "x")

    wanted = rendering.response_format(ReplyFormat.JSON_SCHEMA, step, "CA")

    assert wanted is not None
    schema = wanted["json_schema"]["schema"]
    assert schema["properties"]["answer"]["items"]["enum"] == ["A", "B"]
    assert rendering.response_format(ReplyFormat.TEXT, step, "CA") is None
