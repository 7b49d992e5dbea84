"""Scores of answers, question by question, and the report that sets models side by side.

Belongs here: exact match, overlap, the reward, the report. Pure, numpy only.
Does not: breakdowns (detail.py), the report as text (markdown.py).
An answer that could not be read scores zero in every metric and is counted as unparsable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from training_bridge.trainer.metrics import detail, power
from training_bridge.trainer.metrics.intervals import corrected as corrected_interval
from training_bridge.trainer.metrics.intervals import mcnemar, paired_difference
from training_bridge.trainer.metrics.policies import Asked, Picked, Policy
from training_bridge.trainer.rewards import dpa

# Fewer clusters than this make a cluster bootstrap too sure of itself (Cameron, Gelbach and Miller, 2008).
FEWEST_FAMILIES = 30
METRICS = ("exact", "jaccard", "f1", "per_option", "reward")


@dataclass(frozen=True)
class Scores:
    """One model on one split: a number per question and metric, in the order of the questions."""

    name: str
    kind: str
    values: Mapping[str, list[float]]
    unparsable: int
    answered: int
    set_size: float | None
    answers: Mapping[str, Picked | None] = field(default_factory=dict)
    shown: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _each(picked: Picked, asked: Asked, reward: dpa.Reward) -> dict[str, float]:
    options = len(asked.slots)
    return {
        "exact": float(picked == asked.gold),
        "jaccard": dpa.jaccard(picked, asked.gold, options),
        "f1": dpa.f1(picked, asked.gold, options),
        "per_option": 1 - len(picked ^ asked.gold) / options,
        "reward": reward(picked, asked.gold, options),
    }


def of_answers(
    name: str,
    kind: str,
    questions: Sequence[Asked],
    answers: Mapping[str, Picked | None],
    reward: dpa.Reward,
    *,
    shown: Mapping[str, Mapping[str, str]] | None = None,
) -> Scores:
    """Scores of one answer per question. A question without an answer counts as wrong, and as not answered.

    `shown`: which letter showed which slot, for the bias towards places.
    """
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
        answers=dict(answers),
        shown=shown or {},
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
    """What a table shows of one model. Breakdowns that need single answers are left out for policies."""
    families = [asked.family for asked in questions]
    exact = scores.values["exact"]
    result: dict[str, Any] = {
        "name": scores.name,
        "kind": scores.kind,
        "answered": scores.answered,
        "exact": detail.interval(exact, families).rounded(),
        "jaccard": detail.interval(scores.values["jaccard"], families).rounded(),
        "f1": round(float(np.mean(scores.values["f1"])), 4),
        "per_option": round(float(np.mean(scores.values["per_option"])), 4),
        "reward": round(float(np.mean(scores.values["reward"])), 4),
        "unparsable": round(scores.unparsable / max(1, scores.answered), 4),
        "set_size": None if scores.set_size is None else round(scores.set_size, 3),
        "per_aspect": detail.by((asked.aspect for asked in questions), exact, families),
        "per_gold_size": detail.by((str(len(asked.gold)) for asked in questions), exact, families),
    }
    if scores.answers:
        result["letters"] = detail.letters(questions, scores.answers)
        result["per_generator"] = detail.by_generator(questions, scores.answers)
        result["position_bias"] = detail.position_bias(questions, scores.answers, scores.shown)
        result["habits"] = detail.habits(questions, scores.answers, scores.shown)
    return result


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
        "warnings": warnings(len(set(families))),
        "human_ceiling": detail.human_ceiling(questions),
        "models": [summary(model, questions) for model in models],
        "comparisons": [],
    }
    for model, told in zip(models, result["models"], strict=True):
        told["chance_corrected"] = corrected(model.values["exact"], best.values["exact"], families)
    if ours is not None:
        own = corrected(ours.values["exact"], best.values["exact"], families)
        result["chance_corrected_exact"] = own and own["value"]
        result["comparisons"] = [_against(ours, other, families) for other in models if other is not ours]
    return result


def warnings(families: int) -> list[str]:
    """What keeps a reader from trusting the numbers as they stand."""
    if families >= FEWEST_FAMILIES:
        return []
    return [
        f"Only {families} families: intervals by drawing families again are too narrow with fewer than "
        f"{FEWEST_FAMILIES}, and McNemar's test treats questions of a family as if they had nothing in common."
    ]


def corrected(exact: Sequence[float], trivial: Sequence[float], families: Sequence[str]) -> dict[str, float] | None:
    """(score − best trivial) / (1 − best trivial): 0 is what a policy reaches that never looks, 1 is all right.

    Both are drawn again together. `None` where the trivial policy is always right.
    """
    if float(np.mean(trivial)) >= 1:
        return None
    return corrected_interval(exact, trivial, families).rounded()


def _against(ours: Scores, other: Scores, families: Sequence[str]) -> dict[str, Any]:
    difference = paired_difference(ours.values["exact"], other.values["exact"], families).rounded()
    countable = set(other.values["exact"]) <= {0.0, 1.0}
    result: dict[str, Any] = {
        "with": other.name,
        "difference": difference["value"],
        "low": difference["low"],
        "high": difference["high"],
        "mcnemar_p": None,
    }
    if countable:
        left, right = ([value == 1.0 for value in side.values["exact"]] for side in (ours, other))
        differing = power.disagreement(left, right)
        result["mcnemar_p"] = float(f"{mcnemar(left, right):.3g}")
        result["disagreement"] = round(differing, 4)
        # How many questions it takes to see this difference, were it the true one, and one of two points.
        result["needed"] = power.needed(float(difference["value"]), differing)
        result["needed_for_two_points"] = power.needed(0.02, differing)
    return result
