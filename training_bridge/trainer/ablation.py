"""Arms of an experiment beside each other: the same starts, the same seeds, equal rollouts, one table.

    base          what SFT starts from
    sft           the start of all that follow
    grpo          GRPO with the 0/1 reward, questions drawn evenly
    grpo_dpa      the same with the recipe's reward
    hcm_staged    grpo_dpa for a third, a mining pass, GRPO over mined questions for the rest (paper-like
                  reconstruction)
    hcm_online    GRPO over questions drawn from the ledger in every batch
    reward-NAME   grpo_dpa with another reward, dynamic-NAME with another reading of "dynamic" (of both, any)

Rollouts are equal, not steps: what the mining pass samples is taken from the steps of its arm. Learning rate, schedule
and everything else are the recipe's.

Belongs here: which arms, the table. Does not: their folders (arms.py), training (recipe.py), the pool
(measure/scenes.py).
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training_bridge.trainer import arms, plan
from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.folder import RunFolder, replace_json, replace_text
from training_bridge.trainer.errors import BadInput, BadRecipe
from training_bridge.trainer.measure import groups
from training_bridge.trainer.metrics import paired
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.ledger import Visit
from training_bridge.trainer.plan import Plan
from training_bridge.trainer.rewards import dpa, dynamic
from training_bridge.trainer.stages.material import reinforced

ARMS = ("base", "sft", "grpo", "grpo_dpa", "hcm_staged", "hcm_online")
AGAINST = "grpo_dpa"
OF_REWARDS = (*(f"reward-{name}" for name in dpa.NAMES), *(f"dynamic-{reading}" for reading in dynamic.READINGS))


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
    drawn_from = reinforced(rows.release_rows(folder.release, "train"), made)
    mined = made.mine.asks(len(drawn_from)) * made.mine.generations
    _check(made, design, mined)
    place = root / "ablation"
    frozen = {
        "schema": 1,
        **{key: getattr(design, key) for key in ("starts", "seeds", "steps", "every")},
        "arms": list(design.arms),
    }
    arms.freeze(place, frozen)
    first = arms.begin(folder, made)
    for start in range(design.starts):
        stages = (*first, "sft", "evaluate")
        begun = arms.folder(folder, place / f"start-{start}", seed=1000 * (start + 1), stages=stages)
        arms.inherit(folder, begun, first)
        arms.finish(begun, ("sft", "evaluate"))
        for seed in range(design.seeds):
            for arm in design.arms:
                if arm not in ("base", "sft"):
                    stages, parts = _changes(made, design, arm, mined)
                    one = arms.folder(
                        begun,
                        begun.root / f"seed-{seed}" / arm,
                        seed=1000 * (start + 1) + seed + 1,
                        stages=(*first, "sft", *stages, "evaluate"),
                        every=design.every,
                        parts=parts,
                    )
                    arms.inherit(begun, one, [*first, "sft"])
                    arms.finish(one, (*stages, "evaluate"))
    if "base" in design.arms and first:
        bare = arms.folder(folder, place / "base", seed=request.seed, stages=(*first, "evaluate"))
        arms.inherit(folder, bare, first)
        arms.finish(bare, ("evaluate",))
    result = table(root, design)
    replace_json(place / "table.json", result)
    replace_text(place / "table.md", markdown(result))
    replace_text(place / "groups.md", groups.table(_trained(root, design)))
    return result


def _check(made: Plan, design: Design, mined: int) -> None:
    unknown = sorted(set(design.arms) - {*ARMS, *OF_REWARDS})
    if unknown:
        raise BadRecipe(f"There is no arm {', '.join(unknown)}; there is {', '.join((*ARMS, *OF_REWARDS))}.")
    if "hcm_staged" in design.arms and _staged(made, design, mined)[1] < 1:
        raise BadRecipe(
            f"A mining pass of {mined} answers leaves no step of {design.steps} for the mined questions; ask for more "
            "steps or mine fewer questions."
        )


def _staged(made: Plan, design: Design, mined: int) -> tuple[int, int]:
    """Steps before and after the mining pass, whose `mined` answers are paid for in steps."""
    mining = -(-mined // (made.grpo.prompts * made.grpo.generations))
    before = design.steps // 3
    return before, design.steps - before - mining


def _changes(made: Plan, design: Design, arm: str, mined: int) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    """Stages behind the start, and what the arm changes."""
    if arm == "grpo":
        return ("grpo",), {"grpo": {"steps": design.steps, "mode": "off", "reward": "exact"}}
    if arm == "grpo_dpa":
        return ("grpo",), {"grpo": {"steps": design.steps, "mode": "off"}}
    if arm == "hcm_online":
        return ("hard",), {"hard": {"steps": design.steps, "mode": "online"}}
    if arm in OF_REWARDS:
        return ("grpo",), _rewarded(design, *arm.split("-"))
    before, after = _staged(made, design, mined)
    return ("grpo", "mine", "hard"), {
        "grpo": {"steps": before, "mode": "off"},
        "hard": {"steps": after, "mode": "staged"},
    }


def _rewarded(design: Design, kind: str, name: str) -> dict[str, dict[str, Any]]:
    steps = {"steps": design.steps, "mode": "off"}
    if kind == "reward":
        return {"grpo": {**steps, "reward": name}}
    # Dividing by the group's spread would remove the factor of `aspect`.
    scale = {"scale": "none"} if name == "aspect" else {}
    return {"grpo": {**steps, **scale}, "rewards": {"dynamic": name}}


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


def _trained(root: Path, design: Design) -> dict[str, list[Path]]:
    """Arm → its finished runs, of arms that reinforce."""
    found: dict[str, list[Path]] = {}
    for arm, _, _, folder in runs(root, design):
        if arm not in ("base", "sft") and (folder / "stages" / "evaluate.json").exists():
            found.setdefault(arm, []).append(folder)
    return found


def table(root: Path, design: Design) -> dict[str, Any]:
    """Exact match by slice of every arm over its runs, and every arm against `grpo_dpa`, paired by start and seed."""
    slices = arms.slices(root)
    tested = arms.tested(root, slices)
    values: dict[str, dict[str, dict[tuple[int, int], float]]] = {}
    curves: dict[str, dict[str, dict[int, list[float]]]] = {}
    spent: dict[str, int] = {}
    counted: dict[str, int] = {}
    for arm, start, seed, folder in runs(root, design):
        if not (folder / "stages" / "evaluate.json").exists():
            continue
        for name, right in arms.answered(folder, tested).items():
            values.setdefault(name, {}).setdefault(arm, {})[start, seed] = sum(right) / len(right)
            counted[name] = max(counted.get(name, 0), len(right))
        for name in tested:
            for rollouts, found in _curve(folder, set(slices[name]) - set(tested[name])).items():
                curves.setdefault(name, {}).setdefault(arm, {}).setdefault(rollouts, []).append(found)
        spent[arm] = _rollouts(folder)
    result: dict[str, Any] = {
        "schema": 1,
        "starts": design.starts,
        "seeds": design.seeds,
        "questions": counted,
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
    for arm in (*ARMS, *OF_REWARDS):
        of = [result["arms"][name].get(arm) for name in names]
        if any(of):
            cells = (f"{one['mean']:.3f} ± {one['sd']:.3f}" if one else "–" for one in of)
            count = next(one["n"] for one in of if one)
            lines.append(f"| {arm} | {result['rollouts'].get(arm, 0):,} | {count} | {' | '.join(cells)} |")
    lines += ["", f"Against `{result['against']}`, paired by start and seed; p by flipping signs:", ""]
    lines += [f"| arm | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for arm in (*ARMS, *OF_REWARDS):
        of = [result["differences"][name].get(arm) for name in names]
        if any(of):
            cells = (
                f"{one['difference']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}], p {one['p']:.3f}" if one else "–"
                for one in of
            )
            lines.append(f"| {arm} | {' | '.join(cells)} |")
    for name, of_arms in result["curves"].items():
        points = sorted({int(rollouts) for of in of_arms.values() for rollouts in of})
        lines += ["", f"Learning curve on {name} validation questions, mean over runs, by rollouts spent:", ""]
        lines += [f"| arm | {' | '.join(f'{point:,}' for point in points)} |", "|---|" + "---|" * len(points)]
        for arm, of in of_arms.items():
            shares = (f"{of[str(point)]['mean']:.2f}" if str(point) in of else "" for point in points)
            lines.append(f"| {arm} | {' | '.join(shares)} |")
    return "\n".join(lines) + "\n"


def design_of(asked: Mapping[str, Any]) -> Design:
    """From the command line's words. Raises BadInput."""
    counts = [asked[name] for name in ("starts", "seeds", "steps", "every")]
    if min(counts) < 1:
        raise BadInput("An ablation needs at least one start, one seed and one step, and points at least a step apart.")
    return Design(*counts, arms=tuple(asked["arms"].split(",")))
