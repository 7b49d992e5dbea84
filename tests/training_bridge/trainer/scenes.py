"""Small drawn scenes for the trainer's tests: a product, its shadow, a ground, and four kinds of planted defect.

They are plainer than the platform's own scenes on purpose: the tests ask whether training works, not whether pictures
convince.
"""

import json
import random
from pathlib import Path

from PIL import Image, ImageDraw

ASPECTS = ("appearance_deformation", "extension_rationality", "physical_shadow", "placement_layout")
SLOTS = "ABCD"
SIDE = 96


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
    (root / "release").mkdir(parents=True, exist_ok=True)
    for split, rows in lines.items():
        (root / "release" / f"{split}.jsonl").write_text("".join(f"{row}\n" for row in rows))
    pool = []
    for number in range(scenes):
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
    (root / "pool" / "pool.jsonl").write_text("".join(json.dumps(row) + "\n" for row in pool))
    wanted = {"schema": 1, "run": "r-1", "recipe": "tiny-cpu", "seed": 7, "release": {"name": "v1", "hash": "0"}}
    (root / "run.json").write_text(json.dumps({**wanted, **request}))
    return root
