"""The small terms: agreement of a rationale with its answer, boxes against marked ones, length."""

import pytest

from training_bridge.trainer.rewards import terms


@pytest.mark.parametrize(
    ("think", "answered", "worth"),
    [
        ("A shadow. B ok. C ok. D shadow layout.", "AD", 1.0),
        ("A shadow. B ok. C ok. D ok.", "AD", 0.0),
        ("A ok. B ok.", "", 1.0),
        ("Everything looks fine to me", "", None),
        ("A shadow.", None, None),
        ("A looks fine. B looks bent.", "B", None),
        ("I think A shadow.", "A", None),
    ],
)
def test_a_rationale_agrees_with_its_answer_or_not_or_says_nothing(
    think: str, answered: str | None, worth: float | None
) -> None:
    letters = None if answered is None else frozenset(answered)
    assert terms.consistency(think, letters, {"shadow", "layout"}, "ok") == worth


def test_boxes_are_read_behind_their_letter() -> None:
    assert terms.boxes("In B the shadow [100, 200, 300, 400] floats. C ok. D is bent [0,0,10,10].") == {
        "B": [(0.1, 0.2, 0.3, 0.4)],
        "D": [(0.0, 0.0, 0.01, 0.01)],
    }


def test_grounding_is_the_best_overlap_with_each_marked_box_and_stray_boxes_cost() -> None:
    marked = {"B": [(0.0, 0.0, 0.2, 0.2)]}
    assert terms.grounding({"B": [(0.0, 0.0, 0.2, 0.2)]}, marked) == pytest.approx(1.0)
    # Half of each: 0.02 shared of 0.06 covered.
    assert terms.grounding({"B": [(0.1, 0.0, 0.2, 0.2)]}, marked) == pytest.approx(1 / 3)
    assert terms.grounding({}, marked) == 0.0
    assert terms.grounding({"B": [(0.0, 0.0, 0.2, 0.2)], "C": [(0, 0, 1, 1)]}, marked) == pytest.approx(1 / 2)
    assert terms.grounding({"B": [(0, 0, 1, 1)]}, {}) is None


def test_length_is_a_band() -> None:
    assert [terms.length(n, shortest=16, longest=64) for n in (8, 12, 16, 64, 96, 128, 500)] == [
        0.0,
        0.5,
        1.0,
        1.0,
        0.5,
        0.0,
        0.0,
    ]
