"""A process that behaves like the trainer towards the platform: same arguments, same files, no training.

What it does stands in `fake.json` beside the run folder: `finish`, `wait` (until cancelled or asked to end), `deaf`
(hears neither), `die` (in the middle of a line), `refuse` (before it writes anything).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("-m", dest="module")
    parser.add_argument("command", choices=["recipe", "evaluate"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--completions", type=Path, action="append", default=[])
    asked = parser.parse_args()
    root: Path = asked.folder
    assert asked.module == "training_bridge.trainer", asked.module
    assert (root / "code" / "training_bridge" / "trainer" / "cli.py").is_file()
    assert os.environ["PYTHONPATH"] == str(root / "code")
    if asked.command == "evaluate":
        evaluate(root, with_endpoint=True)
        return 0
    behaviour = json.loads((root.parent / "fake.json").read_text())["behaviour"]
    if asked.resume:
        behaviour = "finish"
    sys.stdout.write(f"fake trainer: {behaviour}\n")
    sys.stdout.flush()
    if behaviour == "refuse":
        sys.stderr.write("trainer: Another process trains in this folder now; wait until it has ended.\n")
        return 1
    (root / "plan.json").write_text("{}")
    event(root, 1, "run_begin", stages=["sft", "grpo"], resumed=asked.resume)
    status(root, "running", stage="sft", step=1, steps=2, progress=0.25)
    if behaviour == "finish":
        return finish(root, resumed=asked.resume)
    if behaviour == "die":
        event(root, 2, "step", stage="sft", step=1, steps=2, seconds=0.1, loss=2.0)
        with newest(root, "events").open("a") as out:
            out.write('{"n":3,"at":"2026-11-24T')
            out.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    return wait(root, deaf=behaviour == "deaf")


def wait(root: Path, *, deaf: bool) -> int:
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, signal.SIG_IGN if deaf else lambda number, _: stopped.append(number))
    status(root, "running", stage="sft", step=1, steps=2, progress=0.25, message="ready")
    while True:
        if not deaf and (root / "control.json").exists():
            return end(root, "cancelled", code=3)
        if stopped:
            return end(root, "interrupted", code=4)
        time.sleep(0.02)


def end(root: Path, state: str, *, code: int) -> int:
    event(root, 2, "run_end", state=state, seconds=1.0)
    status(root, state, stage="sft")
    return code


def finish(root: Path, *, resumed: bool) -> int:
    first = 100 if resumed else 2
    train = [json.loads(line) for line in (root / "release" / "train.jsonl").read_text().splitlines()]
    event(root, first, "step", stage="sft", step=1, steps=1, seconds=0.1, loss=1.5)
    event(root, first + 1, "step", stage="grpo", step=1, steps=1, seconds=0.2, reward=0.5, exact=0.25, dead_share=0.1)
    mined = []
    for place, row in enumerate(train):
        standing = ("suspect", "blocked", "hard", "mastered")[place % 4]
        right = standing == "mastered"
        wrong = [] if row["answer"] else ["A"]
        visit = {
            "question": row["question"],
            "source": "mining",
            "stage": "grpo",
            "step": 1,
            "rewards": [float(right)] * 4,
            "exact": [right] * 4,
            "picked": [row["answer"]] * 4 if right else [wrong, wrong, wrong, None],
            "dead": True,
        }
        line(root, "ledger", visit)
        line(root, "ledger", visit | {"source": "evaluation"})
        mined.append({"question": row["question"], "state": standing, "weight": 1.0, "loss": 0.5 + place})
    (root / "mining").mkdir(exist_ok=True)
    (root / "mining" / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in mined))
    evaluate(root, with_endpoint=(root / "endpoint_completions" / "endpoint.jsonl").exists())
    event(root, first + 2, "run_end", state="done", seconds=1.0)
    status(root, "done", stage="grpo", step=1, steps=1, progress=1.0, resumable=False)
    return 0


def evaluate(root: Path, *, with_endpoint: bool) -> None:
    test = [json.loads(row) for row in (root / "release" / "test.jsonl").read_text().splitlines()]

    def model(name: str, kind: str, value: float) -> dict[str, Any]:
        between = {"value": value, "low": value - 0.1, "high": value + 0.1}
        return {
            "name": name,
            "kind": kind,
            "answered": len(test),
            "exact": between,
            "jaccard": between,
            "reward": value,
            "per_option": 0.5,
            "unparsable": 0.0,
            "per_aspect": {"physical_shadow": {"n": len(test), "exact": value, "low": 0.0, "high": 1.0}},
            "per_gold_size": {"1": {"n": len(test), "exact": value, "low": 0.0, "high": 1.0}},
            **({"habits": HABITS} if kind != "trivial" else {}),
        }

    models = [model("trained", "trained", 0.6), model("select_all", "trivial", 0.1), model("random", "trivial", 0.2)]
    compared = ["select_all", "random"]
    if with_endpoint:
        first = json.loads((root / "endpoint_completions" / "endpoint.jsonl").read_text().splitlines()[0])
        models.append(model(first["model"], "endpoint", 0.9))
        compared.append(first["model"])
    report = {
        "split": "test",
        "questions": len(test),
        "models": models,
        "best_trivial": "random",
        "human_ceiling": {"n": len(test), "value": 0.8, "low": 0.7, "high": 0.9},
        "comparisons": [
            {"with": name, "difference": 0.4, "low": 0.3, "high": 0.5, "mcnemar_p": None} for name in compared
        ],
    }
    (root / "evaluation").mkdir(exist_ok=True)
    (root / "evaluation" / "test.json").write_text(json.dumps(report))


def event(root: Path, number: int, kind: str, **values: object) -> None:
    line(root, "events", {"n": number, "at": datetime.now(UTC).isoformat(), "kind": kind, **values})


def line(root: Path, name: str, row: dict[str, object]) -> None:
    with newest(root, name).open("a") as out:
        out.write(json.dumps(row, separators=(",", ":")) + "\n")


def newest(root: Path, name: str) -> Path:
    """This process's own segment: the first free number."""
    if name not in MINE:
        taken = sorted(root.glob(f"{name}-*.jsonl"))
        MINE[name] = root / f"{name}-{len(taken) + 1:06d}.jsonl"
    return MINE[name]


def status(root: Path, state: str, **values: object) -> None:
    content = {
        "schema": 1,
        "state": state,
        "stage_number": 1,
        "stage_count": 2,
        "message": "",
        "failure": None,
        "resumable": True,
        "pid": os.getpid(),
        **values,
    }
    part = root / ".status.part"
    part.write_text(json.dumps(content))
    part.replace(root / "status.json")


HABITS = {"too_few": 0.25, "too_many": 0.0, "chosen": {"A": 0.6, "B": 0.4}, "right": {"A": 0.5, "B": 0.5}}
MINE: dict[str, Path] = {}

if __name__ == "__main__":
    sys.exit(main())
