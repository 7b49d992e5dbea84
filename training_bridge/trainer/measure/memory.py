"""How near the estimate of memory comes: two steps of SFT and of GRPO on a model of some hundred million parameters.

A model of Qwen2.5-VL's shape with random weights and five pictures a prompt; without torchvision one of Idefics3's.
Each trial is a process of its own, so that its peak is its own: on a CPU what the process held at most beyond what it
held before the model was built, on a GPU what torch held at most.

Belongs here: the trials and the comparison. Does not: the arithmetic (footprint.py).
"""

import importlib
import multiprocessing
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training_bridge.trainer import console, footprint
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.estimate import PICTURES
from training_bridge.trainer.footprint import GIB, Shape

HIDDEN, LAYERS, VISION_HIDDEN, VISION_LAYERS, HEADS = 1024, 12, 768, 8, 16
SAID = "deformed " * 16
STEPS = 2  # the first makes the optimizer's moments, the second needs them beside everything else


@dataclass(frozen=True)
class Trial:
    """`side` of a picture in pixels; `rows` learnt from at once (in `grpo`, sampled at once as well)."""

    stage: str
    rank: int
    checkpointing: bool
    rows: int
    side: int
    tokens: int


def trials(*, side: int, rows: int) -> list[Trial]:
    return [
        Trial(stage, rank, checkpointing, rows, side, 32)
        for stage in ("sft", "grpo")
        for rank, checkpointing in ((0, False), (16, True))
    ]


def compare(*, side: int, rows: int) -> Iterator[dict[str, Any]]:
    """Every trial as it ends: GiB measured and estimated, and their ratio."""
    if side % 28:
        raise BadInput(f"The side of a picture is a multiple of 28 pixels; found {side}.")
    for trial in trials(side=side, rows=rows):
        with multiprocessing.get_context("spawn").Pool(1, initializer=console.hush) as alone:
            measured, parameters, words = alone.apply(peak, (trial,))
        estimated = need(trial, parameters, words)
        yield {
            "stage": trial.stage,
            "rank": trial.rank,
            "checkpointing": trial.checkpointing,
            "parameters": parameters,
            "measured_gib": round(measured / GIB, 2),
            "estimated_gib": round(estimated / GIB, 2),
            "ratio": round(estimated / measured, 2),
        }


def need(trial: Trial, parameters: int, words: int) -> float:
    """The estimate in bytes, for float32. `words`: tokens of a row that are no picture's."""
    tokens = (trial.side // 28) ** 2
    shape = Shape(
        parameters, tokens, LAYERS, HIDDEN, 3 * HIDDEN, 2 * HIDDEN, VISION_LAYERS, VISION_HIDDEN, 2 * VISION_HIDDEN
    )
    pictures = PICTURES * tokens
    passes = footprint.learning(
        shape,
        rows=trial.rows,
        pictures=pictures,
        words=words,
        number=4,
        checkpointing=trial.checkpointing,
        vision=not trial.rank,
    )
    if trial.stage == "grpo":
        passes = max(passes, footprint.answering(shape, rows=trial.rows, pictures=pictures, words=words, number=4))
    return footprint.held(shape, rank=trial.rank, number=4) + passes


def peak(trial: Trial) -> tuple[int, int, int]:
    """Bytes at most, parameters, and tokens of a row that are no picture's. Run in a process of its own."""
    import psutil
    import torch
    from transformers import PrinterCallback
    from trl.data_utils import prepare_multimodal_messages

    from training_bridge.trainer import compat
    from training_bridge.trainer.measure.stand import Stand
    from training_bridge.trainer.model import families, policy
    from training_bridge.trainer.plan import Model

    # What is imported is no part of a model: all of it before anything is counted.
    for name in ("trl", "peft", "transformers.models.qwen2_5_vl", "transformers.models.idefics3"):
        importlib.import_module(name)
    families.unavailable("qwen2_5_vl")
    compat.check()
    before = psutil.Process().memory_info().rss
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()
    model, processor = _model(trial.side)
    parameters = sum(weight.numel() for weight in model.parameters())
    stand = Stand(64, trial.side)
    row = stand.question(stand.splits["train"][0])
    asked = processor.apply_chat_template(
        [prepare_multimodal_messages(row["prompt"], images=row["images"])],
        add_generation_prompt=True,
        tokenize=True,
        return_dict=True,
    )["input_ids"][0]
    answer = len(processor.tokenizer(SAID)["input_ids"]) if trial.stage == "sft" else trial.tokens
    words = len(asked) + answer - PICTURES * (trial.side // 28) ** 2
    adapter = policy.adapter(Model(rank=trial.rank))
    with tempfile.TemporaryDirectory(prefix="memory-") as scratch:
        trainer = (_sft if trial.stage == "sft" else _grpo)(trial, Path(scratch), model, processor, stand, adapter)
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated(), parameters, words
    return _most_held() - before, parameters, words


def _model(side: int) -> tuple[Any, Any]:
    from training_bridge.trainer import prompts
    from training_bridge.trainer.measure import stand
    from training_bridge.trainer.model import families

    family = "idefics3" if families.unavailable("qwen2_5_vl") else "qwen2_5_vl"
    size = families.Size(
        hidden=HIDDEN,
        layers=LAYERS,
        vision_hidden=VISION_HIDDEN,
        vision_layers=VISION_LAYERS,
        heads=HEADS,
        side=side,
        vocabulary=512,
    )
    return families.build(family, prompts.corpus(stand.ASPECTS, []), size, seed=0)


def _sft(trial: Trial, scratch: Path, model: Any, processor: Any, stand: Any, adapter: Any) -> Any:
    import torch
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    said = [{"role": "assistant", "content": [{"type": "text", "text": SAID}]}]

    def load(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        made = [stand.question(stand.by_id[name]) for name in columns["question"]]
        return {
            "prompt": [one["prompt"] for one in made],
            "images": [one["images"] for one in made],
            "completion": [said] * len(made),
        }

    arguments = SFTConfig(
        output_dir=str(scratch),
        use_cpu=not torch.cuda.is_available(),
        bf16=False,
        report_to="none",
        disable_tqdm=True,
        save_strategy="no",
        dataloader_pin_memory=False,
        gradient_checkpointing=trial.checkpointing,
        per_device_train_batch_size=trial.rows,
        max_steps=STEPS,
        max_length=None,
        remove_unused_columns=False,
    )
    rows = Dataset.from_dict({"question": [row.question for row in stand.splits["train"]]}).with_transform(load)
    return SFTTrainer(model=model, args=arguments, train_dataset=rows, processing_class=processor, peft_config=adapter)


def _grpo(trial: Trial, scratch: Path, model: Any, processor: Any, stand: Any, adapter: Any) -> Any:
    from training_bridge.trainer.measure import overhead
    from training_bridge.trainer.model import policy

    arguments = overhead.configuration(
        scratch,
        steps=STEPS,
        prompts=1,
        generations=trial.rows,
        tokens=trial.tokens,
        gradient_checkpointing=trial.checkpointing,
    )
    silent = [*policy.unspeakable(model, processor), processor.tokenizer.eos_token_id]
    return overhead.plain(model, processor, stand, arguments, silent, adapter=adapter)


def _most_held() -> int:
    """Bytes that this process held at most, as Linux counts."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    raise BadInput("This system does not say how much memory a process held at most; measure on Linux.")
