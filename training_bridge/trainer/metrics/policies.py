"""Policies that never look at a picture. A model that does not beat them has learnt nothing that matters.

A policy is a distribution over sets of slots for a question, so its expected score is exact: nothing is drawn.
"""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Picked = frozenset[str]


@dataclass(frozen=True)
class Asked:
    """What a score needs to know of a question."""

    question: str
    aspect: str
    family: str
    slots: tuple[str, ...]
    gold: Picked
    generators: tuple[tuple[str, str], ...] = ()
    agreement: float | None = None
    opinions: int = 0


Policy = Callable[[Asked], Mapping[Picked, float]]


def subsets(slots: Sequence[str]) -> list[Picked]:
    return [frozenset(chosen) for size in range(len(slots) + 1) for chosen in itertools.combinations(slots, size)]


def random_uniform(asked: Asked) -> Mapping[Picked, float]:
    """Every set equally likely, the empty one among them: a coin for each slot."""
    every = subsets(asked.slots)
    return dict.fromkeys(every, 1 / len(every))


def random_non_empty(asked: Asked) -> Mapping[Picked, float]:
    """Every set but the empty one equally likely."""
    every = subsets(asked.slots)[1:]
    return dict.fromkeys(every, 1 / len(every))


def one_letter(asked: Asked) -> Mapping[Picked, float]:
    """Exactly one slot, whichever. The same as always the first letter, because letters are drawn evenly."""
    return {frozenset(slot): 1 / len(asked.slots) for slot in asked.slots}


def select_all(asked: Asked) -> Mapping[Picked, float]:
    return {frozenset(asked.slots): 1.0}


def select_none(asked: Asked) -> Mapping[Picked, float]:
    return {frozenset(): 1.0}


def train_prior(train: Sequence[Asked]) -> Policy:
    """Answers drawn as they were distributed in the training split, aspect by aspect."""
    counts: dict[str, Counter[Picked]] = {}
    for asked in train:
        counts.setdefault(asked.aspect, Counter())[asked.gold] += 1
    shares = {aspect: {s: n / counted.total() for s, n in counted.items()} for aspect, counted in counts.items()}
    return lambda asked: shares.get(asked.aspect) or random_uniform(asked)


def best_constant(train: Sequence[Asked], *, by_aspect: bool) -> Policy:
    """The one set that was right most often in the training split: one for all, or one for each aspect."""
    counts: dict[str, Counter[Picked]] = {}
    for asked in train:
        counts.setdefault(asked.aspect if by_aspect else "", Counter())[asked.gold] += 1
    # Ties go to the smaller, then alphabetically first set, so that the same split gives the same policy.
    best = {
        aspect: min(counted, key=lambda chosen: (-counted[chosen], len(chosen), sorted(chosen)))
        for aspect, counted in counts.items()
    }
    return lambda asked: {best.get(asked.aspect if by_aspect else "", frozenset()): 1.0}


def all_policies(train: Sequence[Asked]) -> dict[str, Policy]:
    return {
        "random_uniform": random_uniform,
        "random_non_empty": random_non_empty,
        "one_letter": one_letter,
        "random_train_prior": train_prior(train),
        "best_constant": best_constant(train, by_aspect=False),
        "best_constant_by_aspect": best_constant(train, by_aspect=True),
        "select_all": select_all,
        "select_none": select_none,
    }
