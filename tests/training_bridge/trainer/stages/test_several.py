"""Two processes train one model together: the same questions on both, every visit told once, one of them speaking.

And when one of them is killed, the run goes on to the same weights. Dead groups are replaced between them.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest
import torch
from safetensors.torch import load_file

from tests.training_bridge.trainer.stages.test_recipe import events, status, trainer
from tests.training_bridge.trainer.stages.test_resume import BASE, left
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


IN_TURN = ["-m", "tests.training_bridge.trainer.stages.in_turn"]
# What accelerate makes of --use_fsdp --fsdp_version 2 --fsdp_auto_wrap_policy TRANSFORMER_BASED_WRAP.
FSDP = {
    "ACCELERATE_USE_FSDP": "true",
    "FSDP_VERSION": "2",
    "FSDP_AUTO_WRAP_POLICY": "TRANSFORMER_BASED_WRAP",
    "FSDP_RESHARD_AFTER_FORWARD": "true",
    "FSDP_STATE_DICT_TYPE": "SHARDED_STATE_DICT",
}


def launched(*words: object, **more: str) -> str:
    """Two processes by torchrun; what they printed. `more`: further environment."""
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2", "--no-python"]
    command = [sys.executable, *launcher, sys.executable, *IN_TURN, *map(str, words)]
    env = {**os.environ, **more}
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    told = [line for line in ran.stderr.splitlines() if "Loading weights" not in line and "Writing model" not in line]
    assert ran.returncode == 0, "\n".join(told)[-12_000:]
    return ran.stdout


class Pair:
    """Two processes, started as a launcher starts them. `words`: one command and run folder after another."""

    def __init__(self, *words: object, **more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        together = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
        command = [sys.executable, *IN_TURN, *map(str, words)]
        self._told = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the processes, in __exit__
        self.first, self.second = (
            subprocess.Popen(
                command,
                env={**os.environ, **together, "RANK": rank, "LOCAL_RANK": rank, **more},
                stdout=self._told,
                stderr=subprocess.STDOUT,
            )
            for rank in "01"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in (self.first, self.second):
            process.kill()
            process.wait()
        self._told.close()

    def until(self, there: Callable[[], object]) -> None:
        """Wait for it while both live."""
        deadline = time.monotonic() + 240
        while not there():
            ended = [process.poll() for process in (self.first, self.second)]
            assert ended == [None, None], f"ended with {ended}: {self.told()}"
            assert time.monotonic() < deadline, self.told()
            time.sleep(0.002)

    def ended(self) -> list[int]:
        return [process.wait(120) for process in (self.first, self.second)]

    def told(self) -> str:
        self._told.seek(0)
        return self._told.read()[-12_000:]


def ledger(root: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in Segments.files(root, "ledger") for line in file.open()]


@pytest.fixture(scope="module")
def stopped(single: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little run, its `sft` begun by one process and cancelled."""
    root = Path(shutil.copytree(single, tmp_path_factory.mktemp("stopped") / "run"))

    def cancel() -> None:
        while events(root, "step")[-1]["stage"] != "sft":
            time.sleep(0.001)
        (root / "control.json").write_text('{"cancel": true}')

    watching = threading.Thread(target=cancel)
    watching.start()
    assert trainer("sft", root) == 3
    watching.join()
    (root / "control.json").unlink()
    return root


@pytest.fixture(scope="module")
def pair(stopped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pair, Path, Path]]:
    """Two processes, the run they do together after the stages that teach a tiny model to see, and the folder of the
    run whose `hard` they do at last, as soon as it is there. Between the two they go on with what one had begun."""
    place = tmp_path_factory.mktemp("several")
    root = scenes.run_folder(place / "whole", samples=20, scenes=8, overrides=TOGETHER)
    for stage in ("look", "pretrain"):
        assert trainer(stage, root) == 0
    with Pair("recipe", root, "sft", stopped, "hard", place / "killed") as processes:
        yield processes, root, place / "killed"


@pytest.fixture(scope="module")
def whole(pair: tuple[Pair, Path, Path]) -> Path:
    """A run that two processes did together and nobody disturbed."""
    processes, root, _ = pair
    processes.until(lambda: (root / "stages" / "evaluate.json").exists() and status(root)["state"] == "done")
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


