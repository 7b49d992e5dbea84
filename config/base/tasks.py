"""The shared background work, received."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from config.base import outbox, pulse
from config.base.sweep import sweep as sweep_once

FIVE_MINUTES = timedelta(minutes=5)


@shared_task(name="base.sweep")
def sweep(**_: object) -> None:
    """One round of the sweep; a second at the same time does nothing."""
    now = timezone.now()
    pulse.beat(now=now)
    sweep_once(now=now)


@shared_task(name="base.deliver_outbox")
def deliver_outbox(**_: object) -> None:
    """Deliver messages until none is due or five minutes have passed. Twice is harmless: each is claimed once."""
    until = timezone.now() + FIVE_MINUTES
    while timezone.now() < until and outbox.deliver_due(now=timezone.now()):
        pass
