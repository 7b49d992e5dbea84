"""What came back of a call batch: fetched, settled line by line, closed, read.

Belongs here: the collecting phase, safe to begin again; and giving up a batch of which nothing is heard.
Does not: the money (batch_ledger.py), a line (batch_lines.py), deleting files (batch_files.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

import structlog
from django.db.models import F, Q
from django.utils import timezone

from config.base.choices import WorkState
from cot_generation import batch_lines
from cot_generation.choices import BatchPhase, CallState, Outcome, RunState
from cot_generation.endings import Ending
from cot_generation.models import Call, CallBatch, RunQuestion
from cot_generation.providers.answers import Target
from cot_generation.services import batch_files, batch_ledger, claiming, facts, replies
from cot_generation.services import batch_steps as steps
from cot_generation.services.batch_steps import LEASE, TRANSFER, Mover
from cot_generation.services.replies import Reply

log = structlog.get_logger()

LINES_AT_ONCE = 500
READ_AT_ONCE = 100
LINE_LIMIT = 4 * 1024 * 1024  # bytes; the longest honest line is far below
GIVEN_UP_AFTER = timedelta(hours=26)  # its window is a day; nothing is heard of it any more


def not_now(batch: CallBatch, ending: Ending, mover: Mover) -> None:
    """The endpoint did not say; a batch of which nothing is heard for longer than its window is given up."""
    now = mover.clock()
    since = batch.submitted_at or batch.asked_at or batch.created_at
    if now - since > GIVEN_UP_AFTER:
        batch_ledger.close_rest(batch, unknown=None, now=now)
        steps.keep(batch, phase=BatchPhase.COLLECTING)
        read(batch, now=now)
        done(batch, now=now)
        return
    log.warning("batch.waits", batch_id=batch.pk, outcome=ending.outcome.value)
    steps.later(
        batch,
        at=now + timedelta(seconds=max(30.0, steps.rest_s(ending))),
        failure=ending.detail or ending.outcome.label,
    )


def collect(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Settle by the lines of both files, then close what has none, then read. Raises Refused."""
    seen: set[str] = set()
    doubled = foreign = 0
    files = [name for name in (batch.output_file, batch.error_file) if name]
    for file_id in files:
        with tempfile.TemporaryFile(prefix="loupe-results-") as file:
            steps.hold(batch, lease=TRANSFER, now=mover.clock())
            _download(file_id, file, batch, target, mover)
            file.seek(0)
            for results in _results(file):
                steps.hold(batch, lease=LEASE, now=mover.clock())
                fresh = {each.custom_id: each for each in reversed(results) if each.custom_id not in seen}
                doubled += len(results) - len(fresh)
                seen |= fresh.keys()
                unknown, _ = batch_ledger.settle(batch, list(fresh.values()), now=mover.clock())
                foreign += unknown
    steps.keep(batch, doubled_count=doubled, foreign_count=foreign)
    answered = batch.calls.filter(http_status__range=(200, 299)).count()
    unknown_count = None if batch.provider_status == "completed" else max(0, batch.provider_done - answered)
    batch_ledger.close_rest(batch, unknown=unknown_count, now=mover.clock())
    read(batch, now=mover.clock())
    done(batch, now=mover.clock())


def _download(file_id: str, file: IO[bytes], batch: CallBatch, target: Target, mover: Mover) -> None:
    limit = LINE_LIMIT * max(10, batch.call_count * 2)
    mover.say(target, lambda api: api.download(file_id, file, limit=limit))


def _results(file: IO[bytes]) -> Iterator[list[batch_lines.Result]]:
    """The file's readable lines, some at a time. What cannot be read names no call, whose line then is missing."""
    some: list[batch_lines.Result] = []
    while line := file.readline(LINE_LIMIT):
        result = batch_lines.result(line)
        if result is not None:
            some.append(result)
        if len(some) >= LINES_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def read(batch: CallBatch, *, now: datetime) -> None:
    """Make something of every settled call whose question still waits for it."""
    plan = claiming.plan_for_reading(batch.run, now=now)
    owner = batch_ledger.owner_of(batch)
    waiting = Q(question__owner=owner, question__state=WorkState.RUNNING, question__fence=F("fence"))
    rows = Call.objects.filter(waiting, batch=batch).exclude(state=CallState.SENT).select_related("question")
    while some := list(rows.order_by("pk")[:READ_AT_ONCE]):
        steps.hold(batch, lease=LEASE, now=timezone.now())
        known = facts.gather(batch.run.project_id, [(row.question.sample_id, row.question.aspect_id) for row in some])
        found = []
        for row in some:
            about = known.get((row.question.sample_id, row.question.aspect_id))
            if about is None:
                claiming.give_up([row.question], Outcome.NO_PICTURES, owner=owner)
            else:
                ending = Ending(Outcome(row.outcome), status=row.http_status, body=row.reply or "", latency_ms=None)
                found.append(Reply(row.pk, row.question, plan, about, row.letters, ending))
        replies.apply(found, owner=owner, now=now)


def done(batch: CallBatch, *, now: datetime) -> None:
    """All is read; what is left to do are its files."""
    batch_files.ended(batch, BatchPhase.COLLECTED, now=now)
    log.info("batch.collected", batch_id=batch.pk, doubled=batch.doubled_count, foreign=batch.foreign_count)
    tidy(batch.run_id)
    replies.finish([batch.run_id], now=now)


def tidy(run_id: UUID) -> None:
    """What came back to a run that was cancelled meanwhile is cancelled too."""
    RunQuestion.objects.filter(run_id=run_id, run__state=RunState.CANCELLED, state=WorkState.WAITING).update(
        state=WorkState.CANCELLED
    )
