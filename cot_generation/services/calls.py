"""Working off due questions: many calls at once on one event loop.

Belongs here: how the worker and the sweep come in.
Does not: the loop (rounds.py), what its threads do (turns.py), HTTP (providers/).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from cot_generation.services import caps, cascades, replies, rounds, tallies, turns
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
    """The sweep's part: lost calls are closed, runs end or go on, tallies are folded, cascades climb."""
    turns.close_lost(now=now)
    replies.close_failed(now=now)
    caps.let_go_on(now=now)
    tallies.fold()
    cascades.advance_due(now=now)
