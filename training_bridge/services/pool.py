"""The scenes that a model sees before it sees the release: drawn for the run, with what was planted in them.

Belongs here: how many, how large, from which seed, and the pool's file. Does not: drawing (catalog.scenes).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from catalog.scenes import dataset
from config.base.words import noted

COUNT, SMOKE_COUNT = 3000, 300
SIDE = 128
# Far from any seed that a person types for samples: a scene of the pool is never one of the release.
SEEDS_FROM = 700_000_000


class PoolRow(msgspec.Struct, frozen=True):
    """A line of pool/pool.jsonl, as the trainer reads it."""

    schema: int
    id: str
    original: str
    candidates: dict[str, str]
    truth: dict[str, dict[str, str]]


def draw(root: Path, *, count: int, seed: int, said: Callable[[str], None]) -> None:
    """Draw the pool into the run folder; pictures that are there already are kept."""
    images = root / "pool" / "images"
    images.mkdir(parents=True, exist_ok=True)
    part = root / "pool" / ".pool.jsonl.part"
    with part.open("wb") as out:
        for index in range(count):
            out.write(msgspec.json.encode(one(images, seed=SEEDS_FROM + seed, index=index)) + b"\n")
            said(noted("Draws scenes to learn from: {drawn:,} of {count:,}.", drawn=index + 1, count=count))
    part.replace(root / "pool" / "pool.jsonl")


def one(images: Path, *, seed: int, index: int) -> PoolRow:
    """One scene with its pictures."""
    scene = dataset.draw(seed, index, SIDE)
    paths = {}
    for slot, picture in scene.pictures.items():
        name = f"{index:06d}-{slot.lower()}.jpg"
        if not (images / name).exists():
            part = images / f".{name}.part"
            part.write_bytes(dataset.jpeg(picture))
            os.replace(part, images / name)
        paths[slot] = f"pool/images/{name}"
    return PoolRow(
        schema=1,
        id=f"pool-{index:06d}",
        original=paths.pop("O"),
        candidates=paths,
        truth=scene.truth.cells,
    )
