"""How well `suspect` finds planted wrong answers, beside chance and beside a ranking by loss, on the same run.

The run's folder names the planted questions in `planted.json` (`trainer draw --flipped`). Rules:

    suspect        the state as it stands: oversampled, never right, one other set, confirmed by people or a second
    model unconfirmed    the same without confirmation never right    every visited question that no answer got right
    loss           as many questions as `suspect` found, those with the highest mean loss per token of their given
    answer loss, top n    as many as were planted random         what drawing as many as `suspect` found expects

Belongs here: the rules, the loss, the table. Does not: the state itself (mining/states.py).
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training_bridge.trainer import plan, prompts
from training_bridge.trainer.contract.folder import Journal, RunFolder
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.metrics.intervals import wilson
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.mining.states import State


def report(root: Path) -> dict[str, Any]:
    """Precision and recall of every rule on one finished run. Raises BadInput where nothing was planted."""
    from training_bridge.trainer.stages import mine
    from training_bridge.trainer.stages.context import Context

    file = root / "planted.json"
    if not file.exists() or not (planted := frozenset(json.loads(file.read_text()))):
        raise BadInput(
            f"{root} has no planted.json with wrong answers; make such a folder by `trainer draw --flipped`."
        )
    folder = RunFolder(root)
    request = folder.request()
    made = plan.of(request, smoke=request.smoke)
    context = Context(folder, request, made, Journal(folder))
    visits = list(ledger.read(root))
    memory = mine.memory_of(context)
    memory.see(visits)
    found = flagged(memory, made)
    suspects = len(found["suspect"])
    losses = _losses(context, made)
    ranked = sorted(losses, key=lambda name: (-losses[name], name))
    found["loss"] = frozenset(ranked[:suspects])
    found["loss, top n"] = frozenset(ranked[: len(planted)])
    questions = list(memory.standings)
    return {
        "schema": 1,
        "questions": len(questions),
        "planted": len(planted),
        "visited": sum(standing.visits > 0 for standing in memory.standings.values()),
        "rollouts": sum(standing.rollouts for standing in memory.standings.values()),
        "solve_rate": round(memory.solve_rate, 4),
        "random_precision": round(len(planted) / len(questions), 4),
        "rules": {name: scored(names, planted) for name, names in found.items()},
        "average_precision": {"loss": round(average_precision(ranked, planted), 4)},
    }


def flagged(memory: Memory, made: plan.Plan) -> dict[str, frozenset[str]]:
    """The questions of the rules that look only at the ledger."""
    thresholds = made.states
    states = memory.states()
    long_dead = [
        standing
        for standing in memory.standings.values()
        if standing.dead_in_a_row >= thresholds.dead_visits and standing.right == 0
    ]
    unconfirmed = [
        standing.question
        for standing in long_dead
        if memory.oversampled(standing.question)
        and memory.solve_rate >= thresholds.suspect_solve_rate
        and standing.common_wrong[1] >= thresholds.suspect_share
    ]
    return {
        "suspect": frozenset(name for name, state in states.items() if state is State.SUSPECT),
        "unconfirmed": frozenset(unconfirmed),
        "never right": frozenset(
            standing.question for standing in memory.standings.values() if standing.rollouts and standing.right == 0
        ),
    }


def scored(names: frozenset[str], planted: frozenset[str]) -> dict[str, Any]:
    """Precision with its Wilson interval, and recall."""
    hits = len(names & planted)
    precision: dict[str, float | None] = {"value": None, "low": None, "high": None}
    if names:
        precision = dict(wilson(hits, len(names)).rounded())
    return {"flagged": len(names), "right": hits, "precision": precision, "recall": round(hits / len(planted), 4)}


def average_precision(ranked: Sequence[str], planted: frozenset[str]) -> float:
    """Mean precision at the place of every planted question."""
    hits, total = 0, 0.0
    for place, name in enumerate(ranked, start=1):
        if name in planted:
            hits += 1
            total += hits / place
    return total / len(planted) if planted else 0.0


def _losses(context: Any, made: plan.Plan) -> Mapping[str, float]:
    """Mean loss per token of every training question's given answer, under the trained model."""
    from training_bridge.trainer.stages.answers import mean_losses

    material = context.material
    model, processor = context.load(made.last)
    train = [dataclasses.replace(row, rationales=()) for row in material.splits["train"]]
    material.load(train)
    texts = [prompts.target(row, None, material.letters(row), kind="compact", words=material.words) for row in train]
    asked = [material.question(row) for row in train]
    losses = mean_losses(context, model, processor, asked, texts, batch=made.mine.batch)
    return {row.question: loss for row, loss in zip(train, losses, strict=True)}
