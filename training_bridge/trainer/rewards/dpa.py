"""Dynamic proportional accuracy: partial credit for partly right sets.

What the paper (arXiv 2511.10055) says: a multiple-choice answer that is partly right earns part of the reward, and
this is denser than 0/1. Its formula is not public. What is ours: the parametrised form below and every named setting
of it. `subset_strict` is our best reconstruction of the paper; it is called a reconstruction wherever it is shown.

    R = (1 − e) · gate · max(0, (tp/U)^γ − α · fp/D) + e · [P = G]      gate = 0 if strict and fp > 0, else 1

G gold set, P picked set, tp = |P ∩ G|, fp = |P ∖ G|. U, the credit unit, is |G| (or the number of options, see
dynamic.py); D = |G| or the number of options outside G. With an empty G a reward is 1 for an explicit "none" and 0
otherwise. A completion that could not be read earns 0. Where there is no usable gold set the reward is `None`: the
question is not scored, rather than scored wrongly.
"""

import dataclasses
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One setting of the general form. `penalise` names D: the size of the gold set, or of what lies outside it.

    `unit` names U: "gold" gives a right letter 1/|G|, "options" gives it the same amount on every question.
    """

    exactness: float = 0.0
    strict: bool = False
    exponent: float = 1.0
    penalty: float = 0.0
    penalise: str = "gold"
    unit: str = "gold"

    def __call__(self, picked: Set[str], gold: Set[str], options: int) -> float:
        if not gold:
            return float(not picked)
        if picked == gold:
            return 1.0
        unit = len(gold) if self.unit == "gold" else options
        right, wrong = len(picked & gold), len(picked - gold)
        credit = (right / unit) ** self.exponent if right else 0.0
        if self.penalise == "gold":
            charge = wrong / unit
        else:
            outside = options - len(gold)
            charge = wrong / outside if outside else 0.0
        partial = 0.0 if self.strict and wrong else max(0.0, credit - self.penalty * charge)
        return (1 - self.exactness) * partial


def jaccard(picked: Set[str], gold: Set[str], options: int) -> float:
    """Overlap of the two sets. A metric first: as a reward it pays select-all well (docs/reference/rewards.md)."""
    if not gold:
        return float(not picked)
    return len(picked & gold) / len(picked | gold)


def f1(picked: Set[str], gold: Set[str], options: int) -> float:
    """Harmonic mean of the precision and recall of letters. A metric first, like `jaccard`."""
    if not gold:
        return float(not picked)
    return 2 * len(picked & gold) / (len(picked) + len(gold))


def per_option(picked: Set[str], gold: Set[str], options: int) -> float:
    """Share of the options judged right. Ours; it never goes dead, and it pays "none" well where defects are rare."""
    if not gold:
        return float(not picked)
    return 1 - len(picked ^ gold) / options


def recall(picked: Set[str], gold: Set[str], options: int) -> float:
    """Share of the gold letters that were picked. The failing example: select-all earns everything. No variant."""
    if not gold:
        return float(not picked)
    return len(picked & gold) / len(gold)


def matrix(predicted: Mapping[tuple[str, str], bool], cells: Mapping[tuple[str, str], bool]) -> float | None:
    """Share of the judged (slot, aspect) cells that were judged right. Ours; the densest, where cells exist.

    `cells` holds only judged cells: an unsure one is left out, so that it neither pays nor costs. A cell that was not
    predicted counts as predicted free of defects, as in an answer that names only what is wrong. `None`: no cell.
    """
    if not cells:
        return None
    return sum(predicted.get(cell, False) == defect for cell, defect in cells.items()) / len(cells)


Reward = Callable[[Set[str], Set[str], int], float]

VARIANTS: dict[str, Reward] = {
    "exact": Form(exactness=1.0),
    "subset_strict": Form(strict=True),
    "subset_half": Form(strict=True, exponent=0.0, exactness=0.5),
    "right_minus_wrong": Form(penalty=1.0),
    "penalised": Form(penalty=0.5),
    "balanced": Form(penalty=1.0, penalise="others"),
    "jaccard": jaccard,
    "f1": f1,
    "per_option": per_option,
}
# `matrix` scores cells, not a set of letters, so it has a signature of its own; scoring.py calls either.
MATRIX = "matrix"
NAMES = (*VARIANTS, MATRIX)


def penalised(penalty: float) -> Form:
    """`penalised` at another strength: a letter is worth adding when its probability exceeds α / (1 + α). Ours."""
    return Form(penalty=penalty)


def of_unit(reward: Reward, unit: str) -> Reward:
    """The same reward with another credit unit. Overlap measures have a unit of their own and stay as they are."""
    return dataclasses.replace(reward, unit=unit) if isinstance(reward, Form) else reward


def worth(reward: Reward, picked: Set[str] | None, gold: Set[str] | None, options: Set[str]) -> float | None:
    """The reward of an answer; `None` where the question has no gold set within its options."""
    if gold is None or not gold <= options:
        return None
    if picked is None:
        return 0.0
    if not picked <= options:
        return None
    return reward(picked, gold, len(options))


def gated(value: float | None, *, well_formed: bool) -> float | None:
    """The format gate: an answer outside the trained format earns nothing, whatever it says."""
    return value if value is None or well_formed else 0.0
