"""The trainer's command line as one of several processes that hold the model in parts (FSDP2), on CPUs by gloo.

accelerate takes its FSDP settings only where it sees several cards; here it is told that it does. Everything behind
that, from sharding to saving the whole, is its own and torch's. Run as a script by test_several.py.
"""

import sys
from typing import Any

from accelerate import state
from accelerate.utils import DistributedType

from training_bridge.trainer.cli import main

begin = state.PartialState.__init__


def on_cards(self: state.PartialState, *given: Any, **named: Any) -> None:
    begin(self, *given, **named)
    if self.distributed_type == DistributedType.MULTI_CPU:
        state.PartialState._shared_state["distributed_type"] = DistributedType.MULTI_GPU


if __name__ == "__main__":
    state.PartialState.__init__ = on_cards
    ended = main(sys.argv[1:])
    sys.stdout.write(f"in parts: {state.AcceleratorState().distributed_type.value}\n")
    sys.exit(ended)
