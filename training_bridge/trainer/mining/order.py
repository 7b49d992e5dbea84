"""In what order questions come: a pure function of (weights, seed, epoch), the same on every machine and rank.

Belongs here: the draw. Does not: weights (weights.py), feeding a trainer (stages/grpo.py).
"""

import hashlib
import math
from collections.abc import Mapping

MODES = ("off", "staged")


def drawn(
    weights: Mapping[str, float], *, length: int, seed: int, epoch: int = 0, exploration: float = 0.3, cap: int = 3
) -> list[str]:
    """`length` questions in rounds; no question comes twice in a round, and weight decides who gets into one.

    A round is 1/`cap` of the questions that have a weight, so none of them comes more than `cap` times in as many
    draws as there are such questions. Within a round the draw is weighted and without replacement (Efraimidis and
    Spirakis: the key −ln(u)/w, smallest first). The share `exploration` ignores the weights and reaches every
    question, also those of weight 0. Every key comes from a hash, so there is no generator to save.
    """
    names = sorted(weights)
    weighted = [name for name in names if weights[name] > 0]
    if not weighted:
        raise ValueError("There is no question to draw from: every weight is zero.")
    round_size = max(1, math.ceil(len(weighted) / cap))
    order: list[str] = []
    turn = 0
    while len(order) < length:
        free = round(round_size * exploration)
        by_weight = sorted(weighted, key=lambda name: _key(name, seed, epoch, turn, weights[name]))
        chosen = by_weight[: round_size - free]
        taken = set(chosen)
        rest = (name for name in names if name not in taken)
        chosen += sorted(rest, key=lambda name: _key(name, seed, epoch, turn, 1.0, "free"))[:free]
        chosen.sort(key=lambda name: _key(name, seed, epoch, turn, 1.0, "shuffle"))
        order += chosen
        turn += 1
    return order[:length]


def uniform(questions: list[str], *, length: int, seed: int, epoch: int = 0) -> list[str]:
    """Mode `off`: every question once a round, each round in an order of its own."""
    return drawn(dict.fromkeys(questions, 1.0), length=length, seed=seed, epoch=epoch, exploration=0.0, cap=1)


def _key(name: str, seed: int, epoch: int, turn: int, weight: float, salt: str = "") -> float:
    digest = hashlib.sha256(f"{seed}/{epoch}/{turn}/{salt}/{name}".encode()).digest()
    chance = (int.from_bytes(digest[:8], "big") + 1) / (2**64 + 1)
    return -math.log(chance) / weight
