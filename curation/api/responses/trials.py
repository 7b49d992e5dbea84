"""Workflow trials."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from curation.choices import StoppingRule, TrialState
from curation.models import Trial
from curation.selectors.trials import TrialInfo
from curation.shapes import Arm, LookResult, TrialDecision


class TrialRow(msgspec.Struct):
    """A trial in a list."""

    id: UUID
    number: int
    name: str
    state: TrialState
    arms: list[str]
    looks: int
    per_arm: int
    chosen: str
    started_at: datetime

    @classmethod
    def of(cls, row: Trial) -> TrialRow:
        labels = [arm.label for arm in row.arms]
        chosen = labels[row.decision.chosen] if row.decision else ""
        return cls(
            row.pk, row.number, row.name, TrialState(row.state), labels, row.looks, row.per_arm, chosen, row.started_at
        )


class TrialList(msgspec.Struct):
    """Newest first."""

    results: list[TrialRow]


class LookRow(msgspec.Struct):
    """One look: how far its lot is judged, and what it showed. `z` to reach: `result.arms[].boundary`."""

    number: int
    covered: int
    lot_id: UUID | None
    lot_number: int | None
    entries: int
    judged: int
    result: LookResult | None
    drawn_at: datetime


class TrialDetail(msgspec.Struct):
    """A trial. `waiting`: an entry an arm, how many questions of the next look have no rationale yet."""

    id: UUID
    number: int
    name: str
    state: TrialState
    arms: list[Arm]
    reference: int
    margin: float
    confidence: float
    rule: StoppingRule
    looks: int
    per_arm: int
    seed: int
    taken: list[LookRow]
    waiting: list[int]
    decision: TrialDecision | None
    started_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, found: TrialInfo) -> TrialDetail:
        return msgspec.convert(found, cls, from_attributes=True)


class TrialPlan(msgspec.Struct):
    """The chance to show "not worse" by the end when the way is as good as its reference, and the z to reach."""

    chance: float
    boundaries: list[float | None]
    questions: int
