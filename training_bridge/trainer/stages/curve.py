"""The learning curve of a reinforcement stage: which validation questions are right, every so many steps.

A line of `evaluation/curve.jsonl` holds the questions themselves, so that whoever reads it can split them as they like
(an ablation: easy and hard ones). Greedy answers draw nothing, so a run learns the same with the curve and without.

Belongs here: the callback and its file. Does not: the look after a stage (evaluate.quick), the guard (grpo.py).
"""

from typing import Any

from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from training_bridge.trainer import ranks
from training_bridge.trainer.contract.folder import RunFolder, replace_text
from training_bridge.trainer.contract.reading import compact, read_lines
from training_bridge.trainer.stages import answers
from training_bridge.trainer.stages.context import Context


class Curve(TrainerCallback):
    """Asks the validation questions before the first step and then every `evaluate.every` steps."""

    def __init__(self, context: Context, trainer: Any, processor: Any) -> None:
        self._context, self._trainer, self._processor = context, trainer, processor
        self._questions = context.material.some("validation", context.plan.evaluate.validation)

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if state.global_step == 0:
            self._ask(0)

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if state.global_step % self._context.plan.evaluate.every == 0:
            self._ask(state.global_step)

    def _ask(self, step: int) -> None:
        context = self._context
        right = answers.right(context, self._trainer.model, self._processor, self._questions)
        self._trainer.model.train()
        if ranks.first():
            write(context.folder, {"stage": context.stage, "step": step, "asked": len(self._questions), "right": right})


def write(folder: RunFolder, row: dict[str, Any]) -> None:
    """Add a line. A run that goes on from an earlier step measures the same again, and replaces it."""
    kept = [old for old in read(folder) if (old["stage"], old["step"]) != (row["stage"], row["step"])]
    replace_text(folder.evaluation / "curve.jsonl", "".join(compact(line) + "\n" for line in [*kept, row]))


def read(folder: RunFolder) -> list[dict[str, Any]]:
    file = folder.evaluation / "curve.jsonl"
    return [dict(line.value) for line in read_lines(file)] if file.exists() else []
