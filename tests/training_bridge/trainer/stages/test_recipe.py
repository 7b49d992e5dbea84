"""One real, very short run through every stage; what it leaves; and that it can be stopped, killed and resumed."""

import errno
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from transformers import Idefics3ForConditionalGeneration

from training_bridge.trainer import prompts
from training_bridge.trainer.cli import main
from training_bridge.trainer.contract.folder import Segments
from training_bridge.trainer.measure import scenes
from training_bridge.trainer.model import families

STAGES = ["look", "pretrain", "sft", "grpo", "mine", "hard", "evaluate"]
LITTLE = {
    "shape": {"side": 32, "merge": 4, "hidden": 32, "vision_hidden": 32, "text_layers": 1, "vision_layers": 1},
    "look": {"steps": 6, "batch": 4, "save_every": 2},
    "pretrain": {"steps": 3, "batch": 4},
    "sft": {"steps": 3, "batch": 4},
    "grpo": {"steps": 2, "prompts": 2, "generations": 2, "tokens": 8},
    "mine": {"questions": 6, "generations": 2, "tokens": 8},
    "hard": {"steps": 2, "prompts": 2, "generations": 2, "tokens": 8},
    "evaluate": {"validation": 4, "tokens": 8, "also": ["sft"], "rotations": True, "controls": True, "samples": 2},
}


def events(root: Path, kind: str) -> list[dict]:
    lines = (json.loads(line) for file in Segments.files(root, "events") for line in file.open())
    return [event for event in lines if event["kind"] == kind]


def status(root: Path) -> dict:
    return json.loads((root / "status.json").read_text())


def trainer(*words: object) -> int:
    return main(["--threads", "1", *map(str, words)])


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scenes.run_folder(tmp_path_factory.mktemp("inputs"), samples=20, scenes=8, overrides=LITTLE)


