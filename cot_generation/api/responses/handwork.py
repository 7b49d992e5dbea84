"""Rationales that people write or revise: one task, one batch."""

from __future__ import annotations

from uuid import UUID

import msgspec

from cot_generation.api.responses.rationales import QuestionNames, RegionRow, SentenceRow
from cot_generation.services.handwork import Made
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


class WaitingElsewhere(msgspec.Struct):
    """Another open batch of the kind, and how many that fit wait there."""

    id: UUID
    number: int
    count: int


class HandworkBatch(msgspec.Struct):
    """The batch that was made, and where what it left out waits."""

    id: UUID
    pieces: int
    elsewhere: list[WaitingElsewhere]

    @classmethod
    def of(cls, made: Made) -> HandworkBatch:
        elsewhere = [WaitingElsewhere(each.id, each.number, count) for each, count in made.elsewhere.items()]
        return cls(made.batch_id, made.pieces, elsewhere)
