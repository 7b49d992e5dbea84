"""A run's plan: the recipe, its smoke settings, the run's own overrides, in this order, and nothing unknown."""

import pytest

from training_bridge.trainer import plan
from training_bridge.trainer.contract.rows import RunRequest
from training_bridge.trainer.errors import BadRecipe


def request(recipe: str = "tiny-cpu", **overrides: dict) -> RunRequest:
    return RunRequest("r-1", recipe, 7, smoke=False, release_name="v1", release_hash="0", overrides=overrides)


def test_smoke_changes_the_recipe_and_overrides_change_both() -> None:
    full, small = plan.of(request(), smoke=False), plan.of(request(), smoke=True)
    assert small.pretrain.steps < full.pretrain.steps
    assert small.shape == full.shape
    chosen = plan.of(request(pretrain={"steps": 3}), smoke=True)
    assert (chosen.pretrain.steps, chosen.pretrain.batch) == (3, small.pretrain.batch)
    assert full.hard.mode == "staged"


def test_an_override_does_not_lengthen_a_smoke_run() -> None:
    recipe = plan.of(request(), smoke=True)
    asked = {"sft": {"steps": 900, "batch": 2, "learning_rate": 0.5}, "evaluate": {"also": ["sft"]}}
    made = plan.of(request(**asked), smoke=True)
    assert (made.sft.steps, made.sft.batch) == (recipe.sft.steps, 2)
    assert (made.sft.learning_rate, made.evaluate.also) == (0.5, ("sft",))


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"sfft": {"steps": 1}}, "no part 'sfft'"),
        ({"sft": {"step": 1}}, "sft has no setting 'step'"),
        ({"sft": {"steps": "many"}}, "sft.steps should be like"),
        ({"sft": {"steps": True}}, "sft.steps should be like"),
        ({"grpo": {"reward": "recall"}}, "no reward 'recall'"),
        ({"hard": {"mode": "sometimes"}}, "no mining mode 'sometimes'"),
        ({"grpo": {"generations": 1}}, "at least 2"),
        ({"shape": {"side": 60}}, "multiple of"),
        ({"wording": {"target": "prose"}}, "wording.target is one of"),
    ],
)
def test_what_a_recipe_does_not_have_is_refused(overrides: dict, sentence: str) -> None:
    with pytest.raises(BadRecipe, match=sentence):
        plan.of(request(**overrides), smoke=False)


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(BadRecipe, match=r"there is internvl3-2b, .*tiny-cpu"):
        plan.of(request(recipe="huge"), smoke=False)
