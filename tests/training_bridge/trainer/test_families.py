"""Random models of every family that recipes train, with five pictures a prompt, through SFT, GRPO and mining.

Idefics3 runs always. Qwen2.5-VL and InternVL need a torchvision that loads; without one the test says so.
"""

import json
from pathlib import Path

import pytest

from tests.training_bridge.trainer.stages.test_recipe import events, trainer
from training_bridge.trainer import plan, prompts
from training_bridge.trainer.contract.folder import Segments
from training_bridge.trainer.measure import scenes
from training_bridge.trainer.model import families, policy

SMALL = {
    "idefics3": families.Size(hidden=32, vision_hidden=32, side=32, patch=8, merge=2),
    "qwen2_5_vl": families.Size(),
    "internvl": families.Size(),
}
LITTLE = {
    "stages": ["sft", "grpo", "mine", "hard", "evaluate"],
    "wording": {"prompt": "full", "target": "text"},
    "sft": {"steps": 2, "batch": 4, "accumulation": 2, "longest": 400},
    "grpo": {"steps": 2, "prompts": 2, "generations": 2, "tokens": 8},
    "mine": {"questions": 4, "generations": 2, "tokens": 8},
    "hard": {"steps": 2, "prompts": 2, "generations": 2, "tokens": 8, "mode": "online", "refill": 1},
    "evaluate": {"validation": 4, "test": 4, "tokens": 8},
    "guard": {"questions": 2, "every": 1},
}


def saved(family: str, folder: Path) -> Path:
    if reason := families.unavailable(family):
        pytest.skip(reason)
    model, processor = families.build(family, prompts.corpus(scenes.ASPECTS, []), SMALL[family], seed=1)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


@pytest.mark.parametrize("family", families.FAMILIES)
@pytest.mark.parametrize("rank", [0, 4], ids=["all weights", "LoRA"])
def test_a_model_from_a_folder_goes_through_every_stage(family: str, rank: int, tmp_path: Path) -> None:
    if rank and family != "idefics3":
        pytest.skip("LoRA is tried on one family; the adapter does not know which it is on")
    source = saved(family, tmp_path / "model")
    model = {"source": str(source), "picture": 56, "rank": rank}
    root = scenes.run_folder(tmp_path / "run", samples=20, scenes=1, overrides={**LITTLE, "model": model})
    assert trainer("recipe", root) == 0
    assert [event["stage"] for event in events(root, "stage_end")] == LITTLE["stages"]
    lines = [json.loads(line) for file in Segments.files(root, "ledger") for line in file.open()]
    assert {line["stage"] for line in lines} == {"grpo", "mine", "hard"}
    assert (root / "checkpoints" / "hard" / "model.safetensors").exists()
    assert not (root / "checkpoints" / "hard" / "adapter_config.json").exists()


@pytest.mark.parametrize("family", families.FAMILIES)
def test_marks_of_pictures_cannot_be_sampled(family: str, tmp_path: Path) -> None:
    folder = saved(family, tmp_path / "model")
    model, processor = policy.load(plan.Model(source=str(folder), picture=56))
    silent = policy.unspeakable(model, processor)
    assert model.config.image_token_id in silent
    assert processor.tokenizer.eos_token_id not in silent


def test_a_model_that_is_not_here_says_where_it_should_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overrides = {**LITTLE, "model": {"source": "Qwen/Qwen2.5-VL-3B-Instruct"}}
    root = scenes.run_folder(tmp_path / "run", samples=10, scenes=1, overrides=overrides)
    assert trainer("sft", root) == 1
    said = capsys.readouterr().err
    assert "Qwen/Qwen2.5-VL-3B-Instruct could not be loaded" in said
    assert "TRAINER_MODELS" in said


def test_a_checkpoint_of_another_architecture_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = saved("idefics3", tmp_path / "model")
    overrides = {**LITTLE, "model": {"source": str(source), "picture": 32}}
    root = scenes.run_folder(tmp_path / "run", samples=10, scenes=1, overrides=overrides)
    (root / "checkpoints" / "sft").mkdir(parents=True)
    (root / "checkpoints" / "sft" / "config.json").write_text('{"model_type": "qwen2_5_vl"}')
    assert trainer("grpo", root) == 1
    assert "checkpoint of stage sft is a qwen2_5_vl, the recipe trains a idefics3" in capsys.readouterr().err
