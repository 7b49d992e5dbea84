"""Ways of rationales at equal count and at equal money."""

from decimal import Decimal

import pytest

from training_bridge.trainer.contract.reading import Reader
from training_bridge.trainer.contract.rows import QuestionRow, question_row
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.measure import scenes
from training_bridge.trainer.plan import Sft
from training_bridge.trainer.stages import telling

WAYS = ("manual", "automated", "answer_driven")
PRICES = {"manual": ("0", 60_000), "automated": ("0.002", 0), "answer_driven": ("0.004", 0)}


def rows(count: int = 20) -> list[QuestionRow]:
    made = []
    for number in range(count):
        row = scenes.question(f"s-{number}", "train", "physical_shadow", "o.png", dict.fromkeys("ABCD", "a.png"), {})
        row["rationales"] = []
        for way in WAYS:
            usd, active_ms = PRICES[way]
            cost = {"usd": usd, "active_ms": active_ms}
            row["rationales"].append(
                {**scenes.rationale(row, number), "id": f"{way}-{number}", "way": way, "cost": cost}
            )
        made.append(question_row(Reader(row, "row")))
    return made


def told(settings: Sft, seed: int = 1) -> list[str]:
    by_id = {row.question: row for row in rows()}
    return [
        by_id[entry["question"]].rationales[entry["rationale"]].id
        for entry in telling.chosen(by_id.values(), settings, seed=seed)
    ]


def test_all_of_them_or_some_ways() -> None:
    assert len(told(Sft())) == 60
    assert {name.split("-")[0] for name in told(Sft(ways=("manual", "automated")))} == {"manual", "automated"}


@pytest.mark.parametrize("way", WAYS)
def test_an_equal_count_is_the_same_draw_in_every_run(way: str) -> None:
    seven = told(Sft(ways=(way,), most=7))
    assert len(seven) == 7
    assert set(told(Sft(ways=(way,), most=5))) < set(seven)
    assert set(told(Sft(ways=(way,), most=7), seed=2)) != set(seven)


@pytest.mark.parametrize(("way", "count"), [("manual", 2), ("automated", 20), ("answer_driven", 12)])
def test_equal_money_buys_more_of_what_is_cheap(way: str, count: int) -> None:
    """Five cents: a minute of a person's time at 1.5 dollars an hour is two and a half cents."""
    assert len(told(Sft(ways=(way,), money=0.05, wage=1.5))) == count


def test_rule_made_targets_are_a_way_that_costs_nothing() -> None:
    entries = telling.chosen(rows(), Sft(ways=(telling.RULE,), most=7, money=0.001), seed=1)
    assert len(entries) == 7
    assert {entry["rationale"] for entry in entries} == {-1}


def test_a_price_is_calls_and_time() -> None:
    one = rows(1)[0].rationales[0]
    assert telling.price(one, 15.0) == Decimal("0.25")


def test_a_price_that_is_none_is_refused() -> None:
    row = scenes.question("s-1", "train", "physical_shadow", "o.png", {"A": "a.png"}, {})
    row["rationales"] = [{**scenes.rationale(row, 1), "cost": {"usd": "cheap"}}]
    with pytest.raises(BadInput, match="amount of money"):
        question_row(Reader(row, "row"))
