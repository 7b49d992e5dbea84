"""Working off due questions: many calls at once on one event loop.

Belongs here: the loop that claims ahead, sends, and writes results in batches; and the sweep's part.
Does not: the statements themselves (claiming, ledger, replies), HTTP (providers/).

Two threads serve the loop, each with its own database connection: one claims and prepares requests ahead (reading
pictures takes long), the other writes (settling what landed and admitting what goes out, in one go), so that a free
place at the endpoint never waits for a picture.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import structlog
from django.db import connections
from django.utils import timezone

from cot_generation import endings
from cot_generation.choices import Outcome, PauseReason
from cot_generation.models import Call, Run, RunQuestion
from cot_generation.providers.answers import Ask
from cot_generation.services import asking, cascades, claiming, facts, ledger, replies
from cot_generation.services.asking import PictureCache, Ready, RunPlan, Unaskable
from cot_generation.services.ledger import Landed, Sent
from cot_generation.services.replies import Reply

log = structlog.get_logger()

Opened = Callable[[], AbstractAsyncContextManager[Ask]]
Done = TypeVar("Done")

CLAIM_AT_ONCE = 16
READY_AT_MOST = 64
TICK_S = 0.05
QUIET_FOR_S = 2.0  # nothing flies, nothing can be sent: leave the rest to the next round
GATHER_S = 0.008  # landings of this moment are written together


@dataclass
class Round:
    """One loop's state."""

    owner: str
    cache: PictureCache = field(default_factory=PictureCache)
    ready: deque[Ready] = field(default_factory=deque)
    flying: set[asyncio.Task[Landed]] = field(default_factory=set)
    landed: list[Landed] = field(default_factory=list)
    calls: int = 0


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
    preparing, writing = ThreadPoolExecutor(1, "prepare"), ThreadPoolExecutor(1, "write")
    try:
        async with opened() as ask:
            await _turn(state, ask, preparing, writing, until=until, stopping=stopping, clock=clock)
    finally:
        for pool in (preparing, writing):
            await loop.run_in_executor(pool, connections.close_all)
            pool.shutdown()
    return state.calls


async def _turn(
    state: Round,
    ask: Ask,
    preparing: ThreadPoolExecutor,
    writing: ThreadPoolExecutor,
    *,
    until: datetime,
    stopping: Callable[[], bool],
    clock: Callable[[], datetime],
) -> None:
    loop = asyncio.get_running_loop()
    claim: asyncio.Future[list[Ready]] | None = None
    write: asyncio.Future[list[Sent]] | None = None
    more = True
    moved_at = loop.time()
    while True:
        ending = stopping() or clock() >= until
        if claim is None and more and not ending and len(state.ready) <= READY_AT_MOST - CLAIM_AT_ONCE:
            claim = loop.run_in_executor(preparing, _claim_ahead, state, clock())
        if write is None and (state.landed or (state.ready and not ending)):
            landed, state.landed = state.landed, []
            offered = [] if ending else [state.ready.popleft() for _ in range(len(state.ready))]
            write = loop.run_in_executor(writing, _write, state, landed, offered, clock())
        if claim is None and write is None and not state.flying:
            if ending or not state.ready:
                break
            if loop.time() - moved_at > QUIET_FOR_S:
                break
        waiting: set[asyncio.Future[object]] = {each for each in (claim, write, *state.flying) if each is not None}  # type: ignore[misc]  # futures of different results wait together
        if waiting:
            await asyncio.wait(waiting, timeout=TICK_S, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(TICK_S)
        if claim is not None and claim.done():
            found = claim.result()
            claim = None
            more = bool(found) or bool(state.flying) or write is not None
            state.ready.extend(found)
        if write is not None and write.done():
            sent = write.result()
            write = None
            for each in sent:
                state.flying.add(asyncio.create_task(_ask(ask, each)))
                moved_at = loop.time()
        finished = {task for task in state.flying if task.done()}
        if finished:
            state.flying -= finished
            state.landed.extend(task.result() for task in finished)
            state.calls += len(finished)
            moved_at, more = loop.time(), True
            if write is None:
                await asyncio.sleep(GATHER_S)
    if state.ready:
        left = [each.question for each in state.ready]
        await loop.run_in_executor(writing, lambda: claiming.release(left, owner=state.owner, at=clock()))


async def _ask(ask: Ask, sent: Sent) -> Landed:
    ready = sent.ready
    headers = {**ready.headers, "x-client-request-id": f"call-{sent.call_id}"}
    return Landed(sent, endings.read(await ask(ready.plan.target, ready.body, headers)))


def _claim_ahead(state: Round, now: datetime) -> list[Ready]:
    """In the preparing thread: claim for each due run in turn and make requests of it."""
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


def _write(state: Round, landed: list[Landed], offered: list[Ready], now: datetime) -> list[Sent]:
    """In the writing thread: settle, move the questions on, and admit what goes out next."""
    if landed:
        endings_written = ledger.settle(landed, now=now)
        replies.apply(
            [
                Reply(
                    call_id=each.sent.call_id,
                    question=each.sent.ready.question,
                    plan=each.sent.ready.plan,
                    facts=each.sent.ready.facts,
                    order=each.sent.ready.order,
                    ending=endings_written[each.sent.call_id],
                )
                for each in landed
            ],
            owner=state.owner,
            now=now,
        )
    if not offered:
        return []
    admission = ledger.admit(offered, owner=state.owner, now=now)
    state.ready.extendleft(reversed(admission.held_back))
    return admission.sent


def sweep(*, now: datetime) -> None:
    """The sweep's part: lost calls are closed, runs end whose last question it gave up, and cascades climb."""
    ledger.close_lost(now=now)
    replies.close_failed(now=now)
    cascades.advance_due(now=now)
