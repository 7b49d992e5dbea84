"""The size of a tiny model, apart from torch, so that a plan can be read and checked without it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The size of the model. `side` is the side of a picture in pixels; a picture is (side / patch / merge)² tokens."""

    side: int = 64
    patch: int = 8
    merge: int = 4
    hidden: int = 128
    vision_hidden: int = 128
    text_layers: int = 2
    vision_layers: int = 2
    heads: int = 4
    vocabulary: int = 512
    initial_spread: float = 0.08
