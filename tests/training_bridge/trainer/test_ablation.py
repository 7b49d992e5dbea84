"""Every arm at equal rollouts from the same start, the table, and going on where it was stopped."""

import json
import shutil
from pathlib import Path

import pytest

from tests.training_bridge.trainer.stages.test_recipe import trainer
from tests.training_bridge.trainer.test_plan import request
from training_bridge.trainer import ablation, plan
from training_bridge.trainer.ablation import ARMS, Design
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import BadRecipe
from training_bridge.trainer.measure import scenes

LITTLE = {
    "shape": {"side": 32, "merge": 4, "hidden": 32, "vision_hidden": 32, "text_layers": 1, "vision_layers": 1},
    "look": {"steps": 2, "batch": 4},
    "pretrain": {"steps": 2, "batch": 4},
    "sft": {"steps": 2, "batch": 4},
    "grpo": {"prompts": 2, "generations": 2, "tokens": 8},
    "mine": {"questions": 4, "generations": 2, "tokens": 8},
    "hard": {"prompts": 2, "generations": 2, "tokens": 8},
    "evaluate": {"tokens": 8},
}
POOL = scenes.Hard(train=30, validation=4, test_easy=4, test_hard=4, share=0.2, scenes=6, flipped=0.2)
DESIGN = Design(starts=1, seeds=2, steps=6, every=2)


@pytest.fixture(scope="module")
def ablated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = scenes.hard_folder(tmp_path_factory.mktemp("pool") / "run", POOL, seed=1, overrides=LITTLE)
    ablation.run(root, DESIGN)
    return root


def test_every_arm_spends_the_same_rollouts(ablated: Path) -> None:
    table = json.loads((ablated / "ablation" / "table.json").read_text())
    # Six steps of two questions with two answers; the mining pass of eight answers costs two steps of its arm.
    assert table["rollouts"] == {"base": 0, "sft": 0, "grpo": 24, "grpo_dpa": 24, "hcm_staged": 24, "hcm_online": 24}
    assert set(table["arms"]) == {"easy", "hard"}
    assert {arm: one["n"] for arm, one in table["arms"]["hard"].items()} == dict.fromkeys(ARMS, 2)
    assert table["differences"]["hard"]["hcm_online"]["pairs"] == 2
    text = (ablated / "ablation" / "table.md").read_text()
    assert "| hcm_staged | 24 | 2 |" in text


def test_questions_that_were_not_asked_are_not_counted_as_wrong(ablated: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(ablated, tmp_path / "run", symlinks=True))
    start = root / "ablation" / "start-0"
    told = (start / "completions.jsonl").read_text().splitlines()
    one = next(line for line in told if json.loads(line)["model"] == "trained")
    (start / "completions.jsonl").write_text(one + "\n")
    alone = ablation.table(root, Design(starts=1, seeds=1, steps=6, every=2, arms=("sft",)))
    (name,) = alone["questions"]
    assert alone["questions"][name] == 1
    assert alone["arms"][name]["sft"]["mean"] in (0.0, 1.0)


def test_a_learning_curve_is_drawn_over_rollouts(ablated: Path) -> None:
    """Validation questions, easy and hard apart; what the mining pass sampled moves its arm's points to the right."""
    curves = json.loads((ablated / "ablation" / "table.json").read_text())["curves"]
    assert set(curves) == {"easy", "hard"}
    assert list(curves["hard"]["hcm_online"]) == ["0", "8", "16", "24"]
    assert list(curves["hard"]["hcm_staged"]) == ["0", "8", "16", "24"]
    assert {point["n"] for point in curves["easy"]["grpo"].values()} == {2}
    assert "| hcm_online |" in (ablated / "ablation" / "table.md").read_text().split("Learning curve")[1]


def test_arms_differ_in_what_they_say_and_in_nothing_else(ablated: Path) -> None:
    def plan_of(arm: str) -> dict:
        return json.loads((ablated / "ablation" / "start-0" / "seed-1" / arm / "plan.json").read_text())

    plain, dpa, online = plan_of("grpo"), plan_of("grpo_dpa"), plan_of("hcm_online")
    assert (plain["grpo"]["reward"], dpa["grpo"]["reward"]) == ("exact", "right_minus_wrong")
    assert {**plain, "grpo": dpa["grpo"]} == dpa
    assert online["hard"]["mode"] == "online"
    assert plain["seed"] == dpa["seed"] == online["seed"]


