"""Working off due questions: many calls at once on one event loop.

Belongs here: the loop that claims ahead, sends, and writes results in batches; and the sweep's part.
Does not: the statements themselves (claiming, ledger, replies), HTTP (providers/).

Three threads serve the loop, each with its own database connection. One claims and prepares requests ahead, since
reading pictures takes long. One admits what goes out, so that a place that became free at the endpoint is taken soon;
a reply that could change what may go out (a refusal, a rest, another model) is settled there first. One settles good
replies as they land, so that a crash costs little, and reads them a batch at a time: nobody waits for that.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import structlog
from django.db import connections
from django.utils import timezone

from cot_generation import endings
from cot_generation.choices import Outcome, PauseReason
from cot_generation.models import Call, Run, RunQuestion
from cot_generation.providers.answers import NO_WORD, Ask
from cot_generation.services import asking, cascades, claiming, facts, ledger, replies
from cot_generation.services.asking import PictureCache, Ready, RunPlan, Unaskable
from cot_generation.services.ledger import Landed, Sent
from cot_generation.services.replies import Reply

log = structlog.get_logger()

Opened = Callable[[], AbstractAsyncContextManager[Ask]]
Done = TypeVar("Done")

CLAIM_AT_ONCE = 16
READY_AT_MOST = 64  # requests in memory that wait for a place, those just offered among them
TICK_S = 0.05  # how long a full endpoint, or a table without due rows, is left alone unless something lands
QUIET_FOR_S = 2.0  # nothing flies, nothing can be sent: leave the rest to the next round
GATHER_S = 0.008  # landings of this moment are written together
READ_AT_ONCE, READ_EVERY_S = 16, 0.2  # settled replies are read once there are so many, or so often
LOST_EVERY_S = 1.0


@dataclass
class Round:
    """One loop's state."""

    owner: str
    cache: PictureCache = field(default_factory=PictureCache)
    ready: deque[Ready] = field(default_factory=deque)
    offered: int = 0
    flying: set[asyncio.Task[Landed]] = field(default_factory=set)
    good: list[Landed] = field(default_factory=list)
    unread: list[Reply] = field(default_factory=list)
    other: list[Landed] = field(default_factory=list)
    unsettled: set[int] = field(default_factory=set)  # calls that have landed and still stand as sent
    models: dict[UUID, str] = field(default_factory=dict)  # run -> the model that its settled replies name
    calls: int = 0
    lost_looked_at: datetime | None = None

    def land(self, landed: Landed) -> None:
        """An answer by the run's model that asks for no rest changes nothing for what goes out next."""
        self.calls += 1
        self.unsettled.add(landed.sent.call_id)
        ending = landed.ending
        quiet = ending.outcome == Outcome.ANSWERED and ending.rest_s is None and ending.room == NO_WORD
        known = ending.model == self.models.get(landed.sent.ready.plan.run.pk)
        (self.good if quiet and known else self.other).append(landed)

    def note(self, settled: Sequence[Reply]) -> None:
        """These are settled: their places are free for everybody, and their model is the run's."""
        for reply in settled:
            self.unsettled.discard(reply.call_id)
            if reply.ending.outcome == Outcome.ANSWERED:
                self.models.setdefault(reply.plan.run.pk, reply.ending.model)


@dataclass(frozen=True)
class Settled:
    """What one turn of the reading thread did: settled now, and of all that is settled what is not read yet."""

    settled: list[Reply]
    unread: list[Reply]


@dataclass(frozen=True)
class Written:
    """What one turn of the writing thread did."""

    sent: list[Sent]
    held_back: list[Ready]
    settled: list[Reply]


def make_due(
    *,
    opened: Opened,
    until: datetime,
    stopping: Callable[[], bool] = lambda: False,
    clock: Callable[[], datetime] = timezone.now,
) -> int:
    """Make due calls until none is left, `until` has come or `stopping()`; returns how many were made."""
    return asyncio.run(_work_off(opened, until=until, stopping=stopping, clock=clock))


async def _work_off(
    opened: Opened, *, until: datetime, stopping: Callable[[], bool], clock: Callable[[], datetime]
) -> int:
    state = Round(owner=claiming.owner_name())
    loop = asyncio.get_running_loop()
    threads = Threads(*(ThreadPoolExecutor(1, name) for name in ("prepare", "write", "read")))
    try:
        async with opened() as ask:
            await _turn(state, ask, threads, until=until, stopping=stopping, clock=clock)
    finally:
        for pool in (threads.preparing, threads.writing, threads.reading):
            await loop.run_in_executor(pool, connections.close_all)
            pool.shutdown()
    return state.calls


