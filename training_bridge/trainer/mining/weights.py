"""How often a question should come again. All numbers are ours and settings of the recipe; the paper names none.

By state, every state has a factor: `hard` is the paper-like one, wrong questions come this much oftener later on.
By difficulty, a hard or learnable question weighs w = clip(highest · (ε + d)^β, lowest, highest); `score` names d:

    exact     1 − smoothed rate of exactly right answers
    reward    1 − mean reward
    spread    variance of right and wrong among its answers, times four (Bernoulli: largest at one half)
    progress  how much the rate of its last visit differs from that of all visits before
"""

from collections.abc import Mapping
from dataclasses import dataclass

from training_bridge.trainer.mining.ledger import Standing
from training_bridge.trainer.mining.states import State

SCORES = ("state", "exact", "reward", "spread", "progress")


@dataclass(frozen=True)
class Weighting:
    """Part `weights` of a recipe. `lowest` and `highest` bound weights by difficulty: floor and ceiling."""

    hard: float = 3.0
    learnable: float = 1.5
    mastered: float = 0.25
    blocked: float = 0.25
    suspect: float = 0.1
    unseen: float = 1.0
    stale: float = 1.0
    score: str = "state"
    epsilon: float = 0.05
    power: float = 1.0
    lowest: float = 0.75
    highest: float = 3.0

    def of(self, state: State) -> float:
        return float(getattr(self, state.value))

    def weight(self, standing: Standing, state: State) -> float:
        if self.score == "state" or state not in (State.HARD, State.LEARNABLE):
            return self.of(state)
        raw = (self.epsilon + difficulty(standing, self.score)) ** self.power
        return min(self.highest, max(self.lowest, raw * self.highest))


def difficulty(standing: Standing, score: str) -> float:
    """d of a visited question, between 0 and 1."""
    if score == "exact":
        return 1 - standing.exact_rate
    if score == "reward":
        return min(1.0, max(0.0, 1 - standing.mean_reward))
    if score == "spread":
        rate = standing.right / standing.rollouts
        return 4 * rate * (1 - rate)
    before, last = standing.exact_rates[:-1], standing.exact_rates[-1]
    return abs(last - sum(before) / len(before)) if before else 1.0


def weights(states: Mapping[str, State], weighting: Weighting) -> dict[str, float]:
    """By state alone, where no standing is at hand."""
    return {question: weighting.of(state) for question, state in states.items()}


def tempered(weights: Mapping[str, float], share: float) -> Mapping[str, float]:
    """Weights drawn towards equal ones: the power `share` of each, 1 as they are, 0 all alike; 0 stays 0."""
    if share >= 1:
        return weights
    return {question: weight**share if weight > 0 else 0.0 for question, weight in weights.items()}
