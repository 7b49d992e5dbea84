"""Small drawn scenes for tests and experiments: a product, its shadow, a ground, and four kinds of planted defect.

They are plainer than the platform's own scenes on purpose: they ask whether training works, not whether pictures
convince.

Belongs here: whole run folders from nothing, for tests (`run_folder`) and with a skill that the teacher suppressed
(`hard_folder`), which is where mining has something to find.
"""

import json
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from training_bridge.trainer.contract.rows import OVERALL
from training_bridge.trainer.measure.writers import Writers

ASPECTS = ("appearance_deformation", "extension_rationality", "physical_shadow", "placement_layout")
SLOTS = "ABCD"
SIDE = 96
Scene = tuple[str, dict[str, str], dict[str, dict[str, str]]]
# How experiments on these scenes differ from tiny-cpu: pictures of 32 pixels, one token each, and shorter stages.
SMALL: dict[str, Any] = {
    "shape": {"side": 32},
    "look": {"steps": 300, "batch": 64},
    "pretrain": {"steps": 300, "batch": 32, "learning_rate": 0.002},
    "sft": {"steps": 300, "learning_rate": 0.001, "without_rationale": "skip"},
    "reinforced": {"questions": "unexplained"},
    "grpo": {"tokens": 26, "learning_rate": 0.0002},
    "mine": {"questions": 320, "generations": 1, "tokens": 26, "batch": 80},
    "hard": {"tokens": 26, "learning_rate": 0.0002},
    "guard": {"questions": 40},
    "evaluate": {"validation": 200, "tokens": 26},
    "weights": {"hard": 6.0, "unseen": 1.0},
}
REQUEST = {"schema": 1, "run": "r-1", "recipe": "tiny-cpu", "seed": 7, "release": {"name": "v1", "hash": "0"}}
# Where ways of writing rationales are compared: targets keep what a rationale says.
OF_WAYS: dict[str, Any] = {
    **SMALL,
    "wording": {"prompt": "short", "target": "text"},
    "evaluate": {"validation": 200, "tokens": 48},
    "stages": ["look", "pretrain", "sft", "evaluate"],
}
# With wrong answers planted: everything is mined once, then what goes wrong is brought back again and again.
WITH_WRONG_ANSWERS: dict[str, Any] = {
    **SMALL,
    "reinforced": {"questions": "all"},
    "guard": {"questions": 0},
    "grpo": {**SMALL["grpo"], "steps": 10},
    "mine": {"questions": 0, "generations": 2, "tokens": 26, "batch": 50},
    "hard": {**SMALL["hard"], "steps": 80, "mode": "online", "exploration": 0.2},
    "weights": {"hard": 6.0, "blocked": 1.0, "unseen": 0.5},
}


