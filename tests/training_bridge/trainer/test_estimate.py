"""What a plan says it will do is what it does, and its estimates follow from figures that the text names."""

from typing import Any

import pytest
import torch
import transformers
from PIL import Image

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

    few = ROWS | {estimate.REINFORCED: 60}
    assert "| mine | – | 240 rollouts | grpo |" in estimate.text(made, few)
    assert "test 2,000; reinforcement draws from 60." in estimate.text(made, few)


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
    assert estimate.memory_gib(lora) < 24 < estimate.memory_gib(full)
    assert "does NOT fit" in estimate.text(full, ROWS, hardware="rtx4090")


def _qwen25(layers: int, hidden: int, inner: int, heads: int, kept: int, words: int, *, tied: bool) -> dict[str, Any]:
    text = _text(layers, hidden, inner, heads, kept, words)
    vision = {"depth": 32, "hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16, "out_hidden_size": hidden}
    return {"text_config": {**text, "tie_word_embeddings": tied}, "vision_config": vision, "tie_word_embeddings": tied}


def _qwen3(layers: int, hidden: int, inner: int, heads: int) -> dict[str, Any]:
    text = {**_text(layers, hidden, inner, heads, 8, 151936), "head_dim": 128, "tie_word_embeddings": True}
    vision = {"depth": 24, "hidden_size": 1024, "intermediate_size": 4096, "num_heads": 16, "out_hidden_size": hidden}
    return {
        "text_config": text,
        "vision_config": {**vision, "deepstack_visual_indexes": [5, 11, 17]},
        "tie_word_embeddings": True,
    }


def _intern(layers: int, hidden: int, inner: int, heads: int) -> dict[str, Any]:
    text = {"model_type": "qwen2", **_text(layers, hidden, inner, heads, 2, 151674), "tie_word_embeddings": False}
    vision = {
        "hidden_size": 1024,
        "num_hidden_layers": 24,
        "num_attention_heads": 16,
        "intermediate_size": 4096,
        "image_size": [448, 448],
        "patch_size": [14, 14],
        "attention_bias": True,
    }
    return {"text_config": text, "vision_config": vision, "tie_word_embeddings": False}


def _text(layers: int, hidden: int, inner: int, heads: int, kept: int, words: int) -> dict[str, Any]:
    return {
        "num_hidden_layers": layers,
        "hidden_size": hidden,
        "intermediate_size": inner,
        "num_attention_heads": heads,
        "num_key_value_heads": kept,
        "vocab_size": words,
    }


# As the models' config.json says on their hub: the class's name and what makes its size.
PUBLISHED = {
    "Qwen/Qwen2.5-VL-3B": ("Qwen2_5_VL", _qwen25(36, 2048, 11008, 16, 2, 151936, tied=True)),
    "Qwen/Qwen2.5-VL-7B": ("Qwen2_5_VL", _qwen25(28, 3584, 18944, 28, 4, 152064, tied=False)),
    "Qwen/Qwen3-VL-2B": ("Qwen3VL", _qwen3(28, 2048, 6144, 16)),
    "Qwen/Qwen3-VL-4B": ("Qwen3VL", _qwen3(36, 2560, 9728, 32)),
    "OpenGVLab/InternVL3-1B": ("InternVL", _intern(24, 896, 4864, 14)),
    "OpenGVLab/InternVL3-2B": ("InternVL", _intern(28, 1536, 8960, 12)),
}


@pytest.mark.parametrize("source", estimate.SHAPES)
def test_a_shape_is_that_of_the_whole_model(source: str) -> None:
    """Built at full size without memory for its weights, and counted."""
    family, settings = PUBLISHED[source]
    config = getattr(transformers, f"{family}Config")(**settings)
    with torch.device("meta"):
        model = getattr(transformers, f"{family}ForConditionalGeneration")(config)
    shape, text = estimate.SHAPES[source], config.text_config
    assert sum(weight.numel() for weight in model.parameters()) == pytest.approx(shape.parameters, rel=0.005)
    head = getattr(text, "head_dim", None) or text.hidden_size // text.num_attention_heads
    assert shape.cached == 2 * text.num_key_value_heads * head
    assert (shape.layers, shape.hidden, shape.inner) == (
        text.num_hidden_layers,
        text.hidden_size,
        text.intermediate_size,
    )
    seen = settings["vision_config"]
    layers = seen.get("depth") or seen["num_hidden_layers"]
    assert (shape.vision_layers, shape.vision_hidden) == (layers, seen["hidden_size"])
    assert shape.vision_inner == seen["intermediate_size"]


@pytest.mark.parametrize(("patch", "source"), [(14, "Qwen/Qwen2.5-VL-3B"), (16, "Qwen/Qwen3-VL-2B")])
def test_tokens_of_a_picture_are_what_its_processor_makes(patch: int, source: str) -> None:
    """Five pictures of 512 pixels, held to that size as a recipe holds them. InternVL has 256 a tile, by its design."""
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    bounds = {"shortest_edge": 3136, "longest_edge": 512 * 512}
    processor = Qwen2VLImageProcessorPil(patch_size=patch, merge_size=2, size=bounds)
    made = processor([Image.new("RGB", (512, 512))] * estimate.PICTURES, return_tensors="pt")["image_grid_thw"]
    assert [int(grid.prod()) // 4 for grid in made] == [estimate.SHAPES[source].picture] * estimate.PICTURES
