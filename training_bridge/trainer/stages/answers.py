"""Asking a model questions outside of training: greedy answers for evaluation, sampled ones for mining."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from trl.data_utils import prepare_multimodal_messages

from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.model import tiny
from training_bridge.trainer.stages.context import Context


@torch.no_grad()
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
) -> Iterator[tuple[QuestionRow, list[tuple[str, int]]]]:
    """Every question with its answers as (text, token count). Greedy without a temperature. Stops between batches."""
    model.eval()
    choosing: dict[str, Any] = {"do_sample": False}
    if temperature is not None:
        choosing = {"do_sample": True, "temperature": temperature, "num_return_sequences": samples}
    for start in range(0, len(rows), batch):
        context.stop_if_wanted()
        part = rows[start : start + batch]
        asked = [context.material.question(row) for row in part]
        messages = [prepare_multimodal_messages(entry["prompt"], images=entry["images"]) for entry in asked]
        inputs = processor.apply_chat_template(
            messages,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
            processor_kwargs={"padding": True},
        ).to(model.device)
        made = model.generate(**inputs, max_new_tokens=tokens, suppress_tokens=tiny.unspeakable(processor), **choosing)[
            :, inputs["input_ids"].shape[1] :
        ]
        texts = processor.tokenizer.batch_decode(made, skip_special_tokens=True)
        lengths = (made != processor.tokenizer.pad_token_id).sum(dim=1).tolist()
        each = len(texts) // len(part)
        for place, row in enumerate(part):
            of_row = slice(place * each, (place + 1) * each)
            yield row, list(zip(texts[of_row], lengths[of_row], strict=True))
