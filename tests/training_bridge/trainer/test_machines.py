"""The launches that the guide names are understood by the launchers, and vLLM's settings by TRL."""

import os
import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from accelerate.commands.launch import launch_command_parser
from accelerate.utils import FullyShardedDataParallelPlugin
from accelerate.utils.launch import prepare_multi_gpu_env
from torch.distributed.run import parse_args
from trl import GRPOConfig

from training_bridge.trainer import plan
from training_bridge.trainer.model import policy

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "training.md"


def commands(beginning: str) -> list[list[str]]:
    """What stands in the guide as code and begins so, in words without those."""
    found = re.findall(rf"`{beginning} ([^`]+)`", GUIDE.read_text(encoding="utf-8"))
    return [shlex.split(words) for words in found]


def test_torchrun_understands_how_several_processes_are_started() -> None:
    (words,) = commands("torchrun")
    asked = parse_args(words)
    assert (asked.nproc_per_node, asked.training_script) == ("4", "training_bridge.trainer")
    assert asked.module
    assert asked.training_script_args == ["recipe", "FOLDER"]


def test_accelerate_understands_how_a_model_is_trained_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    copies, parts = map(launch_command_parser().parse_args, commands("accelerate launch"))
    assert (copies.num_processes, copies.use_fsdp) == (4, False)
    assert parts.use_fsdp
    for asked in (copies, parts):
        assert asked.module
        assert (asked.training_script, asked.training_script_args) == ("training_bridge.trainer", ["recipe", "FOLDER"])
    # What accelerate fills in by itself where it finds cards.
    for name, value in {
        "multi_gpu": True,
        "num_machines": 1,
        "mixed_precision": "bf16",
        "dynamo_backend": "no",
    }.items():
        setattr(parts, name, value)
    for name, value in prepare_multi_gpu_env(parts).items():
        if name.startswith(("FSDP", "ACCELERATE")):
            monkeypatch.setenv(name, value)
    assert os.environ["ACCELERATE_USE_FSDP"] == "true"
    plugin = FullyShardedDataParallelPlugin()
    assert (plugin.fsdp_version, plugin.reshard_after_forward) == (2, True)
    assert plugin.auto_wrap_policy is not None


@pytest.mark.parametrize("rollouts", ["colocate", "server"])
def test_trl_understands_where_vllm_samples(rollouts: str, tmp_path: Path) -> None:
    words: Any = SimpleNamespace(
        eos_token_id=1,
        pad_token_id=0,
        added_tokens_decoder={5: SimpleNamespace(special=True), 6: SimpleNamespace(special=False)},
    )
    model = SimpleNamespace(
        config=SimpleNamespace(image_token_id=7), generation_config=SimpleNamespace(eos_token_id=[1, 2])
    )
    settings = plan.Model(source="m", rollouts=rollouts, vllm_memory=0.4, vllm_server="http://gpu-2:8000")
    asked = policy.generation(settings, model, SimpleNamespace(tokenizer=words))
    found = GRPOConfig(
        output_dir=str(tmp_path),
        use_cpu=True,
        bf16=False,
        per_device_train_batch_size=4,
        num_generations=4,
        **asked,
    )
    assert (found.use_vllm, found.vllm_mode) == (True, rollouts)
    assert found.generation_kwargs == {"logit_bias": {5: -100.0, 7: -100.0}}
    if rollouts == "colocate":
        assert found.vllm_gpu_memory_utilization == 0.4
    else:
        assert found.vllm_server_base_url == "http://gpu-2:8000"
