"""Two processes train one model together: the same questions on both, every visit told once, one of them speaking.

And when one of them is killed, the run goes on to the same weights. Dead groups are replaced between them.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from tests.training_bridge.trainer.stages.test_recipe import events, status, trainer
from tests.training_bridge.trainer.stages.test_resume import BASE, left, until
from training_bridge.trainer.contract.folder import Segments
from training_bridge.trainer.measure import scenes

TOGETHER = {
    **BASE,
    "sft": {"steps": 60, "batch": 16, "learning_rate": 0.005, "save_every": 1000},
    # Three questions with four answers on two processes: one group lies on both of them.
    "hard": {
        "steps": 6,
        "prompts": 3,
        "generations": 4,
        "tokens": 24,
        "mode": "online",
        "exploration": 0.0,
        "refill": 2,
        "reward": "per_option",
        "save_every": 4,
    },
    "mine": {"questions": 7, "generations": 4, "tokens": 24, "batch": 2},
    "evaluate": {"validation": 3, "test": 5, "tokens": 24, "batch": 2, "also": []},
}


IN_PARTS = "tests.training_bridge.trainer.stages.in_parts"
# What accelerate makes of --use_fsdp --fsdp_version 2 --fsdp_auto_wrap_policy TRANSFORMER_BASED_WRAP.
FSDP = {
    "ACCELERATE_USE_FSDP": "true",
    "FSDP_VERSION": "2",
    "FSDP_AUTO_WRAP_POLICY": "TRANSFORMER_BASED_WRAP",
    "FSDP_RESHARD_AFTER_FORWARD": "true",
    "FSDP_STATE_DICT_TYPE": "SHARDED_STATE_DICT",
}


def launched(*words: str, **more: str) -> str:
    """Two processes by torchrun; what they printed. `more`: further environment."""
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2", "--no-python"]
    env = {**os.environ, **more}
    command = [sys.executable, *launcher, sys.executable, *words]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    told = [line for line in ran.stderr.splitlines() if "Loading weights" not in line and "Writing model" not in line]
    assert ran.returncode == 0, "\n".join(told)[-12_000:]
    return ran.stdout


def alone(root: Path, *, rank: int, port: int) -> subprocess.Popen[bytes]:
    """One of two processes, started as a launcher starts it."""
    here = {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2"}
    meet = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    command = [sys.executable, "-m", "training_bridge.trainer", "--threads", "1", "hard", str(root)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env={**os.environ, **here, **meet}, stdout=quiet, stderr=quiet)


def both(root: Path) -> list[subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return [alone(root, rank=rank, port=port) for rank in range(2)]


def ledger(root: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in Segments.files(root, "ledger") for line in file.open()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that two processes did together by torchrun, after the stages that teach a tiny model to see."""
    root = scenes.run_folder(tmp_path_factory.mktemp("whole") / "run", samples=20, scenes=8, overrides=TOGETHER)
    for stage in ("look", "pretrain"):
        assert trainer(stage, root) == 0
    launched("-m", "training_bridge.trainer", "--threads", "1", "recipe", str(root), "--resume")
    return root


def test_two_processes_ask_the_same_questions_and_tell_every_visit_once(whole: Path) -> None:
    assert status(whole)["state"] == "done"
    stages = ["look", "pretrain", "sft", "grpo", "mine", "hard", "evaluate"]
    assert [event["stage"] for event in events(whole, "stage_end")] == stages
    mined = [line["question"] for line in ledger(whole) if line["stage"] == "mine"]
    assert len(mined) == len(set(mined)) == 7
    visits = [line for line in ledger(whole) if line["stage"] == "hard"]
    assert {line["n"] for line in visits} == {4}
    order = [json.loads(line)["question"] for line in (whole / "mining" / "order.jsonl").open()]
    asked = [[line["question"] for line in visits if line["step"] == step] for step in range(1, 7)]
    # What was drawn comes first in every step, replacements of dead groups after it.
    assert [question for step in asked for question in step[:3]] == order
    steps = [event for event in events(whole, "step") if event["stage"] == "hard"]
    assert steps[-1]["rollouts"] == 4 * len(visits)


