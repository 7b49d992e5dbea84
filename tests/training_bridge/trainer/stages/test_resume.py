"""A killed run and one that was left alone end with the same weights, to the last bit.

In a set-up that is sensitive to the ledger: mode `online` draws every batch from what all batches before it showed, so
a resumed run that had forgotten them would ask other questions. That it would is tested too.
"""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.training_bridge.trainer.stages.test_recipe import events, trainer
from training_bridge.trainer.contract.folder import Segments
from training_bridge.trainer.measure import scenes
from training_bridge.trainer.stages.rollouts import Rollouts

BEFORE = ("look", "pretrain", "sft", "grpo", "mine")
BASE = {
    "shape": {"side": 32, "merge": 4, "hidden": 32, "vision_hidden": 32, "text_layers": 1, "vision_layers": 1},
    "look": {"steps": 2, "batch": 4},
    "pretrain": {"steps": 2, "batch": 4},
    "sft": {"steps": 120, "batch": 16, "learning_rate": 0.005},
    "grpo": {"steps": 1, "prompts": 2, "generations": 2, "tokens": 8},
    "mine": {"questions": 8, "generations": 4, "tokens": 24},
    "evaluate": {"validation": 0},
    "weights": {"score": "reward", "lowest": 0.05, "highest": 6.0},
}
HARD = {"steps": 8, "prompts": 4, "generations": 4, "tokens": 24, "mode": "online", "exploration": 0.0, "save_every": 5}
SHAPES = {
    "at a boundary": {},
    "in mid-buffer": {"steps_per_generation": 2},
    "with accumulation, in mid-buffer": {"accumulation": 2, "steps_per_generation": 4},
    "while dead groups are replaced": {"refill": 2},
}


@pytest.fixture(scope="module")
def mined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder in which everything before `hard` is done."""
    root = scenes.run_folder(tmp_path_factory.mktemp("mined") / "run", samples=20, scenes=8, overrides=BASE)
    for stage in BEFORE:
        assert trainer(stage, root) == 0
    return root


def prepared(mined: Path, to: Path, hard: dict[str, Any]) -> Path:
    """The same folder with another `hard` part: as if it had been planned so from the start."""
    shutil.copytree(mined, to)
    for name in ("run.json", "plan.json"):
        content = json.loads((to / name).read_text())
        part = content["overrides"] if name == "run.json" else content
        part["hard"] = {**part.get("hard", {}), **HARD, **hard}
        (to / name).write_text(json.dumps(content))
    return to


def left(root: Path) -> dict[str, Any]:
    """What a run left behind, as far as it must be the same."""
    lines = (json.loads(line) for file in Segments.files(root, "ledger") for line in file.open())
    return {
        "weights": hashlib.sha256((root / "checkpoints" / "hard" / "model.safetensors").read_bytes()).hexdigest(),
        "ledger": [line for line in lines if line["stage"] == "hard"],
        "order": (root / "mining" / "order.jsonl").read_text(),
        "losses": {event["step"]: event["loss"] for event in events(root, "step") if event["stage"] == "hard"},
    }


def until(there: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    """Wait for it while the process lives."""
    deadline = time.monotonic() + 120
    while not there():
        assert process.poll() is None, "the trainer ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.002)


def killed(root: Path, there: Callable[[], object]) -> Path:
    """Start the stage in a process of its own and kill it, for real, as soon as it is `there`."""
    command = [sys.executable, "-m", "training_bridge.trainer", "--threads", "1", "hard", str(root)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(there, process)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    return root


@pytest.fixture(scope="module")
def plain(mined: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that nobody disturbed."""
    root = prepared(mined, tmp_path_factory.mktemp("plain") / "run", {})
    assert trainer("hard", root) == 0
    return root


@pytest.mark.parametrize("shape", SHAPES)
def test_a_killed_run_ends_as_if_nothing_had_happened(mined: Path, plain: Path, tmp_path: Path, shape: str) -> None:
    whole = plain
    if SHAPES[shape]:
        whole = prepared(mined, tmp_path / "whole", SHAPES[shape])
        assert trainer("hard", whole) == 0
    root = prepared(mined, tmp_path / "killed", SHAPES[shape])
    killed(root, (root / "checkpoints" / "hard.steps" / "checkpoint-5" / "saved-whole.json").exists)
    assert not (root / "checkpoints" / "hard").exists()

    assert trainer("hard", root, "--resume") == 0

    assert left(root) == left(whole)
    assert len(left(whole)["losses"]) == 8
    # The model learns something here; were all rewards equal, any resumed run would look the same.
    assert len(set(left(whole)["losses"].values())) > 4


def test_a_run_that_forgot_its_ledger_would_go_another_way(
    mined: Path, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The set-up above can tell: what the checkpoint remembers of the ledger decides what comes next."""
    root = prepared(mined, tmp_path / "killed", {})
    killed(root, (root / "checkpoints" / "hard.steps" / "checkpoint-5" / "saved-whole.json").exists)
    restore = Rollouts.restore

    def forgetful(self: Rollouts, state: dict[str, Any]) -> None:
        memory, self._memory = self._memory, type("Deaf", (), {"see": lambda self, visits: None})()
        restore(self, state)
        self._memory = memory

    monkeypatch.setattr(Rollouts, "restore", forgetful)
    assert trainer("hard", root, "--resume") == 0
    assert left(root)["order"] != left(plain)["order"]
    assert left(root)["weights"] != left(plain)["weights"]


def test_killed_before_its_first_checkpoint_it_begins_again(mined: Path, plain: Path, tmp_path: Path) -> None:
    root = prepared(mined, tmp_path / "killed", {})
    killed(root, lambda: any(event["stage"] == "hard" for event in events(root, "step")))
    assert trainer("hard", root, "--resume") == 0
    assert left(root) == left(plain)
