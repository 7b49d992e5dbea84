"""How well `suspect` finds planted wrong answers, beside chance and beside a ranking by loss, on the same runs.

A run's folder names the planted questions in `planted.json` (`trainer draw --flipped`). Rules, all from one ledger:

    CONFIRMATION, N         suspect with this `states.confirmation` after N dead visits (`states.dead_visits`)
    CONFIRMATION at S, N    the same where the share S of losses counts as high, not the recipe's `states.suspect_loss`
    unconfirmed, N          the same without confirmation
    never right             every visited question that no answer got right
    loss, top n             as many questions as were planted, those whose answer has the highest mean loss per token

Beside each stands the loss ranking cut to as many questions as the rule flagged, and the precision of a random draw.

Belongs here: the rules and the table. Does not: the state itself (mining/states.py), the loss (stages/mine.py).
"""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from training_bridge.trainer import plan
from training_bridge.trainer.contract.folder import Journal, RunFolder
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.metrics import paired
from training_bridge.trainer.metrics.intervals import wilson
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.mining.states import CONFIRMATIONS, UNCONFIRMED, State, Thresholds

DEAD_VISITS = (1, 2, 3)
BY_LOSS = tuple(each for each in CONFIRMATIONS if each != "people")


def report(root: Path, *, shares: Sequence[float] = ()) -> dict[str, Any]:
    """Precision and recall of every rule on one finished run, also with `shares` of losses that count as high.

    Raises BadInput where nothing was planted.
    """
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
    losses = mine.losses(context, made.last)
    ranked = sorted(losses, key=lambda name: (-losses[name], name))
    visits = list(ledger.read(root))
    memory = mine.memory_of(context, losses=losses)
    memory.see(visits)
    found = flagged(memory, made.states, (*CONFIRMATIONS, UNCONFIRMED))
    for share in shares:
        other = mine.memory_of(context, losses=losses, high=share)
        other.see(visits)
        found |= flagged(other, made.states, BY_LOSS, called=f" at {share:g}")
    found["never right"] = frozenset(
        standing.question for standing in memory.standings.values() if standing.rollouts and standing.right == 0
    )
    found["loss, top n"] = frozenset(ranked[: len(planted)])
    questions = list(memory.standings)
    return {
        "schema": 2,
        "questions": len(questions),
        "planted": len(planted),
        "visited": sum(standing.visits > 0 for standing in memory.standings.values()),
        "rollouts": sum(standing.rollouts for standing in memory.standings.values()),
        "solve_rate": round(memory.solve_rate, 4),
        "random_precision": round(len(planted) / len(questions), 4),
        "rules": {
            name: {**scored(names, planted), "loss": scored(frozenset(ranked[: len(names)]), planted)}
            for name, names in found.items()
        },
        "average_precision": {"loss": round(average_precision(ranked, planted), 4)},
    }


def flagged(
    memory: Memory, thresholds: Thresholds, confirmations: Sequence[str], *, called: str = ""
) -> dict[str, frozenset[str]]:
    """What is suspect under each confirmation after each number of dead visits."""
    found = {}
    for visits in DEAD_VISITS:
        for confirmation in confirmations:
            asked = dataclasses.replace(thresholds, dead_visits=visits, confirmation=confirmation)
            states = memory.states_by(asked)
            names = frozenset(name for name, state in states.items() if state is State.SUSPECT)
            found[f"{confirmation}{called}, {visits}"] = names
    return found


def together(reports: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Every rule over several runs: means, and its precision less that of the loss ranking and of chance, by run.

    A run in which a rule flags nothing says nothing of its precision and is left out of it (`pairs` counts); so is one
    that was not asked about the rule. The single runs stand beside, so that more can join them when their folders are
    gone.
    """
    rules: dict[str, Any] = {}
    for name in dict.fromkeys(name for run in reports for name in run["rules"]):
        of = [(run["rules"][name], run["random_precision"]) for run in reports if name in run["rules"]]
        flagging = [(rule, chance) for rule, chance in of if rule["flagged"]]
        rules[name] = {
            "flagged": fmean(rule["flagged"] for rule, _ in of),
            "recall": paired.spread([rule["recall"] for rule, _ in of]),
            "recall_against_loss": paired.difference(
                [rule["recall"] for rule, _ in of], [rule["loss"]["recall"] for rule, _ in of]
            ),
        }
        if flagging:
            own = [rule["precision"]["value"] for rule, _ in flagging]
            rules[name]["precision"] = paired.spread(own)
            rules[name]["against_loss"] = paired.difference(
                own, [rule["loss"]["precision"]["value"] for rule, _ in flagging]
            )
            rules[name]["against_random"] = paired.difference(own, [chance for _, chance in flagging])
    return {"schema": 3, "runs": len(reports), "rules": rules, "reports": list(reports)}


def recorded(file: Path) -> list[dict[str, Any]]:
    """The single runs in what `together` or `report` gave before. Raises BadInput for another file."""
    try:
        told = json.loads(file.read_text())
        runs = told.get("reports", [told])
        return [run for run in runs if run["rules"]]
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise BadInput(f"{file} is not what `trainer suspects` printed: {error!r}") from error


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
