"""Arms of an experiment: run folders that share their start, and how right each of them ended.

Each arm is a run folder of its own that shares release, pictures and cache, so a stopped experiment goes on where it
was.

Belongs here: making such folders, finishing them, exact match by slice. Does not: which arms there are (ablation.py,
ways.py), training (recipe.py).
"""

import copy
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training_bridge.trainer import recipe
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder, replace_json
from training_bridge.trainer.contract.reading import read_lines, read_object
from training_bridge.trainer.errors import BadRecipe, Interrupted
from training_bridge.trainer.plan import Plan

SHARED = ("release", "pool", "images", "cache")
FIRST = ("look", "pretrain")
HELD_OUT = ("validation", "test")


def freeze(place: Path, design: Mapping[str, Any]) -> None:
    """Write down what is fixed before the runs. Raises BadRecipe where another design has begun there."""
    known = place / "design.json"
    if known.exists() and read_object(known).value != design:
        raise BadRecipe(f"{place} holds an experiment of another design; remove it, or ask for the same design.")
    replace_json(known, design)


def begin(root: RunFolder, made: Plan) -> list[str]:
    """Finish what all arms start from; returns those stages."""
    first = [stage for stage in FIRST if stage in made.stages]
    for stage in first:
        if not recipe.finished(root, stage):
            _ended(recipe.run(root, only=stage, smoke=root.request().smoke, resume=root.plan.exists()))
    return first


def folder(
    parent: RunFolder,
    place: Path,
    *,
    seed: int,
    stages: Sequence[str],
    every: int = 0,
    parts: Mapping[str, Mapping[str, Any]] | None = None,
) -> RunFolder:
    """A run folder that shares what is only read with its parent. `parts`: what the arm changes in the recipe."""
    place.mkdir(parents=True, exist_ok=True)
    for name in SHARED:
        if (parent.root / name).exists() and not (place / name).exists():
            (place / name).symlink_to(os.path.relpath((parent.root / name).resolve(), place))
    request = copy.deepcopy(read_object(parent.request_file).value)
    overrides = request.setdefault("overrides", {})
    overrides["stages"] = list(stages)
    # Earlier stages are not measured again in every arm, and letters differ by seed, so also comes from elsewhere.
    overrides["evaluate"] = {**overrides.get("evaluate", {}), "also": [], "validation": 0, "every": every}
    for part, values in (parts or {}).items():
        overrides[part] = {**overrides.get(part, {}), **values}
    request["seed"] = seed
    if not (place / "run.json").exists():
        replace_json(place / "run.json", request)
    return RunFolder(place)


def inherit(parent: RunFolder, child: RunFolder, stages: Sequence[str]) -> None:
    """Stages that the parent has finished count as finished here, with its checkpoints."""
    for stage in stages:
        mark, checkpoint = child.root / "stages" / f"{stage}.json", child.checkpoints / stage
        if mark.exists():
            continue
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        if not checkpoint.exists():
            source = (parent.checkpoints / stage).resolve()
            checkpoint.symlink_to(os.path.relpath(source, checkpoint.parent.resolve()))
        mark.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(parent.root / "stages" / f"{stage}.json", mark)


def finish(arm: RunFolder, stages: Sequence[str]) -> None:
    """Run what is not finished of these stages. Raises Interrupted where the run was stopped."""
    if all(recipe.finished(arm, name) for name in stages):
        return
    _ended(recipe.run(arm, only=None, smoke=arm.request().smoke, resume=arm.plan.exists()))
    # What only this arm would need to go on is in the way now: eight seeds of six arms fill a disk.
    for stage in ("grpo", "hard"):
        if not (arm.checkpoints / stage).is_symlink():
            shutil.rmtree(arm.checkpoints / stage, ignore_errors=True)


def _ended(how: str) -> None:
    if how != "done":
        raise Interrupted


def slices(root: Path) -> dict[str, list[str]]:
    """Name → held-out questions: those of `slices.json`, or all in one."""
    file = root / "slices.json"
    named: dict[str, list[str]] = json.loads(file.read_text()) if file.exists() else {}
    if named:
        return named
    return {"all": [row.question for split in HELD_OUT for row in rows.release_rows(root / "release", split)]}


def tested(root: Path, named: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The test questions of each slice."""
    asked = {row.question for row in rows.release_rows(root / "release", "test")}
    return {name: [question for question in questions if question in asked] for name, questions in named.items()}


def answered(arm: Path, questions: Mapping[str, Sequence[str]]) -> dict[str, list[bool]]:
    """Whether the arm's trained model was exactly right, on the questions of each slice that it was asked.

    A recipe may ask fewer than there are (`evaluate.test`); a slice of which none was asked is left out.
    """
    right = _answers(arm)
    found = {name: [right[one] for one in asked if one in right] for name, asked in questions.items()}
    return {name: answers for name, answers in found.items() if answers}


def _answers(arm: Path) -> dict[str, bool]:
    """Question → whether the trained model's answer to it was exactly right."""
    from training_bridge.trainer.stages.evaluate import TRAINED, picked_by

    by_id = {row.question: row for row in rows.release_rows(arm / "release", "test")}
    found = {}
    for row in map(rows.completion_row, read_lines(arm / "completions.jsonl")):
        if row.model == TRAINED:
            found[row.question] = picked_by(row, by_id) == by_id[row.question].gold
    return found
