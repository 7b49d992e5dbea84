"""Which of several processes this is. One process alone is the first of one.

Belongs here: the launcher's own words (accelerate and torchrun set them), what all processes must know of each other.
"""

import os
from collections.abc import Sequence
from typing import Any

from training_bridge.trainer.errors import BadRecipe


def first() -> bool:
    """Only the first process writes into the run folder."""
    return index() == 0


def index() -> int:
    return int(os.environ.get("RANK", "0"))


def count() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def in_parts() -> bool:
    """Whether the launcher asks for a model that no process holds whole (FSDP)."""
    return os.environ.get("ACCELERATE_USE_FSDP", "false").lower() in ("true", "1")


def sees_cards() -> bool:
    """Whether accelerate sees several cards: without them it passes over its own FSDP settings in silence."""
    from accelerate.utils import DistributedType

    return _launched().distributed_type not in (DistributedType.NO, DistributedType.MULTI_CPU)


def each(total: int, what: str) -> int:
    """What of `total` falls to every process. Raises BadRecipe where it does not divide."""
    if total % count():
        raise BadRecipe(f"{what} is {total}, which {count()} processes cannot share evenly; change one of the two.")
    return total // count()


def gathered(own: Sequence[Any]) -> list[Any]:
    """Everybody's, in the order of processes. All must ask."""
    if count() == 1:
        return list(own)
    from accelerate.utils import gather_object

    return list(gather_object(list(own)))


def anybody(wish: bool) -> bool:  # noqa: FBT001 - what is asked is the flag itself
    """Whether any process has this wish. All must ask, and all get the same answer."""
    return any(gathered([wish]))


def wait() -> None:
    """Until every process is here."""
    if count() > 1:
        _launched().wait_for_everyone()


def device() -> Any:
    """Where this process computes: its own card, or the CPU."""
    return _launched().device


def _launched() -> Any:
    """accelerate's view of the launch. Whoever asks first decides it, and without the word `cpu` several processes on
    CPUs count as alone: a barrier between them lets everybody pass."""
    import torch
    from accelerate import PartialState

    return PartialState(cpu=not torch.cuda.is_available())
