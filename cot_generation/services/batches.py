"""Call batches: put together, submitted, looked at, collected. The cheaper way for runs that can wait a day.

Belongs here: moving one batch on from phase to phase, each safe to repeat from its beginning; the sweep's part.
Does not: the money (batch_ledger.py), lines (batch_lines.py), the endpoint's API (providers/openai_batches.py).

A worker may die anywhere. Before the intents are written nothing can be billed, and the questions come back by their
lease. Afterwards the endpoint is asked for the batch once; whoever finds a request for it of unknown outcome looks
through the endpoint's list for the file first. Collecting writes every line once, however often it is begun.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, TypeVar
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from config.base import work
from config.base.choices import WorkState
from config.base.errors import DomainError
from cot_generation import batch_lines, endings
from cot_generation.choices import BatchPhase, CallState, Outcome, PauseReason, RunState
from cot_generation.endings import Ending
from cot_generation.models import Call, CallBatch, Run, RunQuestion
from cot_generation.providers.answers import Target
from cot_generation.providers.openai_batches import LONG_S, Batches, Refused, Standing
from cot_generation.services import batch_ledger, budgets, claiming, endpoints, facts, replies, turns
from cot_generation.services.asking import PictureCache, Ready, RunPlan
from cot_generation.services.replies import Reply

log = structlog.get_logger()

Opened = Callable[[Target], AbstractAsyncContextManager[Batches]]
Said = TypeVar("Said")

LEASE = timedelta(minutes=3)
TRANSFER = timedelta(seconds=LONG_S + 60)  # the lease while a file goes up or comes down
CLAIM_AT_ONCE = 64
LINES_AT_ONCE = 500
READ_AT_ONCE = 100
LINE_LIMIT = 4 * 1024 * 1024  # bytes; the longest honest line is far below
LOOK_FIRST, LOOK_EVERY = timedelta(seconds=5), timedelta(seconds=60)
ASK_AGAIN = timedelta(seconds=15)  # after a request for a batch whose outcome is not known
CAP_WAIT = timedelta(seconds=60)
QUEUE_FULL_WAIT = timedelta(minutes=10)  # the endpoint holds as many waiting tokens of ours as it wants to
GIVEN_UP_AFTER = timedelta(hours=26)  # its window is a day; nothing is heard of it any more
ENDED = {"completed", "expired", "cancelled"}
QUEUE_FULL = {"token_limit_exceeded", "enqueued_token_limit_exceeded"}


class Overtaken(Exception):
    """The batch's lease is lost: somebody else moves it."""


@dataclass(frozen=True)
class Mover:
    """One worker's way to the endpoint and the clock."""

    opened: Opened
    clock: Callable[[], datetime]

    def say(self, target: Target, what: Callable[[Batches], Awaitable[Said]]) -> Said:
        """One exchange with the endpoint, outside of any transaction. Raises Refused."""

        async def talk() -> Said:
            async with self.opened(target) as api:
                return await what(api)

        return asyncio.run(talk())


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
    plan = claiming.plan(batch.run, now=mover.clock())
    if batch.phase == BatchPhase.FORMING:
        if isinstance(plan, PauseReason):
            claiming.pause(batch.run_id, plan)
            batch.delete()
        else:
            _form(batch, plan, mover)
        return
    if batch.phase == BatchPhase.COLLECTING and Call.objects.open().filter(batch=batch).exists() is False:
        _read(batch, now=mover.clock())
        _done(batch, now=mover.clock())
        return
    try:
        target = endpoints.target(batch.run.endpoint)
    except DomainError as error:
        # Its results wait at the endpoint: a key entered again, or the host allowed again, brings them.
        _later(batch, at=mover.clock() + LOOK_EVERY * 5, failure=error.sentence)
        return
    try:
        if batch.phase == BatchPhase.SUBMITTING:
            _submit(batch, target, mover)
        elif batch.phase == BatchPhase.SUBMITTED:
            _look(batch, target, mover)
        else:
            _collect(batch, target, mover)
    except Refused as refused:
        _not_now(batch, endings.read(refused.answer), mover)


def _keep(batch: CallBatch, **columns: object) -> None:
    """Write under the lease. Raises Overtaken."""
    held = CallBatch.objects.filter(pk=batch.pk, fence=batch.fence, state=WorkState.RUNNING)
    if not held.update(**columns):
        raise Overtaken
    for name, value in columns.items():
        setattr(batch, name, value)