def test_a_finished_run_is_not_repeated_and_another_design_is_refused(ablated: Path) -> None:
    place = ablated / "ablation" / "start-0" / "seed-0" / "grpo" / "completions.jsonl"
    before = place.stat().st_mtime_ns
    ablation.run(ablated, DESIGN)
    assert place.stat().st_mtime_ns == before
    with pytest.raises(BadRecipe, match="another design"):
        ablation.run(ablated, Design(starts=2, seeds=2, steps=6, every=2))


def test_a_mining_pass_that_eats_all_steps_is_refused(ablated: Path) -> None:
    request = RunFolder(ablated).request()
    made = plan.of(request, smoke=False)
    with pytest.raises(BadRecipe, match="leaves no step"):
        ablation._check(made, Design(steps=2), 320)


def test_a_mining_pass_costs_the_steps_of_what_it_can_ask() -> None:
    """Eight answers a step: the 20 of a small pool are three steps, all 320 that the recipe wants would be forty."""
    made = plan.of(request(grpo={"prompts": 4, "generations": 2}), smoke=False)
    design = Design(steps=12)
    assert ablation._staged(made, design, 20) == (4, 5)
    assert ablation._staged(made, design, 320)[1] < 1
    assert plan.Mine(questions=400).asks(60) == plan.Mine(questions=0).asks(60) == 60


def test_planted_answers_are_scored_by_rule(ablated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hard stage of its own on this pool, then precision and recall of every rule beside chance."""
    assert json.loads((ablated / "planted.json").read_text())
    run = ablated / "ablation" / "start-0" / "seed-0" / "hcm_online"
    (run / "planted.json").write_text((ablated / "planted.json").read_text())
    # The ablation drops checkpoints that nobody goes on from; the loss ranking needs one.
    (run / "checkpoints" / "hard").symlink_to((run / "checkpoints" / "sft").resolve())
    capsys.readouterr()
    assert trainer("suspects", run) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["planted"] == len(json.loads((run / "planted.json").read_text()))
    assert {"people, 3", "loss, 1", "both, 2", "unconfirmed, 3", "never right", "loss, top n"} <= set(found["rules"])
    assert found["rules"]["loss, top n"]["flagged"] == found["planted"]
    assert found["rules"]["loss, top n"]["loss"]["flagged"] == found["planted"]
    before = tmp_path / "before.json"
    before.write_text(json.dumps(found))
    assert trainer("suspects", run, "--high", "1", "--beside", before) == 0
    both = json.loads(capsys.readouterr().out)
    assert both["runs"] == 2
    assert both["rules"]["never right"]["recall"]["mean"] == found["rules"]["never right"]["recall"]
    # Where every loss counts as high, it confirms everything.
    assert both["rules"]["loss at 1, 1"]["flagged"] == found["rules"]["unconfirmed, 1"]["flagged"]


def test_an_arm_of_another_reward_differs_from_the_recipe_in_that_alone() -> None:
    made = plan.of(request(), smoke=False)
    design = Design(steps=6)
    stages, parts = ablation._changes(made, design, "reward-subset_strict", 0)
    assert (stages, parts) == (("grpo",), {"grpo": {"steps": 6, "mode": "off", "reward": "subset_strict"}})
    _, parts = ablation._changes(made, design, "dynamic-group", 0)
    assert parts == {"grpo": {"steps": 6, "mode": "off"}, "rewards": {"dynamic": "group"}}
    _, parts = ablation._changes(made, design, "dynamic-aspect", 0)
    assert parts["grpo"]["scale"] == "none"
    ablation._check(made, Design(arms=ablation.OF_REWARDS), 0)
    with pytest.raises(BadRecipe, match="no arm reward-recall; there is base"):
        ablation._check(made, Design(arms=("reward-recall",)), 0)
