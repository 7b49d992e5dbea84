"""The whole life of one sample."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from cot_generation.selectors.rationales import RationaleInfo
from curation.api.responses.samples import SampleListRow
from curation.selectors.life import Event, Trained


class LifeRationale(msgspec.Struct):
    """A rationale on a sample's page."""

    id: int
    aspect: str
    way: str
    stage: str
    text: str
    concluded: list[str] | None
    passed: bool
    sandbox: bool
    cost_usd: Decimal
    created_at: datetime

    @classmethod
    def of(cls, info: RationaleInfo, aspect: str) -> LifeRationale:
        return cls(
            id=info.id,
            aspect=aspect,
            way=info.way.value,
            stage=info.stage.value,
            text=info.text,
            concluded=None if info.concluded is None else list(info.concluded),
            passed=info.passed,
            sandbox=info.sandbox,
            cost_usd=info.cost_usd,
            created_at=info.created_at,
        )


class LifeEvent(msgspec.Struct):
    """One thing that happened to the sample. `cells` is slot → aspect → severity where somebody judged.

    `facts` by name (batch, state, until, letters, revision, release, …), `text` what somebody wrote.
    """

    at: datetime
    kind: str
    group: str
    who: str
    text: str
    facts: dict[str, str]
    cells: dict[str, dict[str, str]]

    @classmethod
    def of(cls, event: Event) -> LifeEvent:
        cells = {slot: dict(by_aspect) for slot, by_aspect in event.cells.items()}
        return cls(event.at, event.kind, event.group, event.who, event.text, dict(event.facts), cells)


class QuestionLife(msgspec.Struct):
    """Where one question stands. `answer` is null while it has none; `model` is what Dawid–Skene would answer."""

    aspect: str
    answer: list[str] | None
    source: str
    opinions: int
    agreement: float | None
    confidence: float | None
    disputed: bool
    tied: list[str]
    model: list[str] | None
    model_confidence: float | None


class MarkedRegion(msgspec.Struct):
    """A region on one candidate, in pixels of the stored raster."""

    slot: str
    aspect: str
    point: tuple[float, float] | None
    box: tuple[float, float, float, float] | None
    polygon: list[tuple[float, float]] | None


class VisitRow(msgspec.Struct):
    """One visit in training: of so many rollouts, so many exact."""

    stage: str
    step: int
    exact: int
    of: int


class TrainedRow(msgspec.Struct):
    """How one run saw one question. `seen` are the newest of its `visits`, the oldest first."""

    run_id: UUID
    run_number: int
    recipe: str
    aspect: str
    state: str
    visits: int
    rollouts: int
    exact: int
    seen: list[VisitRow]

    @classmethod
    def of(cls, found: Trained) -> TrainedRow:
        return cls(
            run_id=found.run_id,
            run_number=found.run_number,
            recipe=found.recipe,
            aspect=found.aspect,
            state=found.state,
            visits=found.visits,
            rollouts=found.rollouts,
            exact=found.right,
            seen=[VisitRow(*each) for each in found.seen],
        )


class SampleLife(msgspec.Struct):
    """The whole life of a sample. `cells` and `regions` are what stands, merged over the opinions that count.

    `trained`: by run, the newest first, and aspect.
    """

    row: SampleListRow
    questions: list[QuestionLife]
    cells: dict[str, dict[str, str]]
    regions: list[MarkedRegion]
    active_ms: int
    metadata: dict[str, Any]
    events: list[LifeEvent]
    rationales: list[LifeRationale]
    releases: list[str]
    training: dict[str, str]
    trained: list[TrainedRow]
