"""In what order questions come: a pure function of (weights, seed, epoch), the same on every machine and rank.

Belongs here: the draw. Does not: weights (weights.py), when to draw again (course.py), feeding a trainer.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence, Set
from functools import cache
from itertools import islice
from typing import Any

import numpy as np

MODES = ("off", "staged", "epoch", "online")
QUOTAS = ("none", "natural", "even")


def drawn(
    weights: Mapping[str, float],
    *,
    length: int,
    seed: int,
    epoch: int = 0,
    exploration: float = 0.3,
    cap: int = 3,
    once: Set[str] = frozenset(),
    aspects: Mapping[str, str] | None = None,
    quota: str = "none",
    places: int = 0,
) -> list[str]:
    """`length` questions in rounds; no question comes twice in a round, and weight decides who gets into one.

    A round is 1/`cap` of the questions that have a weight, so none of them comes more than `cap` times in as many
    draws as there are such questions; those in `once` come once in `cap` rounds. `places` sets another size of a round,
    for a caller that keeps count by itself. Within a round the draw is weighted
    and without replacement (Efraimidis and Spirakis: the key −ln(u)/w, smallest first). The share `exploration` ignores
    the weights and reaches every question, also those of weight 0. With a quota every aspect has its places in a round:
    `natural` as many as its share of all questions, `even` as many as every other. Every u comes from hashes, so there
    is no generator to save.
    """
    names = sorted(weights)
    if not any(weights[name] > 0 for name in names):
        raise ValueError("There is no question to draw from: every weight is zero.")
    groups = _groups(names, aspects or {}, quota)
    size = places or max(1, math.ceil(sum(weights[name] > 0 for name in names) / cap))
    order: list[str] = []
    resting: set[str] = set()
    turn = turns_before = 0
    while len(order) < length:
        if turn % cap == 0:
            resting = set()
        chosen: list[str] = []
        for group, places in zip(groups, _places(groups, size, quota), strict=True):
            free = [name for name in group if name not in resting]
            chosen += _round(free, weights, places, seed=seed, epoch=epoch, turn=turn, exploration=exploration)
        chosen = _first(chosen, _keys(_numbers(chosen), seed, epoch, turn, "shuffle"), len(chosen))
        resting.update(once.intersection(chosen))
        order += chosen
        turn += 1
        if turn % cap == 0 and len(order) == turns_before:
            quota, groups = "none", [names]  # too small a round for so many aspects: nobody with a weight has a place
        if turn % cap == 0:
            turns_before = len(order)
    return order[:length]


def _round(
    names: list[str],
    weights: Mapping[str, float],
    places: int,
    *,
    seed: int,
    epoch: int,
    turn: int,
    exploration: float,
) -> list[str]:
    free = round(places * exploration)
    numbers = _numbers(names)
    weight = np.fromiter(map(weights.__getitem__, names), np.float64, len(names))
    with np.errstate(divide="ignore"):
        keys = np.where(weight > 0, _keys(numbers, seed, epoch, turn, "") / weight, np.inf)
    chosen = _first(names, keys, min(places - free, int((weight > 0).sum())))
    if not free:
        return chosen
    taken = set(chosen)
    keys = _keys(numbers, seed, epoch, turn, "free")
    # Enough that as many are left when the chosen ones are passed over.
    rest = (name for name in _first(names, keys, free + len(chosen)) if name not in taken)
    return chosen + list(islice(rest, free))


def _groups(names: list[str], aspects: Mapping[str, str], quota: str) -> list[list[str]]:
    if quota == "none":
        return [names]
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(aspects.get(name, ""), []).append(name)
    return [groups[aspect] for aspect in sorted(groups)]


def _places(groups: list[list[str]], size: int, quota: str) -> list[int]:
    """Places of each group in a round, `size` in all; what does not divide goes to the largest remainders."""
    total = sum(map(len, groups))
    shares = [size / len(groups) if quota == "even" else size * len(group) / total for group in groups]
    places = [math.floor(share) for share in shares]
    by_remainder = sorted(range(len(groups)), key=lambda at: (places[at] - shares[at], at))
    for at in by_remainder[: size - sum(places)]:
        places[at] += 1
    return places


def uniform(questions: list[str], *, length: int, seed: int, epoch: int = 0) -> list[str]:
    """Mode `off`: every question once a round, each round in an order of its own."""
    return drawn(dict.fromkeys(questions, 1.0), length=length, seed=seed, epoch=epoch, exploration=0.0, cap=1)


def spread(names: list[str], size: int) -> list[str]:
    """No question twice within one batch of `size`: a second copy waits for the next. Order is kept otherwise."""
    result: list[str] = []
    waiting = list(names)
    while waiting:
        chosen: list[str] = []
        left: list[str] = []
        for name in waiting:
            if len(chosen) < size and name not in chosen:
                chosen.append(name)
            else:
                left.append(name)
        result += chosen
        if len(chosen) < size:
            return result + left
        waiting = left
    return result


def digest(weights: Mapping[str, float]) -> str:
    """Sixteen characters that differ where a question or its weight does."""
    names = sorted(weights)
    of_weights = np.fromiter(map(weights.__getitem__, names), np.float64, len(names))
    return hashlib.sha256(_numbers(names).tobytes() + of_weights.tobytes()).hexdigest()[:16]


def _first(names: Sequence[str], keys: Any, count: int) -> list[str]:
    """The names with the smallest keys, smallest first."""
    count = min(count, len(names))
    if count <= 0:
        return []
    smallest = np.argpartition(keys, count - 1)[:count]
    return [names[place] for place in smallest[np.lexsort((smallest, keys[smallest]))]]


def _keys(numbers: Any, seed: int, epoch: int, turn: int, salt: str) -> Any:
    """−ln(u) of every number, u from 0 to 1 and never 0: a hash of number and draw (splitmix64's finisher)."""
    mixed = numbers + np.uint64(_number(f"{seed}/{epoch}/{turn}/{salt}"))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return -np.log(((mixed >> np.uint64(11)).astype(np.float64) + 1) / 2**53)


def _numbers(names: Sequence[str]) -> Any:
    return np.fromiter(map(_number, names), np.uint64, len(names))


@cache
def _number(text: str) -> int:
    """A text as 64 bits. Remembered, because every draw needs that of every question."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
