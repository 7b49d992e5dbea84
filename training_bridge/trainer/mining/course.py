"""Which questions the next batch of rollouts holds. Each window of batches is drawn from the ledger as it then stands.

    off      one window over the whole stage, drawn evenly
    staged   one window over the whole stage, drawn from what the ledger knew when the stage began (paper-like)
    epoch    a window is `refresh` batches (0: about one pass over the pool)
    online   a window is one batch

Belongs here: windows, caps an epoch, the easy-slice guard's say, what a checkpoint must keep. Pure: no torch.
Does not: the draw (order.py), weights (weights.py), TRL (compat.py).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from training_bridge.trainer.mining import order
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.mining.weights import tempered


@dataclass(frozen=True)
class Draw:
    """How a stage draws; `batches` of `size` questions each."""

    mode: str
    size: int
    batches: int
    seed: int
    refresh: int = 0
    exploration: float = 0.3
    cap: int = 3
    quota: str = "none"


class Course:
    """The batches of one stage, in order. Rank 0 and every other compute the same ones."""

    def __init__(
        self,
        draw: Draw,
        memory: Memory,
        *,
        aspects: Mapping[str, str],
        tell: Callable[[dict[str, Any]], None] = lambda window: None,
    ) -> None:
        self._draw, self._memory, self._aspects, self._tell = draw, memory, aspects, tell
        self._order: list[str] = []
        self._begins = 0
        self._window = -1
        self._epoch_of: Counter[str] = Counter()
        self._given = 0
        self._turns: Counter[str] = Counter()
        self.oversampling = 1.0

    def batch(self, number: int) -> list[tuple[str, int]]:
        """The questions of batch `number` (from 0), each with how often this stage asked it before."""
        draw = self._draw
        at = number * draw.size - self._begins
        if self._window < 0 or at + draw.size > len(self._order):
            self._open(number)
            at = 0
        return self._note(self._order[at : at + draw.size])

    def more(
        self, number: int, attempt: int, count: int, *, besides: frozenset[str], unit: int = 1
    ) -> list[tuple[str, int]]:
        """Replacements for `count` dead groups of batch `number`, none of them among `besides`.

        Their number is a multiple of `unit`: a few more than `count`, or fewer where there are not enough questions.
        """
        weights = {name: weight for name, weight in self._weights(number).items() if name not in besides}
        if not any(weights.values()):
            return []
        names = order.drawn(
            weights,
            length=min(-(-count // unit) * unit, len(weights)),
            seed=self._draw.seed,
            epoch=-1 - (number * 64 + attempt),
            exploration=self._draw.exploration,
            cap=1,
        )
        names = list(dict.fromkeys(names))
        return self._note(names[: len(names) // unit * unit])

    def draw_anew(self) -> None:
        """The next batch opens a window: what the present one was drawn from no longer holds."""
        self._order = []

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps beside the ledger."""
        return {
            "order": self._order,
            "begins": self._begins,
            "window": self._window,
            "given": self._given,
            "turns": dict(self._turns),
            "epoch": dict(self._epoch_of),
            "oversampling": self.oversampling,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._order, self._begins, self._window = list(state["order"]), state["begins"], state["window"]
        self._given, self.oversampling = state["given"], state["oversampling"]
        self._turns, self._epoch_of = Counter(state["turns"]), Counter(state["epoch"])

    def _open(self, number: int) -> None:
        draw = self._draw
        self._window += 1
        self._begins = number * draw.size
        length = self._length(number) * draw.size
        weights = self._weights(number)
        if draw.mode == "off":
            names = order.uniform(sorted(weights), length=length, seed=draw.seed)
        else:
            blocked = self._memory.blocked()
            names = order.drawn(
                weights,
                length=length,
                seed=draw.seed,
                # Staged draws but once unless the guard intervenes, so its first window has the epoch it always had.
                epoch=self._window,
                exploration=draw.exploration,
                cap=draw.cap,
                once=blocked,
                aspects=self._aspects,
                quota=draw.quota,
                # One batch is one round: who had enough this epoch is left out of the weights already.
                places=draw.size if draw.mode == "online" else 0,
            )
        self._order = order.spread(names, draw.size)
        self._tell(
            {
                "window": self._window,
                "first_batch": number,
                "seed": draw.seed,
                "snapshot": snapshot(weights),
                "visits": self._memory.visits,
                "oversampling": self.oversampling,
                "questions": self._order,
            }
        )

    def _length(self, number: int) -> int:
        """How many batches the window that begins at batch `number` has."""
        draw, left = self._draw, self._draw.batches - number
        if draw.mode == "online":
            return 1
        if draw.mode == "epoch":
            return min(left, draw.refresh or max(1, len(self._memory.standings) // draw.size))
        return left

    def _weights(self, number: int) -> Mapping[str, float]:
        """Weights now. In windows shorter than the pool, who had the most visits allowed an epoch has to wait."""
        weights = tempered(self._memory.weights(), self.oversampling)
        if not any(weights.values()):
            # A recipe may give unseen questions no weight; while there are no others, all are alike.
            weights = dict.fromkeys(weights, 1.0)
        if self._draw.mode in ("off", "staged"):
            return weights
        blocked = self._memory.blocked()
        open_ = dict(weights)
        for name, visits in self._epoch_of.items():
            if visits >= (1 if name in blocked else self._draw.cap):
                open_.pop(name, None)
        return open_ if len(open_) >= self._draw.size and any(open_.values()) else weights

    def _note(self, names: list[str]) -> list[tuple[str, int]]:
        found = []
        for name in names:
            found.append((name, self._turns[name]))
            self._turns[name] += 1
            self._given += 1
            self._epoch_of[name] += 1
            if self._given % max(1, len(self._memory.standings)) == 0:
                self._epoch_of.clear()
        return found


def snapshot(weights: Mapping[str, float]) -> str:
    """A short name for what a window was drawn from."""
    return order.digest(weights)
