"""Gold: its stock, its candidates, how people do on it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from annotation.choices import (
    GoldEnd,
    GoldSource,
    Purpose,
)
from annotation.models import Gold
from annotation.shapes import Cells, Tolerances


class GoldScore(msgspec.Struct):
    """Hidden gold questions of one aspect judged right, of those that say something (unsure says nothing)."""

    aspect: str
    right: int
    judged: int


class GoldStock(msgspec.Struct):
    """Live gold questions: to practise on, and hidden."""

    training: int
    hidden: int


class GoldRow(msgspec.Struct):
    """A gold question and how people did on it. Leads only: nobody who judges may read any of this."""

    id: UUID
    sample: str
    purpose: Purpose
    source: GoldSource
    expected: Cells
    tolerance: Tolerances
    note: str
    judged: int
    most_judged: int
    scores: list[GoldScore]
    created_at: datetime
    retired_at: datetime | None
    retired_why: GoldEnd | None

    @classmethod
    def of(cls, gold: Gold, *, sample: str, scores: list[GoldScore]) -> GoldRow:
        return cls(
            id=gold.pk,
            sample=sample,
            purpose=Purpose(gold.purpose),
            source=GoldSource(gold.source),
            expected=gold.expected,
            tolerance=gold.tolerance,
            note=gold.note,
            judged=gold.judged_count,
            most_judged=gold.most_judged,
            scores=scores,
            created_at=gold.created_at,
            retired_at=gold.retired_at,
            retired_why=GoldEnd(gold.retired_why) if gold.retired_why else None,
        )


class GoldList(msgspec.Struct):
    results: list[GoldRow]
    after: str | None


class GoldCandidates(msgspec.Struct):
    """Samples with answers that could become gold, by where the answer comes from."""

    adjudicated: int
    consensus: int
    imported: int


class GoldSummary(msgspec.Struct):
    """Live gold, what is retired, and what more could be made."""

    training: int
    hidden: int
    retired: int
    candidates: GoldCandidates


class GoldMade(msgspec.Struct):
    made: int