def _later(batch: CallBatch, *, at: datetime, failure: str = "", **columns: object) -> None:
    """Due again at `at`. A batch may be moved any number of times: no attempt is counted."""
    _keep(
        batch,
        state=WorkState.WAITING,
        owner="",
        lease_expires_at=None,
        next_attempt_at=at,
        attempts=0,
        failure=failure[:500],
        **columns,
    )


def _hold(batch: CallBatch, *, lease: timedelta, now: datetime) -> None:
    if not work.renew(batch, lease=lease, now=now):
        raise Overtaken


def _rest_s(ending: Ending) -> float:
    return max(endings.rest_after(ending, faults_in_a_row=endings.BREAKER_FAULTS), 5.0)


def _not_now(batch: CallBatch, ending: Ending, mover: Mover) -> None:
    """The endpoint did not say; a batch of which nothing is heard for longer than its window is given up."""
    now = mover.clock()
    since = batch.submitted_at or batch.asked_at or batch.created_at
    if now - since > GIVEN_UP_AFTER:
        batch_ledger.close_rest(batch, unknown=None, now=now)
        _keep(batch, phase=BatchPhase.COLLECTING)
        _read(batch, now=now)
        _done(batch, now=now)
        return
    log.warning("batch.waits", batch_id=batch.pk, outcome=ending.outcome.value)
    _later(batch, at=now + timedelta(seconds=max(30.0, _rest_s(ending))), failure=ending.detail or ending.outcome.label)


# --- Putting together -------------------------------------------------------------------------------------------------


@dataclass
class Filled:
    """What a file holds; which cap ended it, and what the next call would have reserved, where one did."""

    ready: list[Ready]
    ended_by: PauseReason = PauseReason.NONE
    needs: Decimal = Decimal(0)


def _form(batch: CallBatch, plan: RunPlan, mover: Mover) -> None:
    run, now = batch.run, mover.clock()
    rests = run.endpoint.rests_until
    if run.state != RunState.RUNNING:
        batch.delete()
        return
    if rests is not None and rests > now:
        _later(batch, at=rests)
        return
    owner = f"forming:{batch.pk}:{batch.fence}"
    with tempfile.NamedTemporaryFile(prefix="loupe-batch-", suffix=".jsonl") as file:
        filled = _fill(file, batch, plan, owner=owner, mover=mover)
        if not filled.ready:
            _nothing_to_send(batch, filled, mover=mover)
            return
        file.flush()
        _hold(batch, lease=TRANSFER, now=mover.clock())
        _lease(owner, until=mover.clock() + TRANSFER)
        try:
            path = Path(file.name)
            file_id = mover.say(plan.target, lambda api: api.upload(path, name=f"loupe-{batch.pk}.jsonl"))
        except Refused as refused:
            _upload_refused(batch, endings.read(refused.answer), owner=owner, mover=mover)
            return
    if not batch_ledger.submit(batch, filled.ready, file_id=file_id, owner=owner, now=mover.clock()):
        _give_back(owner, at=mover.clock())
        _forget_files(batch, plan.target, [file_id], mover)
        CallBatch.objects.filter(pk=batch.pk, fence=batch.fence, phase=BatchPhase.FORMING).delete()
        return
    log.info("batch.formed", batch_id=batch.pk, run_id=str(run.pk), calls=len(filled.ready))
    batch_ledger.want([run.pk], now=mover.clock())
    try:
        _submit(batch, plan.target, mover)
    except Refused as refused:
        _not_now(batch, endings.read(refused.answer), mover)


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
        _hold(batch, lease=LEASE, now=now)
        limit = min(CLAIM_AT_ONCE, endpoint.batch_requests - len(filled.ready))
        if limit <= 0 or not due.filter(next_attempt_at__lte=now).exists():
            break
        some = turns.claim_for(
            run, limit, owner=owner, cache=cache, now=now
        )  # without what earlier calls have answered already
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


def _lease(owner: str, *, until: datetime) -> None:
    RunQuestion.objects.filter(owner=owner, state=WorkState.RUNNING).update(lease_expires_at=until)


def _give_back(owner: str, *, at: datetime) -> None:
    RunQuestion.objects.filter(owner=owner, state=WorkState.RUNNING).update(
        state=WorkState.WAITING, owner="", lease_expires_at=None, next_attempt_at=at, attempts=F("attempts") - 1
    )


