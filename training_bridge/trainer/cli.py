"""The trainer's command line. Parses, calls one function, prints one result or one sentence.

Exit status: 0 done, 1 failed or refused, 3 cancelled, 4 interrupted (can be resumed).
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from training_bridge.trainer import console, plan
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import Interrupted, TrainerError

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
    recipe.add_argument("--dry-run", action="store_true", help="say what it would do and need, and do nothing")
    recipe.add_argument("--hardware", default="h100", help="with --dry-run: the card to estimate for (default: h100)")
    recipe.add_argument("--cards", type=int, default=1, help="with --dry-run: how many of them")
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
    _others(commands)
    for command in commands.choices.values():  # also after the command, where people put it
        command.add_argument("--threads", type=int, default=argparse.SUPPRESS, help="cores to use (default: all)")
    return made


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="RUN_FOLDER")
    command.add_argument("--smoke", action="store_true", help="a few steps of everything, to see that it runs")
    command.add_argument("--resume", action="store_true", help="go on with a run that was started before")


def _others(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What is no stage of a run."""
    serve = commands.add_parser("serve", help="answer at an OpenAI-compatible address with a run's checkpoint")
    serve.add_argument("folder", type=Path, metavar="RUN_FOLDER")
    serve.add_argument("--stage", default="", help="the stage whose checkpoint answers (default: the last one)")
    serve.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    serve.add_argument("--port", type=int, default=8001)
    ablate = commands.add_parser("ablate", help="arms of an experiment at equal rollouts, with a paired table")
    ablate.add_argument("folder", type=Path, metavar="RUN_FOLDER")
    ablate.add_argument("--starts", type=int, default=3, help="SFT starts")
    ablate.add_argument("--seeds", type=int, default=3, help="seeds from each start")
    ablate.add_argument("--steps", type=int, default=40, help="GRPO steps of every arm, its mining pass included")
    ablate.add_argument("--every", type=int, default=10, help="steps between two points of the learning curve")
    ablate.add_argument("--arms", default="base,sft,grpo,grpo_dpa,hcm_staged,hcm_online", help="which arms, by comma")
    ways = commands.add_parser("ways", help="ways of rationales as SFT material, at equal count and at equal money")
    ways.add_argument("folder", type=Path, metavar="RUN_FOLDER")
    ways.add_argument("--seeds", type=int, default=8, help="runs of every arm")
    pool = commands.add_parser("draw", help="a run folder of drawn scenes in which one aspect is hard, for experiments")
    pool.add_argument("folder", type=Path, metavar="RUN_FOLDER", help="a folder that is not there yet")
    pool.add_argument("--hard", type=float, default=0.08, help="share of hard questions")
    pool.add_argument("--questions", type=int, default=600, help="training questions that reinforcement draws from")
    pool.add_argument("--explained", type=int, default=1400, help="others, which rationales explain; 0: the same ones")
    pool.add_argument("--flipped", type=float, default=0.0, help="share of training answers that are wrong")
    pool.add_argument("--ways", action="store_true", help="three simulated writers explain, for the command ways")
    pool.add_argument("--seed", type=int, default=1)
    benchmark = commands.add_parser("benchmark", help="the test split as a benchmark of another evaluation tool")
    benchmark.add_argument("folder", type=Path, metavar="RUN_FOLDER")
    benchmark.add_argument("--format", required=True, choices=("vlmevalkit", "lmms-eval"))
    benchmark.add_argument("--out", type=Path, required=True, help="a folder that is not there yet")
    benchmark.add_argument("--seed", type=int, default=0, help="of the letters")
    suspects = commands.add_parser("suspects", help="how well finished runs found the wrong answers planted in them")
    suspects.add_argument("folders", type=Path, nargs="+", metavar="RUN_FOLDER")
    suspects.add_argument(
        "--high", type=float, nargs="+", default=(), metavar="SHARE", help="also with these shares as `suspect_loss`"
    )
    suspects.add_argument("--beside", type=Path, metavar="FILE", help="what this command said of earlier runs, to join")
    check = commands.add_parser("gpu-check", help="a short real training on this machine: speed, memory, overhead")
    check.add_argument("--cpu", action="store_true", help="on the CPU with the tiny model, to see that it measures")
    check.add_argument("--steps", type=int, default=6, help="steps of each block")
    check.add_argument("--blocks", type=int, default=3, help="blocks of each side, in turns")
    overhead = commands.add_parser("overhead", help="what mining costs beside plain TRL, on the tiny model")
    overhead.add_argument("--questions", type=int, default=2000)
    overhead.add_argument("--steps", type=int, default=8, help="steps of each block")
    overhead.add_argument("--blocks", type=int, default=6, help="blocks of each side, in turns")
    memory = commands.add_parser("memory", help="how near the estimate of memory comes on this machine")
    memory.add_argument("--side", type=int, default=280, help="pixels of a picture's side")
    memory.add_argument("--rows", type=int, default=2, help="rows learnt from at once")
    rewards = commands.add_parser("rewards", help="the tables of what each reward teaches")
    rewards.add_argument(
        "--of", type=Path, metavar="RUN_FOLDER", help="instead, what every reward makes of this run's answers"
    )
    rewards.add_argument("--steps", type=int, default=0, help="with --of: only the first so many of a stage")


