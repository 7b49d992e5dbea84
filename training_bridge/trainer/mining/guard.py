"""The guard on easy questions: mining may not buy hard questions with easy ones.

A slice of held-out questions that the policy answered right when the stage began is asked again every few steps. Where
it slips, oversampling is halved (weights are drawn towards equal ones, see weights.tempered); where it has recovered,
it is doubled again, up to what the recipe says. Ours: the paper has no such thing; a pilot lost a third of its easy
questions without it. Pure.
"""

from dataclasses import dataclass

LEAST = 0.25


@dataclass(frozen=True)
class Guarding:
    """Part `guard` of a recipe. `questions` 0: no guard. `slip`: how much of the slice may be lost before it acts."""

    questions: int = 0
    every: int = 10
    slip: float = 0.1


class Guard:
    """Decides the share of oversampling from how much of the slice is still right."""

    def __init__(self, settings: Guarding) -> None:
        self._settings = settings

    def share(self, right: float, share: float) -> float:
        """The share of oversampling from now on, given the share `right` of the slice and the present `share`."""
        lost = 1 - right
        if lost > self._settings.slip:
            return share / 2 if share / 2 >= LEAST else 0.0
        if lost <= self._settings.slip / 2 and share < 1:
            return min(1.0, max(LEAST, share * 2))
        return share
