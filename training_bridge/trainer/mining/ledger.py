"""The append-only memory of a run: one line for each visit of a question.

Belongs here: the line, writing it, reading it back, and the running sum per question. Does not: judging it (states.py).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training_bridge.trainer.contract.folder import Segments
from training_bridge.trainer.contract.reading import Reader, read_lines
from training_bridge.trainer.errors import BadInput

SOURCES = ("mining", "rollout", "evaluation")
# Rewards are kept as they are written: a run that goes on from its files knows no more than one that never stopped.
DIGITS = 4
Picked = frozenset[str]


@dataclass(frozen=True)
class Visit:
    """All answers that one question got at one moment from one policy."""

    question: str
    run: str
    stage: str
    step: int
    policy: str
    source: str
    rewards: tuple[float, ...]
    exact: tuple[bool, ...]
    picked: tuple[Picked | None, ...]
    tokens: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "rewards", tuple(round(reward, DIGITS) for reward in self.rewards))

    @property
    def dead(self) -> bool:
        """All answers earned the same: a group that teaches nothing."""
        return max(self.rewards) - min(self.rewards) < 1e-9

    def line(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "run": self.run,
            "stage": self.stage,
            "step": self.step,
            "policy": self.policy,
            "source": self.source,
            "n": len(self.rewards),
            "rewards": list(self.rewards),
            "exact": list(self.exact),
            "picked": [None if answer is None else sorted(answer) for answer in self.picked],
            "dead": self.dead,
            "tokens": list(self.tokens),
        }


def visit(row: Reader) -> Visit:
    picked = tuple(None if answer is None else frozenset(answer) for answer in row.sequence("picked"))
    found = Visit(
        question=row.text("question"),
        run=row.text("run"),
        stage=row.text("stage"),
        step=row.integer("step"),
        policy=row.text("policy"),
        source=row.text("source"),
        rewards=tuple(float(reward) for reward in row.sequence("rewards")),
        exact=tuple(bool(flag) for flag in row.sequence("exact")),
        picked=picked,
        tokens=tuple(int(count) for count in row.sequence("tokens")),
    )
    lengths = {len(found.rewards), len(found.exact), len(found.picked), row.integer("n")}
    if len(lengths) != 1 or not found.rewards:
        raise BadInput(
            f"{row.where}: a visit needs as many rewards, exact flags and answers as its `n`, and at least one."
        )
    return found


def read(folder: Path) -> Iterator[Visit]:
    for file in Segments.files(folder, "ledger"):
        for row in read_lines(file):
            yield visit(row)


class Ledger:
    """Writing visits. Reading goes over the files, so what counts is what was written."""

    def __init__(self, folder: Path) -> None:
        self._segments = Segments(folder, "ledger", lines_each=5000)

    def append(self, visits: Iterable[Visit]) -> None:
        for row in visits:
            self._segments.append(row.line())

    def close(self) -> None:
        self._segments.close()


@dataclass
class Standing:
    """What the ledger knows of one question."""

    question: str
    visits: int = 0
    rollouts: int = 0
    rewards: float = 0.0
    right: int = 0
    dead_in_a_row: int = 0
    last_visit: int = -1
    exact_rates: list[float] = field(default_factory=list)
    wrong: Counter[Picked] = field(default_factory=Counter)
    oversampled: bool = False

    @property
    def exact_rate(self) -> float:
        """Smoothed by one answer right and one wrong, so that few rollouts do not claim certainty."""
        return (self.right + 1) / (self.rollouts + 2)

    @property
    def mean_reward(self) -> float:
        return self.rewards / self.rollouts if self.rollouts else 0.0

    @property
    def common_wrong(self) -> tuple[Picked | None, float]:
        """The wrong set that came most often, and its share of all answers. Ties: smaller, then alphabetical."""
        if not self.wrong:
            return None, 0.0
        best = min(self.wrong, key=lambda chosen: (-self.wrong[chosen], len(chosen), sorted(chosen)))
        return best, self.wrong[best] / self.rollouts

    def see(self, row: Visit, at: int) -> None:
        self.visits += 1
        self.rollouts += len(row.rewards)
        self.rewards += sum(row.rewards)
        self.right += sum(row.exact)
        self.last_visit = at
        self.exact_rates.append(sum(row.exact) / len(row.exact))
        self.dead_in_a_row = self.dead_in_a_row + 1 if row.dead else 0
        for picked, right in zip(row.picked, row.exact, strict=True):
            if picked is not None and not right:
                self.wrong[picked] += 1


def standings(
    questions: Sequence[str], visits: Iterable[Visit], *, oversampled: Mapping[str, float] | None = None
) -> dict[str, Standing]:
    """The standing of every question after all visits, in order. Evaluation visits teach mining nothing."""
    found = {question: Standing(question) for question in questions}
    for at, row in enumerate(row for row in visits if row.source != "evaluation"):
        standing = found.get(row.question)
        if standing is not None:
            standing.see(row, at)
    for question, weight in (oversampled or {}).items():
        if question in found and weight > 1:
            found[question].oversampled = True
    return found
