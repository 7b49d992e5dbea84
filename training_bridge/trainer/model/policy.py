"""Any model that a recipe can train: built from nothing, or loaded from a folder of models; with or without LoRA.

Belongs here: loading, what a processor may do to a picture, adapters, which tokens must not be sampled, how answers are
generated. Does not: training.
"""

import os
from pathlib import Path
from typing import Any

from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.plan import Model

# Where models lie that a recipe names as on a hub: FOLDER/Qwen2.5-VL-3B-Instruct for Qwen/Qwen2.5-VL-3B-Instruct.
MODELS = "TRAINER_MODELS"


def load(settings: Model) -> tuple[Any, Any]:
    """The recipe's own model and processor. Nothing is downloaded; raises BadInput where it does not lie here."""
    from transformers import AutoModelForImageTextToText, AutoProcessor

    found = place(settings)
    more = {"revision": settings.revision} if settings.revision and not Path(found).is_dir() else {}
    try:
        model = AutoModelForImageTextToText.from_pretrained(found, dtype=settings.precision, **more)
        processor = AutoProcessor.from_pretrained(found, **more)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).strip().splitlines()[0]
        raise BadInput(
            f"The model {settings.source} could not be loaded: {reason} Put it into a folder and name that folder in "
            f"{MODELS}, or give its path in model.source."
        ) from None
    return model, limited(processor, settings)


def checkpoint(folder: Path, settings: Model) -> tuple[Any, Any]:
    """A checkpoint of a run and its processor. Raises BadInput where there is none, or none that loads."""
    from safetensors import SafetensorError
    from transformers import AutoModelForImageTextToText, AutoProcessor

    if not (folder / "config.json").exists():
        raise BadInput(f"There is no checkpoint of stage {folder.name}; run that stage first.")
    try:
        model = AutoModelForImageTextToText.from_pretrained(folder, dtype=settings.precision)
        processor = AutoProcessor.from_pretrained(folder)
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        reason = str(error).strip().splitlines()[0]
        raise BadInput(
            f"The checkpoint {folder} cannot be loaded: {reason} It is damaged, or was made by another recipe; "
            f"put the whole one back, or delete it and stages/{folder.name}.json and run that stage again."
        ) from error
    return model, limited(processor, settings) if settings.source else processor


def limited(processor: Any, settings: Model) -> Any:
    """The processor, held to the recipe's picture size: TRL has no such limit, and five pictures add up."""
    pictures = processor.image_processor
    pixels = settings.picture * settings.picture
    if hasattr(pictures, "merge_size"):  # Qwen: sizes in pixels of area
        pictures.size = {**dict(pictures.size or {}), "shortest_edge": min(3136, pixels), "longest_edge": pixels}
    if hasattr(pictures, "max_patches"):  # InternVL: tiles
        pictures.max_patches, pictures.min_patches = settings.tiles, 1
        pictures.crop_to_patches = settings.tiles > 1
    processor.tokenizer.padding_side = "left"
    return processor


def adapter(settings: Model) -> Any:
    """LoRA's configuration; `None` for full training."""
    if not settings.rank:
        return None
    from peft import LoraConfig

    return LoraConfig(
        r=settings.rank,
        lora_alpha=settings.alpha or 2 * settings.rank,
        target_modules=list(settings.targets),
        task_type="CAUSAL_LM",
    )


def unspeakable(model: Any, processor: Any) -> list[int]:
    """Tokens that the policy must not sample: picture marks above all, which then lack a picture.

    Every special token but the ends of text and turn: an untrained model draws them, a trained one never needs them.
    """
    words = processor.tokenizer
    ends = model.generation_config.eos_token_id
    allowed = {words.eos_token_id, words.pad_token_id, *(ends if isinstance(ends, list) else [ends])}
    special = {number for number, token in words.added_tokens_decoder.items() if token.special}
    marks = {
        getattr(model.config, name, None)
        for name in ("image_token_id", "video_token_id", "vision_start_token_id", "vision_end_token_id")
    }
    return sorted(number for number in (special | marks) - allowed if number is not None)


def generation(settings: Model, model: Any, processor: Any) -> dict[str, Any]:
    """How GRPO generates: in this process, or by vLLM beside it or in its own."""
    silent = unspeakable(model, processor)
    if settings.rollouts == "here":
        return {"generation_kwargs": {"suppress_tokens": silent}}
    # vLLM knows no list of suppressed tokens; a bias of minus one hundred is its way to say never.
    quiet = {"logit_bias": dict.fromkeys(silent, -100.0)}
    if settings.rollouts == "colocate":
        return {
            "use_vllm": True,
            "vllm_mode": "colocate",
            "vllm_gpu_memory_utilization": settings.vllm_memory,
            "generation_kwargs": quiet,
        }
    return {
        "use_vllm": True,
        "vllm_mode": "server",
        "vllm_server_base_url": settings.vllm_server,
        "generation_kwargs": quiet,
    }


def merged(model: Any) -> Any:
    """The model with its adapter worked in, so that the next stage and a server load it like any other."""
    return model.merge_and_unload() if hasattr(model, "merge_and_unload") else model


def place(settings: Model) -> str:
    """Where the recipe's model lies: in the folder of models, at its path, or by its name in a hub's cache."""
    folder = os.environ.get(MODELS, "")
    beside = Path(folder) / settings.source.rsplit("/", 1)[-1]
    return str(beside) if folder and beside.is_dir() else settings.source