@dataclass(frozen=True)
class Threads:
    """See the module."""

    preparing: ThreadPoolExecutor
    writing: ThreadPoolExecutor
    reading: ThreadPoolExecutor


async def _turn(
    state: Round,
    ask: Ask,
    threads: Threads,
    *,
    until: datetime,
    stopping: Callable[[], bool],
    clock: Callable[[], datetime],
) -> None:
    loop = asyncio.get_running_loop()
    claim: asyncio.Future[list[Ready]] | None = None
    write: asyncio.Future[Written] | None = None
    read: asyncio.Future[Settled] | None = None
    moved_at = read_at = loop.time()
    claim_from = offer_from = 0.0  # by the loop's clock: before it nothing new can be expected
    dry = False  # the last claim found nothing due
    while True:
        now = loop.time()
        ending = stopping() or clock() >= until
        room = len(state.ready) + state.offered <= READY_AT_MOST - CLAIM_AT_ONCE
        if claim is None and not ending and room and now >= claim_from:
            claim = loop.run_in_executor(threads.preparing, _claim_ahead, state, clock())
        if write is None and (state.other or (state.ready and not ending and now >= offer_from)):
            other, state.other = state.other, []
            offered = [] if ending else [state.ready.popleft() for _ in range(len(state.ready))]
            state.offered = len(offered)
            landed = frozenset(state.unsettled)
            write = loop.run_in_executor(threads.writing, _write, state.owner, other, offered, landed, clock())
        much = len(state.unread) >= READ_AT_ONCE or now - read_at >= READ_EVERY_S or not state.flying
        if read is None and (state.good or (state.unread and much)):
            good, state.good = state.good, []
            unread, state.unread = state.unread, []
            read_at = now if much else read_at
            read = loop.run_in_executor(threads.reading, _read, state.owner, good, unread, much, clock())
        idle = not (claim or write or read or state.flying or state.good or state.unread or state.other)
        if idle and (ending or (dry and not state.ready) or (state.ready and now - moved_at > QUIET_FOR_S)):
            break
        waiting: set[asyncio.Future[object]] = {each for each in (claim, write, read, *state.flying) if each}  # type: ignore[misc]  # futures of different results wait together
        if waiting:
            await asyncio.wait(waiting, timeout=TICK_S, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(TICK_S)
        if claim is not None and claim.done():
            found, claim = claim.result(), None
            dry = not found
            claim_from = loop.time() + TICK_S if dry else 0.0
            state.ready.extend(found)
        if write is not None and write.done():
            written, write = write.result(), None
            state.offered = 0
            state.note(written.settled)
            if written.settled:
                claim_from, dry = 0.0, False
            state.ready.extendleft(reversed(written.held_back))
            offer_from = loop.time() + TICK_S if written.held_back else 0.0
            for each in written.sent:
                state.flying.add(asyncio.create_task(_ask(ask, each)))
                moved_at = loop.time()
        if read is not None and read.done():
            done, read = read.result(), None
            state.note(done.settled)
            state.unread.extend(done.unread)
            if not done.unread:
                claim_from, dry = 0.0, False  # a question may be due for its next step
        finished = {task for task in state.flying if task.done()}
        if finished:
            state.flying -= finished
            for task in finished:
                state.land(task.result())
            moved_at, offer_from, dry = loop.time(), 0.0, False
            if write is None:
                await asyncio.sleep(GATHER_S)
    if state.ready:
        left = [each.question for each in state.ready]
        await loop.run_in_executor(threads.writing, lambda: claiming.release(left, owner=state.owner, at=clock()))


async def _ask(ask: Ask, sent: Sent) -> Landed:
    ready = sent.ready
    headers = {**ready.headers, "x-client-request-id": f"call-{sent.call_id}"}
    return Landed(sent, endings.read(await ask(ready.plan.target, ready.body, headers)))


def _claim_ahead(state: Round, now: datetime) -> list[Ready]:
    """In the preparing thread: claim for each due run in turn and make requests of it."""
    if state.lost_looked_at is None or (now - state.lost_looked_at).total_seconds() >= LOST_EVERY_S:
        state.lost_looked_at = now
        ledger.close_lost(now=now)
    found: list[Ready] = []
    runs = claiming.due_runs(now=now)
    for run in runs:
        found.extend(_claim_for(state, run, max(1, CLAIM_AT_ONCE // len(runs)), now))
    return found


def _claim_for(state: Round, run: Run, limit: int, now: datetime) -> list[Ready]:
    plan = claiming.plan(run, now=now)
    if isinstance(plan, PauseReason):
        claiming.pause(run.pk, plan)
        log.warning("run.paused", run_id=str(run.pk), reason=plan.value)
        return []
    questions = claiming.claim(run.pk, limit=limit, owner=state.owner, now=now)
    paid = replies.recovered(questions)
    fresh = [each for each in questions if each.pk not in paid]
    prepared = asking.prepare(fresh, plan, state.cache)
    for unaskable in (each for each in prepared if isinstance(each, Unaskable)):
        claiming.give_up([unaskable.question], unaskable.outcome, owner=state.owner)
    if paid:
        _apply_recovered(state, [each for each in questions if each.pk in paid], paid, plan, now)
    ready = [each for each in prepared if isinstance(each, Ready)]
    known = replies.known(ready)
    _apply_known(state, [each for each in ready if each.question.pk in known], known, now)
    if len(questions) > len(ready) or known:
        replies.finish([run.pk], now=now)
    return [each for each in ready if each.question.pk not in known]


def _apply_known(state: Round, ready: list[Ready], known: dict[int, Call], now: datetime) -> None:
    """The very same request was answered before: that reply is read, and nothing is sent."""
    if not ready:
        return
    found = []
    for each in ready:
        call = known[each.question.pk]
        ending = endings.Ending(Outcome.ANSWERED, status=200, body=call.reply or "")
        found.append(Reply(call.pk, each.question, each.plan, each.facts, call.letters, ending, reused=True))
    replies.apply(found, owner=state.owner, now=now)
    log.info("calls.reused", count=len(found))


def _apply_recovered(
    state: Round,
    questions: list[RunQuestion],
    paid: dict[int, Call],
    plan: RunPlan,
    now: datetime,
) -> None:
    """Read replies that are paid for already instead of asking again."""
    gathered = facts.gather(plan.run.project_id, [(each.sample_id, each.aspect_id) for each in questions])
    found = []
    for question in questions:
        known = gathered.get((question.sample_id, question.aspect_id))
        call = paid[question.pk]
        if known is None:
            claiming.give_up([question], Outcome.NO_PICTURES, owner=state.owner)
            continue
        ending = endings.Ending(Outcome.ANSWERED, status=200, body=call.reply or "")
        found.append(Reply(call.pk, question, plan, known, call.letters, ending))
    if found:
        replies.apply(found, owner=state.owner, now=now)


def _write(owner: str, other: list[Landed], offered: list[Ready], landed: frozenset[int], now: datetime) -> Written:
    """In the writing thread: settle what may change what goes out, then admit that."""
    settled = _settle(other, now) if other else []
    replies.apply(settled, owner=owner, now=now)
    if not offered:
        return Written([], [], settled)
    admission = ledger.admit(offered, owner=owner, now=now, landed=landed)
    return Written(admission.sent, admission.held_back, settled)


def _read(owner: str, good: list[Landed], unread: list[Reply], much: bool, now: datetime) -> Settled:  # noqa: FBT001  (a thread pool passes arguments by place)
    """In the reading thread: settle what landed; when there is `much`, read all that is settled."""
    settled = _settle(good, now) if good else []
    if not much:
        return Settled(settled, [*unread, *settled])
    replies.apply([*unread, *settled], owner=owner, now=now)
    return Settled(settled, [])


def _settle(landed: list[Landed], now: datetime) -> list[Reply]:
    """What the calls cost, and their raw replies, before anyone reads them."""
    written = ledger.settle(landed, now=now)
    return [
        Reply(
            call_id=each.sent.call_id,
            question=each.sent.ready.question,
            plan=each.sent.ready.plan,
            facts=each.sent.ready.facts,
            order=each.sent.ready.order,
            ending=written[each.sent.call_id],
        )
        for each in landed
    ]


def sweep(*, now: datetime) -> None:
    """The sweep's part: lost calls are closed, runs end whose last question it gave up, and cascades climb."""
    ledger.close_lost(now=now)
    replies.close_failed(now=now)
    cascades.advance_due(now=now)
