"""The training stack that this code was written for, checked when a run starts; the only module that touches its hooks.

Belongs here: versions, every assumption about TRL that its public documentation does not promise, and the one trainer
class that overrides three of its methods. Does not: which questions are asked (mining/), what answers earn (rewards/).
If a newer TRL moves something, `check` says so in one sentence before any work is done.
"""

import inspect
import random
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from training_bridge.trainer import ranks, refilling
from training_bridge.trainer.errors import BadInput, Incompatible

WRITTEN_FOR = {"trl": "1.16.0"}
SHOWN = ("torch", "transformers", "trl", "accelerate", "datasets", "peft", "tokenizers", "numpy", "pillow")
# Method of GRPOTrainer → its arguments after self.
HOOKS = {
    "_calculate_rewards": ("inputs", "prompts", "completions", "completion_ids_list"),
    "_generate_and_score_completions": ("inputs",),
    "_save_checkpoint": ("model", "trial"),
    "training_step": ("model", "inputs", "num_items_in_batch"),
}
# Attributes of GRPOTrainer that a checkpoint of ours keeps; looked for in the source of the methods that use them.
KEPT = ("_step", "_buffered_inputs")
_CONFIG_OPTIONS = (
    "shuffle_dataset",
    "num_generations",
    "generation_kwargs",
    "scale_rewards",
    "loss_type",
    "beta",
    "steps_per_generation",
    "num_iterations",
    "ignore_data_skip",
)
STATE_FILE = "rollouts-{rank}.pt"


def versions() -> dict[str, str]:
    """Package versions, recorded with every run."""
    found = {}
    for name in SHOWN:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


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

    check_hooks(GRPOTrainer)
    options = inspect.signature(GRPOConfig).parameters
    missing = [option for option in _CONFIG_OPTIONS if option not in options]
    if missing:
        raise Incompatible(f"TRL's GRPOConfig no longer knows {', '.join(missing)}.")


def check_hooks(trainer: type) -> None:
    """The methods that `rollout_trainer` overrides or relies on still look as they did when they were read."""
    for name, wanted in HOOKS.items():
        method = getattr(trainer, name, None)
        found = tuple(inspect.signature(method).parameters)[1:] if method is not None else None
        if found != wanted:
            shown = "is gone" if found is None else f"takes {found}, not {wanted}"
            raise Incompatible(
                f"TRL's GRPOTrainer.{name} {shown}; install requirements/trainer.txt, or bring compat.py up to date."
            )
    prepare = getattr(trainer, "_prepare_inputs", None)
    source = inspect.getsource(prepare) if prepare is not None else ""
    missing = [name for name in KEPT if name not in source]
    if missing:
        raise Incompatible(
            f"TRL's GRPOTrainer no longer buffers its rollouts in {', '.join(missing)}; a resumed run would differ."
        )


class Feed(Protocol):
    """What the trainer asks instead of its data loader; stages/rollouts.py implements it."""

    def batch(self, number: int) -> list[dict[str, Any]]:
        """The rows of generation batch `number`, each as often as it gets answers, all ranks' in order."""

    def dead_groups(self) -> list[int]:
        """Places of the groups of the last batch whose answers all earned the same."""

    def replacements(self, number: int, attempt: int, count: int, unit: int) -> list[dict[str, Any]]:
        """Rows in place of `count` dead groups or a few more, as many groups as a multiple of `unit`; none if there are
        no questions left."""

    def state(self) -> dict[str, Any]: ...

    def restore(self, state: dict[str, Any]) -> None: ...

    def saved(self) -> None:
        """A checkpoint with `state` in it is whole."""