def test_a_run_one_of_whose_processes_is_killed_goes_on_to_the_same_weights(
    pair: tuple[Pair, Path, Path], whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    processes, _, root = pair
    before_hard(whole, root)
    kill_the_second(processes, root)
    told = (root / "status.json").read_bytes()
    assert trainer("hard", root, "--resume") == 1
    assert "hard was begun by 2 processes" in capsys.readouterr().err
    assert (root / "status.json").read_bytes() == told

    with Pair("hard", root) as again:
        assert again.ended() == [0, 0], again.told()

    assert left(root) == left(whole)
    assert resumed_steps(root) == [5, 6]
    assert len(set(left(whole)["losses"].values())) > 2


def kill_the_second(processes: Pair, root: Path, stage: str = "hard") -> None:
    """As soon as they have saved what they hold of the stage."""
    processes.until((root / "checkpoints" / f"{stage}.steps" / "checkpoint-4" / "saved-whole.json").exists)
    processes.second.kill()
    # The other cannot go on alone, and does not wait for ever.
    assert all(ended != 0 for ended in processes.ended())
    assert not (root / "checkpoints" / stage).exists()


def resumed_steps(root: Path, stage: str = "hard") -> list[int]:
    """The steps of a stage since the last start: a run that began again would end with the same weights too."""
    start = events(root, "run_begin")[-1]["n"]
    return [event["step"] for event in events(root, "step") if event["stage"] == stage and event["n"] > start]


def learnt(root: Path, stage: str) -> list[float]:
    """The loss of every step."""
    return [event["loss"] for event in events(root, "step") if event["stage"] == stage]


def test_sft_goes_on_under_another_number_of_processes(
    whole: Path, pair: tuple[Pair, Path, Path], stopped: Path, learnt_alone: Path
) -> None:
    """Begun by one, ended by two: it buffers nothing, and the same rows make a step."""
    pair[0].until((stopped / "stages" / "sft.json").exists)
    assert [event["processes"] for event in events(stopped, "run_begin")] == [1, 1, 2]
    assert resumed_steps(stopped, "sft")[0] > 1
    assert learnt(stopped, "sft") == pytest.approx(learnt(learnt_alone, "sft"), rel=1e-3)


def before_hard(whole: Path, to: Path) -> Path:
    """The same folder as it was when the stage `hard` began; there is all of it or nothing."""
    to, place = to.with_name("part"), to
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
    return to.rename(place)


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A little run whose `sft` is still to do."""
    little = {**TOGETHER, "stages": ["look", "sft"], "sft": {**TOGETHER["sft"], "steps": 12, "save_every": 4}}
    root = scenes.run_folder(tmp_path_factory.mktemp("single") / "run", samples=20, scenes=8, overrides=little)
    assert trainer("look", root) == 0
    return root


@pytest.fixture(scope="module")
def learnt_alone(single: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little run, its `sft` done by one process that nobody disturbed."""
    root = Path(shutil.copytree(single, tmp_path_factory.mktemp("alone") / "run"))
    assert trainer("sft", root) == 0
    return root


@dataclass(frozen=True)
class InParts:
    """What two processes did that held the model in parts (FSDP2): `sft` of the little run and `hard` of the whole one,
    each undisturbed and killed after a checkpoint."""

    sft: Path
    hard: Path
    sft_killed: Path
    hard_killed: Path


@pytest.fixture(scope="module")
def in_parts(whole: Path, single: Path, tmp_path_factory: pytest.TempPathFactory) -> InParts:
    place = tmp_path_factory.mktemp("parts")
    sft, sft_killed = (Path(shutil.copytree(single, place / name)) for name in ("sft", "sft-killed"))
    hard, hard_killed = (before_hard(whole, place / name) for name in ("hard", "hard-killed"))
    with Pair("sft", sft, "hard", hard, "hard", hard_killed, **FSDP) as processes:
        kill_the_second(processes, hard_killed)
    with Pair("sft", sft_killed, **FSDP) as processes:
        kill_the_second(processes, sft_killed, "sft")
    return InParts(sft, hard, sft_killed, hard_killed)


def shapes(checkpoint: Path) -> dict[str, tuple[int, ...]]:
    return {name: tuple(weight.shape) for name, weight in load_file(checkpoint / "model.safetensors").items()}


def test_a_model_in_parts_learns_the_same(learnt_alone: Path, whole: Path, in_parts: InParts) -> None:
    """FSDP2 against one process alone in SFT; what is saved is whole."""
    assert learnt(in_parts.sft, "sft") == pytest.approx(learnt(learnt_alone, "sft"), rel=1e-3)
    assert len(learnt(in_parts.hard, "hard")) == 6
    # One head and one embedding, saved once.
    for one, other in (
        (learnt_alone / "checkpoints/sft", in_parts.sft / "checkpoints/sft"),
        (whole / "checkpoints/hard", in_parts.hard / "checkpoints/hard"),
    ):
        assert shapes(one) == shapes(other)


def test_what_was_begun_in_parts_is_not_gone_on_with_whole(
    in_parts: InParts, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (in_parts.sft_killed / "status.json").read_bytes()
    assert trainer("sft", in_parts.sft_killed, "--resume") == 1
    assert "sft was begun with FSDP" in capsys.readouterr().err
    assert (in_parts.sft_killed / "status.json").read_bytes() == told


def test_a_killed_run_of_a_model_in_parts_goes_on_to_the_same_weights(in_parts: InParts) -> None:
    said = launched("sft", in_parts.sft_killed, "hard", in_parts.hard_killed, **FSDP)

    assert said.count("trained by: FSDP") == 2
    assert left(in_parts.hard_killed) == left(in_parts.hard)
    assert resumed_steps(in_parts.hard_killed) == [5, 6]
    assert len(set(left(in_parts.hard)["losses"].values())) > 2
    one, other = (load_file(root / "checkpoints/sft/model.safetensors") for root in (in_parts.sft, in_parts.sft_killed))
    assert all(torch.equal(one[name], other[name]) for name in one.keys() | other.keys())
    assert resumed_steps(in_parts.sft_killed, "sft")[0] == 5
    assert learnt(in_parts.sft_killed, "sft")[-8:] == learnt(in_parts.sft, "sft")[-8:]
