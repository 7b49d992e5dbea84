"""What every move of a call batch needs: the way to the endpoint, and writing the row under its lease.

Belongs here: talking, keeping, putting off, holding on. Does not: any phase (batch_forming, batch_watching,
batch_collecting, batch_files).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from config.base import work
from config.base.choices import WorkState
from cot_generation import endings
from cot_generation.choices import Outcome, PauseReason
from cot_generation.endings import Ending
from cot_generation.models import CallBatch
from cot_generation.providers.answers import Target
from cot_generation.providers.openai_batches import LONG_S, Batches

Opened = Callable[[Target], AbstractAsyncContextManager[Batches]]
Said = TypeVar("Said")

LEASE = timedelta(minutes=3)
TRANSFER = timedelta(seconds=LONG_S + 60)  # the lease while a file goes up or comes down


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


def keep(batch: CallBatch, **columns: object) -> None:
    """Write under the lease. Raises Overtaken."""
    held = CallBatch.objects.filter(pk=batch.pk, fence=batch.fence, state=WorkState.RUNNING)
    if not held.update(**columns):
        raise Overtaken
    for name, value in columns.items():
        setattr(batch, name, value)


def later(batch: CallBatch, *, at: datetime, failure: str = "", **columns: object) -> None:
    """Due again at `at`. A batch may be moved any number of times: no attempt is counted."""
    keep(
        batch,
        state=WorkState.WAITING,
        owner="",
        lease_expires_at=None,
        next_attempt_at=at,
        attempts=0,
        failure=failure[:500],
        **columns,
    )


def hold(batch: CallBatch, *, lease: timedelta, now: datetime) -> None:
    if not work.renew(batch, lease=lease, now=now):
        raise Overtaken


def rest_s(ending: Ending) -> float:
    return max(endings.rest_after(ending, faults_in_a_row=endings.BREAKER_FAULTS), 5.0)


def stops(ending: Ending) -> PauseReason | None:
    """Why the run must stop: the endpoint refuses what it was asked, and will again."""
    if ending.outcome == Outcome.REQUEST_REFUSED:
        return PauseReason.REQUEST_REFUSED
    return ending.meaning.pause or None
