"""The stages that learn to write, by TRL's SFTTrainer.

`pretrain`: tell apart. Whole drawn scenes: every candidate described, or looked at for one aspect that is asked.
Without the asking, a small model that described well learnt from `sft` to find nothing (docs/experiments/tiny-cpu.md).
With `look` (look.py) it stands for what a model from a hub already knows; a recipe with such a model leaves both out.
`sft`: judge and answer. On the release's training questions, the target is made of a rationale (prompts.target).
"""

import random
from typing import Any

from trl import SFTConfig, SFTTrainer

from training_bridge.trainer import launch, letters, prompts
from training_bridge.trainer.contract.rows import PoolRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.model import policy
from training_bridge.trainer.stages import telling
from training_bridge.trainer.stages.context import Context
from training_bridge.trainer.stages.material import Material


def pretrain(context: Context) -> None:
    plan, material = context.plan, context.material
    model, processor = context.load(plan.before("pretrain"))
    scenes = material.pool()
    material.load([], scenes)

    def make(entry: dict[str, Any]) -> dict[str, Any]:
        scene = scenes[entry["scene"]]
        shown = letters.drawn(scene.id, sorted(scene.candidates), plan.seed, entry["turn"])
        # Every other time one aspect is asked, and those that are not asked are passed over.
        draw = random.Random(f"{plan.seed}/{scene.id}/{entry['turn']}")
        aspect = draw.choice(sorted(material.words)) if draw.random() < 0.5 else None
        return _told(material, scene, shown, aspect)

    entries = [{"scene": place} for place in range(len(scenes))]
    dataset = material.dataset(_turned(entries, plan.pretrain), make)
    _fit(context, "pretrain", plan.pretrain, dataset, model, processor)


def sft(context: Context) -> None:
    plan, material = context.plan, context.material
    model, processor = context.load(plan.before("sft"))
    rows = material.splits["train"]
    entries = telling.chosen(rows, plan.sft, seed=plan.seed)
    told = sum(entry["rationale"] >= 0 for entry in entries)
    if plan.sft.without_rationale == "answer":
        named = {entry["question"] for entry in entries}
        entries += [{"question": row.question, "rationale": -1} for row in rows if row.question not in named]
    if not entries:
        raise BadInput("No training question has a rationale; write some, or set sft.without_rationale to answer.")
    context.journal.note(
        f"{told} rationales, {len(entries) - told} targets made from answers alone",
        rationales=told,
        from_answers=len(entries) - told,
    )
    material.load([material.by_id[entry["question"]] for entry in entries])

    def make(entry: dict[str, Any]) -> dict[str, Any]:
        row, turn = material.by_id[entry["question"]], entry["turn"]
        rationale = row.rationales[entry["rationale"]] if entry["rationale"] >= 0 else None
        shown = material.letters(row, turn)
        text = prompts.target(row, rationale, shown, kind=plan.wording.target, words=material.words)
        return {**material.question(row, turn), "completion": _said(text)}

    entries = _short_enough(context, entries, make, processor)
    _fit(context, "sft", plan.sft, material.dataset(_turned(entries, plan.sft), make), model, processor)


def _short_enough(context: Context, entries: list[Any], make: Any, processor: Any) -> list[Any]:
    """Rows within `sft.longest` tokens of text. Longer ones are left out and counted: cutting them would cut pictures.

    Letters do not change a text's length by more than a token, so a row is measured under its first letters.
    """
    longest = context.plan.sft.longest
    if not longest:
        return entries
    kept = []
    for place, entry in enumerate(entries):
        if place % 1000 == 0:
            context.reading("measuring rows", place, len(entries))
        made = make({**entry, "turn": 0})
        words = [
            part["text"]
            for message in [*made["prompt"], *made["completion"]]
            for part in message["content"]
            if "text" in part
        ]
        if len(processor.tokenizer("".join(words))["input_ids"]) <= longest:
            kept.append(entry)
    if not kept:
        raise BadInput(f"Every row is longer than sft.longest ({longest} tokens of text); raise it.")
    if len(kept) < len(entries):
        context.journal.note(
            f"{len(entries) - len(kept)} of {len(entries)} rows are longer than {longest} tokens and are left out",
            left_out=len(entries) - len(kept),
        )
    return kept


def _told(material: Material, scene: PoolRow, shown: dict[str, str], aspect: str | None) -> dict[str, Any]:
    words = material.words if aspect is None else {aspect: material.words[aspect]}
    request = prompts.DESCRIBE if aspect is None else prompts.asked(aspect)
    prompt, paths = prompts.pool_prompt(scene, shown, request)
    images = [material.pictures.image(path) for path in paths]
    text = prompts.description(scene, shown, words)
    return {"prompt": prompt, "images": images, "completion": _said(text)}


def _turned(entries: list[dict[str, Any]], settings: Any) -> list[dict[str, Any]]:
    """The entries as often as the steps need them; each turn is drawn with other letters."""
    turns = -(-settings.steps * settings.batch // len(entries))
    return [{**entry, "turn": turn} for turn in range(turns) for entry in entries]


def _said(text: str) -> list[dict[str, Any]]:
    return [{"role": "assistant", "content": [{"type": "text", "text": text}]}]


def _fit(context: Context, stage: str, settings: Any, dataset: Any, model: Any, processor: Any) -> None:
    configuration = SFTConfig(
        **context.arguments(stage, settings),
        per_device_train_batch_size=launch.rows_each(context.plan, stage),
        gradient_accumulation_steps=settings.accumulation,
        # A length limit could cut picture tokens off; long rows are left out before.
        max_length=None,
    )
    trainer = SFTTrainer(
        model=model,
        args=configuration,
        train_dataset=dataset,
        processing_class=processor,
        peft_config=policy.adapter(context.plan.model),
    )
    context.train(trainer, stage)
    context.save(stage, trainer.model, processor, trainer=trainer)
