"""An alarm for a reward that is being gamed: answers grow or shrink while no more of them are right.

Belongs here: the rule over the figures of past steps. Pure. The fixed policies that never look (policies.py) are the
other canaries: they are scored in every evaluation, and a model near one of them has learnt that policy.
"""

from collections import deque
from collections.abc import Mapping
from statistics import fmean
from typing import Any

WINDOW = 10
DRIFT = 0.5  # letters
GAIN = 0.03  # of exact match


class Canaries:
    """Compares the last `WINDOW` steps with the first: the mean set drifted, exact match did not follow.

    Raises the alarm once for each direction. The thresholds are ours; at 64 answers a step ten steps give the mean set
    size to about 0.05 letters, so a drift of half a letter is no noise.
    """

    def __init__(self) -> None:
        self._first: list[tuple[float, float]] = []
        self._last: deque[tuple[float, float]] = deque(maxlen=WINDOW)
        self._raised: set[str] = set()

    def see(self, set_size: float, exact: float) -> str:
        """Take in one step. A sentence when it raises the alarm, else ""."""
        if len(self._first) < WINDOW:
            self._first.append((set_size, exact))
            return ""
        self._last.append((set_size, exact))
        if len(self._last) < WINDOW:
            return ""
        (size_then, exact_then), (size_now, exact_now) = (
            tuple(map(fmean, zip(*steps, strict=True))) for steps in (self._first, self._last)
        )
        drift = size_now - size_then
        direction = "more" if drift > 0 else "fewer"
        if abs(drift) < DRIFT or exact_now - exact_then >= GAIN or direction in self._raised:
            return ""
        self._raised.add(direction)
        return (
            f"Answers name {direction} candidates ({size_then:.2f}, now {size_now:.2f}), but no more of them are right "
            f"({exact_then:.2f}, now {exact_now:.2f}): the reward may be paying for something else."
        )

    def state(self) -> dict[str, Any]:
        return {"first": self._first, "last": list(self._last), "raised": sorted(self._raised)}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._first = [tuple(step) for step in state["first"]]
        self._last = deque((tuple(step) for step in state["last"]), maxlen=WINDOW)
        self._raised = set(state["raised"])