@pytest.fixture(scope="module")
def finished(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("finished") / "run"
    shutil.copytree(inputs, root)
    assert trainer("recipe", root) == 0
    return root


@pytest.fixture
def fresh(inputs: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(inputs, tmp_path / "run"))


def test_a_run_goes_through_all_stages_and_says_so(finished: Path) -> None:
    assert [event["stage"] for event in events(finished, "stage_begin")] == STAGES
    assert [event["stage"] for event in events(finished, "stage_end")] == STAGES
    now = status(finished)
    assert (now["state"], now["progress"], now["failure"], now["resumable"]) == ("done", 1.0, None, False)
    assert events(finished, "run_end")[0]["state"] == "done"


def test_every_step_gives_a_point_of_a_curve(finished: Path) -> None:
    steps = {stage: [e for e in events(finished, "step") if e["stage"] == stage] for stage in STAGES}
    assert [event["step"] for event in steps["look"]] == [1, 2, 3, 4, 5, 6]
    assert all(event["loss"] > 0 and event["steps"] == 3 for event in steps["sft"] + steps["pretrain"])
    for event in steps["grpo"] + steps["hard"]:
        assert 0 <= event["reward"] <= 1
        assert 0 <= event["dead_share"] <= 1
        assert set(event["per_aspect"]) <= set(scenes.ASPECTS)
    assert [e["stage"] for e in events(finished, "evaluation")] == ["sft", "grpo", "hard", "evaluate"]
    assert sum(events(finished, "states")[-1]["counts"].values()) == 16 * 4


def test_rollouts_and_the_mining_pass_are_in_the_ledger(finished: Path) -> None:
    lines = [json.loads(line) for file in Segments.files(finished, "ledger") for line in file.open()]
    assert {(line["stage"], line["source"]) for line in lines} == {
        ("grpo", "rollout"),
        ("mine", "mining"),
        ("hard", "rollout"),
    }
    assert [len([line for line in lines if line["stage"] == stage]) for stage in ("grpo", "mine", "hard")] == [4, 6, 4]
    standing = [json.loads(line) for line in (finished / "mining" / "questions.jsonl").open()]
    assert {row["question"] for row in standing} == {line["question"] for line in lines}
    order = [json.loads(line)["question"] for line in (finished / "mining" / "order.jsonl").open()]
    assert order == [line["question"] for line in lines if line["stage"] == "hard"]
    weights = [json.loads(line) for line in (finished / "mining" / "weights.jsonl").open()]
    assert len(weights) == 16 * 4
    covered = json.loads((finished / "mining" / "coverage.json").read_text())
    assert (covered["questions"], covered["visited"], covered["visits"]) == (64, len(standing), 14)


def test_the_model_stands_beside_trivial_policies_on_the_test_split(finished: Path) -> None:
    result = json.loads((finished / "evaluation" / "test.json").read_text())
    assert (result["questions"], result["primary"]) == (8, "trained")
    assert {model["name"] for model in result["models"]} == {
        "trained",
        "after_sft",
        "random_uniform",
        "random_non_empty",
        "one_letter",
        "random_train_prior",
        "best_constant",
        "best_constant_by_aspect",
        "select_all",
        "select_none",
    }
    assert "rationale_agreement" in result
    assert result["rotations"]["orders"] == 4
    assert set(result["controls"]) == {"no_pictures", "no_original"}
    assert list(result["samples"]["pass_at"]) == ["1", "2"]
    board = json.loads((finished / "evaluation" / "leaderboard.json").read_text())
    assert [row["rank"] for row in board["models"]] == list(range(1, len(result["models"]) + 1))
    assert (finished / "evaluation" / "leaderboard.svg").read_text().startswith("<?xml")
    own = [json.loads(line) for line in (finished / "completions.jsonl").open()]
    assert sum(line["model"] == "trained" for line in own) == 8


def test_answers_of_an_endpoint_are_scored_by_the_same_lines(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [json.loads(line) for line in (finished / "release" / "test.jsonl").open()]
    right = [{"question": row["question"], "model": "oracle", "answer": row["answer"]} for row in rows]
    shifted = {"A": "B", "B": "C", "C": "D", "D": "A"}
    spoken = [
        {
            "question": row["question"],
            "model": "speaker",
            "letters": shifted,
            "text": "Answer: " + (" and ".join(shifted[slot] for slot in row["answer"]) or "none"),
        }
        for row in rows
    ]
    file = tmp_path / "answers.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in right + spoken[:-1]))
    before = json.loads((finished / "evaluation" / "test.json").read_text())
    assert trainer("evaluate", finished, "--completions", file) == 0
    models = {m["name"]: m for m in json.loads((finished / "evaluation" / "test.json").read_text())["models"]}
    assert models["oracle"]["exact"]["value"] == 1.0
    assert (models["speaker"]["exact"]["value"], models["speaker"]["answered"]) == (0.875, 7)
    assert models["trained"] == next(model for model in before["models"] if model["name"] == "trained")
    again = json.loads((finished / "evaluation" / "test.json").read_text())
    assert (again["rotations"], again["samples"]) == (before["rotations"], before["samples"])
    assert "| oracle | 1.000 [" in capsys.readouterr().out


def test_a_second_start_needs_the_word_resume_and_then_does_nothing_twice(
    finished: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (finished / "status.json").read_bytes()
    assert trainer("recipe", finished) == 1
    assert "add --resume" in capsys.readouterr().err
    # Whoever was refused did not make a failed run of one that is done.
    assert (finished / "status.json").read_bytes() == told
    assert trainer("recipe", finished, "--resume") == 0
    assert [event["stage"] for event in events(finished, "stage_begin")] == STAGES


def test_a_damaged_checkpoint_is_named_with_what_to_do(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(shutil.copytree(finished, tmp_path / "run"))
    (root / "stages" / "mine.json").unlink()
    weights = root / "checkpoints" / "grpo" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    assert trainer("mine", root) == 1
    assert "cannot be loaded" in (said := capsys.readouterr().err)
    assert "delete it and stages/grpo.json" in said


def test_missing_pictures_are_counted_before_the_first_stage(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = sorted((fresh / "images").iterdir())[:2]
    for picture in gone:
        picture.unlink()
    assert trainer("look", fresh) == 1
    assert f"2 are missing, images/{gone[0].name} first" in capsys.readouterr().err
    assert not (fresh / "checkpoints").exists()


def test_an_empty_validation_split_is_told(fresh: Path) -> None:
    (fresh / "release" / "validation.jsonl").write_text("")
    assert trainer("look", fresh) == 0
    assert "validation split is empty" in events(fresh, "note")[0]["message"]


def test_stages_can_be_run_one_by_one(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [trainer(stage, fresh) for stage in ("look", "pretrain", "sft")] == [0, 0, 0]
    assert (fresh / "checkpoints" / "sft" / "model.safetensors").exists()
    assert trainer("mine", fresh) == 1
    assert "no checkpoint of stage grpo; run that stage first" in capsys.readouterr().err


def test_cancel_stops_within_a_step_and_the_run_can_go_on(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (fresh / "control.json").write_text('{"cancel": true}')
    assert trainer("recipe", fresh) == 3
    assert "cancelled, as control.json asks; delete that file" in capsys.readouterr().out
    assert (status(fresh)["state"], status(fresh)["resumable"]) == ("cancelled", True)
    assert events(fresh, "step") == []
    (fresh / "control.json").unlink()
    assert trainer("look", fresh, "--resume") == 0
    assert len(events(fresh, "step")) == 6


def test_a_changed_plan_is_not_resumed(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trainer("look", fresh) == 0
    assert trainer("recipe", fresh, "--resume", "--smoke") == 1
    assert "started with another" in capsys.readouterr().err


def test_a_bad_release_stops_the_run_with_its_reason(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (fresh / "release" / "test.jsonl").unlink()
    assert trainer("recipe", fresh) == 1
    assert "no question in its test split" in capsys.readouterr().err
    assert (status(fresh)["state"], status(fresh)["failure"]["code"]) == ("failed", "bad_input")


def test_a_killed_run_goes_on_at_its_last_whole_checkpoint(fresh: Path) -> None:
    """SIGKILL in the middle of a stage: the second process goes on there, not from step 1."""
    slow = json.loads((fresh / "run.json").read_text())
    slow["overrides"]["look"] = {"steps": 200, "batch": 4, "save_every": 10}
    (fresh / "run.json").write_text(json.dumps(slow))
    command = [sys.executable, "-m", "training_bridge.trainer", "--threads", "1", "look", str(fresh)]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait(lambda: list(fresh.glob("checkpoints/look.steps/checkpoint-*/saved-whole.json")), first)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert status(fresh)["state"] == "running"
    before = [event["step"] for event in events(fresh, "step")]
    assert before[-1] < 200
    assert subprocess.run([*command, "--resume"], check=False, capture_output=True).returncode == 0
    after = [event["step"] for event in events(fresh, "step")][len(before) :]
    assert after[-1] == 200
    assert after[0] % 10 == 1
    assert 1 < after[0] <= before[-1] + 1
    assert status(fresh)["state"] == "done"


def test_two_starts_do_not_write_into_one_folder(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (fresh / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert trainer("look", fresh) == 1
        assert "Another process trains in" in capsys.readouterr().err
        assert not (fresh / "status.json").exists()
    assert trainer("look", fresh) == 0


def test_a_terminated_run_saves_where_it_is(fresh: Path) -> None:
    slow = json.loads((fresh / "run.json").read_text())
    slow["overrides"]["look"] = {"steps": 500, "batch": 4, "save_every": 500}
    (fresh / "run.json").write_text(json.dumps(slow))
    command = [sys.executable, "-m", "training_bridge.trainer", "--threads", "1", "recipe", str(fresh)]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait(lambda: events(fresh, "step"), first)
    first.terminate()
    assert first.wait(60) == 4
    assert (status(fresh)["state"], status(fresh)["resumable"]) == ("interrupted", True)
    last = events(fresh, "step")[-1]["step"]
    assert (fresh / "checkpoints" / "look.steps" / f"checkpoint-{last}" / "saved-whole.json").exists()


def _wait(for_what: object, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 120
    while not for_what():
        assert process.poll() is None, "the trainer ended by itself"
        assert time.monotonic() < deadline, "nothing happened in two minutes"
        time.sleep(0.1)


def test_a_loss_that_is_no_number_stops_the_run_and_leaves_no_checkpoint(
    fresh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = json.loads((fresh / "run.json").read_text())
    request["overrides"]["look"] = {"steps": 30, "batch": 4, "learning_rate": 1e20, "warmup": 0}
    (fresh / "run.json").write_text(json.dumps(request))
    assert trainer("look", fresh) == 1
    assert "lower look.learning_rate, in a new run folder" in capsys.readouterr().err
    assert (status(fresh)["state"], status(fresh)["failure"]["code"]) == ("failed", "diverged")
    assert not (fresh / "checkpoints" / "look").exists()


def test_a_full_disk_stops_the_run_with_nothing_half_written(
    fresh: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(self: object, folder: Path, **_: object) -> None:
        Path(folder).mkdir(parents=True)
        (Path(folder) / "config.json").write_text("{")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Idefics3ForConditionalGeneration, "save_pretrained", no_room)
    assert trainer("look", fresh) == 1
    assert "is full; make room and go on with --resume" in capsys.readouterr().err
    assert (status(fresh)["failure"]["code"], status(fresh)["resumable"]) == ("disk_full", True)
    assert not (fresh / "checkpoints" / ".look.part").exists()
    assert not (fresh / "checkpoints" / "look").exists()
    monkeypatch.undo()
    assert trainer("look", fresh, "--resume") == 0
    # Every step had been made and saved, so none is made once more.
    assert [event["step"] for event in events(fresh, "step")] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda rows: rows.__setitem__(0, {**rows[0], "answer": ["E"]}), "which it has no picture of"),
        (lambda rows: rows.__setitem__(0, {**rows[0], "family_id": "f-s-0"}), "cut the release again"),
        (lambda rows: rows.__setitem__(0, {**rows[0], "split": "test"}), "lies in a shard of 'train'"),
        (lambda rows: rows.clear(), "no question in its train split"),
        (
            lambda rows: rows.__setitem__(0, {**rows[0], "original": {"path": "images/gone.png"}}),
            "1 are missing, images/gone.png first",
        ),
        (lambda rows: rows.__setitem__(0, {**rows[0], "original": {"path": "../x.png"}}), "outside the run folder"),
    ],
)
def test_bad_rows_are_refused_before_anything_is_learnt(
    fresh: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[list], None], sentence: str
) -> None:
    file = fresh / "release" / "train.jsonl"
    rows = [json.loads(line) for line in file.open()]
    spoil(rows)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    request = json.loads((fresh / "run.json").read_text())
    request["overrides"]["model"] = {"source": str(fresh), "picture": 32}
    request["overrides"]["stages"] = ["sft", "evaluate"]
    (fresh / "run.json").write_text(json.dumps(request))
    _some_model(fresh)
    assert trainer("sft", fresh) == 1
    assert sentence in capsys.readouterr().err
    assert status(fresh)["failure"]["code"] == "bad_input"
    assert not (fresh / "checkpoints" / "sft").exists()


def test_a_picture_that_was_altered_is_refused(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures are named by their hash; another picture under the same name is not the one that people judged."""
    name = f"images/{'0' * 64}.png"
    shutil.copyfile(next((fresh / "images").glob("*.png")), fresh / name)
    file = fresh / "release" / "train.jsonl"
    rows = [json.loads(line) for line in file.open()]
    rows[0]["original"] = {"path": name}
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [trainer(stage, fresh) for stage in ("look", "pretrain", "sft")] == [0, 0, 1]
    assert "is not the one its name stands for" in capsys.readouterr().err


def _some_model(folder: Path) -> None:
    size = families.Size(hidden=32, vision_hidden=32, side=32, patch=8, merge=2)
    model, processor = families.build("idefics3", prompts.corpus(scenes.ASPECTS, []), size, seed=1)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
