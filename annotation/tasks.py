"""This app's background work, received."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from annotation.services import recounting

FIVE_MINUTES = timedelta(minutes=5)


@shared_task(name="annotation.recount_due")
def recount_due(**_: object) -> None:
    """Vote again where rule or aspects have changed. Twice is harmless: each range is claimed once."""
    recounting.recount_due(until=timezone.now() + FIVE_MINUTES, clock=timezone.now)