def rollout_trainer(*, feed: Feed, refill: int, finish: Callable[[Path], None], **arguments: Any) -> Any:
    """A GRPOTrainer that asks `feed` what to roll out next, at the moment it generates.

    TRL draws rows by a sampler that its loader reads one batch ahead, so weights would act late and a checkpoint would
    have to know what the loader holds. Here the loader hands over placeholders, and rows are drawn when answers are
    sampled: a batch depends on everything before it and on nothing that is read ahead.

    What a checkpoint needs so that a resumed run is the same to the last bit (each found by leaving it out): the
    buffered rollouts, the position in them, the state of the random generators at the end of the step, no skipping of
    data, the feed's own state. `refill`: how often dead groups of a batch are replaced. `finish` is called with a
    checkpoint's folder when everything in it is written.
    """
    import numpy as np
    import torch
    from trl import GRPOTrainer

    class RolloutTrainer(GRPOTrainer):  # type: ignore[misc]  # TRL has no types
        _restored: dict[str, Any] | None = None

        def _generate_and_score_completions(self, inputs: list[dict[str, Any]]) -> dict[str, Any]:
            number = self._step // (self.args.steps_per_generation * self.num_iterations)
            process, count, size = self.accelerator.process_index, self.accelerator.num_processes, self.num_generations
            held = len(inputs)
            made = super()._generate_and_score_completions(feed.batch(number)[process * held : (process + 1) * held])
            dead = feed.dead_groups()
            for attempt in range(refill):
                rows = feed.replacements(number, attempt, len(dead), refilling.unit(size, count)) if dead else []
                if not rows:
                    break
                each = len(rows) // count
                fresh = super()._generate_and_score_completions(rows[process * each : (process + 1) * each])
                live = sorted(set(range(len(rows) // size)) - set(feed.dead_groups()))
                chosen = refilling.pairs(dead, live, size=size, held=held, fresh=each)
                made = refilling.replaced(
                    made,
                    fresh,
                    refilling.moves(chosen, size=size, held=held, fresh=each),
                    process=process,
                    pad=int(self._tokenizer.pad_token_id),
                    gather=ranks.gathered,
                )
                dead = sorted(set(dead) - {group for group, _ in chosen})
            if refill:
                made["num_items_in_batch"] = self.accelerator.gather(made["completion_mask"].sum()).sum()
            return made

        def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Any:
            if self._restored is not None:
                # Last word on the generators: the base class restores them before its loader is iterated.
                _set_generators(self._restored["generators"])
                self._restored = None
            return super().training_step(model, inputs, num_items_in_batch)

        def _save_checkpoint(self, model: Any, trial: Any) -> None:
            super()._save_checkpoint(model, trial)
            place = Path(self._get_output_dir(trial=trial)) / f"checkpoint-{self.state.global_step}"
            kept = {
                "step": self._step,
                "buffer": self._buffered_inputs,
                "generators": _generators(),
                "feed": feed.state(),
            }
            torch.save(kept, place / STATE_FILE.format(rank=self.accelerator.process_index))
            self.accelerator.wait_for_everyone()
            if self.accelerator.is_main_process:
                finish(place)
            feed.saved()

        def restore(self, place: Path) -> None:
            """Go on from a checkpoint of ours; `train(resume_from_checkpoint=place)` does the rest."""
            file = place / STATE_FILE.format(rank=self.accelerator.process_index)
            if not file.exists():
                raise BadInput(f"{place} has no {file.name}; it was written with fewer processes, use as many again.")
            # One of several processes on CPUs is at cpu:0, which torch cannot load to.
            device = self.accelerator.device
            # Our own file, written by the class above into the run's own folder.
            kept = torch.load(file, map_location="cpu" if device.type == "cpu" else device, weights_only=False)
            self._step, self._buffered_inputs = kept["step"], kept["buffer"]
            feed.restore(kept["feed"])
            self._restored = kept

    def _generators() -> dict[str, Any]:
        found = {"python": random.getstate(), "numpy": np.random.get_state(), "torch": torch.get_rng_state()}
        if torch.cuda.is_available():
            found["cuda"] = torch.cuda.get_rng_state_all()
        return found

    def _set_generators(found: dict[str, Any]) -> None:
        random.setstate(found["python"])
        np.random.set_state(found["numpy"])
        torch.set_rng_state(found["torch"].cpu())
        if "cuda" in found:
            torch.cuda.set_rng_state_all([state.cpu() for state in found["cuda"]])

    return RolloutTrainer(**arguments)
