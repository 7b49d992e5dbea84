"""What a writing trace says, by hand-worked numbers."""

from __future__ import annotations

import pytest

from cot_generation import purity, texts
from cot_generation.shapes import WritingTrace


def test_pauses_become_percentiles_by_straight_lines_within_a_class() -> None:
    # Ten pauses of 90 to 130 ms: the median lies in the middle of that class, the tenth at a tenth of it.
    found = purity.pace((0, 0, 10))

    assert found is not None
    assert (found.p10, found.p50, found.p90) == pytest.approx((94, 110, 126))


def test_pauses_of_several_classes() -> None:
    # Half below 60 ms, half between 130 and 180: the 90th is four fifths into the upper class.
    found = purity.pace((5, 0, 0, 5))

    assert found is not None
    assert (found.p10, found.p50, found.p90) == pytest.approx((12, 60, 170))


def test_no_key_has_no_pace_and_no_character_no_share() -> None:
    assert purity.pace(()) is None
    assert purity.pasted_share(WritingTrace()) is None
    assert purity.pasted_share(WritingTrace(pasted=3)) == 1.0


def test_an_own_phrase_went_in_and_is_neither_typed_nor_pasted() -> None:
    assert purity.pasted_share(WritingTrace(typed=10, pasted=10, phrased=20, phrases=1)) == 0.25
    assert purity.pasted_share(WritingTrace(phrased=20, phrases=1)) == 0.0


@pytest.mark.parametrize(
    ("before", "after", "distance"),
    [
        ("the shadow is wrong", "the shadow is wrong", 0),
        ("the shadow is wrong", "the shadow is missing", 1),
        ("the shadow is wrong", "the soft shadow wrong", 2),
        ("", "two words", 2),
        ("影子方向错误", "影子方向正确", 2),
        ("影子朝左", "影子朝右边", 2),
    ],
)
def test_edits_are_counted_in_words_and_in_chinese_characters(before: str, after: str, distance: int) -> None:
    assert texts.edit_distance(before, after) == distance
