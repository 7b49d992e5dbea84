"""Random models of the families that recipes train, at any size, with tokenizer and processor built from code alone.

For tests and for measuring a machine; they know nothing. Idefics3 needs no torchvision. Qwen2.5-VL's and InternVL's
processors also handle video, and their video half exists for torchvision only; without it they cannot be built, and
`unavailable` says so.
"""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from transformers import PreTrainedTokenizerFast

from training_bridge.trainer.model import tiny

FAMILIES = ("idefics3", "qwen2_5_vl", "internvl")
QWEN_MARKS = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")
INTERN_MARKS = ("<img>", "</img>", "<IMG_CONTEXT>", "<video>")


@dataclass(frozen=True)
class Size:
    """`side` in pixels, a multiple of patch × merge; a picture is (side / patch / merge)² tokens."""

    hidden: int = 64
    layers: int = 1
    vision_hidden: int = 64
    vision_layers: int = 1
    heads: int = 4
    side: int = 56
    patch: int = 14
    merge: int = 2
    vocabulary: int = 420


def unavailable(family: str) -> str:
    """Why this machine cannot build the family; "" where it can."""
    if family == "idefics3":
        return ""
    try:
        importlib.import_module("torchvision")
    except (ImportError, RuntimeError, OSError) as error:  # what one that was built for another torch fails with
        return f"{family}: its processor needs torchvision, which does not load here ({type(error).__name__}: {error})"
    return ""


def build(family: str, corpus: Iterable[str], size: Size, *, seed: int) -> tuple[Any, Any]:
    """An untrained model and its processor."""
    torch.manual_seed(seed)
    if family == "idefics3":
        from training_bridge.trainer.model.shape import Shape

        shape = Shape(
            side=size.side,
            patch=size.patch,
            merge=size.merge,
            hidden=size.hidden,
            vision_hidden=size.vision_hidden,
            text_layers=size.layers,
            vision_layers=size.vision_layers,
            heads=size.heads,
            vocabulary=size.vocabulary,
        )
        return tiny.build(corpus, shape, seed=seed)
    model, processor = (_qwen if family == "qwen2_5_vl" else _intern)(list(corpus), size)
    model.generation_config.eos_token_id = processor.tokenizer.eos_token_id
    model.generation_config.pad_token_id = processor.tokenizer.pad_token_id
    return model, processor


def _words(corpus: list[str], size: Size, marks: tuple[str, ...], **more: Any) -> PreTrainedTokenizerFast:
    made = tiny.tokenizer(corpus, size.vocabulary)
    made.add_special_tokens({"additional_special_tokens": list(marks)})
    if not more:
        return made
    # InternVL's processor reads its marks as attributes of the tokenizer; only this survives saving and loading.
    return PreTrainedTokenizerFast(
        tokenizer_object=made.backend_tokenizer,
        pad_token=tiny.PAD,
        eos_token=tiny.END,
        padding_side="left",
        **more,
    )


def _text(words: PreTrainedTokenizerFast, size: Size) -> dict[str, Any]:
    return {
        "vocab_size": len(words),
        "hidden_size": size.hidden,
        "intermediate_size": size.hidden * 3,
        "num_hidden_layers": size.layers,
        "num_attention_heads": size.heads,
        "num_key_value_heads": size.heads,
        "max_position_embeddings": 4096,
        "bos_token_id": None,
        "eos_token_id": words.eos_token_id,
        "pad_token_id": words.pad_token_id,
        "tie_word_embeddings": True,
    }


def _qwen(corpus: list[str], size: Size) -> tuple[Any, Any]:
    from transformers import (
        Qwen2_5_VLConfig,
        Qwen2_5_VLForConditionalGeneration,
        Qwen2_5_VLProcessor,
        Qwen2VLVideoProcessor,
    )
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    words = _words(corpus, size, QWEN_MARKS)
    number = words.convert_tokens_to_ids
    head = size.hidden // size.heads
    sections = [head // 8, head // 8 + head // 16, head // 8 + head // 16]
    pixels = {"shortest_edge": size.side**2, "longest_edge": size.side**2}
    config = Qwen2_5_VLConfig(
        text_config={
            **_text(words, size),
            "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": sections},
        },
        vision_config={
            "depth": size.vision_layers,
            "hidden_size": size.vision_hidden,
            "out_hidden_size": size.hidden,
            "intermediate_size": size.vision_hidden * 2,
            "num_heads": size.heads,
            "patch_size": size.patch,
            "spatial_merge_size": size.merge,
            "temporal_patch_size": 1,
            "in_channels": 3,
            "window_size": size.patch * size.merge * 4,
            "fullatt_block_indexes": list(range(size.vision_layers)),
        },
        image_token_id=number("<|image_pad|>"),
        video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"),
        vision_end_token_id=number("<|vision_end|>"),
        tie_word_embeddings=True,
    )
    shared = {"patch_size": size.patch, "merge_size": size.merge, "temporal_patch_size": 1, "size": pixels}
    processor = Qwen2_5_VLProcessor(
        image_processor=Qwen2VLImageProcessorPil(**shared),
        tokenizer=words,
        video_processor=Qwen2VLVideoProcessor(**shared),
        chat_template=tiny.CHAT_TEMPLATE.replace("<image>", "<|vision_start|><|image_pad|><|vision_end|>"),
    )
    return Qwen2_5_VLForConditionalGeneration(config), processor


def _intern(corpus: list[str], size: Size) -> tuple[Any, Any]:
    from transformers import (
        InternVLConfig,
        InternVLForConditionalGeneration,
        InternVLProcessor,
        InternVLVideoProcessor,
    )
    from transformers.models.got_ocr2.image_processing_pil_got_ocr2 import GotOcr2ImageProcessorPil

    names = ("start_image_token", "end_image_token", "context_image_token", "video_token")
    words = _words(corpus, size, INTERN_MARKS, extra_special_tokens=dict(zip(names, INTERN_MARKS, strict=True)))
    tokens = (size.side // size.patch // size.merge) ** 2
    config = InternVLConfig(
        vision_config={
            "hidden_size": size.vision_hidden,
            "intermediate_size": size.vision_hidden * 2,
            "num_hidden_layers": size.vision_layers,
            "num_attention_heads": size.heads,
            "image_size": [size.side, size.side],
            "patch_size": [size.patch, size.patch],
        },
        text_config={"model_type": "qwen2", **_text(words, size)},
        image_token_id=words.convert_tokens_to_ids("<IMG_CONTEXT>"),
        image_seq_length=tokens,
        downsample_ratio=1 / size.merge,
    )
    processor = InternVLProcessor(
        image_processor=GotOcr2ImageProcessorPil(size={"height": size.side, "width": size.side}, crop_to_patches=False),
        tokenizer=words,
        video_processor=InternVLVideoProcessor(),
        image_seq_length=tokens,
        chat_template=tiny.CHAT_TEMPLATE.replace("<image>", "<IMG_CONTEXT>"),
    )
    return InternVLForConditionalGeneration(config), processor
