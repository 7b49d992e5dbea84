"""The two reinforcement stages, by TRL's GRPOTrainer: `grpo` over all training questions, `hard` over mined ones.

In mode `staged` the order of questions is drawn beforehand from the ledger and handed to TRL as the dataset's own
order, so nothing of TRL is overridden and any other trainer can follow the same `mining/order.jsonl`.
"""

from typing import Any

from trl import GRPOConfig, GRPOTrainer

from training_bridge.trainer.contract.folder import replace_text
from training_bridge.trainer.contract.reading import compact
from training_bridge.trainer.mining import ledger, order
from training_bridge.trainer.mining.weights import weights
from training_bridge.trainer.model import tiny
from training_bridge.trainer.rewards.dpa import VARIANTS
from training_bridge.trainer.stages import mine
from training_bridge.trainer.stages.context import Context
from training_bridge.trainer.stages.rollouts import ProportionalAccuracy


def grpo(context: Context) -> None:
    _reinforce(context, "grpo", before="sft")


def hard(context: Context) -> None:
    _reinforce(context, "hard", before="grpo")
    mine.tell(context)


def _reinforce(context: Context, stage: str, *, before: str) -> None:
    plan, material = context.plan, context.material
    settings = getattr(plan, stage)
    model, processor = context.load(before)
    names = _order(context, stage, settings)
    material.load([material.by_id[name] for name in dict.fromkeys(names)])

    def make(entry: dict[str, Any]) -> dict[str, Any]:
        row = material.by_id[entry["question"]]
        return {**material.question(row, entry["turn"]), **entry}

    seen: dict[str, int] = {}
    entries = []
    for name in names:
        seen[name] = seen.get(name, -1) + 1
        entries.append({"question": name, "turn": seen[name]})
    memory = ledger.Ledger(context.folder.root)
    reward = ProportionalAccuracy(
        material=material, reward=VARIANTS[settings.reward], ledger=memory, run=context.request.run, stage=stage
    )
    configuration = GRPOConfig(
        **context.arguments(stage, settings),
        per_device_train_batch_size=settings.prompts * settings.generations,
        num_generations=settings.generations,
        max_completion_length=settings.tokens,
        temperature=settings.temperature,
        beta=settings.beta,
        shuffle_dataset=False,
        generation_kwargs={"suppress_tokens": tiny.unspeakable(processor)},
    )
    trainer = GRPOTrainer(
        model=model,
        reward_funcs=reward,
        args=configuration,
        train_dataset=material.dataset(entries, make),
        processing_class=processor,
    )
    context.train(trainer, stage, reward.measure)
    memory.close()
    context.save(stage, model, processor)


def _order(context: Context, stage: str, settings: Any) -> list[str]:
    plan, length = context.plan, settings.steps * settings.prompts
    train = [row.question for row in context.material.splits["train"]]
    if settings.mode == "off":
        return _grouped(order.uniform(train, length=length, seed=plan.seed), settings.prompts)
    # A resumed stage must follow the order it began with, although its own rollouts are in the ledger by now.
    before = [row for row in ledger.read(context.folder.root) if row.stage != stage]
    weighed = weights(mine.states_of(context, before), plan.weights)
    names = order.drawn(weighed, length=length, seed=plan.seed, exploration=settings.exploration, cap=settings.cap)
    names = _grouped(names, settings.prompts)
    replace_text(context.folder.mining / "order.jsonl", "".join(compact({"question": name}) + "\n" for name in names))
    return names


def _grouped(names: list[str], size: int) -> list[str]:
    """No question twice within one step: a second copy waits for the next step. Order is kept otherwise."""
    result: list[str] = []
    waiting = list(names)
    while waiting:
        chosen: list[str] = []
        left: list[str] = []
        for name in waiting:
            if len(chosen) < size and name not in chosen:
                chosen.append(name)
            else:
                left.append(name)
        result += chosen
        if len(chosen) < size:
            return (result + left)[: len(names)]
        waiting = left
    return result