def main(arguments: Sequence[str] | None = None) -> int:
    asked = parser().parse_args(arguments)
    # Nothing is ever fetched from a hub, and nothing is written outside the run folder.
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    console.hush()
    folder = asked.folders[0] if "folders" in asked else getattr(asked, "folder", None)
    if folder is not None:
        os.environ.setdefault("HF_HOME", str(folder.absolute() / "cache" / "huggingface"))
    try:
        return _done(asked)
    except Interrupted:
        return EXIT["interrupted"]
    except TrainerError as error:
        print(f"trainer: {error}", file=sys.stderr)
        return EXIT["failed"]


def _done(asked: argparse.Namespace) -> int:
    if asked.command == "rewards":
        from training_bridge.trainer.measure import groups
        from training_bridge.trainer.rewards import analysis

        print(groups.of_run(asked.of, steps=asked.steps) if asked.of else analysis.tables(), end="")
        return EXIT["done"]
    if asked.command == "benchmark":
        from training_bridge.trainer import formats

        count = formats.write(RunFolder(asked.folder), asked.format, asked.out, seed=asked.seed)
        print(f"Wrote {count} questions for {asked.format} to {asked.out}.")
        return EXIT["done"]
    if asked.command == "recipe" and asked.dry_run:
        return _plan(RunFolder(asked.folder), asked)
    if asked.command == "evaluate" and asked.completions:
        return _score(RunFolder(asked.folder), asked.completions)
    if asked.threads:
        import torch

        torch.set_num_threads(asked.threads)
    if asked.command == "draw":
        return _draw(asked)
    if asked.command == "suspects":
        from training_bridge.trainer.measure import suspects

        reports = suspects.recorded(asked.beside) if asked.beside else []
        reports += [suspects.report(folder, shares=asked.high) for folder in asked.folders]
        print(json.dumps(reports[0] if len(reports) == 1 else suspects.together(reports), indent=1))
        return EXIT["done"]
    if asked.command in ("ablate", "ways"):
        return _compare(asked)
    if asked.command == "serve":
        return _serve(RunFolder(asked.folder), asked)
    if asked.command in ("gpu-check", "overhead", "memory"):
        return _measure(asked)
    return _train(RunFolder(asked.folder), asked)


def _train(folder: RunFolder, asked: argparse.Namespace) -> int:
    from training_bridge.trainer import ranks, recipe

    stage = None if asked.command == "recipe" else asked.command
    # A single stage goes on from what the stages before it left, so the folder may have been started before.
    resume = asked.resume or (stage is not None and folder.plan.exists() and not recipe.finished(folder, stage))
    ended = recipe.run(folder, only=stage, smoke=asked.smoke, resume=resume)
    if ranks.first():
        why = ", as control.json asks; delete that file and --resume goes on" if ended == "cancelled" else ""
        print(f"{asked.command}: {ended}{why}")
    return EXIT[ended]


