"""The ledger as mining sees it while a run goes on: standings, states and weights, kept up visit by visit.

Belongs here: the running sums and which states they may have changed, so that a step costs what it visited and not what
there is. Does not: the rules (states.py, weights.py), files (ledger.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from training_bridge.trainer.mining import states
from training_bridge.trainer.mining.ledger import Standing, Visit
from training_bridge.trainer.mining.states import State, Thresholds
from training_bridge.trainer.mining.weights import Weighting


class Memory:
    """Everything that happened to these questions. The same visits in the same order give the same memory."""

    def __init__(
        self,
        questions: Sequence[str],
        thresholds: Thresholds,
        weighting: Weighting,
        *,
        agreements: Mapping[str, float | None],
        wrong_elsewhere: frozenset[str] = frozenset(),
        lossy: frozenset[str] = frozenset(),
        oversampling: frozenset[str] = frozenset({"hard"}),
    ) -> None:
        """`lossy`: questions whose answers the policy finds least likely.

        `oversampling` names the stages in which mining brings questions back; only there can one be oversampled.
        """
        self.standings = {question: Standing(question) for question in questions}
        self._thresholds, self._weighting = thresholds, weighting
        self._agreements, self._wrong_elsewhere, self._lossy = agreements, wrong_elsewhere, lossy
        self._oversampling = oversampling
        self._brought_back: Counter[str] = Counter()
        self._visits = self._right = self._rollouts = 0
        self._states = dict.fromkeys(questions, State.UNSEEN)
        self._weights = {question: weighting.of(State.UNSEEN) for question in questions}
        self._touched: set[str] = set()
        # Whether these may be suspect depends on all visits, not only on their own.
        self._in_doubt: set[str] = set()

    def see(self, visits: Iterable[Visit]) -> None:
        for row in visits:
            standing = self.standings.get(row.question)
            if row.source == "evaluation" or standing is None:
                continue
            standing.see(row, self._visits)
            self._visits += 1
            self._right += sum(row.exact)
            self._rollouts += len(row.exact)
            if row.stage in self._oversampling and row.source == "rollout":
                self._brought_back[row.question] += 1
            self._touched.add(row.question)

    @property
    def visits(self) -> int:
        return self._visits

    @property
    def solve_rate(self) -> float:
        return self._right / self._rollouts if self._rollouts else 0.0

    def states(self) -> Mapping[str, State]:
        self._bring_up_to_date()
        return self._states

    def blocked(self) -> frozenset[str]:
        self._bring_up_to_date()
        return frozenset(name for name in self._in_doubt if self._states[name] is State.BLOCKED)

    def states_by(self, thresholds: Thresholds) -> dict[str, State]:
        """What the states would be under other thresholds."""
        return {name: self._state(standing, thresholds) for name, standing in self.standings.items()}

    def weights(self) -> Mapping[str, float]:
        self._bring_up_to_date()
        return self._weights

    def oversampled(self, question: str) -> bool:
        """Whether mining brought it back more often than a uniform draw over the same visits would have."""
        seen = self._brought_back
        return bool(seen) and seen[question] * len(seen) > seen.total()

    def _bring_up_to_date(self) -> None:
        anything_stale = self._visits > self._thresholds.stale_after
        names = list(self.standings) if anything_stale else self._touched | self._in_doubt
        for name in names:
            standing = self.standings[name]
            self._states[name] = self._state(standing, self._thresholds)
            self._weights[name] = self._weighting.weight(standing, self._states[name])
            if self._states[name] in (State.SUSPECT, State.BLOCKED):
                self._in_doubt.add(name)
            else:
                self._in_doubt.discard(name)
        self._touched.clear()

    def _state(self, standing: Standing, thresholds: Thresholds) -> State:
        name = standing.question
        standing.oversampled = self.oversampled(name)
        return states.state_of(
            standing,
            thresholds,
            now=self._visits - 1,
            solve_rate=self.solve_rate,
            agreement=self._agreements.get(name),
            second_model_wrong=name in self._wrong_elsewhere,
            lossy=name in self._lossy,
        )
