"""Several answers to one question: under other letters, sampled again, or with something hidden. Pure.

Belongs here: stability under rotation, pass@k, majority@k, what is left without pictures.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import comb
from typing import Any

from training_bridge.trainer.metrics.detail import interval
from training_bridge.trainer.metrics.intervals import paired_difference
from training_bridge.trainer.metrics.policies import Asked, Picked

Many = Mapping[str, Sequence[Picked | None]]


def rotations(questions: Sequence[Asked], answers: Many) -> dict[str, Any]:
    """Answers to every question under each cyclic order of its letters, read back to slots.

    `all_right` is the strict score: right under every order. `same`: the same set under every order, right or wrong.
    """
    families = [asked.family for asked in questions]
    right = [[picked == asked.gold for picked in answers[asked.question]] for asked in questions]
    same = [len(set(answers[asked.question])) == 1 and None not in answers[asked.question] for asked in questions]
    return {
        "orders": len(right[0]),
        "exact": [round(sum(column) / len(column), 4) for column in zip(*right, strict=True)],
        "all_right": interval([float(all(flags)) for flags in right], families).rounded(),
        "any_right": round(sum(map(any, right)) / len(right), 4),
        "same": round(sum(same) / len(same), 4),
    }


def pass_at(n: int, right: int, k: int) -> float:
    """Chance that at least one of `k` answers is right, from `n` answers of which `right` were (arXiv 2107.03374)."""
    if k > n:
        raise ValueError(f"pass@{k} needs at least {k} answers a question, found {n}.")
    return 1.0 - comb(n - right, k) / comb(n, k)


def majority(picked: Sequence[Picked | None]) -> Picked | None:
    """The set given most often; ties go to the smaller, then alphabetically first. Unreadable answers have no vote."""
    votes = Counter(chosen for chosen in picked if chosen is not None)
    if not votes:
        return None
    return min(votes, key=lambda chosen: (-votes[chosen], len(chosen), sorted(chosen)))


def samples(questions: Sequence[Asked], answers: Many) -> dict[str, Any]:
    """pass@k for k = 1, 2, 4 … up to the number of answers, and exact match of the majority of all of them."""
    families = [asked.family for asked in questions]
    n = min(len(answers[asked.question]) for asked in questions)
    right = [sum(picked == asked.gold for picked in answers[asked.question][:n]) for asked in questions]
    powers = [2**power for power in range(n.bit_length()) if 2**power <= n]
    voted = [float(majority(answers[asked.question][:n]) == asked.gold) for asked in questions]
    return {
        "samples": n,
        "pass_at": {
            str(k): round(sum(pass_at(n, count, k) for count in right) / len(right), 4) for k in sorted({*powers, n})
        },
        "majority": interval(voted, families).rounded(),
    }


def control(
    questions: Sequence[Asked], usual: Mapping[str, Picked | None], hidden: Mapping[str, Picked | None]
) -> dict[str, Any]:
    """Exact match with something hidden, and what it costs on the same questions. No cost: it was not looked at."""
    families = [asked.family for asked in questions]
    as_usual, without = (
        [float(answers.get(asked.question) == asked.gold) for asked in questions] for answers in (usual, hidden)
    )
    return {
        "exact": interval(without, families).rounded(),
        "cost": paired_difference(as_usual, without, families).rounded(),
    }
