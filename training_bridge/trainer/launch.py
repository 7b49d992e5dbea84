"""Whether this launch can do this plan, asked before anything is loaded or written.

Belongs here: what processes must be able to share, what training in parts asks for, under how many processes a killed
stage may go on. Does not: which process this is (ranks.py), the plan's own sense (plan.py).
"""

from training_bridge.trainer import ranks
from training_bridge.trainer.contract.checkpoints import last_whole, written_by
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import BadRecipe
from training_bridge.trainer.plan import LEARNING, Plan

SAMPLING = ("grpo", "hard")


def check(plan: Plan, folder: RunFolder, *, stages: tuple[str, ...]) -> None:
    """Raises BadRecipe with the remedy where `stages` of the plan cannot be done, or gone on with, as launched."""
    if ranks.in_parts():
        _check_parts(plan)
    for stage in stages:
        if stage in LEARNING:
            rows_each(plan, stage)
            _check_going_on(folder, stage)


def rows_each(plan: Plan, stage: str) -> int:
    """Rows that one process learns from in one pass forward and back. Raises BadRecipe where they cannot be shared."""
    settings = getattr(plan, stage)
    if stage in SAMPLING:
        rows, what = settings.prompts * settings.generations, f"{stage}.prompts × generations"
    else:
        rows, what = settings.batch, f"{stage}.batch"
    if settings.accumulation > 1:
        what = f"{what} ÷ accumulation"
    return ranks.each(rows // settings.accumulation, what)


def _check_parts(plan: Plan) -> None:
    if not ranks.sees_cards():
        raise BadRecipe(
            "The launcher asks for FSDP, but accelerate sees no several cards here and would train a whole copy in "
            "every process; launch without --use_fsdp, or on a machine with several cards."
        )
    if plan.model.rank:
        raise BadRecipe("LoRA fits on one card and is not trained in parts; launch without FSDP, or set model.rank 0.")


def _check_going_on(folder: RunFolder, stage: str) -> None:
    place = last_whole(folder.unfinished(stage))
    before = written_by(place) if place is not None else None
    if before is None or place is None:
        return
    again = f"or delete {place.parent} to begin {stage} again"
    if before.in_parts != ranks.in_parts():
        how = "with FSDP" if before.in_parts else "without FSDP"
        raise BadRecipe(f"{stage} was begun {how}, and its {place.name} can only be read so; launch {how}, {again}.")
    if before.processes == ranks.count():
        return
    # What is buffered of sampled answers lies with the process that sampled it; `sft` and its kind buffer nothing, and
    # a whole copy is anybody's. Parts could be cut anew, but that has not been seen to give the same run.
    if stage in SAMPLING or before.in_parts:
        what = "part of the model" if before.in_parts else "answers"
        raise BadRecipe(
            f"{stage} was begun by {before.processes} processes, each of which keeps its own {what} in {place.name}; "
            f"launch as many again (now: {ranks.count()}), {again}."
        )
