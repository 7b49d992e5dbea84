"""How often a question should come again, from its state. All numbers are ours and settings of the recipe."""

from collections.abc import Mapping
from dataclasses import dataclass

from training_bridge.trainer.mining.states import State


@dataclass(frozen=True)
class Weighting:
    """`hard` is the paper-like factor: wrong questions come this much more often in the later stage."""

    hard: float = 3.0
    learnable: float = 1.5
    mastered: float = 0.25
    blocked: float = 0.25
    suspect: float = 0.1
    unseen: float = 1.0
    stale: float = 1.0

    def of(self, state: State) -> float:
        return float(getattr(self, state.value))


def weights(states: Mapping[str, State], weighting: Weighting) -> dict[str, float]:
    return {question: weighting.of(state) for question, state in states.items()}
