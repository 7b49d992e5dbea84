"""This app's background work, received."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from annotation.services import recounting
from annotation.services.quality import work as quality

FIVE_MINUTES = timedelta(minutes=5)


@shared_task(name="annotation.recount_due")
def recount_due(**_: object) -> None:
    """Vote again where rule or aspects have changed. Twice is harmless: each range is claimed once."""
    recounting.recount_due(until=timezone.now() + FIVE_MINUTES, clock=timezone.now)


@shared_task(name="annotation.make_due_figures")
def make_due_figures(**_: object) -> None:
    """Count what people have done. Twice is harmless: a project is claimed once, its figures replaced as a whole."""
    quality.make_due(clock=timezone.now, until=timezone.now() + timedelta(minutes=1))
