"""Putting a call batch together: questions claimed, lines written, the file up, then all intents at once.

Belongs here: the forming phase. Before the intents are written nothing can be billed, and whoever dies here leaves
questions that come back by their lease.
Does not: asking for the batch (batch_watching.py), one request (asking.py), the money (batch_ledger.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO

import structlog
from django.db.models import F

from config.base.choices import WorkState
from cot_generation import batch_lines, endings
from cot_generation.choices import BatchPhase, PauseReason, RunState
from cot_generation.endings import Ending
from cot_generation.models import CallBatch, Run, RunQuestion
from cot_generation.providers.openai_batches import Refused
from cot_generation.services import batch_collecting as collecting
from cot_generation.services import batch_files, batch_ledger, budgets, claiming, replies, turns
from cot_generation.services import batch_steps as steps
from cot_generation.services import batch_watching as watching
from cot_generation.services.asking import PictureCache, Ready, RunPlan
from cot_generation.services.batch_steps import LEASE, TRANSFER, Mover

log = structlog.get_logger()

CLAIM_AT_ONCE = 64
CAP_WAIT = timedelta(seconds=60)


@dataclass
class Filled:
    """What a file holds; which cap ended it, and what the next call would have reserved, where one did."""

    ready: list[Ready]
    ended_by: PauseReason = PauseReason.NONE
    needs: Decimal = Decimal(0)


def form(batch: CallBatch, plan: RunPlan, mover: Mover) -> None:
    run, now = batch.run, mover.clock()
    rests = run.endpoint.rests_until
    if run.state != RunState.RUNNING:
        _drop(batch, plan, [], mover)
        return
    if rests is not None and rests > now:
        steps.later(batch, at=rests)
        return
    owner = f"forming:{batch.pk}:{batch.fence}"
    with tempfile.NamedTemporaryFile(prefix="loupe-batch-", suffix=".jsonl") as file:
        filled = _fill(file, batch, plan, owner=owner, mover=mover)
        if not filled.ready:
            _nothing_to_send(batch, plan, filled, mover=mover)
            return
        file.flush()
        steps.hold(batch, lease=TRANSFER, now=mover.clock())
        _lease(owner, until=mover.clock() + TRANSFER)
        try:
            path = Path(file.name)
            file_id = mover.say(plan.target, lambda api: api.upload(path, name=batch_files.name_of(batch)))
        except Refused as refused:
            _upload_refused(batch, endings.read(refused.answer), owner=owner, mover=mover)
            return
    if not batch_ledger.submit(batch, filled.ready, file_id=file_id, owner=owner, now=mover.clock()):
        _give_back(owner, at=mover.clock())
        _drop(batch, plan, [file_id], mover)
        return
    log.info("batch.formed", batch_id=batch.pk, run_id=str(run.pk), calls=len(filled.ready))
    batch_ledger.want([run.pk], now=mover.clock())
    try:
        watching.submit(batch, plan.target, mover)
    except Refused as refused:
        collecting.not_now(batch, endings.read(refused.answer), mover)


def _fill(file: IO[bytes], batch: CallBatch, plan: RunPlan, *, owner: str, mover: Mover) -> Filled:
    """Write due questions to the file until it is full, none is left or a cap is reached; the rest is given back."""
    endpoint, run = plan.run.endpoint, plan.run
    run.refresh_from_db(fields=["cap", "spent", "reserved"])
    left, purse = run.cap - run.spent - run.reserved, budgets.purse_of(run)
    budget = budgets.headroom([purse], now=mover.clock(), locked=False)[purse]  # counted again under its lock
    room, filled = endpoint.batch_megabytes * 1_000_000, Filled([])
    cache = PictureCache()
    due = RunQuestion.objects.filter(run=run, run__state=RunState.RUNNING, state=WorkState.WAITING)
    full = False
    while not full:
        now = mover.clock()
        steps.hold(batch, lease=LEASE, now=now)
        limit = min(CLAIM_AT_ONCE, endpoint.batch_requests - len(filled.ready))
        if limit <= 0 or not due.filter(next_attempt_at__lte=now).exists():
            break
        # Without what earlier calls have answered already.
        some = turns.claim_for(run, limit, owner=owner, cache=cache, now=now).ready
        over: list[RunQuestion] = []
        for each in some:
            name = batch_lines.name_of(each.question.pk, each.question.fence)
            line = batch_lines.request(name, each.body, headers=each.headers)
            ended_by = PauseReason.CAP if each.ceiling > left else budget.refuses(each.ceiling)
            if ended_by is not None and not full:
                filled.ended_by, filled.needs = ended_by, each.ceiling
            full = full or ended_by is not None or (len(line) > room and bool(filled.ready))
            if full:
                over.append(each.question)
                continue
            file.write(line)
            room -= len(line)
            left -= each.ceiling
            budget.take(each.ceiling)
            filled.ready.append(replace(each, body=b""))
        claiming.release(over, owner=owner, at=now)
        _lease(owner, until=now + TRANSFER)
    return filled


def _drop(batch: CallBatch, plan: RunPlan, uploaded: Sequence[str], mover: Mover) -> None:
    """Nothing comes of this batch: its row goes, and what was uploaded for it, now or by a worker that died."""
    CallBatch.objects.filter(pk=batch.pk, fence=batch.fence, phase=BatchPhase.FORMING).delete()
    try:
        batch_files.delete(uploaded, plan.target, mover)
        if batch.fence > 1:
            batch_files.delete_orphans(batch.run_id, plan.target, mover)
    except Refused:
        log.warning("batch.files_left", run_id=str(batch.run_id))  # the run's next batch looks again


def _lease(owner: str, *, until: datetime) -> None:
    RunQuestion.objects.filter(owner=owner, state=WorkState.RUNNING).update(lease_expires_at=until)


def _give_back(owner: str, *, at: datetime) -> None:
    RunQuestion.objects.filter(owner=owner, state=WorkState.RUNNING).update(
        state=WorkState.WAITING, owner="", lease_expires_at=None, next_attempt_at=at, attempts=F("attempts") - 1
    )


def _nothing_to_send(batch: CallBatch, plan: RunPlan, filled: Filled, *, mover: Mover) -> None:
    run, reason = Run.objects.get(pk=batch.run_id), filled.ended_by
    if reason == PauseReason.CAP and run.reserved > 0:
        steps.later(batch, at=mover.clock() + CAP_WAIT)  # what comes back may leave enough
        return
    if reason != PauseReason.NONE:
        claiming.pause(run.pk, reason, needs=filled.needs if reason.passes else None)
        log.info("run.paused", run_id=str(run.pk), reason=reason.value)
    _drop(batch, plan, [], mover)
    replies.finish([run.pk], now=mover.clock())


def _upload_refused(batch: CallBatch, ending: Ending, *, owner: str, mover: Mover) -> None:
    now = mover.clock()
    reason = steps.stops(ending)
    until = now + timedelta(seconds=0 if reason else steps.rest_s(ending))
    _give_back(owner, at=now)
    if reason is not None:
        claiming.pause(batch.run_id, reason)
        log.warning("run.paused", run_id=str(batch.run_id), reason=reason.value)
    steps.later(batch, at=until, failure=ending.detail or ending.outcome.label)
