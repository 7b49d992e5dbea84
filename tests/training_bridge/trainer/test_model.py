"""The tiny model is built from nothing, offline, the same each time."""

from pathlib import Path

import torch
from PIL import Image
from transformers import AutoModelForImageTextToText, AutoProcessor
from trl.data_utils import prepare_multimodal_messages

from training_bridge.trainer import prompts
from training_bridge.trainer.model import policy, tiny
from training_bridge.trainer.model.shape import Shape

WORDS = prompts.corpus(["physical_shadow", "placement_layout"], ["The {{B}} looks wrong."])
SMALL = Shape(side=32, merge=4, hidden=32, vision_hidden=32, text_layers=1, vision_layers=1)


def test_it_has_one_to_two_million_parameters_in_the_recipes_shape() -> None:
    model, _ = tiny.build(WORDS, Shape(), seed=1)
    assert 1_000_000 <= sum(weight.numel() for weight in model.parameters()) <= 2_000_000


def test_the_same_seed_gives_the_same_weights() -> None:
    one, two, other = (tiny.build(WORDS, SMALL, seed=seed)[0].state_dict() for seed in (1, 1, 2))
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)


def test_any_text_can_be_written_and_the_marks_are_whole_tokens() -> None:
    words = tiny.build(WORDS, SMALL, seed=1)[1].tokenizer
    for text in ("Schatten fehlt — 影子不对 🙂 {{B}}\n", "<think>A ok.</think><answer>none</answer>"):
        assert words.decode(words(text)["input_ids"], skip_special_tokens=True) == text
    assert len(words("<think></think><answer></answer>")["input_ids"]) == 4


def test_five_pictures_go_through_a_saved_and_loaded_model(tmp_path: Path) -> None:
    model, processor = tiny.build(WORDS, SMALL, seed=1)
    model.save_pretrained(tmp_path)
    processor.save_pretrained(tmp_path)
    again, reader = AutoModelForImageTextToText.from_pretrained(tmp_path), AutoProcessor.from_pretrained(tmp_path)
    pictures = [Image.new("RGB", (32, 32), (40 * place, 90, 30)) for place in range(5)]
    prompt = prepare_multimodal_messages(
        [{"role": "user", "content": prompts.content("ABCD", "physical shadow?")}], images=pictures
    )
    inputs = reader.apply_chat_template(
        [prompt], add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )
    image = model.config.image_token_id
    assert int((inputs["input_ids"] == image).sum()) == 5
    with torch.no_grad():
        assert torch.equal(model.eval()(**inputs).logits, again.eval()(**inputs).logits)
    said = again.generate(
        **inputs, max_new_tokens=12, do_sample=True, suppress_tokens=policy.unspeakable(again, reader)
    )
    assert image not in said[0, inputs["input_ids"].shape[1] :].tolist()
