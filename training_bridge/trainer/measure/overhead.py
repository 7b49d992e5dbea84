"""What mining costs beside plain TRL GRPO: the same model, questions and answers, step by step in turns.

Both sides train with a learning rate of zero and answers of a fixed length, so that a step is the same work whatever
was asked before. Plain: TRL's own trainer, its own sampler over a dataset of the same rows, a reward that reads the
answer and pays `right_minus_wrong`. Ours: mode `online`, the dearest one, with ledger, states and weights brought up to
date in every step, and a checkpoint's state left to itself on both sides. A step is measured from the end of the one
before to its own end, so that loading rows counts; blocks of steps alternate, and the first step of each is left out.

CPU time is told beside wall time: on a shared machine wall time says more about the neighbours.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from transformers import PrinterCallback, TrainerCallback
from trl import GRPOConfig, GRPOTrainer

from training_bridge.trainer import compat, completions, letters
from training_bridge.trainer.measure.stand import Stand
from training_bridge.trainer.mining.course import Course, Draw
from training_bridge.trainer.mining.ledger import Ledger
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.mining.states import Thresholds
from training_bridge.trainer.mining.weights import Weighting
from training_bridge.trainer.plan import Plan
from training_bridge.trainer.rewards import dpa
from training_bridge.trainer.stages.rollouts import Rollouts, Scorer, said


class Clock(TrainerCallback):
    """Wall and CPU seconds of every step but the first."""

    def __init__(self) -> None:
        self.steps: list[tuple[float, float]] = []
        self._last: tuple[float, float] | None = None

    def on_step_end(self, *_: Any, **__: Any) -> None:
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        now = (time.perf_counter(), time.process_time())
        if self._last is not None:
            self.steps.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now


class Parts:
    """Seconds of a trainer's steps by what they went into: CPU time of the whole process, as neighbours do not count.

    On a GPU, where the CPU waits for it, they are wall seconds.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._now = time.perf_counter if torch.cuda.is_available() else time.process_time

    def watch(self, thing: Any, method: str, name: str) -> None:
        inner = getattr(thing, method)

        def timed(*given: Any, **named: Any) -> Any:
            began = self._now()
            try:
                return inner(*given, **named)
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + self._now() - began

        setattr(thing, method, timed)


def configuration(folder: Path, *, steps: int, prompts: int, generations: int, tokens: int, **more: Any) -> GRPOConfig:
    return GRPOConfig(
        output_dir=str(folder),
        use_cpu=not torch.cuda.is_available(),
        **{"bf16": False, "gradient_checkpointing": False, **more},
        report_to="none",
        disable_tqdm=True,
        save_strategy="no",
        logging_steps=10**6,
        dataloader_pin_memory=False,
        per_device_train_batch_size=prompts * generations,
        num_generations=generations,
        max_completion_length=tokens,
        max_steps=steps,
        learning_rate=0.0,
        seed=0,
        shuffle_dataset=True,
    )


