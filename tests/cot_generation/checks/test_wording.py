"""Wording that gives a known answer away, and wording that only looks like it."""

from __future__ import annotations

import pytest

from cot_generation.checks.facts import Facts
from cot_generation.checks.wording import leak
from cot_generation.shapes import CheckOutcome, Sentence


def checked(text: str, *, visible: bool = True) -> CheckOutcome:
    return leak(
        Facts(
            sentences=(Sentence("The rim of {{A}} is one even curve."), Sentence(text)),
            concluded=frozenset("B"),
            slots=("A", "B", "C", "D"),
            aspect="physical_shadow",
            answer=frozenset("B"),
            answer_visible=visible,
        )
    )


LEAKS = [
    "As the given answer states, the shadow in {{B}} is wrong.",
    "Consistent with the provided answer, {{B}} has no shadow.",
    "Since we know the result, {{B}} must have the defect.",
    "According to the answer, only {{B}} is faulty.",
    "Based on the labels, {{B}} bends to the left.",
    "The correct answer is {{B}} because its shadow is missing.",
    "The annotators marked {{B}} as faulty.",
    "Human reviewers judged {{B}} to have a major defect.",
    "The ground truth says {{B}}.",
    "As stated, {{B}} is the one with the wrong shadow.",
    "As we were told, {{B}} has the defect.",
    "We are told that {{B}} is wrong.",
    "{{B}} must be the correct answer here.",
    "This supports the given conclusion about {{B}}.",
    "To justify the stated verdict, look at the foot of {{B}}.",
    "The answer provided names {{B}}.",
    "正如给定的答案所述,{{B}} 的阴影错误。",
    "根据已知答案,{{B}} 有缺陷。",
    "根据标注,{{B}} 的阴影方向错误。",
    "既然我们已经知道 {{B}} 有问题,可以看到阴影缺失。",
    "标注者认为 {{B}} 存在缺陷。",
    "正确答案是 {{B}}。",
    "如题目所给,{{B}} 的轮廓变形。",
]
HARMLESS = [
    "The shadow in {{B}} starts a hand away from the foot of the product.",
    "The light comes from the left, as the original shows.",
    "The outline of {{C}} matches the original.",
    "A given light would throw the shadow to the right, not to the left.",
    "The label on the bottle in {{B}} is mirrored.",
    "The correct direction of the shadow is to the right.",
    "The result is a product that hangs in the air.",
    "Therefore only {{B}} has this defect.",
    "It is known that a glass bends light; here it does not.",
    "The expected shadow is missing in {{B}}.",
    "The marked edge of the table is continued.",
    "The annotated ruler on the ground is bent in {{B}}.",
    "如图所示,{{B}} 的阴影落在左侧。",
    "根据光线方向,{{B}} 的阴影应在右侧。",
    "与原图相比,{{B}} 的轮廓弯曲。",
    "商品的标签在 {{B}} 中变形。",
    "因此只有 {{B}} 存在缺陷。",
]


@pytest.mark.parametrize("text", LEAKS)
def test_a_give_away_is_found_at_its_sentence(text: str) -> None:
    outcome = checked(text)

    assert outcome.passed is False, text
    assert [finding.sentence for finding in outcome.findings] == [1]
    assert outcome.score == 0.5, "one of two sentences"


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_talk_about_the_picture_is_not_a_leak(text: str) -> None:
    assert checked(text).findings == (), text


def test_who_was_not_told_the_answer_cannot_leak_it() -> None:
    assert checked(LEAKS[0], visible=False).passed is None
