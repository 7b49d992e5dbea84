"""Two processes train one model together: the same questions on both, every visit told once, one of them speaking."""

import json
import subprocess
import sys
from pathlib import Path

from tests.training_bridge.trainer.stages.test_recipe import LITTLE, events, status, trainer
from training_bridge.trainer.contract.folder import Segments
from training_bridge.trainer.measure import scenes

TOGETHER = {
    **LITTLE,
    # Three questions with four answers on two processes: one group lies on both of them.
    "hard": {"steps": 2, "prompts": 3, "generations": 4, "tokens": 8, "mode": "online"},
    "evaluate": {"validation": 4, "tokens": 8},
}


def test_two_processes_ask_the_same_questions_and_tell_every_visit_once(tmp_path: Path) -> None:
    root = scenes.run_folder(tmp_path / "run", samples=20, scenes=8, overrides=TOGETHER)
    for stage in ("look", "pretrain", "sft", "grpo", "mine"):
        assert trainer(stage, root) == 0
    command = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2", "--no-python", sys.executable]
    asked = ["-m", "training_bridge.trainer", "--threads", "1", "recipe", str(root), "--resume"]
    ran = subprocess.run([sys.executable, *command, *asked], capture_output=True, text=True, timeout=240, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert status(root)["state"] == "done"
    assert [event["stage"] for event in events(root, "stage_end")][-2:] == ["hard", "evaluate"]
    lines = [json.loads(line) for file in Segments.files(root, "ledger") for line in file.open()]
    visits = [line for line in lines if line["stage"] == "hard"]
    assert [line["n"] for line in visits] == [4] * 6
    order = [json.loads(line)["question"] for line in (root / "mining" / "order.jsonl").open()]
    assert [line["question"] for line in visits] == order
    steps = [event for event in events(root, "step") if event["stage"] == "hard"]
    assert [step["rollouts"] for step in steps] == [12, 24]