def plain(
    model: Any, processor: Any, stand: Stand, arguments: GRPOConfig, silent: Sequence[int], *, adapter: Any = None
) -> Any:
    """TRL as it comes."""
    rows = stand.splits["train"]

    def load(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        made = [stand.question(stand.by_id[name]) for name in columns["question"]]
        return {**columns, "prompt": [one["prompt"] for one in made], "images": [one["images"] for one in made]}

    def reward(completions_: Any, question: Sequence[str], **_: Any) -> list[float]:
        values = []
        for text, name in zip(completions_, question, strict=True):
            row = stand.by_id[name]
            shown = stand.letters(row)
            found = completions.read(said(text), sorted(shown.values()))
            picked = letters.to_slots(found.letters, shown)
            value = dpa.worth(dpa.VARIANTS["right_minus_wrong"], picked, row.gold, frozenset(row.slots))
            values.append(dpa.gated(value, well_formed=found.strict) or 0.0)
        return values

    arguments.generation_kwargs = {"suppress_tokens": list(silent)}
    return GRPOTrainer(
        model=model,
        reward_funcs=lambda completions, **given: reward(completions, **given),
        args=arguments,
        train_dataset=Dataset.from_dict({"question": [row.question for row in rows]}).with_transform(load),
        processing_class=processor,
        peft_config=adapter,
    )


def ours(
    model: Any,
    processor: Any,
    stand: Stand,
    arguments: GRPOConfig,
    silent: Sequence[int],
    folder: Path,
    parts: Parts,
) -> tuple[Any, Callable[[], None]]:
    """With mining; returns the trainer and what closes its ledger."""
    rows = stand.splits["train"]
    generations, size = arguments.num_generations, arguments.per_device_train_batch_size // arguments.num_generations
    memory = Memory([row.question for row in rows], Thresholds(), Weighting(), agreements={})
    plan = Plan(recipe="measure", seed=0, smoke=False)
    draw = Draw(mode="online", size=size, batches=arguments.max_steps, seed=0)
    book = Ledger(folder)
    course = Course(draw, memory, aspects={row.question: row.aspect for row in rows})
    for thing, method in ((course, "batch"), (memory, "see"), (book, "append")):
        parts.watch(thing, method, "mining")
    rollouts = Rollouts(
        material=stand,
        scorer=Scorer(stand, plan, "right_minus_wrong"),
        course=course,
        memory=memory,
        ledger=book,
        run="measure",
        stage="hard",
        generations=generations,
    )

    def reward(**given: Any) -> list[float | None]:
        found = rollouts.reward(**{key: value for key, value in given.items() if key != "prompts"})
        rollouts.saved()  # the ledger is written at checkpoints; here its cost belongs to every step
        return found

    arguments.generation_kwargs = {"suppress_tokens": list(silent)}
    arguments.shuffle_dataset = False
    trainer = compat.rollout_trainer(
        feed=rollouts,
        refill=0,
        finish=lambda place: None,
        model=model,
        reward_funcs=reward,
        args=arguments,
        train_dataset=Dataset.from_dict({"prompt": [[{"role": "user", "content": ""}]] * (size * arguments.max_steps)}),
        processing_class=processor,
    )
    return trainer, book.close


def measured(
    model: Any,
    processor: Any,
    silent: Sequence[int],
    *,
    questions: int,
    side: int,
    blocks: int,
    steps: int,
    prompts: int = 8,
    generations: int = 8,
    tokens: int = 32,
    **more: Any,
) -> dict[str, Any]:
    """`blocks` blocks of `steps` steps of each side in turns. Seconds are medians over all steps; shares of a step.

    The interval of the share is a bootstrap over pairs of blocks.
    """
    stand = Stand(questions, side)
    # The end of text stays silent as well: every answer has all its tokens.
    silent = [*silent, processor.tokenizer.eos_token_id]
    sides: dict[str, list[list[tuple[float, float]]]] = {"plain": [], "ours": []}
    parts = Parts()
    with tempfile.TemporaryDirectory(prefix="overhead-") as scratch:
        for block in range(blocks):
            # Whoever comes second finds caches warm, so they take turns at it.
            for name in ("plain", "ours") if block % 2 == 0 else ("ours", "plain"):
                folder = Path(scratch) / f"{name}-{block}"
                arguments = configuration(
                    folder, steps=steps + 1, prompts=prompts, generations=generations, tokens=tokens, **more
                )
                clock, close = Clock(), None
                if name == "plain":
                    trainer = plain(model, processor, stand, arguments, silent)
                else:
                    trainer, close = ours(model, processor, stand, arguments, silent, folder, parts)
                    parts.watch(trainer, "_generate", "generation")
                    parts.watch(trainer, "_calculate_rewards", "reward")
                    parts.watch(trainer, "training_step", "step")
                trainer.remove_callback(PrinterCallback)
                trainer.add_callback(clock)
                trainer.train()
                sides[name].append(clock.steps)
                if close:
                    close()
            # Blocks take minutes, and the figures stand only at the end.
            seconds = {name: round(median(step[0] for step in found[-1]), 2) for name, found in sides.items()}
            print(f"block {block + 1} of {blocks}, seconds a step: {seconds}", file=sys.stderr, flush=True)
    return {**_told(sides), "split": _split(parts.seconds), "tokens_per_step": prompts * generations * tokens}


def of_tiny(*, questions: int, steps: int, blocks: int) -> dict[str, Any]:
    """Of the tiny model in the shape of the recipe `tiny-cpu`: a step so short that overhead shows."""
    from training_bridge.trainer import prompts as wording
    from training_bridge.trainer.measure.stand import ASPECTS
    from training_bridge.trainer.model import policy, tiny
    from training_bridge.trainer.model.shape import Shape

    model, processor = tiny.build(wording.corpus(ASPECTS, []), Shape(), seed=0)
    silent = policy.unspeakable(model, processor)
    return measured(model, processor, silent, questions=questions, side=64, blocks=blocks, steps=steps)


def _told(sides: dict[str, list[list[tuple[float, float]]]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for place, kind in enumerate(("wall", "cpu")):
        of = {name: [[step[place] for step in block] for block in found] for name, found in sides.items()}
        result[f"plain_{kind}_s"] = median(step for block in of["plain"] for step in block)
        result[f"ours_{kind}_s"] = median(step for block in of["ours"] for step in block)
        ratios = np.array([median(a) / median(b) - 1 for a, b in zip(of["ours"], of["plain"], strict=True)])
        drawn = np.random.default_rng(0).choice(ratios, size=(2000, ratios.size)).mean(axis=1)
        result[f"{kind}_share"] = float(ratios.mean())
        result[f"{kind}_share_low"], result[f"{kind}_share_high"] = map(float, np.quantile(drawn, [0.025, 0.975]))
    return result


def _split(seconds: dict[str, float]) -> dict[str, float]:
    """Shares of a step: sampling answers, scoring them, drawing, remembering and writing (mining), the rest
    (update)."""
    whole = seconds["step"]
    shares = {name: seconds[name] / whole for name in ("generation", "reward", "mining")}
    return {name: round(value, 5) for name, value in {**shares, "update": 1 - sum(shares.values())}.items()}
