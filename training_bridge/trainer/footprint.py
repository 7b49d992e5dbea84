"""What a model needs in memory to learn and to answer: arithmetic over its shape. Pure: no torch.

Belongs here: bytes of weights, of what a backward pass keeps, of the cache of answers. Does not: what a plan asks of it
(estimate.py). How near it comes is measured by `trainer memory` (docs/experiments/trainer-memory.md).
"""

from dataclasses import dataclass

GIB = 2**30
# Vision patches that become one picture token.
PATCHES = 4
# Gradients and Adam's two moments beside weights, four bytes each. Weights in half precision are held in full besides
# where they are trained in parts.
TRAINED = 16.0
ADAPTERS = 0.3  # LoRA's own weights, gradients and moments, bytes a parameter of the whole model


@dataclass(frozen=True)
class Shape:
    """`picture`: tokens of a picture of 512 pixels. `cached`: numbers that a token leaves in the cache of one layer."""

    parameters: float
    picture: int
    layers: int
    hidden: int
    inner: int
    cached: int
    vision_layers: int
    vision_hidden: int
    vision_inner: int


def held(shape: Shape, *, rank: int, number: int) -> float:
    """Bytes that are there all the time: weights of `number` bytes, and all that learning adds to them."""
    return shape.parameters * ((number + ADAPTERS) if rank else TRAINED)


def learning(
    shape: Shape, *, rows: int, pictures: int, words: int, number: int, checkpointing: bool, vision: bool
) -> float:
    """Bytes that one pass keeps until its backward pass, for `rows` of so many tokens of pictures and of words.

    `vision`: whether the half that sees learns too; otherwise it keeps nothing.

    A layer keeps some eight numbers of its width and four of its inner width a token; with checkpointing only its
    input, and one layer at a time is whole. Log probabilities are made in chunks, so the vocabulary does not count.
    """

    def half(layers: int, hidden: int, inner: int) -> float:
        whole = 8 * hidden + 4 * inner
        return layers * hidden + whole if checkpointing else layers * whole

    text = (pictures + words) * half(shape.layers, shape.hidden, shape.inner)
    seen = pictures * PATCHES * half(shape.vision_layers, shape.vision_hidden, shape.vision_inner)
    return rows * (text + (seen if vision else 0)) * number


def answering(shape: Shape, *, rows: int, pictures: int, words: int, number: int) -> float:
    """Bytes beside the weights while so many answers are sampled at once: the cache, and one layer over all prompts."""
    tokens = pictures + words
    cache = tokens * shape.layers * shape.cached
    widest = max(
        tokens * (4 * shape.hidden + 2 * shape.inner),
        pictures * PATCHES * (4 * shape.vision_hidden + 2 * shape.vision_inner),
    )
    return rows * (cache + widest) * number
