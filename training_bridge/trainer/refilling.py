"""Live groups in the place of dead ones, in TRL's batch layout, within one process or between several.

TRL asks every process for as many rows, and a dead group may lie in another process than the group that replaces it, or
on two of them. So rows are sent where they belong. Every process computes the same moves from what all of them know.

Belongs here: which group replaces which, sending rows, padding them as TRL pads. Does not: asking again (compat.py),
which questions come (mining/course.py).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Batch = dict[str, Any]
# What all answers to a question share; large, so it is sent once a group.
PICTURES = frozenset(
    ("pixel_values", "pixel_attention_mask", "image_grid_thw", "image_sizes", "image_position_ids", "spatial_shapes")
)


@dataclass(frozen=True)
class Move:
    """A row of the replacements' `group` that takes the place of a row of the batch: processes, and rows in them."""

    group: int
    source: int
    row: int
    target: int
    place: int


def unit(size: int, processes: int) -> int:
    """The least number of groups of `size` rows that `processes` can share evenly."""
    return processes // math.gcd(size, processes)


def pairs(dead: Sequence[int], live: Sequence[int], *, size: int, held: int, fresh: int) -> list[tuple[int, int]]:
    """Which live group replaces which dead one: first those that begin in the same process and need no sending.

    `held` and `fresh`: rows of the batch and of the replacements in every process.
    """
    waiting, found = list(live), []
    for group in dead:
        here = [one for one in waiting if one * size // fresh == group * size // held]
        if here:
            found.append((group, here[0]))
            waiting.remove(here[0])
    served = {group for group, _ in found}
    return found + list(zip((group for group in dead if group not in served), waiting, strict=False))


def moves(chosen: Sequence[tuple[int, int]], *, size: int, held: int, fresh: int) -> list[Move]:
    """The same row by row."""
    return [
        Move(live, *divmod(live * size + answer, fresh), *divmod(dead * size + answer, held))
        for dead, live in chosen
        for answer in range(size)
    ]


def replaced(
    made: Batch,
    fresh: Batch,
    wanted: Sequence[Move],
    *,
    process: int,
    pad: int,
    gather: Callable[[list[Any]], list[Any]],
) -> Batch:
    """`made` with the rows of `fresh` that belong here. All processes must call it: `gather` gives what they hand over.

    Tokens of the whole batch are not counted again.
    """
    theirs = _rows(fresh)[0]
    sent = gather(_parcels([(move, theirs[move.row]) for move in wanted if process == move.source != move.target]))
    coming = {move: row for move, row in sent if move.target == process}
    coming |= {move: theirs[move.row] for move in wanted if move.source == move.target == process}
    if not coming:
        return made
    mine, listed = _rows(made)
    device = made["prompt_ids"].device
    for move, row in coming.items():
        mine[move.place] = {name: value.to(device) if _tensor(value) else value for name, value in row.items()}
    return {**made, **_batch(mine, listed, pad)}


def _parcels(outgoing: Sequence[tuple[Move, Row]]) -> list[tuple[Move, Row]]:
    """Rows on the CPU, cut out of their batch. An object that several rows share is pickled but once."""
    shared: dict[tuple[str, int], Any] = {}

    def cut(name: str, move: Move, value: Any) -> Any:
        if not _tensor(value):
            return value
        if name not in PICTURES:
            return value.detach().cpu().clone()
        if (name, move.group) not in shared:
            shared[name, move.group] = value.detach().cpu().clone()
        return shared[name, move.group]

    return [(move, {name: cut(name, move, value) for name, value in row.items()}) for move, row in outgoing]


def _rows(made: Batch) -> tuple[list[Row], frozenset[str]]:
    """A batch taken apart, and which entries TRL keeps as lists when it does so; what has no rows is left out."""
    from trl.trainer.utils import split_pixel_values_by_grid

    apart = split_pixel_values_by_grid(made)
    named = {name: value for name, value in apart.items() if isinstance(value, list) or getattr(value, "ndim", 0)}
    found = [{name: value[place] for name, value in named.items()} for place in range(len(made["prompt_ids"]))]
    return found, frozenset(name for name, value in named.items() if isinstance(value, list))


def _batch(apart: Sequence[Row], listed: frozenset[str], pad: int) -> Batch:
    """Put together again, padded as TRL pads: prompts on the left, answers on the right, to the longest."""
    import torch
    from trl.trainer.utils import unsplit_pixel_values_by_grid

    longest = max(len(row["prompt_ids"]) for row in apart)
    together: Batch = {}
    for name, one in apart[0].items():
        values = [row[name] for row in apart]
        if name in listed:
            together[name] = values
        elif one.ndim != 1:
            together[name] = torch.stack(values)
        else:
            # Token types span prompt and answer.
            leading = name.startswith("prompt_") or name.endswith("token_type_ids")
            left = [longest - len(row["prompt_ids"]) if leading else 0 for row in apart]
            width = max(before + len(value) for before, value in zip(left, values, strict=True))
            together[name] = torch.stack(
                [
                    torch.nn.functional.pad(
                        value,
                        (before, width - before - len(value)),
                        value=pad if name in ("prompt_ids", "completion_ids") else 0,
                    )
                    for before, value in zip(left, values, strict=True)
                ]
            )
    return unsplit_pixel_values_by_grid(together)


def _tensor(value: Any) -> bool:
    return hasattr(value, "detach")
