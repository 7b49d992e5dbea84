"""The scoring of rules that look for wrong answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.measure import suspects


def test_precision_and_recall_of_what_a_rule_flagged() -> None:
    found = suspects.scored(frozenset("ab"), frozenset("bcd"))
    assert (found["flagged"], found["right"], found["precision"]["value"]) == (2, 1, 0.5)
    assert found["recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert suspects.scored(frozenset(), frozenset("b"))["precision"]["value"] is None


def test_average_precision() -> None:
    assert suspects.average_precision(["a", "b", "c"], frozenset("ac")) == pytest.approx((1 + 2 / 3) / 2)


def test_runs_are_compared_one_by_one_and_one_that_flags_nothing_has_no_precision() -> None:
    """Two runs flag 4 and 0 of 10 planted in 100; the loss ranking cut to 4 has 1 right."""
    found = suspects.together([run(flagged=4, right=3, by_loss=1), run(flagged=0, right=0, by_loss=0)])
    rule = found["rules"]["people, 3"]
    assert (found["runs"], rule["flagged"]) == (2, 2.0)
    assert (rule["recall"]["mean"], rule["recall_against_loss"]["pairs"]) == (0.15, 2)
    assert (rule["precision"]["n"], rule["precision"]["mean"]) == (1, 0.75)
    assert rule["against_loss"]["difference"] == 0.5
    assert rule["against_random"]["difference"] == 0.65
    assert [one["rules"]["people, 3"]["right"] for one in found["reports"]] == [3, 0]


def test_a_rule_that_only_some_runs_were_asked_about_is_told_of_those() -> None:
    older, newer = run(flagged=4, right=3, by_loss=1), run(flagged=4, right=3, by_loss=1)
    newer["rules"]["loss at 0.03, 1"] = newer["rules"]["people, 3"]
    found = suspects.together([older, newer])["rules"]
    assert (found["people, 3"]["recall"]["n"], found["loss at 0.03, 1"]["recall"]["n"]) == (2, 1)


def test_earlier_runs_join_from_what_was_printed(tmp_path: Path) -> None:
    file = tmp_path / "before.json"
    one, other = run(flagged=4, right=3, by_loss=1), run(flagged=2, right=1, by_loss=1)
    file.write_text(json.dumps(suspects.together([one, other])))
    assert suspects.recorded(file) == [one, other]
    file.write_text(json.dumps(one))
    assert suspects.recorded(file) == [one]
    file.write_text("[]")
    with pytest.raises(BadInput, match="not what `trainer suspects` printed"):
        suspects.recorded(file)


def run(*, flagged: int, right: int, by_loss: int) -> dict[str, Any]:
    planted = frozenset(map(str, range(10)))

    def names(hits: int) -> frozenset[str]:
        return frozenset([*map(str, range(hits)), *(f"clean {place}" for place in range(flagged - hits))])

    rule = {**suspects.scored(names(right), planted), "loss": suspects.scored(names(by_loss), planted)}
    return {"random_precision": 0.1, "rules": {"people, 3": rule}}
