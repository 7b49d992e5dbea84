"""What rewards made of the answers of finished runs: dead groups and the size of picked sets, from their ledgers.

Belongs here: how both went over a stage, and what other rewards would have said of the same answers, beside exact
enumeration. Does not: making the runs (ablation.py), the enumeration (rewards/analysis.py).
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training_bridge.trainer.contract import rows
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.ledger import Visit
from training_bridge.trainer.rewards import analysis, dpa
from training_bridge.trainer.rewards.dpa import Reward

Gold = tuple[frozenset[str], int]
# `matrix` without unsure cells is the share of options judged right, also where the gold set is empty.
SCORED: dict[str, Reward] = {
    **analysis.MEASURED,
    dpa.MATRIX: lambda picked, gold, options: 1 - len(picked ^ gold) / options,
}


def course(folder: Path) -> dict[str, Any]:
    """Dead share, mean set and exact match over the first and the last third of a run's steps, evaluation left out."""
    visits = [visit for visit in ledger.read(folder) if visit.source == "rollout"]
    if not visits:
        raise BadInput(f"{folder} holds no rollouts; run grpo or hard there first.")
    steps = sorted({(visit.stage, visit.step) for visit in visits})
    third = max(1, len(steps) // 3)
    return {
        name: figures([visit for visit in visits if (visit.stage, visit.step) in part])
        for name, part in (("first", set(steps[:third])), ("last", set(steps[-third:])))
    }


def figures(visits: Sequence[Visit]) -> dict[str, float]:
    sizes = [len(picked) for visit in visits for picked in visit.picked if picked is not None]
    return {
        "dead": float(np.mean([visit.dead for visit in visits])),
        "set_size": float(np.mean(sizes)) if sizes else float("nan"),
        "exact": float(np.mean([right for visit in visits for right in visit.exact])),
    }


def rescored(visits: Sequence[Visit], golds: Mapping[str, Gold]) -> dict[str, dict[str, float]]:
    """Of every reward: share of dead groups among these, and by exact enumeration over the same gold sets.

    Unreadable answers earn 0. Enumeration takes options for independent and all equally hard, at the share of options
    that these answers judged right.
    """
    groups = [(visit.picked, *golds[visit.question]) for visit in visits]
    accuracy = options_right(visits, golds)
    size = round(float(np.mean([len(picked) for picked, _, _ in groups])))
    asked = [gold for _, gold, _ in groups]
    return {
        name: {
            "seen": float(np.mean([_dead(reward, picked, gold, options) for picked, gold, options in groups])),
            "enumerated": analysis.dead_share(reward, accuracy, size=size, golds=asked),
        }
        for name, reward in SCORED.items()
    }


def options_right(visits: Sequence[Visit], golds: Mapping[str, Gold]) -> float:
    """Share of options that readable answers judged right."""
    shares = [
        1 - len(picked ^ gold) / options
        for visit in visits
        for gold, options in [golds[visit.question]]
        for picked in visit.picked
        if picked is not None
    ]
    if not shares:
        raise BadInput("No answer of this run could be read, so there is nothing to score again.")
    return float(np.mean(shares))


def of_run(folder: Path, *, steps: int = 0) -> str:
    """The table of a run for people; `steps`: of each stage, the first so many (0: all)."""
    golds = {row.question: (row.gold, len(row.slots)) for row in rows.release_rows(folder / "release", "train")}
    visits = [
        visit
        for visit in ledger.read(folder)
        if visit.source == "rollout" and visit.question in golds and (not steps or visit.step <= steps)
    ]
    accuracy = options_right(visits, golds)
    head = f"**{len(visits)} groups; {100 * accuracy:.1f} % of options judged right**"
    lines = [head, "", "| reward | dead, seen, % | dead, enumerated, % |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {100 * found['seen']:.1f} | {100 * found['enumerated']:.1f} |"
        for name, found in rescored(visits, golds).items()
    ]
    return "\n".join(lines) + "\n"


def table(runs: Mapping[str, Sequence[Path]]) -> str:
    """How both went in every arm, means over its runs, for people."""
    lines = ["| arm | dead, first third | last third | mean set, first third | last third |", "|---|---|---|---|---|"]
    for arm, folders in runs.items():
        courses = [course(folder) for folder in folders]
        cells = [_mean(courses, part, figure) for figure in ("dead", "set_size") for part in ("first", "last")]
        lines.append(f"| {arm} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _mean(courses: Sequence[Mapping[str, Any]], part: str, figure: str) -> str:
    return f"{float(np.mean([found[part][figure] for found in courses])):.3f}"


def _dead(
    reward: Callable[..., float], picked: Sequence[frozenset[str] | None], gold: frozenset[str], options: int
) -> bool:
    worth = [0.0 if chosen is None else reward(chosen, gold, options) for chosen in picked]
    return max(worth) - min(worth) < 1e-9
