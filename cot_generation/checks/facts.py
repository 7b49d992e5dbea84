"""What a check may look at.

Belongs here: one frozen value with the rationale and what people settled about the question.
Does not: where it comes from (services.rationales).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cot_generation.shapes import Sentence


@dataclass(frozen=True)
class MarkedRegion:
    """A region that people drew; `centre` in shares of the picture's width and height."""

    id: str
    slot: str
    aspect: str
    centre: tuple[float, float]


@dataclass(frozen=True)
class Facts:
    """`answer` is None where nothing is settled, `severities` has slot -> none, minor, major of this aspect."""

    sentences: tuple[Sentence, ...]
    concluded: frozenset[str] | None
    slots: tuple[str, ...]
    aspect: str
    answer: frozenset[str] | None
    answer_visible: bool
    severities: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, MarkedRegion] = field(default_factory=dict)
    regions_offered: bool = False  # whether the writer could refer to them
    locale: str = ""  # the language that was asked for; "": any
