"""One round of everything that moves runs on, for a command that waits where perhaps no worker runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from training_bridge.services import preparation, supervision

ROUND = timedelta(seconds=1)


def step(*, clock: Callable[[], datetime]) -> None:
    """Prepare what is due and read what runs told. Beside workers that do the same this does nothing twice."""
    preparation.prepare_due(clock=clock, until=clock() + ROUND)
    supervision.sweep(now=clock())
