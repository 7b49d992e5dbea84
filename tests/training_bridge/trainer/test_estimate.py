"""What a plan says it will do is what it does, and its estimates follow from figures that the text names."""

import pytest

from tests.training_bridge.trainer.test_plan import request
from training_bridge.trainer import estimate, plan

ROWS = {"train": 10_000, "validation": 1_000, "test": 2_000}


def test_counts_are_exact() -> None:
    made = plan.of(
        request(
            grpo={"steps": 10, "prompts": 4, "generations": 8},
            mine={"questions": 100, "generations": 4},
            hard={"steps": 5, "prompts": 4, "generations": 8},
        ),
        smoke=False,
    )
    assert estimate.rollouts(made, ROWS) == 320 + 400 + 160
    text = estimate.text(made, ROWS)
    assert "train 10,000, validation 1,000, test 2,000" in text
    assert "| grpo | 10 | 320 rollouts, off, right_minus_wrong | sft |" in text
    assert "| mine | – | 400 rollouts | grpo |" in text
    assert "Rollouts in all: 880" in text


def test_answers_that_several_passes_share_are_counted_once() -> None:
    stage = plan.Rollouts(steps=12, prompts=8, generations=4, accumulation=2, steps_per_generation=4, iterations=3)
    # 24 passes; answers are sampled every 12; a batch holds 16 questions.
    assert (stage.batches, stage.questions, stage.rollouts) == (2, 16, 128)


@pytest.mark.parametrize("recipe", [name for name in plan.recipes() if name != "tiny-cpu"])
def test_every_recipe_of_a_large_model_says_hours_and_memory(recipe: str) -> None:
    text = estimate.text(plan.of(request(recipe), smoke=False), ROWS, hardware="a100", cards=4)
    assert "Estimated on 4 × a100" in text
    assert "| sft | 2000 | 64,000 rows |" in text


def test_lora_needs_less_than_full_training_and_too_much_is_said() -> None:
    lora, full = (plan.of(request(name), smoke=False) for name in ("qwen2.5-vl-3b", "qwen2.5-vl-3b-full"))
    parameters, tokens = estimate.size_of(full)
    assert tokens == 324
    assert estimate.memory_gib(lora, parameters) < 24 < estimate.memory_gib(full, parameters)
    assert "does NOT fit" in estimate.text(full, ROWS, hardware="rtx4090")
