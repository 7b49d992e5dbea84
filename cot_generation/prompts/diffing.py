"""What changed between two versions of a prompt, word by word.

Belongs here: segments of steps that stayed, went or came. Pure; the matching is difflib's.
Does not: what the versions led to (curation.selectors.prompt_versions).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from cot_generation.shapes import PromptStep

_PIECES = re.compile(r"[\u4e00-\u9fff]|\w+|\s+|[^\w\s]")
Kind = Literal["same", "removed", "added"]


class Segment(msgspec.Struct, frozen=True):
    """A run of words: in both versions, in the earlier only, in the later only."""

    kind: Kind
    text: str


class PartChange(msgspec.Struct, frozen=True):
    """One text of one step; `part` is `system` or `text`."""

    step: str
    part: str
    changed: bool
    segments: tuple[Segment, ...]


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """The two texts as one row of runs. Joined without `added` they are `before`, without `removed` `after`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[Segment] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Segment("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Segment("removed", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Segment("added", "".join(new[j1:j2])))
    return tuple(found)


def steps(before: Sequence[PromptStep], after: Sequence[PromptStep]) -> tuple[PartChange, ...]:
    """Every text of every step, in the later version's order; a step that only one has is all removed or added."""
    old, new = {each.name: each for each in before}, {each.name: each for each in after}
    nothing = PromptStep("", "", "")
    found = []
    for name in dict.fromkeys([*new, *old]):
        for part in ("system", "text"):
            change = segments(getattr(old.get(name, nothing), part), getattr(new.get(name, nothing), part))
            found.append(PartChange(name, part, any(each.kind != "same" for each in change), change))
    return tuple(found)
