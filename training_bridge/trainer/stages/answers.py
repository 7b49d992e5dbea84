"""Asking a model questions outside of training: greedy answers for evaluation, sampled ones for mining."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from trl.data_utils import prepare_multimodal_messages

from training_bridge.trainer import completions, letters, ranks
from training_bridge.trainer.contract.folder import replace_json
from training_bridge.trainer.contract.reading import read_object
from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.model import policy
from training_bridge.trainer.stages.context import Context


@torch.no_grad()
def generated(
    model: Any,
    processor: Any,
    asked: Sequence[dict[str, Any]],
    *,
    tokens: int,
    samples: int = 1,
    temperature: float | None = None,
) -> list[list[tuple[str, int]]]:
    """Answers to prompts with their pictures, as (text, token count). Greedy without a temperature."""
    model.eval()
    choosing: dict[str, Any] = {"do_sample": False}
    if temperature is not None:
        choosing = {"do_sample": True, "temperature": temperature, "num_return_sequences": samples}
    messages = [
        prepare_multimodal_messages(entry["prompt"], images=entry["images"]) if entry["images"] else entry["prompt"]
        for entry in asked
    ]
    inputs = processor.apply_chat_template(
        messages,
        add_generation_prompt=True,
        tokenize=True,
        return_dict=True,
        return_tensors="pt",
        processor_kwargs={"padding": True},
    ).to(model.device)
    made = model.generate(
        **inputs, max_new_tokens=tokens, suppress_tokens=policy.unspeakable(model, processor), **choosing
    )[:, inputs["input_ids"].shape[1] :]
    texts = processor.tokenizer.batch_decode(made, skip_special_tokens=True)
    lengths = (made != processor.tokenizer.pad_token_id).sum(dim=1).tolist()
    pairs = list(zip(texts, lengths, strict=True))
    each = len(pairs) // len(asked)
    return [pairs[place * each : (place + 1) * each] for place in range(len(asked))]


def ask(
    context: Context,
    model: Any,
    processor: Any,
    rows: Sequence[QuestionRow],
    *,
    batch: int,
    tokens: int,
    samples: int = 1,
    temperature: float | None = None,
    put: Callable[[QuestionRow], dict[str, Any]] | None = None,
) -> Iterator[tuple[QuestionRow, list[tuple[str, int]]]]:
    """Every question with its answers, stopping between batches if wanted. `put` words a question in another way."""
    put = put or context.material.question
    for start in range(0, len(rows), batch):
        context.stop_if_wanted()
        part = rows[start : start + batch]
        answers = generated(
            model, processor, [put(row) for row in part], tokens=tokens, samples=samples, temperature=temperature
        )
        yield from zip(part, answers, strict=True)


def ask_together(
    context: Context,
    model: Any,
    processor: Any,
    rows: Sequence[QuestionRow],
    *,
    batch: int,
    **more: Any,
) -> Iterator[tuple[QuestionRow, list[tuple[str, int]]]]:
    """The same, where every process has the whole model: each asks its share, `batch` at a time, and all get every
    answer, in the order of `rows`. All must ask the same."""
    together = batch * ranks.count()
    for start in range(0, len(rows), together):
        context.stop_together()
        part = rows[start : start + together]
        own = part[ranks.index() * batch : (ranks.index() + 1) * batch]
        answers = [made for _, made in ask(context, model, processor, own, batch=batch, **more)]
        yield from zip(part, ranks.gathered(answers), strict=True)


@torch.no_grad()
def mean_losses(
    context: Context,
    model: Any,
    processor: Any,
    rows: Sequence[QuestionRow],
    texts: Sequence[str],
    *,
    batch: int,
) -> list[float]:
    """Mean loss per token (nats) that the model has on the completion given for each row, its end of turn included."""
    model.eval()
    words = processor.tokenizer
    result: list[float] = []
    for start in range(0, len(rows), batch):
        context.stop_if_wanted()
        part = [context.material.question(row) for row in rows[start : start + batch]]
        inputs = processor.apply_chat_template(
            [prepare_multimodal_messages(entry["prompt"], images=entry["images"]) for entry in part],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
            processor_kwargs={"padding": True},
        ).to(model.device)
        said = [words(text)["input_ids"] + [words.eos_token_id] for text in texts[start : start + batch]]
        width = max(map(len, said))
        padded = torch.tensor([ids + [words.pad_token_id] * (width - len(ids)) for ids in said], device=model.device)
        mask = torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids in said], device=model.device)
        before = inputs["input_ids"].shape[1]
        inputs["input_ids"] = torch.cat([inputs["input_ids"], padded], dim=1)
        inputs["attention_mask"] = torch.cat([inputs["attention_mask"], mask], dim=1)
        # Qwen says of every token whether it is a picture's; what was said is words.
        for name in [name for name in inputs if name.endswith("token_type_ids")]:
            inputs[name] = torch.cat([inputs[name], torch.zeros_like(padded)], dim=1)
        logits = model(**inputs).logits[:, before - 1 : -1].float()
        each = torch.nn.functional.cross_entropy(logits.transpose(1, 2), padded, reduction="none") * mask
        result += (each.sum(dim=1) / mask.sum(dim=1)).tolist()
    return result


def share_right(context: Context, model: Any, processor: Any, rows: Sequence[QuestionRow]) -> float:
    """Share of these questions that the model answers exactly right, greedily."""
    return len(right(context, model, processor, rows)) / len(rows)


def write_easy_slice(context: Context, model: Any, processor: Any, file: Path, *, most: int) -> None:
    """Up to `most` validation questions that this model answers right: what mining must not lose."""
    rows = context.material.some("validation", 4 * most)
    found = right(context, model, processor, rows)[:most]
    if not found:
        context.journal.note("No validation question is answered right yet, so there is no easy slice to guard.")
    replace_json(file, {"questions": found})


def read_easy_slice(context: Context, file: Path) -> list[QuestionRow]:
    rows = [context.material.by_id[name] for name in read_object(file).sequence("questions")]
    context.material.load(rows)
    return rows


def right(context: Context, model: Any, processor: Any, rows: Sequence[QuestionRow]) -> list[str]:
    """The questions among these that the model answers exactly right, greedily."""
    settings, material = context.plan.evaluate, context.material
    material.load(rows)
    found = []
    for row, made in ask(context, model, processor, rows, batch=settings.batch, tokens=settings.tokens):
        shown = material.letters(row)
        picked = letters.to_slots(completions.read(made[0][0], sorted(shown.values())).letters, shown)
        if picked == row.gold:
            found.append(row.question)
    return found
