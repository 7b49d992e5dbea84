"""Prompts, their versions, and what a model would see of one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from cot_generation.choices import (
    Stage,
    Way,
)
from cot_generation.models import Prompt
from cot_generation.prompts.diffing import PartChange
from cot_generation.selectors.prompts import Offer


class PromptStepRow(msgspec.Struct):
    name: str
    system: str
    text: str


class PromptRow(msgspec.Struct):
    """One version of a prompt, with what its runs made of it."""

    id: UUID
    name: str
    locale: str
    version: int
    way: Way
    stage: Stage
    steps: list[PromptStepRow]
    picture_side: int
    max_tokens: int
    temperature: float
    created_at: datetime
    created_by: str
    rationales: int
    passed: int

    @classmethod
    def of(cls, row: Prompt, *, author: str, made: tuple[int, int]) -> PromptRow:
        return cls(
            id=row.pk,
            name=row.name,
            locale=row.locale,
            version=row.version,
            way=Way(row.way),
            stage=Stage(row.stage),
            steps=[PromptStepRow(step.name, step.system, step.text) for step in row.steps],
            picture_side=row.picture_side,
            max_tokens=row.max_tokens,
            temperature=row.temperature,
            created_at=row.created_at,
            created_by=author,
            rationales=made[0],
            passed=made[1],
        )


class PromptOfferRow(msgspec.Struct):
    """A default that the project does not have, against the project's newest version of that name."""

    name: str
    locale: str
    way: Way
    stage: Stage
    next_version: int
    parts: list[PartChange]

    @classmethod
    def of(cls, found: Offer) -> PromptOfferRow:
        default = found.default
        parts = [each for each in found.parts if each.changed]
        return cls(default.name, default.locale, default.way, default.stage, found.next_version, parts)


class PromptList(msgspec.Struct):
    """Newest first; `placeholders` are the names that a text may use after a dollar sign."""

    results: list[PromptRow]
    placeholders: list[str]
    picture_sides: list[int]
    offers: list[PromptOfferRow]


class PreviewPicture(msgspec.Struct):
    """A picture as it would be sent: its letter ("" for the original), its slot, and its hash to look at."""

    letter: str
    slot: str
    sha256: str


class PreviewStep(msgspec.Struct):
    name: str
    system: str
    text: str
    tells_answer: bool
    tokens: int


class PromptPreview(msgspec.Struct):
    sample: str
    aspect: str
    pictures: list[PreviewPicture]
    steps: list[PreviewStep]
