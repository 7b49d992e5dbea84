"""In what order questions come: a pure function of (weights, seed, epoch), the same on every machine and rank.

Belongs here: the draw. Does not: weights (weights.py), when to draw again (course.py), feeding a trainer.
"""

import hashlib
import math
from collections.abc import Mapping, Set

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
    `natural` as many as its share of all questions, `even` as many as every other. Every key comes from a hash, so
    there is no generator to save.
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
        chosen.sort(key=lambda name: _key(name, seed, epoch, turn, 1.0, "shuffle"))
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
    weighted = [name for name in names if weights[name] > 0]
    by_weight = sorted(weighted, key=lambda name: _key(name, seed, epoch, turn, weights[name]))
    chosen = by_weight[: places - free]
    taken = set(chosen)
    rest = (name for name in names if name not in taken)
    if not free:
        return chosen
    return chosen + sorted(rest, key=lambda name: _key(name, seed, epoch, turn, 1.0, "free"))[:free]


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


def _key(name: str, seed: int, epoch: int, turn: int, weight: float, salt: str = "") -> float:
    digest = hashlib.sha256(f"{seed}/{epoch}/{turn}/{salt}/{name}".encode()).digest()
    chance = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 1)
    return -math.log(chance) / weight
