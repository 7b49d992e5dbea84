"""Small terms beside the reward, each between 0 and 1, each off unless a recipe gives it a weight, each logged alone.

All are ours. A term that says nothing about an answer is `None` and is left out of its sum, not counted as 0. Adding a
term to a sum rescales the gaps of the main reward within a group, which is why the format is a gate and not a term.
"""

import re
from collections.abc import Mapping, Sequence, Set

Box = tuple[float, float, float, float]
_VERDICT = re.compile(r"([A-H])((?: [\w-]+)+)\.\s*")
_BRACKETS = re.compile(r"\s*\[[^\]]*\]")
_BOX = re.compile(r"\b([A-H])\b[^.\n\[]*\[\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\]")
# Boxes in answers are in thousandths of the picture's width and height, which no resizing changes.
THOUSANDTHS = 1000.0


def concluded(think: str, words: Set[str], fine: str) -> frozenset[str] | None:
    """Letters that a rationale in verdicts (`A shadow. B ok.`) finds defective; `None` if it is no such rationale.

    `words` are the defect words that a verdict may use. Free text is never guessed at.
    """
    plain = _BRACKETS.sub("", think).strip()
    found = _VERDICT.findall(plain)
    if not found or _VERDICT.sub("", plain):
        return None
    verdicts = {letter: said.split() for letter, said in found}
    if any(word != fine and word not in words for said in verdicts.values() for word in said):
        return None
    return frozenset(letter for letter, said in verdicts.items() if said != [fine])


def consistency(think: str, letters: Set[str] | None, words: Set[str], fine: str) -> float | None:
    """1 if the rationale's own verdicts are the answer given after it, else 0."""
    found = concluded(think, words, fine)
    if found is None or letters is None:
        return None
    return float(found == letters)


def boxes(think: str) -> dict[str, list[Box]]:
    """Boxes that a rationale names behind a letter, as `B … [x, y, width, height]` in thousandths."""
    found: dict[str, list[Box]] = {}
    for letter, *numbers in _BOX.findall(think):
        x, y, width, height = (int(number) / THOUSANDTHS for number in numbers)
        found.setdefault(letter, []).append((x, y, width, height))
    return found


def grounding(said: Mapping[str, Sequence[Box]], marked: Mapping[str, Sequence[Box]]) -> float | None:
    """Mean over marked boxes of the best overlap (IoU) that a named box has; boxes on unmarked letters cost.

    Both by letter, as shares of the picture. `None` where people marked nothing.
    """
    wanted = [(letter, box) for letter, of_letter in marked.items() for box in of_letter]
    if not wanted:
        return None
    reached = sum(max((overlap(box, other) for other in said.get(letter, ())), default=0.0) for letter, box in wanted)
    stray = sum(len(of_letter) for letter, of_letter in said.items() if not marked.get(letter))
    return reached / (len(wanted) + stray)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes (x, y, width, height)."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (one[2] * one[3] + other[2] * other[3] - shared)


def length(tokens: int, *, shortest: int, longest: int) -> float:
    """1 within the band, falling straight to 0 at half of `shortest` and at twice `longest`."""
    if tokens < shortest:
        return max(0.0, (tokens - shortest / 2) / (shortest / 2))
    if tokens > longest:
        return max(0.0, (2 * longest - tokens) / longest)
    return 1.0
