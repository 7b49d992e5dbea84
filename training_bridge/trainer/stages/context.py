"""The run as the stages see it: plan, folder, journal, the model of the stage before, and the wish to stop.

Belongs here: what every stage needs and none owns. Does not: the order of stages (recipe.py).
"""

import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import (
    PrinterCallback,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
    set_seed,
)

from training_bridge.trainer import ranks
from training_bridge.trainer.contract.checkpoints import drop_halves, last_whole, mark_whole
from training_bridge.trainer.contract.folder import Journal, RunFolder
from training_bridge.trainer.contract.reading import read_object
from training_bridge.trainer.contract.rows import RunRequest
from training_bridge.trainer.errors import BadInput, Cancelled, Diverged, Incompatible, Interrupted
from training_bridge.trainer.model import policy
from training_bridge.trainer.plan import Plan
from training_bridge.trainer.stages.material import Material


class Context:
    """One run in this process."""

    def __init__(self, folder: RunFolder, request: RunRequest, plan: Plan, journal: Journal) -> None:
        self.folder, self.request, self.plan, self.journal = folder, request, plan, journal
        self.interrupted = False
        self.stage = ""
        self.on_step: Callable[[int, int], None] = lambda step, steps: None
        self.material = Material(folder, plan, self.reading)
        if plan.evaluate.validation and not self.material.splits["validation"]:
            journal.note("The validation split is empty: nothing is measured between stages, and no guard can stand.")

    def stop_if_wanted(self) -> None:
        """Called between any two steps of work."""
        if self.interrupted:
            raise Interrupted
        if self.folder.cancel_wanted():
            raise Cancelled

    def stop_together(self) -> None:
        """The same where all processes must agree, because they will need each other again."""
        if ranks.anybody(self.interrupted):
            raise Interrupted
        if ranks.anybody(self.folder.cancel_wanted()):
            raise Cancelled

    def reading(self, what: str, done: int, wanted: int) -> None:
        self.stop_if_wanted()
        self.journal.standing(at_once=False, message=f"{what}: {done} of {wanted}")

    def step(self, step: int, steps: int, **measured: Any) -> None:
        """Tell one step of the present stage to whoever follows the run."""
        if measured:
            self.journal.event("step", stage=self.stage, step=step, steps=steps, **measured)
        self.on_step(step, steps)

    def load(self, stage: str) -> tuple[Any, Any]:
        """Model and processor as a stage left them; of no stage, the recipe's own model."""
        if not stage:
            return policy.load(self.plan.model)
        source = self.folder.checkpoints / stage
        wanted = self._architecture()
        found = read_object(source / "config.json").text("model_type", "?") if source.exists() else ""
        if wanted and found and found != wanted:
            raise BadInput(
                f"The checkpoint of stage {stage} is a {found}, the recipe trains a {wanted}; start a new run folder."
            )
        return policy.checkpoint(source, self.plan.model)

    def load_to_ask(self, stage: str) -> tuple[Any, Any]:
        """The same, where this process computes. Whoever trains leaves that to the trainer."""
        model, processor = self.load(stage)
        return model.to(ranks.device()), processor

    def _architecture(self) -> str:
        """Of the recipe's own model, where that can be said without loading it."""
        if not self.plan.model.source:
            return "idefics3"
        config = Path(policy.place(self.plan.model)) / "config.json"
        return read_object(config).text("model_type", "") if config.exists() else ""

    def save(self, stage: str, model: Any, processor: Any, *, trainer: Any = None) -> None:
        """The model of a finished stage, put in place as a whole. `trainer`: who holds it, if in parts (FSDP)."""
        more: dict[str, Any] = {}
        if getattr(trainer, "is_fsdp_enabled", False):
            # Every process gives its part; only the first gets the whole.
            more["state_dict"] = _once(trainer.accelerator.get_state_dict(trainer.model_wrapped), model)
        if ranks.first():
            part, place = self.folder.checkpoints / f".{stage}.part", self.folder.checkpoints / stage
            shutil.rmtree(part, ignore_errors=True)
            try:
                policy.merged(model).save_pretrained(part, **more)
                processor.save_pretrained(part)
            except BaseException:
                # Half a checkpoint is of no use to anybody, and on a full disk it is in the way.
                shutil.rmtree(part, ignore_errors=True)
                raise
            shutil.rmtree(place, ignore_errors=True)
            part.rename(place)
        ranks.wait()

    def train(self, trainer: Any, stage: str, measure: Callable[[], dict[str, Any]] = dict) -> None:
        """Run one of TRL's trainers to its end, from where a killed one left off if it did.

        `measure` gives what the stage itself knows of the last step, beside the loss.
        """
        trainer.remove_callback(PrinterCallback)
        trainer.add_callback(Progress(self, measure))
        begun = last_whole(self.folder.unfinished(stage))
        try:
            trainer.train(resume_from_checkpoint=str(begun) if begun else None)
        except _AllDone:
            pass
        except BaseException:
            if ranks.first():
                drop_halves(self.folder.unfinished(stage))
            raise
        self.stop_together()

    def arguments(self, stage: str, settings: Any) -> dict[str, Any]:
        """What all trainers are told alike."""
        set_seed(self.plan.seed)
        return {
            "output_dir": str(self.folder.unfinished(stage)),
            "use_cpu": not torch.cuda.is_available(),
            "bf16": self.plan.model.precision == "bfloat16" and torch.cuda.is_available(),
            "fp16": False,
            "gradient_checkpointing": self.plan.model.checkpointing,
            "report_to": "none",
            "disable_tqdm": True,
            "logging_steps": 1,
            # Otherwise a loss that is no number is replaced by the mean of those before, and nobody ever sees it.
            "logging_nan_inf_filter": False,
            "save_strategy": "steps",
            "save_steps": settings.save_every,
            "save_total_limit": 2,
            "dataloader_pin_memory": False,
            "dataloader_num_workers": 0,
            "remove_unused_columns": False,
            "max_steps": settings.steps,
            "learning_rate": settings.learning_rate,
            "warmup_steps": settings.warmup,
            "lr_scheduler_type": "cosine",
            "adam_beta2": 0.98,
            "weight_decay": 0.01,
            "max_grad_norm": 1.0,
            "seed": self.plan.seed,
        }


