"""Ways of rationales beside each other: who writes what for a drawn pool, which arms there are, a little run of all."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.training_bridge.trainer.stages.test_recipe import trainer
from tests.training_bridge.trainer.test_ablation import LITTLE
from training_bridge.trainer import ways
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.rows import QuestionRow, RationaleRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.measure import scenes

POOL = scenes.Hard(train=4, explained=60, validation=4, test_easy=4, test_hard=4, share=0.5, scenes=6, ways=True)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    overrides = {**scenes.OF_WAYS, **LITTLE}
    return scenes.hard_folder(tmp_path_factory.mktemp("pool") / "run", POOL, seed=1, overrides=overrides)


@pytest.fixture(scope="module")
def train(pool: Path) -> list[QuestionRow]:
    return rows.release_rows(pool / "release", "train")


def by_way(train: list[QuestionRow], way: str) -> list[tuple[QuestionRow, RationaleRow]]:
    return [(row, one) for row in train for one in row.rationales if one.way == way]


def test_a_blind_writer_keeps_what_agrees_and_leaves_out_what_is_hard(train: list[QuestionRow]) -> None:
    manual, automated, driven = (by_way(train, way) for way in ("manual", "automated", "answer_driven"))
    assert len(manual) == len(driven) == 60
    assert 20 < len(automated) < 50  # half of the questions are hard for it
    floating = [sum("floats" in one.text for _, one in found) / len(found) for found in (manual, automated)]
    assert floating[1] < floating[0] / 2
    assert all(one.concluded == row.answer for row, one in manual + automated + driven)


def test_who_is_told_the_answer_guesses_the_reason_it_did_not_see(train: list[QuestionRow]) -> None:
    right = {row.question: one.text for row, one in by_way(train, "manual")}
    assert any(one.text != right[row.question] for row, one in by_way(train, "answer_driven"))
    assert all(one.text == right[row.question] for row, one in by_way(train, "automated"))


def test_calls_whose_answers_were_not_kept_are_paid_for_by_those_that_were(train: list[QuestionRow]) -> None:
    kept = by_way(train, "automated")
    assert sum((one.usd for _, one in kept), Decimal(0)) > Decimal("0.004") * len(kept) * Decimal("1.5")


def test_arms_have_the_count_of_the_rarest_way_and_the_money_of_the_cheapest(train: list[QuestionRow]) -> None:
    asked = ways.settings(train, wage=15.0)
    rarest = len(by_way(train, "automated"))
    assert [name for name in asked if name.startswith("count/")] == [
        "count/rule",
        "count/answer_driven",
        "count/automated",
        "count/manual",
    ]
    assert {asked[name]["most"] for name in asked if name.startswith("count/")} == {rarest}
    spent = {way: sum(one.usd for _, one in by_way(train, way)) for way in ("automated", "answer_driven")}
    assert asked["money/manual"]["money"] == pytest.approx(float(min(spent.values())))


def test_one_way_alone_is_refused(train: list[QuestionRow]) -> None:
    with pytest.raises(BadInput, match="at least two"):
        ways.settings([row for row in train if not row.rationales], wage=15.0)


def test_every_arm_runs_once_and_the_table_pairs_them(pool: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert trainer("ways", pool, "--seeds", "1") == 0
    table = json.loads((pool / "ways" / "table.json").read_text())
    assert table["told"]["count/rule"] == table["told"]["count/manual"] > table["told"]["money/manual"]
    assert {found["n"] for found in table["arms"]["hard"].values()} == {1}
    assert "count/answer_driven − count/automated" in table["differences"]["easy"]
    assert "| money/manual |" in (pool / "ways" / "table.md").read_text()
    before = (pool / "ways" / "seed-0" / "count-rule" / "completions.jsonl").stat().st_mtime_ns
    assert trainer("ways", pool, "--seeds", "1") == 0
    assert (pool / "ways" / "seed-0" / "count-rule" / "completions.jsonl").stat().st_mtime_ns == before
