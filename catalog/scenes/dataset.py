"""Samples of scenes: what is drawn for a seed and a number, and writing many of them to a folder.

Belongs here: the draw of defects, manifest and truth files.
Does not: how a defect looks (composing.py).
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import msgspec
from PIL import Image

from catalog.choices import SLOTS
from catalog.scenes import grounds, products
from catalog.scenes.composing import Box, Defect, Product, Setting, compose

ASPECTS = ("appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality")
CANDIDATES = 4
GROUP_SIZE = 3  # samples of one product
DEFECT_SHARE = 0.24
MINOR_SHARE = 0.3
QUALITY = 88
RULE = ("minor", "major")


class TruthRegion(msgspec.Struct):
    slot: str
    aspect: str
    box: tuple[float, float, float, float]


class Truth(msgspec.Struct):
    """What was planted where. Cells that are not named hold no defect."""

    id: str
    cells: dict[str, dict[str, str]]
    regions: list[TruthRegion]

    def slots_with(self, aspect: str) -> list[str]:
        """The slots whose planted severity under the aspect is at least minor, in order."""
        return [slot for slot, cells in sorted(self.cells.items()) if cells.get(aspect) in RULE]


@dataclass(frozen=True)
class Scene:
    """One sample: pictures by slot (`O` is the original), what was planted, and the product's group."""

    id: str
    group: str
    pictures: dict[str, Image.Image]
    truth: Truth

    def answers(self) -> dict[str, list[str]]:
        """By aspect: the slots whose planted severity is at least minor."""
        return {aspect: self.truth.slots_with(aspect) for aspect in ASPECTS}


def draw(seed: int, index: int, side: int = 512) -> Scene:
    """Sample `index` of `seed`: the same pixels on every call, whatever was drawn before."""
    group = index // GROUP_SIZE
    chance = random.Random(f"product {seed} {group}")
    product = Product(chance.choice(products.KINDS), chance.randrange(len(products.COLOURS)), chance.randrange(4))
    chance = random.Random(f"scene {seed} {index}")
    studio = Setting(grounds.STUDIO, 0, chance.choice((-1, 1)), 0.5, 1.0)
    pictures = {"O": compose(product, studio, (), side).image}
    cells: dict[str, dict[str, str]] = {}
    regions: list[TruthRegion] = []
    for slot in SLOTS[:CANDIDATES]:
        drawing = compose(product, _setting(chance), defects := _defects(chance), side)
        pictures[slot] = drawing.image
        if defects:
            cells[slot] = {defect.aspect: defect.severity for defect in defects}
        for aspect, box in drawing.regions.items():
            regions.append(TruthRegion(slot, aspect, _inside(box, side)))
    name = f"s-{seed}-{index:06d}"
    return Scene(name, f"product-{seed}-{group:05d}", pictures, Truth(name, cells, regions))


def _setting(chance: random.Random) -> Setting:
    x = chance.uniform(0.42, 0.58)
    props = tuple(
        (
            chance.randrange(3),
            chance.randrange(len(products.COLOURS)),
            chance.uniform(*near),
            chance.uniform(0.14, 0.24),
        )
        for near in ((0.06, 0.24), (0.78, 0.94))
        if chance.random() < 0.75
    )
    wall, floor = chance.randrange(len(grounds.WALLS)), chance.randrange(len(grounds.FLOORS))
    return Setting(wall, floor, chance.choice((-1, 1)), x, chance.uniform(0.9, 1.08), props)


def _defects(chance: random.Random) -> tuple[Defect, ...]:
    found = []
    for aspect in ASPECTS:
        planted, severity, variant = chance.random(), chance.random(), chance.randrange(6)
        strength = chance.random()
        if planted < DEFECT_SHARE:
            variants = 2 if aspect in ("appearance_deformation", "extension_rationality") else 3
            kind = "minor" if severity < MINOR_SHARE else "major"
            found.append(Defect(aspect, kind, variant % variants, strength))
    return tuple(found)


def _inside(box: Box, side: int) -> tuple[float, float, float, float]:
    x, y = min(max(box[0], 0), side - 2), min(max(box[1], 0), side - 2)
    return (round(x, 1), round(y, 1), round(min(box[2], side - x), 1), round(min(box[3], side - y), 1))


def jpeg(image: Image.Image) -> bytes:
    """The bytes a manifest's picture has."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _write_one(work: tuple[int, int, int, str, bool]) -> tuple[bytes, bytes]:
    seed, index, side, folder, with_answers = work
    scene = draw(seed, index, side)
    where = Path("images") / f"{index // 1000:03d}"
    (Path(folder) / where).mkdir(parents=True, exist_ok=True)
    names = {slot: where / f"{index:06d}-{slot.lower()}.jpg" for slot in scene.pictures}
    for slot, image in scene.pictures.items():
        (Path(folder) / names[slot]).write_bytes(jpeg(image))
    row: dict[str, object] = {
        "id": scene.id,
        "original": names["O"].as_posix(),
        "candidates": {slot: path.as_posix() for slot, path in names.items() if slot != "O"},
        "group": scene.group,
        "generator": {slot: "scenes" for slot in names if slot != "O"},
    }
    if with_answers:
        row["answers"] = scene.answers()
    return msgspec.json.encode(row), msgspec.json.encode(scene.truth)


def write(*, count: int, seed: int, folder: Path, side: int, with_answers: bool, processes: int) -> Iterator[int]:
    """Pictures, `manifest.jsonl` and `truth.jsonl` into `folder`; yields how many samples are written so far."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = ((seed, index, side, str(folder), with_answers) for index in range(count))
    with (folder / "manifest.jsonl").open("wb") as manifest, (folder / "truth.jsonl").open("wb") as truth:
        if processes <= 1:
            results = map(_write_one, jobs)
            yield from _note(results, manifest, truth)
            return
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            yield from _note(pool.map(_write_one, jobs, chunksize=8), manifest, truth)


def _note(
    results: Iterator[tuple[bytes, bytes]], manifest: io.BufferedWriter, truth: io.BufferedWriter
) -> Iterator[int]:
    for number, (row, planted) in enumerate(results, start=1):
        manifest.write(row + b"\n")
        truth.write(planted + b"\n")
        yield number
