"""Measuring runs and tells what it promises; what the figures are depends on the machine."""

import json

import pytest
import torch

from tests.training_bridge.trainer.stages.test_recipe import trainer


def test_a_short_training_tells_speed_overhead_and_where_the_time_went(capsys: pytest.CaptureFixture[str]) -> None:
    assert trainer("gpu-check", "--cpu", "--steps", 1, "--blocks", 1) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["device"] == "CPU"
    assert found["tokens_per_s"] > 0
    assert set(found["share_of_time"]) == {"generation", "reward", "mining", "update"}
    assert sum(found["share_of_time"].values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_without_a_gpu_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert trainer("gpu-check") == 1
    assert "No GPU is visible to torch" in capsys.readouterr().err


def test_the_cost_of_mining_is_told_block_by_block(capsys: pytest.CaptureFixture[str]) -> None:
    assert trainer("overhead", "--questions", 8, "--steps", 1, "--blocks", 2) == 0
    shown = capsys.readouterr()
    assert [line.split(",")[0] for line in shown.err.splitlines() if line.startswith("block")] == [
        "block 1 of 2",
        "block 2 of 2",
    ]
    found = json.loads(shown.out)
    assert found["wall_share_low"] <= found["wall_share"] <= found["wall_share_high"]
    assert found["ours_wall_s"] > 0