def _plan(folder: RunFolder, asked: argparse.Namespace) -> int:
    from training_bridge.trainer import estimate
    from training_bridge.trainer.contract import rows
    from training_bridge.trainer.errors import BadInput
    from training_bridge.trainer.stages import material

    if asked.hardware not in estimate.HARDWARE:
        raise BadInput(f"There is no hardware {asked.hardware!r} to estimate for; {', '.join(estimate.HARDWARE)}.")
    request = folder.request()
    made = plan.of(request, smoke=asked.smoke or request.smoke)
    splits = {split: rows.release_rows(folder.release, split) for split in rows.SPLITS}
    counted = {split: len(found) for split, found in splits.items()}
    counted[estimate.REINFORCED] = len(material.reinforced(splits["train"], made))
    print(estimate.text(made, counted, hardware=asked.hardware, cards=asked.cards), end="")
    return EXIT["done"]


def _score(folder: RunFolder, files: list[Path]) -> int:
    from training_bridge.trainer.metrics import markdown
    from training_bridge.trainer.stages import evaluate

    print(markdown.table(evaluate.again(folder, files)), end="")
    return EXIT["done"]


def _serve(folder: RunFolder, asked: argparse.Namespace) -> int:
    from training_bridge.trainer import ranks, recipe, serve
    from training_bridge.trainer.model import policy

    request = folder.request()
    made = plan.of(request, smoke=request.smoke)
    stage = asked.stage or recipe.newest(folder, made)
    model, processor = policy.checkpoint(folder.checkpoints / stage, made.model)
    model.to(ranks.device())
    side = made.model.picture if made.model.source else made.shape.side
    answerer = serve.Answerer(f"{request.run}/{stage}", model, processor, side=side)
    with serve.server(answerer, host=asked.host, port=asked.port) as listening:
        host, port = listening.server_address[:2]
        print(f"Model {answerer.name} answers at http://{host}:{port}/v1", flush=True)
        try:
            listening.serve_forever()
        except KeyboardInterrupt:
            return EXIT["done"]
    return EXIT["done"]


def _draw(asked: argparse.Namespace) -> int:
    from training_bridge.trainer.errors import BadInput
    from training_bridge.trainer.measure import scenes

    if asked.folder.exists():
        raise BadInput(f"{asked.folder} exists; name a folder that does not, so that nothing is overwritten.")
    if asked.flipped:
        kind = scenes.Hard(share=asked.hard, train=asked.questions, flipped=asked.flipped)
        overrides = scenes.WITH_WRONG_ANSWERS
    else:
        kind = scenes.Hard(share=asked.hard, train=asked.questions, explained=asked.explained, ways=asked.ways)
        overrides = scenes.OF_WAYS if asked.ways else scenes.SMALL
    scenes.hard_folder(asked.folder, kind, seed=asked.seed, overrides=overrides)
    print(f"Drew {asked.questions} training questions into {asked.folder}.")
    return EXIT["done"]


def _compare(asked: argparse.Namespace) -> int:
    from training_bridge.trainer import ablation, ways

    if asked.command == "ways":
        text = ways.markdown(ways.run(asked.folder, seeds=asked.seeds))
    else:
        text = ablation.markdown(ablation.run(asked.folder, ablation.design_of(vars(asked))))
    print(text, end="")
    return EXIT["done"]


def _measure(asked: argparse.Namespace) -> int:
    from training_bridge.trainer import compat

    compat.check()
    if asked.command == "gpu-check":
        from training_bridge.trainer.measure import machine

        print(json.dumps(machine.check(on_cpu=asked.cpu, steps=asked.steps, blocks=asked.blocks), indent=1))
        return EXIT["done"]
    if asked.command == "memory":
        from training_bridge.trainer.measure import memory

        for trial in memory.compare(side=asked.side, rows=asked.rows):
            print(json.dumps(trial), flush=True)
        return EXIT["done"]
    from training_bridge.trainer.measure import overhead

    print(json.dumps(overhead.of_tiny(questions=asked.questions, steps=asked.steps, blocks=asked.blocks)))
    return EXIT["done"]
