"""One worker's loop: calls that fly on an event loop, and four small jobs that keep it supplied and its books straight.

Belongs here: when something is claimed, admitted, sent, settled and read, and when the loop ends.
Does not: what is done then (turns.py), HTTP (providers/).

Between a reply and the next request stands the database, and for so long the place at the endpoint stands empty.
So intents are written a little ahead: the moment a good reply lands, a call that has its intent goes out in its place,
and the books follow. Whatever could change what may go out (a refusal, a rest, another model) takes back what waits and
asks for admission anew. `docs/decisions/0025-intents-ahead-of-places.md` has the cost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connections

from cot_generation import endings
from cot_generation.choices import Outcome
from cot_generation.endings import Ending
from cot_generation.providers.answers import Ask
from cot_generation.services import admitting, claiming, replies, turns
from cot_generation.services.admitting import Sent, Standing
from cot_generation.services.asking import PictureCache, Ready
from cot_generation.services.ledger import Landed
from cot_generation.services.replies import Reply
from cot_generation.services.turns import CLAIM_AT_ONCE, Written

log = structlog.get_logger()

Opened = Callable[[], AbstractAsyncContextManager[Ask]]
Done = TypeVar("Done")

READY_AT_MOST = 64  # requests in memory that are not sent yet
TICK_S = 0.05  # how long a full endpoint, or a table without due rows, is left alone unless something lands
QUIET_FOR_S = 2.0  # nothing flies, nothing can be sent: leave the rest to the next round
GATHER_S = 0.008  # landings of this moment are written together
SETTLE_EVERY_S = 0.025
READ_AT_ONCE, READ_EVERY_S = 16, 0.2  # settled replies are read once there are so many, or so often
LOST_EVERY_S = 1.0
# An endpoint slower than this gains nothing from intents ahead of need, and they would wait too long for their place.
BRISK_S = 4.0
STALE_S = 10.0  # an intent that waited so long is taken back: its lease must outlive its call
DATABASE_AWAY = (OperationalError, InterfaceError)
DATABASE_PATIENCE_S = 60.0


class Bell:
    """Wakes one job; rings while nobody listens are not lost."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def heard(self, at_most_s: float) -> None:
        try:
            async with asyncio.timeout(at_most_s):
                await self._rung.wait()
        except TimeoutError:
            pass
        self._rung.clear()


@dataclass
class Lane:
    """One endpoint as this loop sees it: calls in flight, and calls with an intent that wait for a place."""

    flying: int = 0
    waiting: deque[tuple[float, Sent]] = field(default_factory=deque)
    ahead: int = 0  # how many may wait, as the ledger said last
    latency_s: float = BRISK_S

    @property
    def short(self) -> bool:
        """Whether the ledger should be asked again, so that no place stands empty."""
        return len(self.waiting) * 2 <= self.ahead

    def take_all(self) -> list[Sent]:
        """Everything that waits, not to be sent as it is."""
        taken = [sent for _, sent in self.waiting]
        self.waiting.clear()
        return taken


async def work_off(opened: Opened, *, stopping: Callable[[], bool], clock: Callable[[], datetime]) -> int:
    """Make due calls until none is left or `stopping()`; returns how many were made."""
    pools = [ThreadPoolExecutor(1, name) for name in ("prepare", "write", "read")]
    try:
        async with opened() as ask:
            a_round = Round(ask, *pools, stopping=stopping, clock=clock)
            await a_round.run()
            return a_round.calls
    finally:
        for pool in pools:
            await asyncio.get_running_loop().run_in_executor(pool, connections.close_all)
            pool.shutdown()


