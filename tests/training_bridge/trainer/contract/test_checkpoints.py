"""Which checkpoints inside a stage can be gone on from."""

from pathlib import Path

import pytest

from training_bridge.trainer.contract.checkpoints import Writers, drop_halves, last_whole, mark_whole, written_by
from training_bridge.trainer.errors import full


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    for step in (5, 10, 15):
        (tmp_path / f"checkpoint-{step}").mkdir()
    mark_whole(tmp_path / "checkpoint-5")
    mark_whole(tmp_path / "checkpoint-10")
    return tmp_path


def test_the_newest_whole_one_is_gone_on_from(steps: Path) -> None:
    assert last_whole(steps) == steps / "checkpoint-10"
    assert last_whole(steps / "nothing") is None


def test_half_a_checkpoint_is_removed_and_a_whole_one_stays(steps: Path) -> None:
    drop_halves(steps)
    assert sorted(place.name for place in steps.iterdir()) == ["checkpoint-10", "checkpoint-5"]


def test_a_checkpoint_says_who_wrote_it(steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert written_by(steps / "checkpoint-5") == Writers(processes=1, in_parts=False)
    monkeypatch.setenv("WORLD_SIZE", "4")
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    mark_whole(steps / "checkpoint-15")
    assert written_by(steps / "checkpoint-15") == Writers(processes=4, in_parts=True)


@pytest.mark.parametrize(
    ("said", "is_full"),
    [("Not enough free space to write 23040000 bytes after offset 128", True), ("Permission denied", False)],
)
def test_numpy_says_in_its_own_words_that_a_disk_is_full(said: str, is_full: bool) -> None:
    assert full(OSError(said)) is is_full
