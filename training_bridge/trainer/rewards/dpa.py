"""Dynamic proportional accuracy: partial credit for partly right sets.

What the paper (arXiv 2511.10055) says: a multiple-choice answer that is partly right earns part of the reward, and
this is denser than 0/1. Its formula is not public. What is ours: the parametrised form below and every named setting
of it. `subset_strict` is our best reconstruction of the paper; it is called a reconstruction wherever it is shown.

    R = (1 − e) · gate · max(0, (tp/|G|)^γ − α · fp/D) + e · [P = G]      gate = 0 if strict and fp > 0, else 1

G gold set, P picked set, tp = |P ∩ G|, fp = |P ∖ G|, D = |G| or the number of options outside G. With an empty G a
reward is 1 for an explicit "none" and 0 otherwise. A completion that could not be read earns 0. Where there is no
usable gold set the reward is `None`: the question is not scored, rather than scored wrongly.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One setting of the general form. `penalise` names D: the size of the gold set, or of what lies outside it."""

    exactness: float = 0.0
    strict: bool = False
    exponent: float = 1.0
    penalty: float = 0.0
    penalise: str = "gold"

    def __call__(self, picked: Set[str], gold: Set[str], options: int) -> float:
        if not gold:
            return float(not picked)
        right, wrong = len(picked & gold), len(picked - gold)
        credit = (right / len(gold)) ** self.exponent if right else 0.0
        if self.penalise == "gold":
            charge = wrong / len(gold)
        else:
            outside = options - len(gold)
            charge = wrong / outside if outside else 0.0
        partial = 0.0 if self.strict and wrong else max(0.0, credit - self.penalty * charge)
        return (1 - self.exactness) * partial + self.exactness * float(picked == gold)


def jaccard(picked: Set[str], gold: Set[str], options: int) -> float:
    """Overlap of the two sets. A metric first: as a reward it pays select-all well (see docs)."""
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


def penalised(penalty: float) -> Form:
    """`penalised` at another strength: a letter is worth adding when its probability exceeds α / (1 + α). Ours."""
    return Form(penalty=penalty)


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