class Round:
    """The loop's state and jobs. Each pool has one thread with its own database connection."""

    def __init__(
        self,
        ask: Ask,
        preparing: ThreadPoolExecutor,
        writing: ThreadPoolExecutor,
        reading: ThreadPoolExecutor,
        *,
        stopping: Callable[[], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self.ask, self.stopping, self.clock = ask, stopping, clock
        self.preparing, self.writing, self.reading = preparing, writing, reading
        self.loop = asyncio.get_running_loop()
        self.owner = claiming.owner_name()
        self.cache = PictureCache()
        self.calls = 0
        self.over = False
        self.steps = 0  # in threads just now
        self.ready: deque[Ready] = deque()
        self.offered = 0
        self.lanes: dict[UUID, Lane] = {}
        self.own: set[int] = set()  # our calls that stand as sent: waiting, flying, or landed and not settled yet
        self.good: list[Landed] = []
        self.other: list[Landed] = []
        self.back: list[Sent] = []  # waited while something landed that may change what goes out
        self.unread: list[Reply] = []
        self.models: dict[UUID, str] = {}  # run -> the model that its settled replies name
        self.dry = False  # the last claim found nothing due
        self.read_count = 0
        self.moved_at = self.loop.time()
        self.supply, self.places, self.landings, self.readings = Bell(), Bell(), Bell(), Bell()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as jobs:
            self.jobs = jobs
            for job in (self._claim, self._admit, self._settle, self._read):
                jobs.create_task(job())
            while not self._finished():
                await asyncio.sleep(TICK_S)
            self.over = True
        await self._leave()

    def _flying(self) -> int:
        return sum(lane.flying for lane in self.lanes.values())

    def _waiting(self) -> int:
        return sum(len(lane.waiting) for lane in self.lanes.values())

    def _finished(self) -> bool:
        if self.steps or self._flying() or self.good or self.other or self.unread:
            return False
        if self.stopping():
            return True
        if self.back or self._waiting():
            return False
        return self.loop.time() - self.moved_at > QUIET_FOR_S if self.ready else self.dry

    async def _leave(self) -> None:
        """Give back what was claimed and never sent."""
        waiting = [*self.back, *(sent for lane in self.lanes.values() for sent in lane.take_all())]
        returned = await self._patiently(self.writing, partial(admitting.take_back, waiting)) if waiting else []
        left = [each.question for each in (*returned, *self.ready)]
        if left:
            release = partial(claiming.release, left, owner=self.owner, at=self.clock())
            await self._patiently(self.writing, release)

    # Work in threads.

    async def _in(self, pool: ThreadPoolExecutor, step: Callable[[], Done]) -> Done:
        self.steps += 1
        try:
            return await self.loop.run_in_executor(pool, step)
        finally:
            self.steps -= 1

    async def _patiently(self, pool: ThreadPoolExecutor, step: Callable[[], Done]) -> Done:
        """A reply that is paid for outlives the database's absence: again on a fresh connection, for a while."""
        gone_at: float | None = None
        while True:
            try:
                return await self._in(pool, step)
            except DATABASE_AWAY as error:
                gone_at = gone_at or self.loop.time()
                if self.loop.time() - gone_at > DATABASE_PATIENCE_S:
                    raise
                log.warning("database.away", error=str(error)[:200])
                await self._in(pool, connections.close_all)
                self.steps += 1  # somebody still has something to write
                await asyncio.sleep(1)
                self.steps -= 1

    # The four jobs.

    async def _claim(self) -> None:
        """Keep requests in memory, made ahead of need."""
        lost_from = 0.0
        while not self.over:
            full = len(self.ready) + self.offered + self._waiting() > READY_AT_MOST - CLAIM_AT_ONCE
            if full or self.stopping():
                await self.supply.heard(TICK_S)
                continue
            now, read_count = self.clock(), self.read_count
            if self.loop.time() >= lost_from:
                lost_from = self.loop.time() + LOST_EVERY_S
                await self._patiently(self.preparing, partial(turns.close_lost, now=now))
            claim = partial(turns.claim_ahead, owner=self.owner, cache=self.cache, now=now)
            claimed = await self._patiently(self.preparing, claim)
            self.ready.extend(claimed.ready)
            self.places.ring()
            self.dry = not claimed.taken and read_count == self.read_count
            if not claimed.taken:
                await self.supply.heard(TICK_S)

    async def _admit(self) -> None:
        """Keep intents written a little ahead of the places; settle first what may change what goes out."""
        while not self.over:
            await self.places.heard(TICK_S)
            for lane in self.lanes.values():
                if lane.waiting and not lane.flying:
                    self.back.extend(lane.take_all())  # nothing of ours will land and make room for them
            if self.other or (not self.stopping() and (self.back or self._wanted())):
                await asyncio.sleep(GATHER_S)
                self._take(await self._write())

    def _wanted(self) -> bool:
        return any(self._lane(endpoint_id).short for endpoint_id in {each.plan.endpoint_id for each in self.ready})

    async def _write(self) -> Written:
        other, self.other = self.other, []
        back: list[Sent] = []
        offered: list[Ready] = []
        if not self.stopping():
            back, self.back = self.back, []
            offered = list(self.ready)
            self.ready.clear()
        self.offered = len(offered) + len(back)
        standing = Standing(
            calls=frozenset(self.own),
            flying={key: lane.flying for key, lane in self.lanes.items()},
            waiting={key: len(lane.waiting) for key, lane in self.lanes.items()},
            brisk=frozenset(key for key, lane in self.lanes.items() if lane.latency_s < BRISK_S),
        )
        write = partial(turns.write, owner=self.owner, other=other, standing=standing, now=self.clock())
        try:
            return await self._in(self.writing, partial(write, back=back, offered=offered))
        except DATABASE_AWAY:
            written = await self._patiently(self.writing, partial(write, back=[], offered=[]))
            again = partial(turns.unwritten, [*(each.ready for each in back), *offered])
            self.ready.extend(await self._patiently(self.writing, again))
            return written
        finally:
            self.offered = 0
            self.own.difference_update(each.call_id for each in back)

    def _take(self, written: Written) -> None:
        self._note(written.settled)
        if written.settled:
            self._was_read()
        admission = written.admission
        self.ready.extendleft(reversed(admission.held_back))
        for sent in admission.sent:
            self.own.add(sent.call_id)
            self._lane(sent.ready.plan.endpoint_id).waiting.append((self.loop.time(), sent))
        for endpoint_id, places in admission.places.items():
            lane = self._lane(endpoint_id)
            for _ in range(min(places, len(lane.waiting))):
                self._send(lane)
            lane.ahead = admission.ahead[endpoint_id]
        self.supply.ring()

    async def _settle(self) -> None:
        """Close good calls soon after they landed, so that a crash costs little."""
        while not self.over:
            await self.landings.heard(TICK_S)
            if self.good:
                good, self.good = self.good, []
                settled = await self._patiently(self.reading, partial(turns.settle, good, now=self.clock()))
                self._note(settled)
                self.unread.extend(settled)
                self.readings.ring()
                await asyncio.sleep(SETTLE_EVERY_S)

    async def _read(self) -> None:
        """Make something of settled replies, a batch at a time: nobody waits for that."""
        read_at = self.loop.time()
        while not self.over:
            await self.readings.heard(TICK_S)
            late = self.loop.time() - read_at >= READ_EVERY_S or not self._flying()
            if self.unread and (late or len(self.unread) >= READ_AT_ONCE):
                unread, self.unread = self.unread, []
                read_at = self.loop.time()
                apply = partial(replies.apply, unread, owner=self.owner, now=self.clock())
                await self._patiently(self.reading, apply)
                self._was_read()

    def _was_read(self) -> None:
        """A question may be due for its next step: a claim that found nothing before knows nothing of it."""
        self.read_count += 1
        self.dry = False
        self.supply.ring()

    def _note(self, settled: list[Reply]) -> None:
        """Their places are free for everybody, and the model they name is their run's."""
        for reply in settled:
            self.own.discard(reply.call_id)
            if reply.ending.outcome == Outcome.ANSWERED:
                self.models.setdefault(reply.plan.run.pk, reply.ending.model)

    # Flying.

    def _lane(self, endpoint_id: UUID) -> Lane:
        return self.lanes.setdefault(endpoint_id, Lane())

    def _send(self, lane: Lane) -> None:
        _, sent = lane.waiting.popleft()
        lane.flying += 1
        self.moved_at = self.loop.time()
        self.jobs.create_task(self._fly(lane, sent))

    async def _fly(self, lane: Lane, sent: Sent) -> None:
        ready = sent.ready
        headers = {**ready.headers, "x-client-request-id": f"call-{sent.call_id}"}
        ending = endings.read(await self.ask(ready.plan.target, ready.body, headers))
        self.calls += 1
        self.moved_at = self.loop.time()
        lane.flying -= 1
        lane.latency_s = (ending.latency_ms or 0) / 1000
        if self._changes_nothing(sent, ending):
            self.good.append(Landed(sent, ending))
            self._swap(lane)
            self.landings.ring()
        else:
            self.other.append(Landed(sent, ending))
            self.back.extend(lane.take_all())
        self.places.ring()

    def _changes_nothing(self, sent: Sent, ending: Ending) -> bool:
        """An answer by the run's model that asks for no rest, and leaves room for all that could be sent meanwhile."""
        ready, room = sent.ready, ending.room
        if ending.outcome != Outcome.ANSWERED or ending.rest_s is not None:
            return False
        if room.requests is not None and room.requests < READY_AT_MOST:
            return False
        if room.tokens is not None and room.tokens < READY_AT_MOST * (ready.input_tokens + ready.max_tokens):
            return False
        return ending.model == self.models.get(ready.plan.run.pk)

    def _swap(self, lane: Lane) -> None:
        """Into the place of a call that landed goes one that waits."""
        if not lane.waiting or self.stopping():
            return
        if self.loop.time() - lane.waiting[0][0] > STALE_S:
            self.back.extend(lane.take_all())
        else:
            self._send(lane)
