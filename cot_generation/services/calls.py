"""Working off due questions: many calls at once on one event loop.

Belongs here: how the worker and the sweep come in.
Does not: the loop (rounds.py), what its threads do (turns.py), HTTP (providers/).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from cot_generation.services import caps, cascades, ledger, replies, rounds, tallies
from cot_generation.services.rounds import Opened


def make_due(
    *,
    opened: Opened,
    until: datetime,
    stopping: Callable[[], bool] = lambda: False,
    clock: Callable[[], datetime] = timezone.now,
) -> int:
    """Make due calls until none is left, `until` has come or `stopping()`; returns how many were made."""
    return asyncio.run(rounds.work_off(opened, stopping=lambda: stopping() or clock() >= until, clock=clock))


def sweep(*, now: datetime) -> None:
    """The sweep's part: lost calls are closed, runs end or go on, tallies are folded, cascades climb.

    Whose workers are gone has its questions back already: the sweep begins with that (config.base.sweep).
    """
    ledger.close_lost(now=now)
    replies.close_failed(now=now)
    caps.let_go_on(now=now)
    tallies.fold()
    cascades.advance_due(now=now)
