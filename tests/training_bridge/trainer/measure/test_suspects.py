"""The scoring of rules that look for wrong answers."""

import pytest

from training_bridge.trainer.measure import suspects


def test_precision_and_recall_of_what_a_rule_flagged() -> None:
    found = suspects.scored(frozenset("ab"), frozenset("bcd"))
    assert (found["flagged"], found["right"], found["precision"]["value"]) == (2, 1, 0.5)
    assert found["recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert suspects.scored(frozenset(), frozenset("b"))["precision"]["value"] is None


def test_average_precision() -> None:
    assert suspects.average_precision(["a", "b", "c"], frozenset("ac")) == pytest.approx((1 + 2 / 3) / 2)