def _nothing_to_send(batch: CallBatch, filled: Filled, *, mover: Mover) -> None:
    run, reason = Run.objects.get(pk=batch.run_id), filled.ended_by
    if reason == PauseReason.CAP and run.reserved > 0:
        _later(batch, at=mover.clock() + CAP_WAIT)  # what comes back may leave enough
        return
    if reason != PauseReason.NONE:
        claiming.pause(run.pk, reason, needs=filled.needs if reason.passes else None)
        log.info("run.paused", run_id=str(run.pk), reason=reason.value)
    batch.delete()
    replies.finish([run.pk], now=mover.clock())


def _upload_refused(batch: CallBatch, ending: Ending, *, owner: str, mover: Mover) -> None:
    now = mover.clock()
    reason = _stops(ending)
    until = now + timedelta(seconds=0 if reason else _rest_s(ending))
    _give_back(owner, at=now)
    if reason is not None:
        claiming.pause(batch.run_id, reason)
        log.warning("run.paused", run_id=str(batch.run_id), reason=reason.value)
    _later(batch, at=until, failure=ending.detail or ending.outcome.label)


def _stops(ending: Ending) -> PauseReason | None:
    """Why the run must stop: the endpoint refuses what it was asked, and will again."""
    if ending.outcome == Outcome.REQUEST_REFUSED:
        return PauseReason.REQUEST_REFUSED
    return ending.meaning.pause or None


# --- Submitting and looking -------------------------------------------------------------------------------------------


