"""What a plan will do and need, said before it is done: rows, steps, rollouts, hours, memory.

Belongs here: arithmetic over the plan and the counted rows. Counts are exact; hours and memory are estimates, and the
text says which figures they stand on. Pure: no torch.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from training_bridge.trainer import footprint
from training_bridge.trainer.footprint import GIB, Shape
from training_bridge.trainer.plan import LEARNING, Plan, Rollouts


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
# By what a source's name begins with, from the models' public configurations; a test builds each to count its weights.
SHAPES: dict[str, Shape] = {
    "Qwen/Qwen2.5-VL-3B": Shape(3.75e9, 324, 36, 2048, 11008, 512, 32, 1280, 3420),
    "Qwen/Qwen2.5-VL-7B": Shape(8.29e9, 324, 28, 3584, 18944, 1024, 32, 1280, 3420),
    "Qwen/Qwen3-VL-2B": Shape(2.13e9, 256, 28, 2048, 6144, 2048, 24, 1024, 4096),
    "Qwen/Qwen3-VL-4B": Shape(4.44e9, 256, 36, 2560, 9728, 2048, 24, 1024, 4096),
    "OpenGVLab/InternVL3-1B": Shape(0.94e9, 256, 24, 896, 4864, 256, 24, 1024, 4096),
    "OpenGVLab/InternVL3-2B": Shape(2.09e9, 256, 28, 1536, 8960, 512, 24, 1024, 4096),
}
QUESTION = 300  # tokens of a question's words, with the release's own instruction
PICTURES = 5
REINFORCED = "reinforced"
SUPERVISED_ROWS_PER_ROLLOUT = 3.0  # a supervised row costs about a third of a rollout with its update


def text(plan: Plan, rows: Mapping[str, int], *, hardware: str = "h100", cards: int = 1) -> str:
    """The plan for a person. `rows`: questions by split, and under `REINFORCED` those of train that reinforcement draws
    from, if not all."""
    drawn_from = rows.get(REINFORCED, rows.get("train", 0))
    lines = [
        f"Recipe {plan.recipe}, seed {plan.seed}{', smoke' if plan.smoke else ''}.",
        f"Questions: {', '.join(f'{split} {count:,}' for split, count in rows.items() if split != REINFORCED)}; "
        f"reinforcement draws from {drawn_from:,}.",
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
    shape = shape_of(plan)
    parameters, tokens = shape.parameters, picture_tokens(plan)
    need = memory_gib(plan)
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


def shape_of(plan: Plan) -> Shape:
    """Of the recipe's model; of an unknown one that of the first that is known."""
    known = (SHAPES[name] for name in SHAPES if plan.model.source.startswith(name))
    return next(known, next(iter(SHAPES.values())))


def picture_tokens(plan: Plan) -> int:
    """Tokens of one picture at the recipe's size."""
    tokens = shape_of(plan).picture
    if "InternVL" in plan.model.source:
        return tokens * plan.model.tiles
    return round(tokens * (plan.model.picture / 512) ** 2)


def memory_gib(plan: Plan) -> float:
    """Peak of one copy of the policy, in GiB: what is always there, and the dearest of learning and answering.

    A reference model (beta > 0, full training) is two bytes a parameter more; vLLM beside it takes its share of a card
    of 80 GiB.
    """
    shape, number = shape_of(plan), 4 if plan.model.precision == "float32" else 2
    always = footprint.held(shape, rank=plan.model.rank, number=number)
    reinforced = [getattr(plan, stage) for stage in ("grpo", "hard") if stage in plan.stages]
    if not plan.model.rank and any(stage.beta for stage in reinforced):
        always += 2 * shape.parameters
    pictures = PICTURES * picture_tokens(plan)
    passes = [(stage.prompts * stage.generations // stage.accumulation, stage.tokens) for stage in reinforced]
    if "sft" in plan.stages:
        passes.append((plan.sft.batch // plan.sft.accumulation, plan.sft.longest))
    needs = [
        footprint.learning(
            shape,
            rows=rows,
            pictures=pictures,
            words=QUESTION + words,
            number=number,
            checkpointing=plan.model.checkpointing,
            # Qwen's vision half has no layer by the names that LoRA's targets usually have.
            vision=not plan.model.rank or "Qwen" not in plan.model.source,
        )
        for rows, words in passes
    ]
    needs += [
        footprint.answering(shape, rows=rows, pictures=pictures, words=QUESTION + words, number=number)
        for rows, words in _sampled_at_once(plan, reinforced)
    ]
    beside = plan.model.vllm_memory * 80 if plan.model.rollouts == "colocate" else 0.0
    return (always + max(needs, default=0.0)) / GIB + beside


def _sampled_at_once(plan: Plan, reinforced: list[Rollouts]) -> list[tuple[int, int]]:
    """Answers that this process samples at once, and their tokens; the cache of vLLM's is its own."""
    found = []
    if plan.model.rollouts == "here":
        found += [(stage.questions * stage.generations, stage.tokens) for stage in reinforced]
    if "mine" in plan.stages:
        found.append((plan.mine.batch * plan.mine.generations, plan.mine.tokens))
    if "evaluate" in plan.stages:
        found.append((max(plan.evaluate.batch, plan.evaluate.samples), plan.evaluate.tokens))
    return found


def seconds(plan: Plan, rows: Mapping[str, int], card: Hardware, parameters: float) -> float:
    """Of one card for everything but evaluation."""
    supervised = sum(plan.steps(stage) * getattr(plan, stage).batch for stage in ("sft",) if stage in plan.stages)
    work = rollouts(plan, rows) + supervised / SUPERVISED_ROWS_PER_ROLLOUT
    return work / card.rollouts * parameters / 3e9


def _mined(plan: Plan, rows: Mapping[str, int]) -> int:
    return plan.mine.asks(rows.get(REINFORCED, rows.get("train", 0)))


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
