"""Call batches moved on: the cheaper way for runs that can wait a day.

Belongs here: which batch is moved next and by whom, the sweep's part.
Does not: its phases (batch_forming, batch_watching, batch_collecting, batch_files), the money (batch_ledger.py), lines
(batch_lines.py), the endpoint's API (providers/openai_batches.py).

A worker may die anywhere, and every move is safe to repeat from its beginning. Before the intents are written nothing
can be billed, and the questions come back by their lease. Afterwards the endpoint is asked for the batch once; whoever
finds a request for it of unknown outcome looks through the endpoint's list for the file first. Collecting writes every
line once, however often it is begun. Files are deleted at last, by a move of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db.models import Exists, OuterRef
from django.utils import timezone

from config.base import work
from config.base.errors import DomainError
from cot_generation import endings
from cot_generation.choices import BatchPhase, PauseReason
from cot_generation.models import Call, CallBatch, Run
from cot_generation.providers.openai_batches import Refused
from cot_generation.services import (
    batch_collecting,
    batch_files,
    batch_forming,
    batch_ledger,
    batch_watching,
    claiming,
    endpoints,
)
from cot_generation.services import batch_steps as steps
from cot_generation.services.batch_steps import LEASE, Mover, Opened, Overtaken

log = structlog.get_logger()


def move_due(*, opened: Opened, until: datetime, clock: Callable[[], datetime] = timezone.now) -> int:
    """Move batches on until none is due or `until` has come; returns how many moves were made."""
    moves, mover = 0, Mover(opened, clock)
    while clock() < until:
        rows = work.claim(CallBatch, limit=1, lease=LEASE, now=clock())
        if not rows:
            break
        try:
            _move(CallBatch.objects.select_related("run__endpoint", "run__prompt").get(pk=rows[0].pk), mover)
        except Overtaken:
            log.warning("batch.overtaken", batch_id=rows[0].pk)
        moves += 1
    return moves


def _move(batch: CallBatch, mover: Mover) -> None:
    now = mover.clock()
    if batch.phase == BatchPhase.FORMING:
        plan = claiming.plan(batch.run, now=now)
        if isinstance(plan, PauseReason):
            claiming.pause(batch.run_id, plan)
            batch.delete()
        else:
            batch_forming.form(batch, plan, mover)
        return
    if batch.phase == BatchPhase.COLLECTING and not Call.objects.open().filter(batch=batch).exists():
        batch_collecting.read(batch, now=now)
        batch_collecting.done(batch, now=now)
        return
    try:
        target = endpoints.target(batch.run.endpoint)
    except DomainError as error:
        # What lies at the endpoint waits there for a key that is entered again, or a host that is allowed again.
        steps.later(batch, at=now + batch_watching.LOOK_EVERY * 5, failure=error.sentence)
        return
    try:
        if batch.phase == BatchPhase.SUBMITTING:
            batch_watching.submit(batch, target, mover)
        elif batch.phase == BatchPhase.SUBMITTED:
            batch_watching.look(batch, target, mover)
        elif batch.phase == BatchPhase.COLLECTING:
            batch_collecting.collect(batch, target, mover)
        else:
            batch_files.forget(batch, target, mover)
    except Refused as refused:
        batch_collecting.not_now(batch, endings.read(refused.answer), mover)


def sweep(*, now: datetime) -> None:
    """The sweep's part: running runs with due questions get a batch that forms."""
    forming = CallBatch.objects.filter(run=OuterRef("pk"), phase=BatchPhase.FORMING)
    wanting = Run.objects.running().filter(~Exists(forming), batched=True).values_list("pk", flat=True)
    batch_ledger.want(list(wanting), now=now)
