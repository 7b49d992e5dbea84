"""Which question goes to which way.

Belongs here: the draw, by permuted blocks within each aspect. Pure.
Does not: which questions may be drawn (services.trials).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

Question = tuple[int, int]  # (sample, aspect)


def blocks(questions: Sequence[Question], *, arms: int, per_arm: int, seed: int) -> list[list[Question]]:
    """So many blocks of one question an arm, `block[i]` for arm i, all of one aspect; aspects take turns.

    So every beginning of the list gives each arm the same number of questions, aspect by aspect. The same seed draws
    the same. Fewer blocks come back where the questions do not suffice.
    """
    draw = random.Random(f"trial {seed}")
    by_aspect: dict[int, list[Question]] = {}
    for question in sorted(questions):
        by_aspect.setdefault(question[1], []).append(question)
    queues = []
    for aspect in sorted(by_aspect):
        own = by_aspect[aspect]
        draw.shuffle(own)
        cut = [own[at : at + arms] for at in range(0, len(own) - arms + 1, arms)]
        for block in cut:
            draw.shuffle(block)
        queues.append(cut)
    found: list[list[Question]] = []
    for turn in range(max((len(queue) for queue in queues), default=0)):
        found.extend(queue[turn] for queue in queues if turn < len(queue))
    return found[:per_arm]


def covered(per_arm: int, look: int, looks: int) -> int:
    """How many questions of each arm are judged by a look (counted from 1)."""
    return -(-per_arm * look // looks)
