"""Pictures are read once, checked against their name, and missing ones are named."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.pictures import Pictures, read


def picture(folder: Path, colour: tuple[int, int, int], suffix: str = "png") -> str:
    made = folder / f"part.{suffix}"
    Image.new("RGB", (200, 120), colour).save(made)
    place = folder / f"{hashlib.sha256(made.read_bytes()).hexdigest()}.{suffix}"
    made.rename(place)
    return place.name


def test_pictures_are_shrunk_and_found_by_their_path(tmp_path: Path) -> None:
    names = [picture(tmp_path, (255, 0, 0)), picture(tmp_path, (0, 0, 255), "jpg")]
    pictures = Pictures(RunFolder(tmp_path), 32)
    assert list(pictures.load(names)) == [(2, 2)]
    assert pictures.image(names[0]).size == (32, 32)
    assert pictures.image(names[0]).getpixel((5, 5)) == (255, 0, 0)
    assert list(pictures.load(names)) == []


def test_the_second_start_reads_the_cache(tmp_path: Path) -> None:
    name = picture(tmp_path, (9, 8, 7))
    list(Pictures(RunFolder(tmp_path), 32).load([name]))
    (tmp_path / name).unlink()
    pictures = Pictures(RunFolder(tmp_path), 32)
    list(pictures.load([name]))
    assert np.asarray(pictures.image(name))[0, 0].tolist() == [9, 8, 7]


def test_of_two_processes_that_read_the_same_pictures_at_once_only_the_first_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When both wrote, the quicker one moved the file away under the other's hands."""
    name = picture(tmp_path, (9, 8, 7))
    first, second = (Pictures(RunFolder(tmp_path), 32) for _ in range(2))
    save = np.save

    def save_while_the_second_reads(*given: object) -> None:
        save(*given)
        with monkeypatch.context() as beside:
            beside.setattr(np, "save", save)
            beside.setenv("RANK", "1")
            list(second.load([name]))

    monkeypatch.setattr(np, "save", save_while_the_second_reads)
    list(first.load([name]))

    assert second.image(name) == first.image(name)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_an_altered_a_missing_and_a_broken_picture_are_refused(tmp_path: Path) -> None:
    name = picture(tmp_path, (1, 2, 3))
    assert read(tmp_path / name, 16).shape == (16, 16, 3)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"x")
    with pytest.raises(BadInput, match="not the one its name stands for"):
        read(tmp_path / name, 16)
    with pytest.raises(BadInput, match="is missing"):
        read(tmp_path / "gone.png", 16)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(BadInput, match="cannot be decoded"):
        read(tmp_path / "broken.png", 16)
