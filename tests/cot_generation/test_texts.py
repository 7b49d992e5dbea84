"""Sentences into a text and back."""

from __future__ import annotations

from cot_generation import texts
from cot_generation.shapes import Sentence


def test_spans_point_at_the_sentences_in_the_text() -> None:
    sentences = [
        Sentence("{{B}} bends."),
        Sentence("{{C}} does not."),
        Sentence("候选 {{D}} 没有阴影。"),
        Sentence("其余正常。"),
    ]

    joined = texts.join(sentences)

    assert joined.text == "{{B}} bends. {{C}} does not. 候选 {{D}} 没有阴影。其余正常。"
    assert [joined.text[start:end] for start, end in joined.spans] == [each.text for each in sentences]


def test_free_text_is_cut_into_sentences_that_know_their_slot() -> None:
    found = texts.cut("The shadow in B is wrong. A and C are fine! 候选D没有问题。", aspect="physical_shadow")

    assert [(each.text, each.slot) for each in found] == [
        ("The shadow in {{B}} is wrong.", "B"),
        ("{{A}} and {{C}} are fine!", None),
        ("候选{{D}}没有问题。", "D"),
    ]


def test_how_much_of_a_text_survived() -> None:
    assert texts.kept_share("one two three four", "one two three four") == 1.0
    assert texts.kept_share("one two three four", "one two five six") == 0.5
    assert texts.kept_share("one two three four", "zero") == 0.0
    assert texts.kept_share("阴影在左侧", "阴影在右侧") == 0.8
