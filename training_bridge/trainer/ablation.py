"""Arms of an experiment beside each other: the same starts, the same seeds, equal rollouts, one table.

    base          what SFT starts from
    sft           the start of all that follow
    grpo          GRPO with the 0/1 reward, questions drawn evenly
    grpo_dpa      the same with the recipe's reward
    hcm_staged    grpo_dpa for a third, a mining pass, GRPO over mined questions for the rest (paper-like
                  reconstruction)
    hcm_online    GRPO over questions drawn from the ledger in every batch

Rollouts are equal, not steps: what the mining pass samples is taken from the steps of its arm. Learning rate, schedule
and everything else are the recipe's. Each arm is a run folder of its own that shares release, pictures and cache, so a
stopped ablation goes on where it was.

Belongs here: which arms, their folders, the table. Does not: training (recipe.py), the pool (measure/scenes.py).
"""

import copy
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training_bridge.trainer import plan, recipe
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder, replace_json, replace_text
from training_bridge.trainer.contract.reading import read_lines, read_object
from training_bridge.trainer.errors import BadInput, BadRecipe, Interrupted
from training_bridge.trainer.metrics import paired
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.ledger import Visit
from training_bridge.trainer.plan import Plan

ARMS = ("base", "sft", "grpo", "grpo_dpa", "hcm_staged", "hcm_online")
AGAINST = "grpo_dpa"
SHARED = ("release", "pool", "images", "cache")
FIRST = ("look", "pretrain")
HELD_OUT = ("validation", "test")


@dataclass(frozen=True)
class Design:
    """What is fixed before the runs. `steps`: of GRPO in every arm, mining included; a third come before it.

    `every`: steps between two points of the learning curve on the validation questions.
    """

    starts: int = 3
    seeds: int = 3
    steps: int = 40
    every: int = 10
    arms: tuple[str, ...] = ARMS


def run(root: Path, design: Design) -> dict[str, Any]:
    """Every arm from every start with every seed, then the table. Finished runs are not repeated."""
    folder = RunFolder(root)
    request = folder.request()
    made = plan.of(request, smoke=request.smoke)
    _check(made, design)
    place = root / "ablation"
    frozen = {
        "schema": 1,
        **{key: getattr(design, key) for key in ("starts", "seeds", "steps", "every")},
        "arms": list(design.arms),
    }
    known = place / "design.json"
    if known.exists() and read_object(known).value != frozen:
        raise BadRecipe(f"{place} holds an ablation of another design; remove it, or ask for the same design.")
    replace_json(known, frozen)
    first = [stage for stage in FIRST if stage in made.stages]
    for stage in first:
        if not recipe.finished(folder, stage):
            _ended(recipe.run(folder, only=stage, smoke=request.smoke, resume=folder.plan.exists()))
    for start in range(design.starts):
        begun = _folder(folder, place / f"start-{start}", seed=1000 * (start + 1), stages=(*first, "sft", "evaluate"))
        _inherit(folder, begun, first)
        _stages(begun, ("sft", "evaluate"))
        for seed in range(design.seeds):
            for arm in design.arms:
                if arm not in ("base", "sft"):
                    _arm(begun, made, design, arm, start=start, seed=seed, first=first)
    if "base" in design.arms and first:
        bare = _folder(folder, place / "base", seed=request.seed, stages=(*first, "evaluate"))
        _inherit(folder, bare, first)
        _stages(bare, ("evaluate",))
    result = table(root, design)
    replace_json(place / "table.json", result)
    replace_text(place / "table.md", markdown(result))
    return result


def _check(made: Plan, design: Design) -> None:
    unknown = sorted(set(design.arms) - set(ARMS))
    if unknown:
        raise BadRecipe(f"There is no arm {', '.join(unknown)}; there is {', '.join(ARMS)}.")
    if "hcm_staged" in design.arms and _staged(made, design)[1] < 1:
        raise BadRecipe(
            f"A mining pass of {made.mine.questions} questions × {made.mine.generations} answers leaves no step of "
            f"{design.steps} for the mined questions; ask for more steps or mine fewer questions."
        )


