"""What TRL calls for every batch of sampled answers: the reward, the ledger line, the figures of the step.

Belongs here: the thin adapter between TRL's calling convention and our pure functions. One process; with several, each
would have to gather what the others sampled before it writes a line.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np

from training_bridge.trainer import completions as reading
from training_bridge.trainer import letters
from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.mining.ledger import Ledger, Picked, Visit
from training_bridge.trainer.rewards import dpa


def judged(
    row: QuestionRow, shown: dict[str, str], text: str, reward: dpa.Reward
) -> tuple[Picked | None, float | None, bool]:
    """(slots picked, gated reward, in the trained format) of one answer to one question."""
    found = reading.read(text, sorted(shown.values()))
    picked = letters.to_slots(found.letters, shown)
    value = dpa.worth(reward, picked, row.gold, frozenset(row.slots))
    return picked, dpa.gated(value, well_formed=found.strict), found.strict


class ProportionalAccuracy:
    """The reward function handed to GRPOTrainer."""

    __name__ = "proportional_accuracy"

    def __init__(self, *, material: Any, reward: dpa.Reward, ledger: Ledger, run: str, stage: str) -> None:
        self._material, self._reward, self._ledger = material, reward, ledger
        self._run, self._stage = run, stage
        self._latest: dict[str, Any] = {}

    def __call__(
        self,
        completions: Sequence[Any],
        question: Sequence[str],
        turn: Sequence[int],
        completion_ids: Sequence[Sequence[int]],
        trainer_state: Any,
        **_: Any,
    ) -> list[float | None]:
        visits: list[Visit] = []
        rewards: list[float | None] = []
        strict: list[bool] = []
        for (name, turned), group in groupby(range(len(completions)), key=lambda place: (question[place], turn[place])):
            places = list(group)
            row = self._material.by_id[name]
            shown = self._material.letters(row, turned)
            answers = [judged(row, shown, said(completions[place]), self._reward) for place in places]
            rewards += [value for _, value, _ in answers]
            strict += [well_formed for _, _, well_formed in answers]
            scored = [(picked, value) for picked, value, _ in answers if value is not None]
            if scored:
                visits.append(
                    Visit(
                        question=name,
                        run=self._run,
                        stage=self._stage,
                        step=trainer_state.global_step + 1,
                        policy=f"{self._stage}/{trainer_state.global_step}",
                        source="rollout",
                        rewards=tuple(value for _, value in scored),
                        exact=tuple(picked == row.gold for picked, _ in scored),
                        picked=tuple(picked for picked, _ in scored),
                        tokens=tuple(len(completion_ids[place]) for place in places),
                    )
                )
        self._ledger.append(visits)
        self._latest = figures(visits, self._material.by_id, unparsable=1 - float(np.mean(strict)))
        return rewards

    def measure(self) -> dict[str, Any]:
        return self._latest


def said(completion: Any) -> str:
    """The text of a completion as TRL hands it over: a conversation of one turn, in one part or several."""
    content = completion[0]["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def figures(visits: Sequence[Visit], by_id: dict[str, QuestionRow], *, unparsable: float) -> dict[str, Any]:
    """What a batch of visits says of the policy."""
    aspects: dict[str, list[bool]] = {}
    for row in visits:
        aspects.setdefault(by_id[row.question].aspect, []).extend(row.exact)
    sizes = [len(picked) for row in visits for picked in row.picked if picked is not None]
    return {
        "reward": round(float(np.mean([value for row in visits for value in row.rewards] or [0.0])), 4),
        "exact": round(float(np.mean([value for row in visits for value in row.exact] or [0.0])), 4),
        "dead_share": round(float(np.mean([row.dead for row in visits] or [0.0])), 4),
        "set_size": round(float(np.mean(sizes)), 3) if sizes else None,
        "unparsable": round(unparsable, 4),
        "per_aspect": {aspect: round(float(np.mean(values)), 4) for aspect, values in sorted(aspects.items())},
    }
