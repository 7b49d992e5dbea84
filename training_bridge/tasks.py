"""Background work of this app, received."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from training_bridge.services import exports, preparation

FIVE_MINUTES = timedelta(minutes=5)


@shared_task(name="training_bridge.prepare_due_runs")
def prepare_due_runs(**_: object) -> None:
    """Fill run folders and start their processes. Twice is harmless: a run is claimed once, and started once."""
    preparation.prepare_due(clock=timezone.now, until=timezone.now() + FIVE_MINUTES)


@shared_task(name="training_bridge.make_due_exports")
def make_due_exports(**_: object) -> None:
    """Make exports that somebody asked for. Twice is harmless: each is claimed once."""
    exports.make_due(clock=timezone.now, until=timezone.now() + FIVE_MINUTES)
