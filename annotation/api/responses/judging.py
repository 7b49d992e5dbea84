"""Adjudication and review."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from annotation.choices import (
    ReviewVerdict,
)
from annotation.selectors import opinions
from annotation.selectors.consensus import ConsensusInfo
from annotation.shapes import Cells, Region


class DecisionRow(msgspec.Struct):
    """One of the caller's own opinions; `revisable` while nothing was built on it."""

    annotation_id: int
    assignment_id: int
    batch_id: UUID
    sample: str
    revision: int
    letters: str
    cells: Cells
    regions: list[Region]
    active_ms: int
    submitted_at: datetime
    revisable: bool

    @classmethod
    def of(cls, decision: opinions.Decision, *, sample: str) -> DecisionRow:
        return cls(
            annotation_id=decision.annotation_id,
            assignment_id=decision.assignment_id,
            batch_id=decision.batch_id,
            sample=sample,
            revision=decision.revision,
            letters=decision.letters,
            cells=decision.cells,
            regions=list(decision.regions),
            active_ms=decision.active_ms,
            submitted_at=decision.submitted_at,
            revisable=decision.revisable,
        )


class DecisionList(msgspec.Struct):
    results: list[DecisionRow]


class DisputedQuestion(msgspec.Struct):
    sample: str
    aspects: list[str]


class DisputeList(msgspec.Struct):
    """Disputed questions that nobody adjudicates yet, by sample."""

    samples: int
    questions: int
    results: list[DisputedQuestion]


class OpinionShown(msgspec.Struct):
    """An opinion without its name."""

    label: str
    cells: Cells
    regions: list[Region]


class QuestionStanding(msgspec.Struct):
    """A question's standing; `tied` and `unsure` are slots."""

    aspect: str
    answer: list[str] | None
    tied: list[str]
    unsure: list[str]
    source: str
    opinions: int
    agreement: float | None

    @classmethod
    def of(cls, info: ConsensusInfo, *, aspect: str) -> QuestionStanding:
        return cls(
            aspect=aspect,
            answer=None if info.answer is None else list(info.answer),
            tied=list(info.tied),
            unsure=list(info.unsure),
            source=info.source,
            opinions=info.opinions,
            agreement=info.agreement,
        )


class AdjudicationDetail(msgspec.Struct):
    """What an adjudicator rules on: the opinions unnamed, and the disputed questions.

    `precedents`: by aspect, how often each severity was ruled before on a cell whose opinions differed.
    """

    assignment_id: int
    fence: int
    opinions: list[OpinionShown]
    questions: list[QuestionStanding]
    precedents: dict[str, dict[str, int]]


class EarlierReview(msgspec.Struct):
    """What was said of this turn before: the reason, and where it looks."""

    round: int
    reason: str
    regions: list[Region]
    reviewed_at: datetime


class ReviewDetail(msgspec.Struct):
    """The opinion under review, without its author. `earlier`: what this turn was sent back for, oldest first.

    `letters`: slots in the order in which the author saw them, so that a reason names candidates as its reader does.
    """

    assignment_id: int
    fence: int
    annotation_id: int
    revision: int
    letters: str
    cells: Cells
    regions: list[Region]
    aspects: list[str]
    active_ms: int
    submitted_at: datetime
    earlier: list[EarlierReview]


class ReviewReply(msgspec.Struct):
    annotation_id: int
    verdict: ReviewVerdict
    reviewed_at: datetime
