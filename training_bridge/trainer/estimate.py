"""What a plan will do and need, said before it is done: rows, steps, rollouts, hours, memory.

Belongs here: arithmetic over the plan and the counted rows. Counts are exact; hours and memory are estimates, and the
text says which figures they stand on. Pure: no torch.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from training_bridge.trainer.plan import LEARNING, Plan

GIB = 2**30


@dataclass(frozen=True)
class Hardware:
    """`rollouts`: answers a second of a model of three billion parameters to a prompt of five pictures at 512 pixels.

    An H100: 21 answers a second were reported for eight with one picture (EasyR1, docs/reference/recipes.md), so 2.6
    for one, divided by 1.75 for the longer prompt. Others by their ratio of dense bfloat16 arithmetic. Not measured by
    us.
    """

    memory_gib: float
    rollouts: float


HARDWARE = {
    "h100": Hardware(80, 1.5),
    "a100": Hardware(80, 0.5),
    "l40s": Hardware(48, 0.5),
    "rtx4090": Hardware(24, 0.25),
}
# Parameters and tokens of a picture of 512 pixels by what a source's name begins with.
SIZES: dict[str, tuple[float, int]] = {
    "Qwen/Qwen2.5-VL-3B": (3.75e9, 324),
    "Qwen/Qwen2.5-VL-7B": (8.3e9, 324),
    "Qwen/Qwen3-VL-2B": (2.1e9, 256),
    "Qwen/Qwen3-VL-4B": (4.4e9, 256),
    "OpenGVLab/InternVL3-1B": (0.94e9, 256),
    "OpenGVLab/InternVL3-2B": (2.1e9, 256),
}
PICTURES = 5
SUPERVISED_ROWS_PER_ROLLOUT = 3.0  # a supervised row costs about a third of a rollout with its update


def text(plan: Plan, rows: Mapping[str, int], *, hardware: str = "h100", cards: int = 1) -> str:
    """The plan for a person. `rows`: questions by split."""
    lines = [
        f"Recipe {plan.recipe}, seed {plan.seed}{', smoke' if plan.smoke else ''}.",
        f"Questions: {', '.join(f'{split} {count:,}' for split, count in rows.items())}.",
        "",
        "| stage | steps | rows or rollouts | from |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {stage} | {plan.steps(stage) or '–'} | {_amount(plan, stage, rows)} | {_origin(plan, stage)} |"
        for stage in plan.stages
    ]
    lines += ["", f"Rollouts in all: {rollouts(plan, rows):,} (refilled groups come on top)."]
    if not plan.model.source:
        lines.append("A tiny model, trained from nothing: minutes on two cores, under 3 GiB of memory.")
        return "\n".join(lines) + "\n"
    card = HARDWARE[hardware]
    parameters, tokens = size_of(plan)
    need = memory_gib(plan, parameters)
    hours = seconds(plan, rows, card, parameters) / cards / 3600
    room = "fits" if need <= card.memory_gib * cards else "does NOT fit"
    lines += [
        "",
        f"Estimated on {cards} × {hardware} ({card.memory_gib:.0f} GiB each): {hours:,.1f} hours; {need:.0f} GiB for "
        f"weights, gradients, optimizer, activations and rollouts, which {room}.",
        f"They stand on {parameters / 1e9:.1f} billion parameters, some {PICTURES * tokens:,} picture tokens a prompt, "
        f"and {card.rollouts:g} rollouts a second and card for three billion; `trainer gpu-check` measures yours.",
    ]
    return "\n".join(lines) + "\n"


def rollouts(plan: Plan, rows: Mapping[str, int]) -> int:
    """Answers that are sampled or greedily given to learn and to mine; evaluation is not counted."""
    total = sum(getattr(plan, stage).rollouts for stage in ("grpo", "hard") if stage in plan.stages)
    return total + (_mined(plan, rows) * plan.mine.generations if "mine" in plan.stages else 0)


def size_of(plan: Plan) -> tuple[float, int]:
    """Parameters, and tokens of one picture at the recipe's size."""
    known = next((SIZES[name] for name in SIZES if plan.model.source.startswith(name)), (3e9, 324))
    parameters, tokens = known
    if "InternVL" in plan.model.source:
        return parameters, tokens * plan.model.tiles
    return parameters, round(tokens * (plan.model.picture / 512) ** 2)


def memory_gib(plan: Plan, parameters: float) -> float:
    """Peak of one copy of the policy in training, in GiB.

    Full training in mixed precision holds 2 bytes a parameter for weights and 2 for gradients, 12 for Adam with its
    master copy; with LoRA only weights (2) and a few percent of the rest. A reference model (beta > 0, full training)
    is 2 more. Activations with checkpointing 6 GiB, without 20; vLLM beside it takes its share of the card.
    """
    each = 16.0
    if plan.model.rank:
        each = (4.0 if plan.model.precision == "float32" else 2.0) + 0.3
    learning = [getattr(plan, stage) for stage in ("grpo", "hard") if stage in plan.stages]
    if not plan.model.rank and any(stage.beta for stage in learning):
        each += 2.0
    activations = 6.0 if plan.model.checkpointing else 20.0
    beside = plan.model.vllm_memory * 80 if plan.model.rollouts == "colocate" else 0.0
    return parameters * each / GIB + activations + beside


def seconds(plan: Plan, rows: Mapping[str, int], card: Hardware, parameters: float) -> float:
    """Of one card for everything but evaluation."""
    supervised = sum(plan.steps(stage) * getattr(plan, stage).batch for stage in ("sft",) if stage in plan.stages)
    work = rollouts(plan, rows) + supervised / SUPERVISED_ROWS_PER_ROLLOUT
    return work / card.rollouts * parameters / 3e9


def _mined(plan: Plan, rows: Mapping[str, int]) -> int:
    train = rows.get("train", 0)
    return min(plan.mine.questions, train) if plan.mine.questions else train


def _amount(plan: Plan, stage: str, rows: Mapping[str, int]) -> str:
    settings = getattr(plan, stage)
    if stage in ("grpo", "hard"):
        return f"{settings.rollouts:,} rollouts, {settings.mode}, {settings.reward}"
    if stage == "mine":
        return f"{_mined(plan, rows) * settings.generations:,} rollouts"
    if stage == "evaluate":
        return f"{min(settings.test or rows.get('test', 0), rows.get('test', 0)):,} questions"
    return f"{settings.steps * settings.batch:,} rows"


def _origin(plan: Plan, stage: str) -> str:
    if stage in LEARNING:
        return plan.before(stage) or plan.model.source or "nothing"
    return plan.before(stage) or "–"
