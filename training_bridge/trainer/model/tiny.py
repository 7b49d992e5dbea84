"""A vision-language model of one to two million parameters, its tokenizer and its processor, built from code alone.

Idefics3's architecture (a vision transformer, a pixel shuffle, a small Llama), because it needs no torchvision and runs
through TRL unchanged. Nothing is downloaded. The tokenizer is byte-level, so any text a person writes can be encoded.
"""

from collections.abc import Iterable

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    Idefics3Config,
    Idefics3ForConditionalGeneration,
    Idefics3Processor,
    PreTrainedTokenizerFast,
)
from transformers.models.idefics3.image_processing_pil_idefics3 import Idefics3ImageProcessorPil

from training_bridge.trainer.model.shape import Shape

PAD, START, END = "<|pad|>", "<|im_start|>", "<|im_end|>"
IMAGE = "<image>"
SPECIAL = (PAD, START, END, IMAGE, "<fake_token_around_image>", "<global-img>", "<end_of_utterance>")
MARKS = ("<think>", "</think>", "<answer>", "</answer>")

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tokenizer(corpus: Iterable[str], vocabulary: int) -> PreTrainedTokenizerFast:
    """Byte-level pairs learnt from the run's own texts; all 256 bytes are in the alphabet."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    special = [AddedToken(token, special=True, normalized=False) for token in SPECIAL]
    learner = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(corpus, learner)
    # The marks of the answer format are whole tokens, but not special: decoding a completion must keep them.
    made.add_tokens([AddedToken(mark, special=False, normalized=False) for mark in MARKS])
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token=PAD,
        eos_token=END,
        padding_side="left",
        model_max_length=2048,
        model_input_names=["input_ids", "attention_mask"],
    )


def build(
    corpus: Iterable[str], shape: Shape, *, seed: int
) -> tuple[Idefics3ForConditionalGeneration, Idefics3Processor]:
    """An untrained model and its processor. The same corpus, shape and seed give the same weights."""
    torch.manual_seed(seed)
    words = tokenizer(corpus, shape.vocabulary)
    text = {
        "model_type": "llama",
        "vocab_size": len(words),
        "hidden_size": shape.hidden,
        "intermediate_size": shape.hidden * 3,
        "num_hidden_layers": shape.text_layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.heads,
        "max_position_embeddings": 1024,
        "eos_token_id": words.eos_token_id,
        "pad_token_id": words.pad_token_id,
        "bos_token_id": None,
        "tie_word_embeddings": True,
        "initializer_range": shape.initial_spread,
    }
    vision = {
        "hidden_size": shape.vision_hidden,
        "intermediate_size": shape.vision_hidden * 2,
        "num_hidden_layers": shape.vision_layers,
        "num_attention_heads": shape.heads,
        "image_size": shape.side,
        "patch_size": shape.patch,
        "initializer_range": shape.initial_spread,
    }
    model = Idefics3ForConditionalGeneration(
        Idefics3Config(
            text_config=text,
            vision_config=vision,
            scale_factor=shape.merge,
            image_token_id=words.convert_tokens_to_ids(IMAGE),
            tie_word_embeddings=True,
            pad_token_id=words.pad_token_id,
        )
    )
    pictures = Idefics3ImageProcessorPil(
        do_image_splitting=False, size={"longest_edge": shape.side}, max_image_size={"longest_edge": shape.side}
    )
    processor = Idefics3Processor(
        image_processor=pictures,
        tokenizer=words,
        image_seq_len=(shape.side // shape.patch // shape.merge) ** 2,
        chat_template=CHAT_TEMPLATE,
    )
    model.generation_config.eos_token_id = words.eos_token_id
    model.generation_config.pad_token_id = words.pad_token_id
    return model, processor
