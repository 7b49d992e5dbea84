"""Small drawn scenes for tests and experiments: a product, its shadow, a ground, and four kinds of planted defect.

They are plainer than the platform's own scenes on purpose: they ask whether training works, not whether pictures
convince.

Belongs here: whole run folders from nothing, for tests (`run_folder`) and with a skill that the teacher suppressed
(`hard_folder`), which is where mining has something to find.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

ASPECTS = ("appearance_deformation", "extension_rationality", "physical_shadow", "placement_layout")
SLOTS = "ABCD"
SIDE = 96
# How experiments on these scenes differ from tiny-cpu: pictures of 32 pixels, one token each, and shorter stages.
SMALL: dict[str, Any] = {
    "shape": {"side": 32},
    "look": {"steps": 300, "batch": 64},
    "pretrain": {"steps": 300, "batch": 32, "learning_rate": 0.002},
    "sft": {"steps": 150, "learning_rate": 0.001},
    "mine": {"questions": 200, "generations": 4},
    "evaluate": {"validation": 100},
    "weights": {"hard": 6.0, "unseen": 1.0},
}
REQUEST = {"schema": 1, "run": "r-1", "recipe": "tiny-cpu", "seed": 7, "release": {"name": "v1", "hash": "0"}}
# With wrong answers planted: everything is mined once, then what goes wrong is brought back again and again.
WITH_WRONG_ANSWERS: dict[str, Any] = {
    **SMALL,
    "sft": {"steps": 250, "learning_rate": 0.001},
    "grpo": {"steps": 10},
    "mine": {"questions": 0, "generations": 2},
    "hard": {"steps": 80, "mode": "online", "exploration": 0.2},
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


def scene(rng: random.Random, folder: Path, name: str) -> tuple[str, dict[str, str], dict[str, dict[str, str]]]:
    """One original and four candidates on disk: (original, candidates, truth), with paths as names in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    colour = (rng.randrange(20, 235), rng.randrange(20, 235), rng.randrange(20, 235))
    draw(rng, colour, frozenset()).save(folder / f"{name}-o.png")
    candidates, truth = {}, {}
    for slot in SLOTS:
        defects = frozenset(aspect for aspect in ASPECTS if rng.random() < 0.25)
        draw(rng, colour, defects).save(folder / f"{name}-{slot.lower()}.png")
        candidates[slot] = f"{name}-{slot.lower()}.png"
        if defects:
            truth[slot] = {aspect: rng.choice(("minor", "major")) for aspect in sorted(defects)}
    return f"{name}-o.png", candidates, truth


def question(
    sample: str, split: str, aspect: str, original: str, candidates: dict, truth: dict, **more: object
) -> dict:
    """A canonical release row."""
    answer = [slot for slot in SLOTS if truth.get(slot, {}).get(aspect)]
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


def _pool(rng: random.Random, root: Path, count: int) -> list[dict[str, Any]]:
    pool = []
    for number in range(count):
        original, candidates, truth = scene(rng, root / "pool" / "images", f"p{number}")
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
    """A pool in which one aspect is hard: its rationales overlook most defects, so that SFT learns not to see them.

    Hard questions are those of `aspect` with at least one defect; they are `share` of the training questions.
    `overlooked`: how often the teacher passes over a defect of that aspect. `flipped`: share of training questions
    whose answer is wrong in one slot (planted label errors); `disputed`: how many of those people disagree about,
    beside 2 % of all others.
    """

    train: int = 900
    validation: int = 100
    test_easy: int = 300
    test_hard: int = 300
    share: float = 0.08
    aspect: str = "placement_layout"
    overlooked: float = 0.85
    scenes: int = 1500
    flipped: float = 0.0
    disputed: float = 0.6


def hard_folder(root: Path, kind: Hard, *, seed: int, overrides: Mapping[str, Any]) -> Path:
    """A run folder of such a pool, `slices.json` with the easy and hard test questions, `planted.json` with wrong
    labels."""
    rng = random.Random(seed)
    wanted = {
        ("train", True): round(kind.train * kind.share),
        ("train", False): kind.train - round(kind.train * kind.share),
        ("validation", True): kind.validation // 2,
        ("validation", False): kind.validation - kind.validation // 2,
        ("test", True): kind.test_hard,
        ("test", False): kind.test_easy,
    }
    lines: dict[str, list[str]] = {"train": [], "validation": [], "test": []}
    slices: dict[str, list[str]] = {"easy": [], "hard": []}
    planted: list[str] = []
    number = 0
    while any(wanted.values()):
        split = next(split for (split, _), left in wanted.items() if left)
        original, candidates, truth = scene(rng, root / "images", f"s{number}")
        paths = {slot: f"images/{path}" for slot, path in candidates.items()}
        for aspect in ASPECTS:
            row = question(f"s-{number}", split, aspect, f"images/{original}", paths, truth)
            hard = aspect == kind.aspect
            if (hard and not row["answer"]) or not wanted[split, hard]:
                continue
            wanted[split, hard] -= 1
            if split == "train":
                row["rationales"] = [_overlooking(row, number, kind, rng)]
                if rng.random() < kind.flipped:
                    planted.append(row["question"])
                    slot = rng.choice(SLOTS)
                    row["answer"] = sorted({*row["answer"]} ^ {slot})
                disputed = kind.disputed if row["question"] in planted[-1:] else 0.02
                row["quality"] = {"opinions": 2, "agreement": 0.5 if rng.random() < disputed else 1.0}
            elif split == "test":
                slices["hard" if hard else "easy"].append(row["question"])
            lines[split].append(json.dumps(row, sort_keys=True))
        number += 1
    _write(root, lines, _pool(rng, root, kind.scenes))
    (root / "slices.json").write_text(json.dumps(slices))
    (root / "planted.json").write_text(json.dumps(planted))
    (root / "run.json").write_text(json.dumps({**REQUEST, "seed": seed, "overrides": overrides}))
    return root


def _overlooking(row: dict[str, Any], number: int, kind: Hard, rng: random.Random) -> dict[str, Any]:
    """The teacher's rationale: what it concludes is right, but for most defects of the hard aspect."""
    made = rationale(row, number)
    if row["aspect"] == kind.aspect:
        made["concluded"] = [slot for slot in row["answer"] if rng.random() >= kind.overlooked]
    return made