def test_dead_groups_are_replaced_by_other_questions_on_both(whole: Path) -> None:
    visits = [line for line in ledger(whole) if line["stage"] == "hard"]
    for step in range(1, 7):
        drawn, more = visits_of(visits, step)[:3], visits_of(visits, step)[3:]
        assert bool(more) == any(line["dead"] for line in drawn)
        assert not {line["question"] for line in drawn} & {line["question"] for line in more}
        # A step tells of all that was asked in it.
        told = next(each for each in events(whole, "step") if (each["stage"], each["step"]) == ("hard", step))
        asked = drawn + more
        assert told["dead_share"] == pytest.approx(sum(line["dead"] for line in asked) / len(asked), abs=1e-4)
    # Some are alive, so that rows were really exchanged, between processes too.
    assert any(not line["dead"] for step in range(1, 7) for line in visits_of(visits, step)[3:])


def visits_of(visits: list[dict[str, Any]], step: int) -> list[dict[str, Any]]:
    return [line for line in visits if line["step"] == step]


def test_every_test_question_is_answered_once_by_either(whole: Path) -> None:
    told = [json.loads(line)["question"] for line in (whole / "completions.jsonl").open()]
    assert len(told) == len(set(told)) == 5
    assert [event["stage"] for event in events(whole, "evaluation")] == ["sft", "grpo", "hard", "evaluate"]
    losses = [json.loads(line).get("loss") for line in (whole / "mining" / "questions.jsonl").open()]
    assert all(loss is not None and loss > 0 for loss in losses)


def test_a_run_one_of_whose_processes_is_killed_goes_on_to_the_same_weights(whole: Path, tmp_path: Path) -> None:
    root = before_hard(whole, tmp_path / "run")
    first, second = both(root)
    until((root / "checkpoints" / "hard.steps" / "checkpoint-4" / "saved-whole.json").exists, first)
    second.kill()
    # The other cannot go on alone, and does not wait for ever.
    assert first.wait(60) != 0
    assert second.wait(60) != 0
    assert not (root / "checkpoints" / "hard").exists()

    assert [process.wait(120) for process in both(root)] == [0, 0]

    assert left(root) == left(whole)
    assert len(set(left(whole)["losses"].values())) > 2


def before_hard(whole: Path, to: Path) -> Path:
    """The same folder as it was when the stage `hard` began."""
    shutil.copytree(whole, to)
    kept = [line for line in ledger(to) if line["stage"] != "hard"]
    for file in Segments.files(to, "ledger"):
        file.unlink()
    (to / "ledger-000001.jsonl").write_text("".join(json.dumps(line) + "\n" for line in kept))
    for file in [*(to / "mining").glob("order.jsonl"), *(to / "mining").glob("order-windows.jsonl")]:
        file.unlink()
    for stage in ("hard", "evaluate"):
        (to / "stages" / f"{stage}.json").unlink()
        shutil.rmtree(to / "checkpoints" / stage, ignore_errors=True)
    for file in Segments.files(to, "events"):
        file.unlink()
    return to


def test_a_model_in_parts_learns_the_same(tmp_path: Path) -> None:
    """FSDP2 against one process alone in SFT; GRPO with replaced groups besides; what is saved is whole."""
    little = {
        **TOGETHER,
        "stages": ["look", "sft", "hard"],
        "sft": {**TOGETHER["sft"], "steps": 4},
        "hard": {**TOGETHER["hard"], "steps": 2},
        "evaluate": {"validation": 0},
        "states": {"losses": "none"},
    }
    single = scenes.run_folder(tmp_path / "single", samples=20, scenes=8, overrides=little)
    assert trainer("look", single) == 0
    parts = Path(shutil.copytree(single, tmp_path / "parts"))
    assert trainer("sft", single) == 0
    said = launched("-m", IN_PARTS, "--threads", "1", "recipe", str(parts), "--resume", **FSDP)
    assert said.count("in parts: FSDP") == 2

    def learnt(root: Path, stage: str) -> list[float]:
        return [event["loss"] for event in events(root, "step") if event["stage"] == stage]

    assert learnt(parts, "sft") == pytest.approx(learnt(single, "sft"), rel=1e-3)
    assert len(learnt(parts, "hard")) == 2
    # One head and one embedding, saved once.
    one, other, last = (
        {name: tuple(weight.shape) for name, weight in load_file(file / "model.safetensors").items()}
        for file in (single / "checkpoints/sft", parts / "checkpoints/sft", parts / "checkpoints/hard")
    )
    assert one == other == last
