"""Scores of answers, question by question, and the report that sets models side by side.

Belongs here: exact match, overlap, the reward, shares by aspect, the table of models. Pure, numpy only.
An answer that could not be read scores zero in every metric and is counted as unparsable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training_bridge.trainer.metrics.intervals import Interval, clustered, mcnemar, paired_difference, wilson
from training_bridge.trainer.metrics.policies import Asked, Picked, Policy
from training_bridge.trainer.rewards import dpa

METRICS = ("exact", "jaccard", "per_option", "reward")


@dataclass(frozen=True)
class Scores:
    """One model on one split: a number per question and metric, in the order of the questions."""

    name: str
    kind: str
    values: Mapping[str, list[float]]
    unparsable: int
    answered: int
    set_size: float | None


def _each(picked: Picked, asked: Asked, reward: dpa.Reward) -> dict[str, float]:
    options = len(asked.slots)
    return {
        "exact": float(picked == asked.gold),
        "jaccard": dpa.jaccard(picked, asked.gold, options),
        "per_option": 1 - len(picked ^ asked.gold) / options,
        "reward": reward(picked, asked.gold, options),
    }


def of_answers(
    name: str, kind: str, questions: Sequence[Asked], answers: Mapping[str, Picked | None], reward: dpa.Reward
) -> Scores:
    """Scores of one answer per question. A question without an answer counts as wrong, and as not answered."""
    values: dict[str, list[float]] = {metric: [] for metric in METRICS}
    for asked in questions:
        picked = answers.get(asked.question)
        each = dict.fromkeys(METRICS, 0.0) if picked is None else _each(picked, asked, reward)
        for metric in METRICS:
            values[metric].append(each[metric])
    given = [asked for asked in questions if asked.question in answers]
    sizes = [len(picked) for asked in given if (picked := answers[asked.question]) is not None]
    return Scores(
        name=name,
        kind=kind,
        values=values,
        unparsable=len(given) - len(sizes),
        answered=len(given),
        set_size=float(np.mean(sizes)) if sizes else None,
    )


def of_policy(name: str, questions: Sequence[Asked], policy: Policy, reward: dpa.Reward) -> Scores:
    """Expected scores of a policy that does not look."""
    values: dict[str, list[float]] = {metric: [] for metric in METRICS}
    sizes = []
    for asked in questions:
        mixed = dict.fromkeys(METRICS, 0.0)
        size = 0.0
        for picked, chance in policy(asked).items():
            for metric, value in _each(picked, asked, reward).items():
                mixed[metric] += chance * value
            size += chance * len(picked)
        sizes.append(size)
        for metric in METRICS:
            values[metric].append(mixed[metric])
    return Scores(name, "trivial", values, unparsable=0, answered=len(questions), set_size=float(np.mean(sizes)))


def summary(scores: Scores, questions: Sequence[Asked]) -> dict[str, Any]:
    """What a table shows of one model."""
    families = [asked.family for asked in questions]
    by_aspect: dict[str, list[int]] = {}
    for position, asked in enumerate(questions):
        by_aspect.setdefault(asked.aspect, []).append(position)
    return {
        "name": scores.name,
        "kind": scores.kind,
        "answered": scores.answered,
        "exact": _interval(scores.values["exact"], families).rounded(),
        "jaccard": _interval(scores.values["jaccard"], families).rounded(),
        "per_option": round(float(np.mean(scores.values["per_option"])), 4),
        "reward": round(float(np.mean(scores.values["reward"])), 4),
        "unparsable": round(scores.unparsable / max(1, scores.answered), 4),
        "set_size": None if scores.set_size is None else round(scores.set_size, 3),
        "per_aspect": {
            aspect: _aspect([scores.values["exact"][p] for p in places], [families[p] for p in places])
            for aspect, places in sorted(by_aspect.items())
        },
    }


def _aspect(values: list[float], families: list[str]) -> dict[str, float]:
    exact = _interval(values, families)
    rounded = exact.rounded()
    return {"n": len(values), "exact": rounded["value"], "low": rounded["low"], "high": rounded["high"]}


def _interval(values: Sequence[float], families: Sequence[str]) -> Interval:
    """Clustered bootstrap; Wilson where every question scored the same and a bootstrap would claim certainty."""
    if len(set(values)) == 1 and values[0] in (0.0, 1.0):
        return wilson(sum(values), len(values))
    return clustered(values, families)


def report(
    *, split: str, questions: Sequence[Asked], primary: str | None, models: Sequence[Scores], reward_name: str
) -> dict[str, Any]:
    """Every model side by side on the same questions, and the primary one against each of the others."""
    families = [asked.family for asked in questions]
    trivial = [model for model in models if model.kind == "trivial"]
    best = max(trivial, key=lambda model: float(np.mean(model.values["exact"])))
    ours = next((model for model in models if model.name == primary), None)
    result: dict[str, Any] = {
        "schema": 1,
        "split": split,
        "questions": len(questions),
        "families": len(set(families)),
        "reward": reward_name,
        "primary": primary,
        "best_trivial": best.name,
        "models": [summary(model, questions) for model in models],
        "comparisons": [],
    }
    if ours is not None:
        chance = float(np.mean(best.values["exact"]))
        reached = float(np.mean(ours.values["exact"]))
        result["chance_corrected_exact"] = round((reached - chance) / (1 - chance), 4) if chance < 1 else None
        result["comparisons"] = [_against(ours, other, families) for other in models if other is not ours]
    return result


def _against(ours: Scores, other: Scores, families: Sequence[str]) -> dict[str, Any]:
    difference = paired_difference(ours.values["exact"], other.values["exact"], families).rounded()
    countable = set(other.values["exact"]) <= {0.0, 1.0}
    p = mcnemar(*([value == 1.0 for value in side.values["exact"]] for side in (ours, other))) if countable else None
    return {
        "with": other.name,
        "difference": difference["value"],
        "low": difference["low"],
        "high": difference["high"],
        "mcnemar_p": None if p is None else float(f"{p:.3g}"),
    }


def table(result: Mapping[str, Any]) -> str:
    """The report as Markdown."""
    lines = [
        f"{result['questions']} questions of {result['families']} families, split {result['split']}; "
        "95 % intervals by drawing families again.",
        "",
        "| model | exact match | Jaccard | per option | unparsable | mean set |",
        "|---|---|---|---|---|---|",
    ]
    for model in sorted(result["models"], key=lambda model: -model["exact"]["value"]):
        exact, overlap = model["exact"], model["jaccard"]
        mark = " (ours)" if model["name"] == result["primary"] else ""
        size = "–" if model["set_size"] is None else f"{model['set_size']:.2f}"
        lines.append(
            f"| {model['name']}{mark} | {exact['value']:.3f} [{exact['low']:.3f}, {exact['high']:.3f}] "
            f"| {overlap['value']:.3f} | {model['per_option']:.3f} | {model['unparsable']:.3f} | {size} |"
        )
    aspects = list(result["models"][0]["per_aspect"])
    lines += ["", "Exact match by aspect:", "", f"| model | {' | '.join(aspects)} |", "|---|" + "---|" * len(aspects)]
    for model in sorted(result["models"], key=lambda model: -model["exact"]["value"]):
        cells = (f"{model['per_aspect'][aspect]['exact']:.3f}" for aspect in aspects)
        lines.append(f"| {model['name']} | {' | '.join(cells)} |")
    if result["comparisons"]:
        lines += ["", "| ours against | difference in exact match | McNemar p |", "|---|---|---|"]
        for row in result["comparisons"]:
            p = "–" if row["mcnemar_p"] is None else f"{row['mcnemar_p']:.2g}"
            lines.append(f"| {row['with']} | {row['difference']:+.3f} [{row['low']:+.3f}, {row['high']:+.3f}] | {p} |")
    return "\n".join(lines) + "\n"