def _submit(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Ask for the batch, once: a request that may have been heard is looked for first. Raises Refused."""
    if batch.asked_at is not None:
        found = mover.say(target, lambda api: api.find(batch.input_file))
        if found:
            _taken(batch, found[0], now=mover.clock())
            for other in found[1:]:
                _cancel(other.id, target, mover)
            return
    now = mover.clock()
    batch.refresh_from_db(fields=["cancel_wanted_at"])
    if batch.cancel_wanted_at is not None:
        _dissolve(batch, Outcome.LEFT_OVER, mover=mover)
        return
    _keep(batch, asked_at=now)
    try:
        standing = mover.say(target, lambda api: api.ask(batch.input_file, name=str(batch.pk)))
    except Refused as refused:
        ending = endings.read(refused.answer)
        reason = _stops(ending)
        if reason is not None:
            _dissolve(batch, ending.outcome, reason=reason, detail=ending.detail, mover=mover)
        elif ending.outcome in (Outcome.RATE_LIMITED, Outcome.UNREACHABLE):
            wait = timedelta(seconds=_rest_s(ending))
            _later(batch, at=now + wait, failure=ending.detail or ending.outcome.label, asked_at=None)
        else:
            _later(batch, at=now + ASK_AGAIN, failure=ending.detail or ending.outcome.label)
        return
    _taken(batch, standing, now=now)


def _cancel(provider_id: str, target: Target, mover: Mover) -> Standing:
    return mover.say(target, lambda api: api.cancel(provider_id))


def _taken(batch: CallBatch, standing: Standing, *, now: datetime) -> None:
    log.info("batch.submitted", batch_id=batch.pk, provider_id=standing.id)
    _later(
        batch,
        at=now + LOOK_FIRST,
        phase=BatchPhase.SUBMITTED,
        provider_id=standing.id,
        provider_status=standing.status[:20],
        submitted_at=now,
    )


def _look(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Raises Refused."""
    standing = mover.say(target, lambda api: api.look(batch.provider_id))
    now = mover.clock()
    if batch.cancel_wanted_at is not None and batch.cancel_sent_at is None and standing.status not in ENDED:
        standing = _cancel(batch.provider_id, target, mover)
        _keep(batch, cancel_sent_at=now)
    seen: dict[str, Any] = {
        "provider_status": standing.status[:20],
        "provider_done": standing.done,
        "provider_failed": standing.failed,
    }
    if standing.status == "failed":
        _keep(batch, **seen)
        full = standing.trouble_code in QUEUE_FULL
        _dissolve(
            batch,
            Outcome.RATE_LIMITED if full else Outcome.REQUEST_REFUSED,
            reason=None if full else PauseReason.REQUEST_REFUSED,
            detail=standing.trouble,
            due_in=QUEUE_FULL_WAIT if full else timedelta(0),
            mover=mover,
        )
    elif standing.status in ENDED:
        _keep(
            batch,
            phase=BatchPhase.COLLECTING,
            output_file=standing.output_file,
            error_file=standing.error_file,
            **seen,
        )
        _collect(batch, target, mover)
    elif batch.submitted_at is not None and now - batch.submitted_at > GIVEN_UP_AFTER:
        _not_now(batch, Ending(Outcome.TIMED_OUT), mover)
    else:
        age = now - (batch.submitted_at or now)
        _later(batch, at=now + min(LOOK_EVERY, max(LOOK_FIRST, age / 20)), **seen)


def _dissolve(
    batch: CallBatch,
    outcome: Outcome,
    *,
    mover: Mover,
    reason: PauseReason | None = None,
    detail: str = "",
    due_in: timedelta = timedelta(0),
) -> None:
    """It was never accepted: its questions are due again, and the run stops where asking again would be as vain."""
    now = mover.clock()
    with transaction.atomic():
        batch_ledger.dissolve(batch, outcome, due_at=now + due_in, now=now)
        _keep(
            batch,
            state=WorkState.DONE,
            phase=BatchPhase.DISSOLVED,
            owner="",
            lease_expires_at=None,
            ended_at=now,
            failure=(detail or outcome.label)[:500],
        )
    log.warning("batch.dissolved", batch_id=batch.pk, outcome=outcome.value)
    if reason is not None and claiming.pause(batch.run_id, reason):
        log.warning("run.paused", run_id=str(batch.run_id), reason=reason.value)
    _tidy(batch.run_id)


# --- Collecting -------------------------------------------------------------------------------------------------------


def _collect(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Settle by the lines of both files, then close what has none, then read. Raises Refused."""
    seen: set[str] = set()
    doubled = foreign = 0
    files = [name for name in (batch.output_file, batch.error_file) if name]
    for file_id in files:
        with tempfile.TemporaryFile(prefix="loupe-results-") as file:
            _hold(batch, lease=TRANSFER, now=mover.clock())
            _download(file_id, file, batch, target, mover)
            file.seek(0)
            for results in _results(file):
                _hold(batch, lease=LEASE, now=mover.clock())
                fresh = {each.custom_id: each for each in reversed(results) if each.custom_id not in seen}
                doubled += len(results) - len(fresh)
                seen |= fresh.keys()
                unknown, _ = batch_ledger.settle(batch, list(fresh.values()), now=mover.clock())
                foreign += unknown
    _keep(batch, doubled_count=doubled, foreign_count=foreign)
    answered = batch.calls.filter(http_status__range=(200, 299)).count()
    unknown_count = None if batch.provider_status == "completed" else max(0, batch.provider_done - answered)
    batch_ledger.close_rest(batch, unknown=unknown_count, now=mover.clock())
    _read(batch, now=mover.clock())
    _done(batch, now=mover.clock())
    _forget_files(batch, target, [batch.input_file, *files], mover)


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


def _read(batch: CallBatch, *, now: datetime) -> None:
    """Make something of every settled call whose question still waits for it."""
    plan = claiming.plan_for_reading(batch.run, now=now)
    owner = batch_ledger.owner_of(batch)
    waiting = Q(question__owner=owner, question__state=WorkState.RUNNING, question__fence=F("fence"))
    rows = Call.objects.filter(waiting, batch=batch).exclude(state=CallState.SENT).select_related("question")
    while some := list(rows.order_by("pk")[:READ_AT_ONCE]):
        _hold(batch, lease=LEASE, now=timezone.now())
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


def _done(batch: CallBatch, *, now: datetime) -> None:
    _keep(
        batch,
        state=WorkState.DONE,
        phase=BatchPhase.COLLECTED,
        owner="",
        lease_expires_at=None,
        ended_at=now,
        failure="",
    )
    log.info("batch.collected", batch_id=batch.pk, doubled=batch.doubled_count, foreign=batch.foreign_count)
    _tidy(batch.run_id)
    replies.finish([batch.run_id], now=now)


def _tidy(run_id: UUID) -> None:
    """What came back to a run that was cancelled meanwhile is cancelled too."""
    RunQuestion.objects.filter(run_id=run_id, run__state=RunState.CANCELLED, state=WorkState.WAITING).update(
        state=WorkState.CANCELLED
    )


def _forget_files(batch: CallBatch, target: Target, files: list[str], mover: Mover) -> None:
    """Pictures and replies need not lie at the endpoint any longer; where it will not delete them, they lie on."""

    async def delete(api: Batches) -> None:
        for file_id in files:
            await api.delete(file_id)

    try:
        mover.say(target, delete)
    except Refused:
        log.warning("batch.files_left", batch_id=batch.pk)


def sweep(*, now: datetime) -> None:
    """The sweep's part: running runs with due questions get a batch that forms."""
    forming = CallBatch.objects.filter(run=OuterRef("pk"), phase=BatchPhase.FORMING)
    wanting = Run.objects.running().filter(~Exists(forming), batched=True).values_list("pk", flat=True)
    batch_ledger.want(list(wanting), now=now)
