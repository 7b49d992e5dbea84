"""Rationales that people write or revise: one task, one batch."""

from __future__ import annotations

from uuid import UUID

import msgspec

from cot_generation.api.responses.rationales import QuestionNames, RegionRow, SentenceRow
from cot_generation.shapes import CheckOutcome


class RationaleTask(msgspec.Struct):
    """What somebody needs who writes, reads or revises a rationale; `draft` is the one to read or revise.

    `first_fault`: where the last reader found it, for those who revise.
    """

    question: QuestionNames
    aspect_names: dict[str, str]
    answer: list[str] | None
    severities: dict[str, str]
    regions: list[RegionRow]
    draft: list[SentenceRow] | None
    draft_concluded: list[str] | None
    draft_checks: dict[str, CheckOutcome]
    first_fault: int | None


class HandworkBatch(msgspec.Struct):
    """The batch that was made."""

    id: UUID
    pieces: int
