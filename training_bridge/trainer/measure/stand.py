"""Made-up questions with made-up pictures, for measuring: as many as one likes, the same from the same seed.

Pictures are noise at full size, which costs a processor and a model what photographs of that size cost.
"""

import random
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from training_bridge.trainer import letters, prompts
from training_bridge.trainer.contract.rows import Candidate, QuestionRow

ASPECTS = ("appearance_deformation", "extension_rationality", "physical_shadow", "placement_layout")
SLOTS = ("A", "B", "C", "D")
BANK = 40


class Stand:
    """Stands in for stages.material.Material where nothing lies in a run folder."""

    def __init__(self, questions: int, side: int, *, seed: int = 0) -> None:
        rng = random.Random(seed)
        self._side, self._seed = side, seed
        rows = [self._row(number, rng) for number in range(questions)]
        self.splits = {"train": rows, "validation": [], "test": []}
        self.by_id = {row.question: row for row in rows}
        self.words = prompts.defect_words(ASPECTS)

    @staticmethod
    def _row(number: int, rng: random.Random) -> QuestionRow:
        aspect = ASPECTS[number % len(ASPECTS)]
        return QuestionRow(
            question=f"s-{number // len(ASPECTS)}/{aspect}",
            sample_id=f"s-{number // len(ASPECTS)}",
            family_id=f"f-{number // len(ASPECTS)}",
            split="train",
            aspect=aspect,
            instruction="Which candidates show this defect?",
            original=str(rng.randrange(BANK)),
            candidates=tuple(Candidate(slot, str(rng.randrange(BANK)), "noise") for slot in SLOTS),
            answer=tuple(slot for slot in SLOTS if rng.random() < 0.3),
            allows_none=True,
            agreement=1.0,
            rationales=(),
        )

    def letters(self, row: QuestionRow, turn: int = 0) -> dict[str, str]:
        return letters.drawn(row.question, row.slots, self._seed, turn)

    def question(self, row: QuestionRow, turn: int = 0) -> dict[str, Any]:
        return self.put(row, self.letters(row, turn))

    def put(self, row: QuestionRow, shown: Mapping[str, str]) -> dict[str, Any]:
        prompt, paths = prompts.question(row, shown, wording="short")
        return {"prompt": prompt, "images": [_noise(path, self._side) for path in paths]}


@cache
def _noise(name: str, side: int) -> Image.Image:
    pixels = np.random.default_rng(int(name)).integers(0, 256, (side, side, 3), dtype=np.uint8)
    return Image.fromarray(pixels)
