"""Which of several processes this is. One process alone is the first of one.

Belongs here: the launcher's own words (accelerate and torchrun set them). Does not: gathering (stages/rollouts.py).
"""

import os


def first() -> bool:
    """Only the first process writes into the run folder."""
    return int(os.environ.get("RANK", "0")) == 0


def count() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def anybody(wish: bool) -> bool:  # noqa: FBT001 - what is asked is the flag itself
    """Whether any process has this wish. All must ask, and all get the same answer."""
    if count() == 1:
        return wish
    from accelerate.utils import gather_object

    return any(gather_object([wish]))


def wait() -> None:
    """Until every process is here."""
    if count() > 1:
        from accelerate import PartialState

        PartialState().wait_for_everyone()
