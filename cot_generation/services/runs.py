"""Runs: started, paused, resumed, given a higher cap, cancelled.

Belongs here: the state of a run and who may not move it.
Does not: making one (new_runs.py), working its questions off (calls.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import transaction

from accounts.services import audit_log
from config.base.choices import WorkState
from config.base.errors import InvalidInput
from cot_generation import dispatch, money
from cot_generation.choices import PauseReason, RunState
from cot_generation.errors import ProjectCapReached, RunNotMovable, RunUnknown
from cot_generation.models import Run, RunQuestion
from cot_generation.services import batch_ledger
from cot_generation.services.claiming import HELD_UNTIL

log = structlog.get_logger()


def begin(run: Run, *, now: datetime) -> None:
    """It runs from now on: its questions are due, or its batches wanted. Whoever calls holds the run's lock."""
    run.state, run.pause_reason, run.needs = RunState.RUNNING, PauseReason.NONE, None
    run.started_at = run.started_at or now
    run.save(update_fields=["state", "pause_reason", "needs", "started_at"])
    if run.batched:
        batch_ledger.want([run.pk], now=now)
    else:
        dispatch.questions_due()
    log.info("run.started", run_id=str(run.pk))


def _locked(project_id: UUID, run_id: UUID, *, among: Sequence[RunState]) -> Run:
    try:
        run = Run.objects.select_for_update(no_key=True).in_project(project_id).get(pk=run_id)
    except Run.DoesNotExist:
        raise RunUnknown(run_id=str(run_id)) from None
    if run.state not in among:
        raise RunNotMovable(
            "Run {run} is {standing!t}.", run=run.number, standing=RunState(run.state).label.lower(), state=run.state
        )
    return run


@transaction.atomic
def start(*, project_id: UUID, run_id: UUID, actor_id: int, now: datetime) -> Run:
    """Start a planned run, or let a paused one go on. Another model is accepted by going on."""
    run = _locked(project_id, run_id, among=[RunState.PLANNED, RunState.PAUSED])
    if PauseReason(run.pause_reason).passes:
        raise ProjectCapReached
    if run.pause_reason == PauseReason.MODEL_CHANGED:
        Run.objects.filter(pk=run.pk).update(model_seen="")
    if run.pause_reason == PauseReason.PILOT:
        RunQuestion.objects.filter(run=run, next_attempt_at=HELD_UNTIL).update(next_attempt_at=now)
    begin(run, now=now)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="run.started", subject=str(run.number))
    return run


@transaction.atomic
def go_on(run_id: UUID, *, now: datetime) -> bool:
    """The project's cap, which stopped the run, leaves room again. False: it does not stand still for that any more."""
    run = Run.objects.select_for_update(no_key=True).get(pk=run_id)
    if run.state != RunState.PAUSED or not PauseReason(run.pause_reason).passes:
        return False
    begin(run, now=now)
    return True


@transaction.atomic
def pause(*, project_id: UUID, run_id: UUID, actor_id: int) -> Run:
    """No further intent is written; calls that have theirs go out, are taken in and paid.

    A run that stands still for its project's cap does not go on by itself any more.
    """
    run = _locked(project_id, run_id, among=[RunState.RUNNING, RunState.PAUSED])
    if run.state == RunState.PAUSED and not PauseReason(run.pause_reason).passes:
        raise RunNotMovable("Run {run} is paused.", run=run.number, state=run.state)
    run.state, run.pause_reason, run.needs = RunState.PAUSED, PauseReason.PERSON, None
    run.save(update_fields=["state", "pause_reason", "needs"])
    audit_log.record(actor_id=actor_id, project_id=project_id, action="run.paused", subject=str(run.number))
    return run


@transaction.atomic
def cancel(*, project_id: UUID, run_id: UUID, actor_id: int, now: datetime) -> Run:
    """For good: waiting questions are cancelled, what was written stays. Batches at the endpoint are called back."""
    run = _locked(project_id, run_id, among=[RunState.PLANNED, RunState.RUNNING, RunState.PAUSED])
    run.state, run.pause_reason, run.needs, run.finished_at = RunState.CANCELLED, PauseReason.NONE, None, now
    run.save(update_fields=["state", "pause_reason", "needs", "finished_at"])
    if run.batched:
        batch_ledger.cancel(run.pk, now=now)
    RunQuestion.objects.filter(run=run, state=WorkState.WAITING).update(state=WorkState.CANCELLED)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="run.cancelled", subject=str(run.number))
    return run


@transaction.atomic
def stop_waiting(*, project_id: UUID, run_id: UUID, actor_id: int, now: datetime) -> Run:
    """What waits for another run's call is due now, and asked by this run; what such calls have answered is read on."""
    run = _locked(project_id, run_id, among=[RunState.PLANNED, RunState.RUNNING, RunState.PAUSED])
    run.waits_for_others = False
    run.save(update_fields=["waits_for_others"])
    waiting = RunQuestion.objects.filter(run=run, state=WorkState.WAITING, waits_for__isnull=False)
    waiting.update(next_attempt_at=now, waits_for=None)
    if run.batched:
        batch_ledger.want([run.pk], now=now)
    else:
        dispatch.questions_due()
    audit_log.record(actor_id=actor_id, project_id=project_id, action="run.waits_no_more", subject=str(run.number))
    return run


@transaction.atomic
def set_cap(*, project_id: UUID, run_id: UUID, cap: Decimal, actor_id: int) -> Run:
    """Never below what is spent or on its way."""
    run = _locked(project_id, run_id, among=[RunState.PLANNED, RunState.RUNNING, RunState.PAUSED])
    if not 0 <= cap < money.LARGEST_CAP:
        raise InvalidInput("A cap is an amount of US dollars, from 0 to below {most:,}.", most=money.LARGEST_CAP)
    if cap < run.spent + run.reserved:
        raise InvalidInput(
            "${spent:.4f} are spent or reserved already; the cap cannot be lower.", spent=run.spent + run.reserved
        )
    run.cap = cap
    run.save(update_fields=["cap"])
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="run.capped",
        subject=str(run.number),
        details={"cap": str(cap)},
    )
    return run
