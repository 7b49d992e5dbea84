"""Workers saying that they live."""

from __future__ import annotations

from datetime import datetime, timedelta

from config.base import processes
from config.base.models import WorkerPulse

QUIET = timedelta(seconds=60)


def beat(*, now: datetime, queues: str = "upkeep") -> None:
    """Note that this process lives, and forget those silent for an hour."""
    WorkerPulse.objects.update_or_create(name=processes.this(), defaults={"beat_at": now, "queues": queues})
    WorkerPulse.objects.filter(beat_at__lt=now - timedelta(hours=1)).delete()


def alive(*, now: datetime) -> int:
    """How many workers beat within the last minute."""
    return WorkerPulse.objects.filter(beat_at__gte=now - QUIET).count()
