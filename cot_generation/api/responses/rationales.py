"""Rationales, their checks, readings and calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from config.base.words import retold
from cot_generation import purity
from cot_generation.api.responses.runs import JudgeRow
from cot_generation.choices import (
    Origin,
    Outcome,
    Stage,
    Way,
)
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.shapes import CheckOutcome, WritingTrace


def told_checks(checks: Mapping[str, CheckOutcome]) -> dict[str, CheckOutcome]:
    """Checks, their findings in the language of the request."""
    return {
        name: msgspec.structs.replace(
            outcome,
            findings=tuple(msgspec.structs.replace(each, detail=retold(each.detail)) for each in outcome.findings),
        )
        for name, outcome in checks.items()
    }


class SentenceRow(msgspec.Struct):
    text: str
    slot: str | None
    aspect: str | None
    defect: bool | None
    regions: list[str]
    span: tuple[int, int]


class QuestionNames(msgspec.Struct):
    """A question in words people know."""

    sample_id: int
    sample: str
    aspect_id: int
    aspect: str


class RationaleRow(msgspec.Struct):
    """A rationale in a list."""

    id: int
    question: QuestionNames
    way: Way
    stage: Stage
    origin: Origin
    text: str
    concluded: list[str] | None
    answer: list[str] | None
    answer_visible: bool
    passed: bool
    failed_checks: list[str]
    sandbox: bool
    cost_usd: Decimal
    active_ms: int
    author: str
    run_id: UUID | None
    created_at: datetime
    pictures: dict[str, str]

    @classmethod
    def of(cls, info: RationaleInfo, names: QuestionNames, *, author: str, pictures: Mapping[str, str]) -> RationaleRow:
        return cls(
            id=info.id,
            question=names,
            way=info.way,
            stage=info.stage,
            origin=info.origin,
            text=info.text,
            concluded=None if info.concluded is None else list(info.concluded),
            answer=None if info.answer is None else list(info.answer),
            answer_visible=info.answer_visible,
            passed=info.passed,
            failed_checks=list(info.failed),
            sandbox=info.sandbox,
            cost_usd=info.cost_usd,
            active_ms=info.active_ms,
            author=author,
            run_id=info.run_id,
            created_at=info.created_at,
            pictures=dict(pictures),
        )


class RationalePage(msgspec.Struct):
    """Newest first."""

    results: list[RationaleRow]
    after: str | None


class VersionRow(msgspec.Struct):
    """One version of a rationale; `kept_share` is how much of the one before survived, `edit_distance` in words."""

    id: int
    origin: Origin
    author: str
    created_at: datetime
    kept_share: float | None
    edit_distance: int | None
    active_ms: int


class ReadingRow(msgspec.Struct):
    """What one reader said, a verdict a sentence; `version` is the rationale that was read."""

    version: int
    reader: str
    verdicts: list[bool | None]
    first_fault: int | None
    note: str
    active_ms: int
    read_at: datetime


class WritingEvidence(msgspec.Struct):
    """How a person's text came about, in characters; pauses between keys in ms. Evidence, not a verdict."""

    typed: int
    pasted: int
    pastes: int
    phrased: int
    phrases: int
    pasted_share: float | None
    pause_p10_ms: float | None
    pause_p50_ms: float | None
    pause_p90_ms: float | None
    text_characters: int

    @classmethod
    def of(cls, trace: WritingTrace, *, text: str) -> WritingEvidence:
        pace = purity.pace(trace.gaps)
        return cls(
            typed=trace.typed,
            pasted=trace.pasted,
            pastes=trace.pastes,
            phrased=trace.phrased,
            phrases=trace.phrases,
            pasted_share=purity.pasted_share(trace),
            pause_p10_ms=pace.p10 if pace else None,
            pause_p50_ms=pace.p50 if pace else None,
            pause_p90_ms=pace.p90 if pace else None,
            text_characters=len(text),
        )


class ReadingReport(msgspec.Struct):
    """The reading as it was taken."""

    first_fault: int | None


class CallRow(msgspec.Struct):
    """One request behind a rationale."""

    id: int
    step: int
    outcome: Outcome
    model: str
    prompt_tokens: int | None
    completion_tokens: int | None
    latency_ms: int | None
    cost: Decimal
    price_basis: str
    sent_at: datetime


class RegionRow(msgspec.Struct):
    """A region that people marked; `box` in shares of the picture."""

    id: str
    slot: str
    box: tuple[float, float, float, float]
    note: str


class RationaleDetail(msgspec.Struct):
    """One rationale with its checks, its versions and the calls that made it."""

    rationale: RationaleRow
    sentences: list[SentenceRow]
    checks: dict[str, CheckOutcome]
    severities: dict[str, str]
    regions: list[RegionRow]
    versions: list[VersionRow]
    calls: list[CallRow]
    readings: list[ReadingRow]
    writing: WritingEvidence | None
    judge: JudgeRow | None


class CheckReport(msgspec.Struct):
    """What the checks say; nothing was stored."""

    passed: bool
    checks: dict[str, CheckOutcome]


class WayCostRow(msgspec.Struct):
    way: Way
    latest: int
    passed: int
    calls_usd: Decimal
    active_ms: int
    active_usd: Decimal
    total_usd: Decimal


class RationaleSummary(msgspec.Struct):
    """Counts and costs by way, and the hourly rate that active time is costed at."""

    ways: list[WayCostRow]
    hourly_rate_usd: Decimal
