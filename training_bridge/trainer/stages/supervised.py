"""The two supervised stages, both by TRL's SFTTrainer.

`pretrain`: see and name. On drawn scenes, every planted defect of every candidate is described, aspect by aspect. It
stands for what a model from a hub already knows; a recipe with such a model leaves it out. `sft`: judge and answer.
On the release's training questions, the target is made of a rationale (prompts.target).
"""

from typing import Any

from trl import SFTConfig, SFTTrainer

from training_bridge.trainer import letters, prompts
from training_bridge.trainer.contract.rows import OVERALL
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.model import tiny
from training_bridge.trainer.stages.context import Context


def pretrain(context: Context) -> None:
    plan, material = context.plan, context.material
    scenes = material.pool()
    if not scenes:
        raise BadInput("pool/pool.jsonl is empty; a recipe that pretrains needs drawn scenes to see first.")
    material.load([], scenes)
    planted = {aspect for scene in scenes for cells in scene.truth.values() for aspect in cells}
    aspects = sorted(planted | {aspect for aspect in material.aspects if aspect == OVERALL})
    told = (rationale.text for row in material.splits["train"] for rationale in row.rationales)
    words = prompts.corpus(sorted({*aspects, *material.aspects}), told)
    model, processor = tiny.build(words, plan.shape, seed=plan.seed)
    parameters = sum(weight.numel() for weight in model.parameters())
    context.journal.note(
        f"{parameters / 1e6:.2f} million parameters, {len(scenes)} scenes, aspects {', '.join(aspects)}",
        parameters=parameters,
    )

    def make(entry: dict[str, Any]) -> dict[str, Any]:
        scene, turn = scenes[entry["scene"]], entry["turn"]
        shown = letters.drawn(scene.id, sorted(scene.candidates), plan.seed, turn)
        prompt, paths = prompts.pool_prompt(scene, shown)
        images = [material.pictures.image(path) for path in paths]
        text = prompts.description(scene, shown, aspects, turn=turn)
        return {"prompt": prompt, "images": images, "completion": _said(text)}

    turns = -(-plan.pretrain.steps * plan.pretrain.batch // len(scenes))
    entries = [{"scene": place, "turn": turn} for turn in range(turns) for place in range(len(scenes))]
    _fit(context, "pretrain", plan.pretrain, material.dataset(entries, make), model, processor)


def sft(context: Context) -> None:
    plan, material = context.plan, context.material
    model, processor = context.load("pretrain")
    rows = material.splits["train"]
    entries = [{"question": row.question, "rationale": place} for row in rows for place, _ in enumerate(row.rationales)]
    told = len(entries)
    if plan.sft.without_rationale == "answer":
        entries += [{"question": row.question, "rationale": -1} for row in rows if not row.rationales]
    if not entries:
        raise BadInput("No training question has a rationale; write some, or set sft.without_rationale to answer.")
    context.journal.note(
        f"{told} rationales, {len(entries) - told} targets made from answers alone",
        rationales=told,
        from_answers=len(entries) - told,
    )
    material.load([material.by_id[entry["question"]] for entry in entries])
    turns = -(-plan.sft.steps * plan.sft.batch // len(entries))

    def make(entry: dict[str, Any]) -> dict[str, Any]:
        row, turn = material.by_id[entry["question"]], entry["turn"]
        rationale = row.rationales[entry["rationale"]] if entry["rationale"] >= 0 else None
        text = prompts.target(row, rationale, material.letters(row, turn), kind=plan.wording.target)
        return {**material.question(row, turn), "completion": _said(text)}

    turned = [{**entry, "turn": turn} for turn in range(turns) for entry in entries]
    _fit(context, "sft", plan.sft, material.dataset(turned, make), model, processor)


def _said(text: str) -> list[dict[str, Any]]:
    return [{"role": "assistant", "content": [{"type": "text", "text": text}]}]


def _fit(context: Context, stage: str, settings: Any, dataset: Any, model: Any, processor: Any) -> None:
    configuration = SFTConfig(
        **context.arguments(stage, settings),
        per_device_train_batch_size=settings.batch,
        # A length limit could cut picture tokens off; rows are short by construction.
        max_length=None,
    )
    trainer = SFTTrainer(model=model, args=configuration, train_dataset=dataset, processing_class=processor)
    context.train(trainer, stage)
    context.save(stage, model, processor)
