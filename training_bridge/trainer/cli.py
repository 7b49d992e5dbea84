"""The trainer's command line. Parses, calls one function, prints one result or one sentence.

Exit status: 0 done, 1 failed or refused, 3 cancelled, 4 interrupted (can be resumed).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from training_bridge.trainer import plan
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import TrainerError

EXIT = {"done": 0, "failed": 1, "cancelled": 3, "interrupted": 4}
_STAGES = {
    "look": "name what is wrong with one drawn picture, starting from an untrained model",
    "pretrain": "describe whole drawn scenes",
    "sft": "learn to answer from the release's rationales",
    "grpo": "reinforce over all training questions",
    "mine": "find what the policy gets wrong now",
    "hard": "reinforce over the mined questions",
}


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="trainer", description="Train and measure on a run folder.")
    made.add_argument("--threads", type=int, default=0, help="cores to use (default: all)")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    recipe = commands.add_parser("recipe", help="run every stage of the folder's recipe")
    _common(recipe)
    for name, sentence in _STAGES.items():
        _common(commands.add_parser(name, help=f"one stage: {sentence}"))
    evaluate = commands.add_parser("evaluate", help="one stage: measure on the test split, or score completions again")
    _common(evaluate)
    evaluate.add_argument(
        "--completions",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="answers of an endpoint, scored beside",
    )
    return made


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="RUN_FOLDER")
    command.add_argument("--smoke", action="store_true", help="a few steps of everything, to see that it runs")
    command.add_argument("--resume", action="store_true", help="go on with a run that was started before")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    # Nothing is ever fetched from a hub, and nothing is written outside the run folder.
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    os.environ.setdefault("HF_HOME", str(asked.folder.absolute() / "cache" / "huggingface"))
    try:
        folder = RunFolder(asked.folder)
        if asked.command == "evaluate" and asked.completions:
            return _score(folder, asked.completions)
        return _train(folder, asked)
    except TrainerError as error:
        print(f"trainer: {error}", file=sys.stderr)
        return EXIT["failed"]


def _train(folder: RunFolder, asked: argparse.Namespace) -> int:
    import torch

    from training_bridge.trainer import recipe

    if asked.threads:
        torch.set_num_threads(asked.threads)
    stage = None if asked.command == "recipe" else asked.command
    # A single stage goes on from what the stages before it left, so the folder has been started before.
    resume = asked.resume or (stage is not None and stage != plan.STAGES[0])
    ended = recipe.run(folder, only=stage, smoke=asked.smoke, resume=resume)
    print(f"{asked.command}: {ended}")
    return EXIT[ended]


def _score(folder: RunFolder, files: list[Path]) -> int:
    from training_bridge.trainer.metrics import markdown
    from training_bridge.trainer.stages import evaluate

    print(markdown.table(evaluate.again(folder, files)), end="")
    return EXIT["done"]
