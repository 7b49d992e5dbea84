"""What a launch cannot do with a plan is said before anything is written."""

import json
from pathlib import Path

import pytest

from training_bridge.trainer import launch, plan
from training_bridge.trainer.contract.checkpoints import mark_whole
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.contract.rows import RunRequest
from training_bridge.trainer.errors import BadRecipe
from training_bridge.trainer.plan import Plan


def planned(**overrides: dict[str, object]) -> Plan:
    request = RunRequest("r-1", "tiny-cpu", 1, smoke=False, release_name="v1", release_hash="", overrides=overrides)
    return plan.of(request, smoke=False)


def begun(folder: RunFolder, stage: str) -> Path:
    place = folder.unfinished(stage) / "checkpoint-4"
    place.mkdir(parents=True)
    mark_whole(place)
    return place


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


def several(monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    monkeypatch.setenv("WORLD_SIZE", str(processes))


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"sft": {"batch": 8}}, "sft.batch is 8, which 3 processes cannot share evenly; change one of the two."),
        ({"look": {"batch": 6, "accumulation": 2}, "sft": {"batch": 12}}, None),
        ({"hard": {"prompts": 5, "generations": 4}}, "hard.prompts × generations is 20"),
    ],
)
def test_a_batch_that_processes_cannot_share_is_refused_before_the_first_stage(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch, overrides: dict[str, dict[str, object]], sentence: str | None
) -> None:
    even = {
        "look": {"batch": 6},
        "pretrain": {"batch": 6},
        "sft": {"batch": 6},
        "grpo": {"prompts": 3},
        "hard": {"prompts": 3},
    }
    made = planned(**{stage: {**settings, **overrides.get(stage, {})} for stage, settings in even.items()})
    launch.check(made, folder, stages=made.stages)
    several(monkeypatch, 3)
    if sentence is None:
        launch.check(made, folder, stages=made.stages)
        assert launch.rows_each(made, "look") == 1
        return
    with pytest.raises(BadRecipe, match=sentence.replace(".", r"\.")):
        launch.check(made, folder, stages=made.stages)


def test_sampled_answers_are_gone_on_with_by_as_many_processes(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(monkeypatch, 2)
    begun(folder, "hard")
    begun(folder, "sft")
    launch.check(planned(), folder, stages=("sft", "hard"))
    several(monkeypatch, 4)
    launch.check(planned(), folder, stages=("sft",))
    with pytest.raises(BadRecipe, match=r"hard was begun by 2 processes.*launch as many again \(now: 4\), or delete"):
        launch.check(planned(), folder, stages=("hard",))


def test_what_an_older_trainer_left_is_gone_on_with(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    (begun(folder, "hard") / "saved-whole.json").write_text(json.dumps({"step": 4}))
    several(monkeypatch, 2)
    launch.check(planned(), folder, stages=("hard",))


def test_a_checkpoint_in_parts_is_not_read_whole(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as at_first:
        at_first.setenv("ACCELERATE_USE_FSDP", "true")
        begun(folder, "sft")
    with pytest.raises(BadRecipe, match=r"sft was begun with FSDP.*launch with FSDP, or delete"):
        launch.check(planned(), folder, stages=("sft",))


def test_a_checkpoint_in_parts_is_gone_on_with_by_as_many_processes(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    monkeypatch.setattr("training_bridge.trainer.ranks.sees_cards", lambda: True)
    several(monkeypatch, 2)
    begun(folder, "sft")
    launch.check(planned(), folder, stages=("sft",))
    several(monkeypatch, 4)
    with pytest.raises(BadRecipe, match=r"its own part of the model in .*launch as many again \(now: 4\), or delete"):
        launch.check(planned(), folder, stages=("sft",))


def test_fsdp_that_would_do_nothing_is_refused(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """accelerate passes over its own setting where it sees no cards."""
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    with pytest.raises(BadRecipe, match="asks for FSDP, but accelerate sees no several cards"):
        launch.check(planned(), folder, stages=("sft",))


def test_lora_in_parts_is_refused(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    monkeypatch.setattr("training_bridge.trainer.ranks.sees_cards", lambda: True)
    launch.check(planned(), folder, stages=("sft",))
    with pytest.raises(BadRecipe, match=r"set model\.rank 0"):
        launch.check(planned(model={"rank": 16}), folder, stages=("sft",))
