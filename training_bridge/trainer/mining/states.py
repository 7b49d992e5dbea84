"""What state a question is in. First match wins: unseen, stale, mastered, suspect, blocked, hard, learnable.

All thresholds are ours (the paper gives none) and are settings of the recipe. `suspect` is deliberately hard to
reach: before any oversampling most questions that are never right are simply hard, so a suspect must have been
oversampled first, under a policy that solves a stated share of everything else, and something besides the policy must
agree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from training_bridge.trainer.mining.ledger import Standing


class State(StrEnum):
    UNSEEN = "unseen"
    STALE = "stale"
    MASTERED = "mastered"
    SUSPECT = "suspect"
    BLOCKED = "blocked"
    HARD = "hard"
    LEARNABLE = "learnable"


# What has to agree with the policy before a question is suspect. `people`: they disagree about the answer, or a second
# model also gets it wrong. `loss`: the trained policy's loss on the given answer is among the highest.
CONFIRMATIONS = ("people", "loss", "either", "both")
# Of which questions losses are measured after `hard`: a pass forward each, where a visit took several answers.
MEASURED = ("none", "visited", "all")
# For measuring what confirmation is worth; no setting of a recipe.
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Thresholds:
    """Part `states` of a recipe. `suspect_loss`: the share of measured questions whose loss counts as high."""

    stale_after: int = 20_000
    mastered_rate: float = 0.875
    mastered_visits: int = 2
    dead_visits: int = 3
    suspect_share: float = 0.75
    suspect_solve_rate: float = 0.5
    suspect_agreement: float = 0.75
    suspect_loss: float = 0.1
    confirmation: str = "people"
    losses: str = "visited"
    hard_rate: float = 0.25

    def confirmed(self, *, doubted: bool, lossy: bool) -> bool:
        """Whether enough agrees besides the policy itself."""
        return {
            "people": doubted,
            "loss": lossy,
            "either": doubted or lossy,
            "both": doubted and lossy,
            UNCONFIRMED: True,
        }[self.confirmation]


def state_of(
    standing: Standing,
    thresholds: Thresholds,
    *,
    now: int,
    solve_rate: float,
    agreement: float | None = None,
    second_model_wrong: bool = False,
    lossy: bool = False,
) -> State:
    """`now` counts visits of the whole ledger, `solve_rate` is the policy's over everything it saw.

    `lossy`: the question's loss is among the highest.
    """
    if standing.visits == 0:
        return State.UNSEEN
    if now - standing.last_visit > thresholds.stale_after:
        return State.STALE
    last = standing.exact_rates[-thresholds.mastered_visits :]
    if len(last) == thresholds.mastered_visits and min(last) >= thresholds.mastered_rate:
        return State.MASTERED
    never_right = standing.right == 0
    long_dead = standing.dead_in_a_row >= thresholds.dead_visits and never_right
    if long_dead:
        doubted = second_model_wrong or (agreement is not None and agreement < thresholds.suspect_agreement)
        settled = standing.common_wrong[1] >= thresholds.suspect_share
        confirmed = thresholds.confirmed(doubted=doubted, lossy=lossy)
        if standing.oversampled and solve_rate >= thresholds.suspect_solve_rate and settled and confirmed:
            return State.SUSPECT
        return State.BLOCKED
    if standing.right / standing.rollouts <= thresholds.hard_rate:
        return State.HARD
    return State.LEARNABLE


def solve_rate(standings: Iterable[Standing]) -> float:
    """Share of all answers that were right."""
    seen = [(standing.right, standing.rollouts) for standing in standings if standing.rollouts]
    return sum(right for right, _ in seen) / sum(rollouts for _, rollouts in seen) if seen else 0.0


def states(
    standings: Mapping[str, Standing],
    thresholds: Thresholds,
    *,
    agreements: Mapping[str, float | None],
    wrong_elsewhere: frozenset[str] = frozenset(),
    lossy: frozenset[str] = frozenset(),
) -> dict[str, State]:
    """The state of every question. `wrong_elsewhere`: questions that a second model also gets wrong."""
    now = max((standing.last_visit for standing in standings.values()), default=-1)
    rate = solve_rate(standings.values())
    return {
        question: state_of(
            standing,
            thresholds,
            now=now,
            solve_rate=rate,
            agreement=agreements.get(question),
            second_model_wrong=question in wrong_elsewhere,
            lossy=question in lossy,
        )
        for question, standing in standings.items()
    }


def counts(found: Mapping[str, State]) -> dict[str, int]:
    counted = Counter(found.values())
    return {state.value: counted[state] for state in State}
