"""Demo people at work: they see what was planted, and sometimes do not.

Belongs here: opinions and sentences drawn from the truth, with people's mistakes. Pure and seeded.
Does not: claiming and submitting (fill.py).
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

import msgspec

from annotation.shapes import Cells, Region, Severity
from catalog.scenes.dataset import ASPECTS, Truth
from cot_generation.letters import by_slot
from cot_generation.shapes import Sentence

OVERLOOKS = {"minor": 0.12, "major": 0.02}
SEES_TOO_MUCH = 0.004
UNSURE = 0.001

SPREAD = 0.35  # of the logarithm of a person's times: most lie between two thirds and one and a half of the median
A_DEFECT_MS = 4_000

REASONS: Mapping[str, Sequence[str]] = {
    "appearance_deformation": (
        "The outline of {letter} no longer follows the original: the body leans while its foot stays level.",
        "In {letter} the body is narrower in the middle than the original, so the product itself was changed.",
    ),
    "physical_shadow": (
        "The brightest side of the product in {letter} faces the light, yet its shadow does not fall away from it.",
        "Where the foot of {letter} meets the ground, the shadow that the light calls for is missing or apart.",
    ),
    "placement_layout": (
        "Nothing carries the product in {letter}: its foot does not meet the floor the way its weight would.",
        "Against the things around it, the product in {letter} has the wrong size or stands at an impossible angle.",
    ),
    "extension_rationality": (
        "{letter} adds a part or a piece of ground that the original gives no reason for.",
        "What was added in {letter} stops abruptly, as nothing real would.",
    ),
}
# For people who learn. No letters: everybody's candidates stand in an order of their own.
HINTS: Mapping[str, str] = {
    "appearance_deformation": "Hold Space over a candidate: outline, width and foot must stay those of the original.",
    "physical_shadow": "Find the product's brightest side: its shadow falls the other way, and starts at its foot.",
    "placement_layout": "Ask what carries the product, and whether its size suits what stands beside it.",
    "extension_rationality": "Look along the edges for a part or a ground that the original gives no reason for.",
}
CLEAN_HINT = "There is no defect in any candidate here. Looking and finding none is an answer, too."

CLEAN = "Beside the original and its light nothing can be said against {letters}."
NONE = "Outline, light, contact and surroundings agree with the original in {letters}."


def opinion(truth: Truth, *, slots: Sequence[str], person: str) -> tuple[Cells, list[Region]]:
    """Sixteen cells and the regions of what was seen; the same person sees the same on every look."""
    chance = random.Random(f"{person} {truth.id}")
    cells: dict[str, dict[str, Severity]] = {slot: {} for slot in slots}
    regions = []
    for slot in slots:
        for aspect in ASPECTS:
            severity = _seen(truth.cells.get(slot, {}).get(aspect, "none"), chance)
            cells[slot][aspect] = severity
            if severity in ("minor", "major"):
                regions += [
                    Region(slot=slot, aspect=aspect, box=_roughly(region.box, chance))
                    for region in truth.regions
                    if (region.slot, region.aspect) == (slot, aspect)
                ]
    return cells, regions


def truthful(truth: Truth, *, slots: Sequence[str], aspects: Sequence[str] = ASPECTS) -> Cells:
    """Every cell as it was planted, as a ruling and gold have it."""
    cells = {slot: {aspect: truth.cells.get(slot, {}).get(aspect, "none") for aspect in aspects} for slot in slots}
    return msgspec.convert(cells, Cells)


def hint(truth: Truth) -> str:
    """What a practice piece teaches: how to see each kind of defect that is in it."""
    return " ".join(HINTS[aspect] for aspect in ASPECTS if truth.slots_with(aspect)) or CLEAN_HINT


def _seen(planted: str, chance: random.Random) -> Severity:
    draw = chance.random()
    if planted == "none":
        return "minor" if draw < SEES_TOO_MUCH else "unsure" if draw > 1 - UNSURE else "none"
    if draw < OVERLOOKS[planted]:
        return "none"
    if planted == "major":
        return "minor" if draw > 0.85 else "major"
    return "major" if draw > 0.9 else "minor"


def _roughly(box: tuple[float, float, float, float], chance: random.Random) -> tuple[float, float, float, float]:
    x, y, width, height = box
    inset = chance.uniform(0, 0.08)
    return (
        round(x + width * inset, 1),
        round(y + height * inset, 1),
        round(max(width * (1 - 2 * inset), 2), 1),
        round(max(height * (1 - 2 * inset), 2), 1),
    )


def time_for(of: str, *, median_ms: int, found: int = 0) -> int:
    """Milliseconds that somebody might take over it: log-normal, longer for each defect that is drawn. Made up."""
    drawn = random.Random(f"time {of}").lognormvariate(math.log(median_ms + found * A_DEFECT_MS), SPREAD)
    return round(min(drawn, 115_000))  # one beat is believed two minutes at most


def rationale(answer: Sequence[str], *, aspect: str, letters: str, person: str) -> list[Sentence]:
    """What a person would write beside the pictures. Texts name letters as shown, sentences their slots."""
    shown = by_slot(letters)
    chance = random.Random(f"{person} {aspect} {letters} {answer}")
    found = [
        Sentence(
            text=chance.choice(REASONS[aspect]).format(letter=f"candidate {shown[slot]}"),
            slot=slot,
            aspect=aspect,
            defect=True,
        )
        for slot in sorted(answer, key=lambda slot: shown[slot])
    ]
    clean = [letter for slot, letter in shown.items() if slot not in answer]
    if not clean:
        return found
    text = (CLEAN if answer else NONE).format(letters=_listed(clean))
    return [*found, Sentence(text=text, aspect=aspect, defect=False)]


def _listed(letters: Sequence[str]) -> str:
    """`candidates A, B and D`, or `candidate A`: the checks want every sentence to say of which it speaks."""
    *others, last = sorted(letters)
    return f"candidates {', '.join(others)} and {last}" if others else f"candidate {last}"
