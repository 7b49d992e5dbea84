"""The trainer's command line for one run folder after another, as one of several processes.

    python -m tests.training_bridge.trainer.stages.in_turn COMMAND RUN_FOLDER [COMMAND RUN_FOLDER …]

Starting two processes takes longer than what they train in a test, so they stay for the next folder and wait until it
is there.

accelerate takes its FSDP settings only where it sees several cards; where they are given, it is told here that it does.
Everything behind that, from sharding to saving the whole, is its own and torch's.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

from accelerate import state
from accelerate.utils import DistributedType

from training_bridge.trainer.cli import main

# Whoever should make the next folder may have failed.
PATIENCE_SECONDS = 300
begin = state.PartialState.__init__


def on_cards(self: state.PartialState, *given: Any, **named: Any) -> None:
    begin(self, *given, **named)
    if self.distributed_type == DistributedType.MULTI_CPU:
        state.PartialState._shared_state["distributed_type"] = DistributedType.MULTI_GPU


def in_turn(words: list[str]) -> int:
    for command, root in zip(words[::2], words[1::2], strict=True):
        given_up_at = time.monotonic() + PATIENCE_SECONDS
        while not Path(root).exists():
            if time.monotonic() > given_up_at:
                return 1
            time.sleep(0.05)
        if ended := main(["--threads", "1", command, root, "--resume"]):
            return ended
    return 0


if __name__ == "__main__":
    if "ACCELERATE_USE_FSDP" in os.environ:
        state.PartialState.__init__ = on_cards
    ended = in_turn(sys.argv[1:])
    sys.stdout.write(f"trained by: {state.AcceleratorState().distributed_type.value}\n")
    sys.exit(ended)