def _once(weights: dict[str, Any], model: Any) -> dict[str, Any]:
    """Gathered weights without those that are another by name, as a model that lies whole is saved.

    Raises Incompatible where the parts have let two of the same weights drift apart.
    """
    tied = {name: other for name, other in getattr(model, "all_tied_weights_keys", {}).items() if name in weights}
    for name, other in tied.items():
        if not torch.equal(weights[name], weights[other]):
            raise Incompatible(f"{name} and {other} are one weight, and training in parts has made two of it.")
    return {name: weight for name, weight in weights.items() if name not in tied}


class _AllDone(Exception):
    """The checkpoint that a stage goes on from holds its last step; its weights are loaded, and that was all."""


class Progress(TrainerCallback):
    """Follows a trainer: events for every step, cancel within a step, a stop at a loss that is no number."""

    def __init__(self, context: Context, measure: Callable[[], dict[str, Any]]) -> None:
        self._context, self._measure = context, measure

    def on_step_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        # The base class looks whether it is at the end only after a step, and would make one too many.
        if state.global_step >= state.max_steps:
            raise _AllDone

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> TrainerControl:
        if ranks.anybody(self._context.interrupted or self._context.folder.cancel_wanted()):
            control.should_save = control.should_training_stop = True
        return control

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **_: Any
    ) -> None:
        loss = (logs or {}).get("loss")
        if loss is None:
            return
        if not math.isfinite(float(loss)):
            raise Diverged(
                f"The loss of {self._context.stage} became {loss} at step {state.global_step}; "
                f"lower {self._context.stage}.learning_rate, in a new run folder."
            )
        measured = {"loss": round(float(loss), 5), **self._measure()}
        if alarm := measured.pop("alarm", None):
            self._context.journal.event("alarm", stage=self._context.stage, step=state.global_step, message=alarm)
        self._context.step(state.global_step, state.max_steps, **measured)

    def on_save(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        ranks.wait()
        if ranks.first():
            mark_whole(Path(args.output_dir) / f"checkpoint-{state.global_step}")