def draw(rng: random.Random, colour: tuple[int, int, int], defects: frozenset[str]) -> Image.Image:
    picture = Image.new("RGB", (SIDE, SIDE), tuple(rng.randrange(150, 225) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    ground = SIDE * rng.uniform(0.6, 0.68)
    pen.rectangle((0, ground, SIDE, SIDE), fill=tuple(rng.randrange(90, 150) for _ in range(3)))
    middle, base, width, height = SIDE * rng.uniform(0.47, 0.53), SIDE * 0.8, SIDE * 0.22, SIDE * 0.42
    if "physical_shadow" not in defects:
        pen.ellipse((middle, base - 5, middle + SIDE * 0.36, base + 5), fill=(35, 35, 35))
    foot = base - (SIDE * 0.17 if "placement_layout" in defects else 0)
    lean = SIDE * 0.2 * rng.choice((-1, 1)) if "appearance_deformation" in defects else 0
    top = foot - height
    corners = [(middle - width / 2, foot), (middle + width / 2, foot), (middle + width / 2 + lean, top)]
    pen.polygon([*corners, (middle - width / 2 + lean, top)], fill=colour)
    if "extension_rationality" in defects:
        side = rng.choice((-1, 1))
        pen.line((middle, foot - height / 2, middle + side * SIDE * 0.34, foot - height * 0.7), fill=colour, width=7)
    return picture


def scene(rng: random.Random, folder: Path, name: str, defects: Mapping[str, Collection[str]] | None = None) -> Scene:
    """One original and four candidates on disk: (original, candidates, truth), with paths as names in the folder.

    `defects`: slot → its defects; without it every candidate has each with a chance of a quarter.
    """
    folder.mkdir(parents=True, exist_ok=True)
    colour = (rng.randrange(20, 235), rng.randrange(20, 235), rng.randrange(20, 235))
    draw(rng, colour, frozenset()).save(folder / f"{name}-o.png")
    candidates, truth = {}, {}
    for slot in SLOTS:
        given = [aspect for aspect in ASPECTS if rng.random() < 0.25] if defects is None else defects.get(slot, ())
        draw(rng, colour, frozenset(given)).save(folder / f"{name}-{slot.lower()}.png")
        candidates[slot] = f"{name}-{slot.lower()}.png"
        if given:
            truth[slot] = {aspect: rng.choice(("minor", "major")) for aspect in sorted(given)}
    return f"{name}-o.png", candidates, truth


def question(
    sample: str, split: str, aspect: str, original: str, candidates: dict, truth: dict, **more: object
) -> dict:
    """A canonical release row."""
    answer = [slot for slot in SLOTS if truth.get(slot) and (aspect == OVERALL or aspect in truth[slot])]
    row = {
        "schema": 1,
        "question": f"{sample}/{aspect}",
        "sample_id": sample,
        "family_id": f"f-{sample}",
        "split": split,
        "locale": "en",
        "instruction": f"Which candidates show a defect of {aspect}?",
        "guideline": 1,
        "original": {"path": original},
        "candidates": [{"slot": slot, "path": path, "generator": "drawn"} for slot, path in candidates.items()],
        "aspect": aspect,
        "answer": answer,
        "allows_none": True,
        "quality": {"opinions": 2, "agreement": 1.0},
        "rationales": [],
        "metadata": {},
    }
    return {**row, **more}


def rationale(row: dict, number: int) -> dict:
    text = " ".join(f"{{{{{slot}}}}} looks wrong." for slot in row["answer"]) or "All four look right."
    return {
        "id": f"c-{number}",
        "way": "manual",
        "stage": "plain",
        "answer_visible": False,
        "text": text,
        "sentences": [],
        "concluded": row["answer"],
        "checks": {},
        "cost": {"usd": "0", "active_ms": 1000},
        "sandbox": False,
    }


def run_folder(root: Path, *, samples: int, scenes: int, seed: int = 1, **request: object) -> Path:
    """A complete run folder: a release of drawn samples, a pool, and `run.json`."""
    rng = random.Random(seed)
    lines: dict[str, list[str]] = {"train": [], "validation": [], "test": []}
    for number in range(samples):
        split = ("test", "validation")[number % 10] if number % 10 < 2 else "train"
        original, candidates, truth = scene(rng, root / "images", f"s{number}")
        candidates = {slot: f"images/{path}" for slot, path in candidates.items()}
        for aspect in ASPECTS:
            row = question(f"s-{number}", split, aspect, f"images/{original}", candidates, truth)
            if split == "train" and number % 3 == 0:
                row["rationales"] = [rationale(row, number)]
            lines[split].append(json.dumps(row, sort_keys=True))
    _write(root, lines, _pool(rng, root, scenes))
    (root / "run.json").write_text(json.dumps({**REQUEST, **request}))
    return root


def _pool(rng: random.Random, root: Path, count: int, *, one_each: bool = False) -> list[dict[str, Any]]:
    pool = []
    for number in range(count):
        defects = _one_each(rng, ASPECTS) if one_each else None
        original, candidates, truth = scene(rng, root / "pool" / "images", f"p{number}", defects)
        pool.append(
            {
                "schema": 1,
                "id": f"pool-{number}",
                "original": f"pool/images/{original}",
                "candidates": {slot: f"pool/images/{path}" for slot, path in candidates.items()},
                "truth": truth,
            }
        )
    return pool


def _write(root: Path, lines: Mapping[str, list[str]], pool: list[dict[str, Any]]) -> None:
    (root / "release").mkdir(parents=True, exist_ok=True)
    for split, rows in lines.items():
        (root / "release" / f"{split}.jsonl").write_text("".join(f"{row}\n" for row in rows))
    (root / "pool" / "pool.jsonl").write_text("".join(json.dumps(row) + "\n" for row in pool))


@dataclass(frozen=True)
class Hard:
    """A pool in which one defect is hard: rationales overlook most of it, so that SFT learns to pass over it.

    Every question asks for any defect at all, and a candidate has at most one. Hard questions are those with one or two
    candidates whose defect is `suppressed`; they are `share` of the training questions. `overlooked`: how often the
    teacher passes over such a candidate; as the rest of the question goes on as usual, answers that name one are still
    sampled. `explained`: so many training questions besides have the rationales (0: all of them have). `flipped`: share
    of training questions whose answer is wrong in one slot (planted label errors); `disputed`: how many of those people
    disagree about, beside 2 % of all others. `ways`: three simulated writers explain instead of the one (writers.py).
    """

    train: int = 600
    explained: int = 0
    validation: int = 200
    test_easy: int = 300
    test_hard: int = 300
    share: float = 0.08
    suppressed: str = "placement_layout"
    overlooked: float = 0.85
    scenes: int = 1500
    flipped: float = 0.0
    disputed: float = 0.6
    ways: bool = False


def hard_folder(root: Path, kind: Hard, *, seed: int, overrides: Mapping[str, Any]) -> Path:
    """A run folder of such a pool, `slices.json` with the easy and hard questions held out, `planted.json` with wrong
    labels."""
    rng = random.Random(seed)
    hard, explained_hard = (round(count * kind.share) for count in (kind.train, kind.explained))
    sizes = {
        "explained": (kind.explained - explained_hard, explained_hard),
        "train": (kind.train - hard, hard),
        "validation": (kind.validation - kind.validation // 2, kind.validation // 2),
        "test": (kind.test_easy, kind.test_hard),
    }
    lines: dict[str, list[str]] = {"train": [], "validation": [], "test": []}
    slices: dict[str, list[str]] = {"easy": [], "hard": []}
    planted: list[str] = []
    three = Writers(rng, suppressed=kind.suppressed, overlooked=kind.overlooked)
    drawn = [
        (part, slice_)
        for part, counts in sizes.items()
        for slice_, n in zip(slices, counts, strict=True)
        for _ in range(n)
    ]
    for number, (part, slice_) in enumerate(drawn):
        split = "train" if part == "explained" else part
        defects = _one_each(rng, [aspect for aspect in ASPECTS if aspect != kind.suppressed])
        if slice_ == "hard":
            defects.update((slot, [kind.suppressed]) for slot in rng.sample(SLOTS, rng.choice((1, 1, 1, 2, 2))))
        original, candidates, truth = scene(rng, root / "images", f"s{number}", defects)
        paths = {slot: f"images/{path}" for slot, path in candidates.items()}
        row = question(f"s-{number}", split, OVERALL, f"images/{original}", paths, truth)
        if split == "train":
            if part == "explained" or not kind.explained:
                row["rationales"] = (
                    three.rationales(row, defects) if kind.ways else [_overlooking(row, number, kind, defects, rng)]
                )
            if rng.random() < kind.flipped:
                planted.append(row["question"])
                row["answer"] = sorted({*row["answer"]} ^ {rng.choice(SLOTS)})
            disputed = kind.disputed if row["question"] in planted[-1:] else 0.02
            row["quality"] = {"opinions": 2, "agreement": 0.5 if rng.random() < disputed else 1.0}
        else:
            slices[slice_].append(row["question"])
        lines[split].append(json.dumps(row, sort_keys=True))
    rng.shuffle(lines["train"])
    _write(root, lines, _pool(rng, root, kind.scenes, one_each=True))
    (root / "slices.json").write_text(json.dumps(slices))
    (root / "planted.json").write_text(json.dumps(planted))
    (root / "run.json").write_text(json.dumps({**REQUEST, "seed": seed, "overrides": overrides}))
    return root


def _one_each(rng: random.Random, aspects: Sequence[str]) -> dict[str, list[str]]:
    """Slot → its one defect, for about half of the slots."""
    return {slot: [rng.choice(aspects)] for slot in SLOTS if rng.random() < 0.5}


def _overlooking(
    row: dict[str, Any], number: int, kind: Hard, defects: Mapping[str, Collection[str]], rng: random.Random
) -> dict[str, Any]:
    """The teacher's rationale: what it concludes is right, but for most of the suppressed defects."""
    made = rationale(row, number)
    made["concluded"] = [
        slot for slot in row["answer"] if kind.suppressed not in defects[slot] or rng.random() >= kind.overlooked
    ]
    return made
