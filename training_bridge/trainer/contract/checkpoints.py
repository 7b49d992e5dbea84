"""Checkpoints inside a stage: which of them is whole, and how many processes wrote it.

Belongs here: the mark `saved-whole.json`. Does not: what lies in a checkpoint (TRL's, and compat.py's rollouts).
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from training_bridge.trainer import ranks
from training_bridge.trainer.contract.folder import replace_json
from training_bridge.trainer.contract.reading import read_object

MARK = "saved-whole.json"


@dataclass(frozen=True)
class Writers:
    """Who wrote a checkpoint: `processes` together, each a part of the model (FSDP) or all of it."""

    processes: int
    in_parts: bool


def mark_whole(place: Path) -> None:
    """Say of a checkpoint that everything in it is written. Without this mark nobody goes on from it."""
    step = int(place.name.rsplit("-", 1)[1])
    replace_json(place / MARK, {"step": step, "processes": ranks.count(), "in_parts": ranks.in_parts()})


def last_whole(folder: Path) -> Path | None:
    """The newest checkpoint that was written to its end; a kill may have left a part of a newer one."""
    whole = [mark.parent for mark in folder.glob(f"checkpoint-*/{MARK}")]
    return max(whole, key=lambda place: int(place.name.rsplit("-", 1)[1])) if whole else None


def drop_halves(folder: Path) -> None:
    """Remove what nobody can go on from: where the disk was full, it is in the way."""
    for place in folder.glob("checkpoint-*"):
        if not (place / MARK).exists():
            shutil.rmtree(place, ignore_errors=True)


def written_by(place: Path) -> Writers | None:
    """Who wrote it. None where an older trainer did, which did not say."""
    mark = read_object(place / MARK)
    if "processes" not in mark.value:
        return None
    return Writers(processes=mark.integer("processes"), in_parts=mark.flag("in_parts"))
