"""What rewards make of the answers in a ledger, on groups worked out by hand."""

from pathlib import Path

import pytest

from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.measure import groups
from training_bridge.trainer.mining.ledger import Ledger, Visit
from training_bridge.trainer.rewards import analysis, dpa


def visit(*picked: str | None, question: str = "q", step: int = 1, rewards: tuple[float, ...] = ()) -> Visit:
    """Answers as letters, "" for none and `None` for one that could not be read."""
    return Visit(
        question=question,
        run="r",
        stage="grpo",
        step=step,
        policy="grpo/0",
        source="rollout",
        rewards=rewards or tuple(0.0 for _ in picked),
        exact=tuple(each == "AB" for each in picked),
        picked=tuple(None if each is None else frozenset(each) for each in picked),
        tokens=tuple(1 for _ in picked),
    )


GOLDS = {"q": (frozenset("AB"), 4)}


def test_the_same_answers_are_dead_under_one_reward_and_alive_under_another() -> None:
    # Of the gold AB: A is half, C is nothing; A with a wrong letter is nothing to who is strict.
    found = groups.rescored([visit("A", "C"), visit("AC", "C"), visit("AB", "AB")], GOLDS)
    assert found["exact"]["seen"] == pytest.approx(1.0)
    assert found["subset_strict"]["seen"] == pytest.approx(2 / 3)
    assert found["right_minus_wrong"]["seen"] == pytest.approx(2 / 3)
    assert found["recall"]["seen"] == pytest.approx(1 / 3)
    assert found["jaccard"]["seen"] == pytest.approx(1 / 3)


def test_an_answer_that_cannot_be_read_earns_nothing() -> None:
    found = groups.rescored([visit(None, "A"), visit(None, "C")], GOLDS)
    assert found["right_minus_wrong"]["seen"] == pytest.approx(0.5)
    # Two wrong and two missing of four: nothing is right by the option either.
    assert groups.options_right([visit(None, "CD")], GOLDS) == pytest.approx(0.0)
    with pytest.raises(BadInput, match="could be read"):
        groups.options_right([visit(None)], GOLDS)


def test_enumeration_is_over_the_gold_sets_that_were_asked() -> None:
    found = groups.rescored([visit("A", "ABC")], GOLDS)
    # Three of four options right in either answer.
    assert found["exact"]["enumerated"] == pytest.approx(
        analysis.dead_share(dpa.VARIANTS["exact"], 0.75, size=2, golds=[frozenset("AB")])
    )
    # All right with 0.75⁴, and both answers alike.
    assert found["exact"]["enumerated"] == pytest.approx(0.75**8 + (1 - 0.75**4) ** 2)


def test_the_course_of_a_run_is_its_first_and_its_last_third(tmp_path: Path) -> None:
    book = Ledger(tmp_path)
    for step, (picked, rewards) in enumerate(
        [("AB", (1.0, 1.0)), ("A", (0.0, 1.0)), ("A", (0.0, 1.0))] * 2 + [("ABCD", (0.5, 0.0))] * 3, start=1
    ):
        book.append([visit(picked, picked, step=step, rewards=rewards)])
    book.close()
    found = groups.course(tmp_path)
    assert found["first"] == {
        "dead": pytest.approx(1 / 3),
        "set_size": pytest.approx(4 / 3),
        "exact": pytest.approx(1 / 3),
    }
    assert (found["last"]["set_size"], found["last"]["dead"]) == (4.0, 0.0)
    assert "| one | 0.333 | 0.000 | 1.333 | 4.000 |" in groups.table({"one": [tmp_path, tmp_path]})
    with pytest.raises(BadInput, match="no rollouts"):
        groups.course(tmp_path / "empty")
