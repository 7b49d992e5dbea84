"""Trials as leads see them.

Belongs here: reading a trial, its looks, and how far the next one is.
Does not: starting and looking (services.trials), deciding (services.trial_results).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cot_generation.selectors import produced
from cot_generation.selectors.produced import Produced
from curation.choices import StoppingRule, TrialState
from curation.errors import TrialUnknown
from curation.models import AuditEntry, Trial, TrialLook, TrialQuestion
from curation.selectors import audits
from curation.shapes import Arm, LookResult, TrialDecision
from curation.trials import drawing

Question = tuple[int, int]


@dataclass(frozen=True)
class LookInfo:
    """One look. `lot_id` is where it is judged; `judged` of `entries` are."""

    number: int
    covered: int
    lot_id: UUID | None
    lot_number: int | None
    entries: int
    judged: int
    result: LookResult | None
    drawn_at: datetime


@dataclass(frozen=True)
class TrialInfo:
    """A trial. `waiting` are questions of the next look, an entry an arm, whose rationale is still to come."""

    id: UUID
    number: int
    name: str
    state: TrialState
    arms: tuple[Arm, ...]
    reference: int
    margin: float
    confidence: float
    rule: StoppingRule
    looks: int
    per_arm: int
    seed: int
    taken: tuple[LookInfo, ...]
    waiting: tuple[int, ...]
    decision: TrialDecision | None
    started_at: datetime
    ended_at: datetime | None


def row(project_id: UUID, trial_id: UUID) -> Trial:
    """Raises TrialUnknown."""
    found = Trial.objects.filter(project_id=project_id, pk=trial_id).first()
    if found is None:
        raise TrialUnknown(trial_id=str(trial_id))
    return found


def of_project(project_id: UUID) -> list[Trial]:
    """Newest first."""
    return list(Trial.objects.filter(project_id=project_id).order_by("-number"))


def one(project_id: UUID, trial_id: UUID) -> TrialInfo:
    """Raises TrialUnknown."""
    trial = row(project_id, trial_id)
    taken = looks(trial)
    return TrialInfo(
        id=trial.pk,
        number=trial.number,
        name=trial.name,
        state=TrialState(trial.state),
        arms=tuple(trial.arms),
        reference=trial.reference,
        margin=trial.margin,
        confidence=trial.confidence,
        rule=StoppingRule(trial.rule),
        looks=trial.looks,
        per_arm=trial.per_arm,
        seed=trial.seed,
        taken=tuple(taken),
        waiting=tuple(_waiting(trial, len(taken))),
        decision=trial.decision,
        started_at=trial.started_at,
        ended_at=trial.ended_at,
    )


def looks(trial: Trial) -> list[LookInfo]:
    """Those drawn so far, in order."""
    rows = list(TrialLook.objects.filter(trial=trial).select_related("lot").order_by("number"))
    entries = dict(AuditEntry.objects.filter(lot__look__trial=trial).values_list("pk", "lot_id"))
    of_lot = Counter(entries.values())
    said = Counter(entries[entry] for entry in audits.latest(entries))
    return [
        LookInfo(
            number=look.number,
            covered=look.covered,
            lot_id=look.lot_id,
            lot_number=look.lot.number if look.lot else None,
            entries=of_lot[look.lot_id] if look.lot_id else 0,
            judged=said[look.lot_id] if look.lot_id else 0,
            result=look.result,
            drawn_at=look.drawn_at,
        )
        for look in rows
    ]


def questions(trial: Trial, arm: int, *, covered: int) -> list[Question]:
    """Of the arm's first blocks, in the order drawn."""
    rows = TrialQuestion.objects.filter(trial=trial, arm=arm, position__lt=covered).order_by("position")
    return list(rows.values_list("sample_id", "aspect_id"))


def made(trial: Trial, arm: int, asked: list[Question]) -> dict[Question, Produced]:
    """What the arm made of these questions."""
    way = trial.arms[arm]
    if way.run_id is not None:
        found = produced.of_run(way.run_id)
        return {question: found.get(question, Produced(settled=True)) for question in asked}
    if way.batch_id is None:
        raise ValueError("an arm has a run or a batch")
    return produced.of_batch(project_id=trial.project_id, batch_id=way.batch_id, questions=asked)


def _waiting(trial: Trial, taken: int) -> list[int]:
    if trial.state != TrialState.RUNNING or taken >= trial.looks:
        return [0] * len(trial.arms)
    covered = drawing.covered(trial.per_arm, taken + 1, trial.looks)
    return [
        sum(not each.settled for each in made(trial, arm, questions(trial, arm, covered=covered)).values())
        for arm in range(len(trial.arms))
    ]
