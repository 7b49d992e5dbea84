"""The training stack that this code was written for, checked when a run starts.

Belongs here: versions, and every assumption about TRL that its public documentation does not promise.
Does not: training. If a newer TRL moves something, this file says so in one sentence before any work is done.
"""

import inspect
from importlib.metadata import version

from training_bridge.trainer.errors import Incompatible

WRITTEN_FOR = {"trl": "1.16.0"}
SHOWN = ("torch", "transformers", "trl", "accelerate", "datasets", "tokenizers", "numpy", "pillow")
_REWARD_ARGUMENTS = ("inputs", "prompts", "completions", "completion_ids_list")
_CONFIG_OPTIONS = ("shuffle_dataset", "num_generations", "generation_kwargs", "scale_rewards", "loss_type", "beta")


def versions() -> dict[str, str]:
    """Package versions, recorded with every run."""
    return {name: version(name) for name in SHOWN}


def check() -> None:
    """Refuse to start on a stack whose behaviour we have not read."""
    for name, wanted in WRITTEN_FOR.items():
        found = version(name)
        if found != wanted:
            raise Incompatible(
                f"{name} {found} is installed, but this trainer was written for {wanted}; "
                "install requirements/trainer.txt again."
            )
    from trl import GRPOConfig, GRPOTrainer

    found_arguments = tuple(inspect.signature(GRPOTrainer._calculate_rewards).parameters)[1:]
    if found_arguments != _REWARD_ARGUMENTS:
        raise Incompatible(f"TRL's GRPOTrainer calls rewards with {found_arguments}, not {_REWARD_ARGUMENTS}.")
    options = inspect.signature(GRPOConfig).parameters
    missing = [option for option in _CONFIG_OPTIONS if option not in options]
    if missing:
        raise Incompatible(f"TRL's GRPOConfig no longer knows {', '.join(missing)}.")