def _staged(made: Plan, design: Design) -> tuple[int, int]:
    """Steps before and after the mining pass, whose answers are paid for in steps."""
    a_step = made.grpo.prompts * made.grpo.generations
    mining = -(-made.mine.questions * made.mine.generations // a_step)
    before = design.steps // 3
    return before, design.steps - before - mining


def _parts(made: Plan, design: Design, arm: str) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    """Stages behind the start, and what the arm changes."""
    if arm == "grpo":
        return ("grpo",), {"grpo": {"steps": design.steps, "mode": "off", "reward": "exact"}}
    if arm == "grpo_dpa":
        return ("grpo",), {"grpo": {"steps": design.steps, "mode": "off"}}
    if arm == "hcm_online":
        return ("hard",), {"hard": {"steps": design.steps, "mode": "online"}}
    before, after = _staged(made, design)
    return ("grpo", "mine", "hard"), {
        "grpo": {"steps": before, "mode": "off"},
        "hard": {"steps": after, "mode": "staged"},
    }


def _arm(begun: RunFolder, made: Plan, design: Design, arm: str, *, start: int, seed: int, first: list[str]) -> None:
    stages, parts = _parts(made, design, arm)
    place = begun.root / f"seed-{seed}" / arm
    folder = _folder(
        begun,
        place,
        seed=1000 * (start + 1) + seed + 1,
        stages=(*first, "sft", *stages, "evaluate"),
        every=design.every,
        parts=parts,
    )
    _inherit(begun, folder, [*first, "sft"])
    _stages(folder, (*stages, "evaluate"))


def _folder(
    parent: RunFolder,
    place: Path,
    *,
    seed: int,
    stages: tuple[str, ...],
    every: int = 0,
    parts: Mapping[str, Mapping[str, Any]] | None = None,
) -> RunFolder:
    """A run folder that shares what is only read with its parent."""
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


def _inherit(parent: RunFolder, folder: RunFolder, stages: list[str]) -> None:
    """Stages that the parent has finished count as finished here, with its checkpoints."""
    for stage in stages:
        mark, checkpoint = folder.root / "stages" / f"{stage}.json", folder.checkpoints / stage
        if mark.exists():
            continue
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        if not checkpoint.exists():
            source = (parent.checkpoints / stage).resolve()
            checkpoint.symlink_to(os.path.relpath(source, checkpoint.parent.resolve()))
        mark.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(parent.root / "stages" / f"{stage}.json", mark)


def _stages(folder: RunFolder, names: tuple[str, ...]) -> None:
    if all(recipe.finished(folder, name) for name in names):
        return
    _ended(recipe.run(folder, only=None, smoke=folder.request().smoke, resume=folder.plan.exists()))
    # What only this arm would need to go on is in the way now: eight seeds of six arms fill a disk.
    for stage in ("grpo", "hard"):
        if not (folder.checkpoints / stage).is_symlink():
            shutil.rmtree(folder.checkpoints / stage, ignore_errors=True)


def _ended(how: str) -> None:
    if how != "done":
        raise Interrupted


def answers(folder: Path) -> dict[str, bool]:
    """Question → whether the trained model's answer to it was exactly right."""
    from training_bridge.trainer.stages.evaluate import TRAINED, picked_by

    by_id = {row.question: row for row in rows.release_rows(folder / "release", "test")}
    found = {}
    for row in map(rows.completion_row, read_lines(folder / "completions.jsonl")):
        if row.model == TRAINED:
            found[row.question] = picked_by(row, by_id) == by_id[row.question].gold
    return found


def runs(root: Path, design: Design) -> Iterator[tuple[str, int, int, Path]]:
    """(arm, start, seed, folder) of every run; the start itself counts for every one of its seeds."""
    place = root / "ablation"
    for start in range(design.starts):
        for seed in range(design.seeds):
            for arm in design.arms:
                if arm == "base":
                    yield arm, start, seed, place / "base"
                elif arm == "sft":
                    yield arm, start, seed, place / f"start-{start}"
                else:
                    yield arm, start, seed, place / f"start-{start}" / f"seed-{seed}" / arm


def table(root: Path, design: Design) -> dict[str, Any]:
    """Exact match by slice of every arm over its runs, and every arm against `grpo_dpa`, paired by start and seed."""
    slices_file = root / "slices.json"
    slices: dict[str, list[str]] = json.loads(slices_file.read_text()) if slices_file.exists() else {}
    if not slices:
        slices = {"all": [row.question for split in HELD_OUT for row in rows.release_rows(root / "release", split)]}
    asked = {row.question for row in rows.release_rows(root / "release", "test")}
    tested = {name: [question for question in questions if question in asked] for name, questions in slices.items()}
    values: dict[str, dict[str, dict[tuple[int, int], float]]] = {}
    curves: dict[str, dict[str, dict[int, list[float]]]] = {}
    spent: dict[str, int] = {}
    for arm, start, seed, folder in runs(root, design):
        if not (folder / "stages" / "evaluate.json").exists():
            continue
        right = answers(folder)
        for name, questions in tested.items():
            share = sum(right.get(question, False) for question in questions) / len(questions)
            values.setdefault(name, {}).setdefault(arm, {})[start, seed] = share
            for rollouts, found in _curve(folder, set(slices[name]) - asked).items():
                curves.setdefault(name, {}).setdefault(arm, {}).setdefault(rollouts, []).append(found)
        spent[arm] = _rollouts(folder)
    result: dict[str, Any] = {
        "schema": 1,
        "starts": design.starts,
        "seeds": design.seeds,
        "questions": {name: len(questions) for name, questions in tested.items()},
        "rollouts": spent,
        "arms": {},
        "against": AGAINST,
        "differences": {},
        "curves": {
            name: {
                arm: {str(rollouts): paired.spread(shares) for rollouts, shares in sorted(of.items())}
                for arm, of in arms.items()
            }
            for name, arms in curves.items()
        },
    }
    for name, of_arms in values.items():
        result["arms"][name] = {
            arm: {**paired.spread(list(found.values())), "runs": [round(value, 4) for value in found.values()]}
            for arm, found in of_arms.items()
        }
        other = of_arms.get(AGAINST, {})
        result["differences"][name] = {}
        for arm, found in of_arms.items():
            both = sorted(found.keys() & other.keys())
            if arm != AGAINST and both:
                result["differences"][name][arm] = paired.difference(
                    [found[pair] for pair in both], [other[pair] for pair in both]
                )
    return result


def _rollouts(folder: Path) -> int:
    """Answers that the ledger of one run holds: what its arm spent, mining included."""
    return sum(len(visit.rewards) for visit in _spending(folder))


def _spending(folder: Path) -> list[Visit]:
    return [visit for visit in ledger.read(folder) if visit.source != "evaluation"]


def _curve(folder: Path, questions: Set[str]) -> dict[int, float]:
    """Rollouts spent so far → share of these validation questions that are right."""
    from training_bridge.trainer.stages import curve

    spending = _spending(folder)
    stages = list(dict.fromkeys(visit.stage for visit in spending))
    found = {}
    for point in curve.read(RunFolder(folder)):
        earlier = stages[: stages.index(point["stage"])] if point["stage"] in stages else []
        spent = sum(
            len(visit.rewards)
            for visit in spending
            if visit.stage in earlier or (visit.stage == point["stage"] and visit.step <= point["step"])
        )
        if questions:
            found[spent] = len(questions & set(point["right"])) / len(questions)
    return found


def markdown(result: Mapping[str, Any]) -> str:
    """The table for people."""
    names = list(result["arms"])
    asked = ", ".join(f"{name} {count}" for name, count in result["questions"].items())
    lines = [
        f"{result['starts']} starts × {result['seeds']} seeds; test questions: {asked}. Mean ± deviation over runs.",
        "",
        f"| arm | rollouts a run | runs | {' | '.join(f'exact, {name}' for name in names)} |",
        "|---|---|---|" + "---|" * len(names),
    ]
    for arm in ARMS:
        of = [result["arms"][name].get(arm) for name in names]
        if any(of):
            cells = (f"{one['mean']:.3f} ± {one['sd']:.3f}" if one else "–" for one in of)
            count = next(one["n"] for one in of if one)
            lines.append(f"| {arm} | {result['rollouts'].get(arm, 0):,} | {count} | {' | '.join(cells)} |")
    lines += ["", f"Against `{result['against']}`, paired by start and seed; p by flipping signs:", ""]
    lines += [f"| arm | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for arm in ARMS:
        of = [result["differences"][name].get(arm) for name in names]
        if any(of):
            cells = (
                f"{one['difference']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}], p {one['p']:.3f}" if one else "–"
                for one in of
            )
            lines.append(f"| {arm} | {' | '.join(cells)} |")
    for name, arms in result["curves"].items():
        points = sorted({int(rollouts) for of in arms.values() for rollouts in of})
        lines += ["", f"Learning curve on {name} validation questions, mean over runs, by rollouts spent:", ""]
        lines += [f"| arm | {' | '.join(f'{point:,}' for point in points)} |", "|---|" + "---|" * len(points)]
        for arm, of in arms.items():
            shares = (f"{of[str(point)]['mean']:.2f}" if str(point) in of else "" for point in points)
            lines.append(f"| {arm} | {' | '.join(shares)} |")
    return "\n".join(lines) + "\n"


def design_of(asked: Mapping[str, Any]) -> Design:
    """From the command line's words. Raises BadInput."""
    counts = [asked[name] for name in ("starts", "seeds", "steps", "every")]
    if min(counts) < 1:
        raise BadInput("An ablation needs at least one start, one seed and one step, and points at least a step apart.")
    return Design(*counts, arms=tuple(asked["arms"].split(",")))
