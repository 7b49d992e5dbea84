"""The background work of this app, received."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta

from celery import shared_task
from celery.signals import worker_shutting_down
from django.utils import timezone

from cot_generation.providers import openai_batches, openai_compatible
from cot_generation.services import batches, calls, examining

FIVE_MINUTES = timedelta(minutes=5)

# Made before the pool forks, so that the main process can tell its children: they get no signal of their own.
_stopping = multiprocessing.Event()


@worker_shutting_down.connect
def stop_sending(**_: object) -> None:
    """The worker is told to stop: nothing more is sent, what is on its way is still taken in."""
    _stopping.set()


@shared_task(name="cot_generation.make_due_calls")
def make_due_calls(**_: object) -> None:
    """Make due calls until none is left or five minutes have passed. Twice is harmless: each is claimed once."""
    calls.make_due(opened=openai_compatible.opened, until=timezone.now() + FIVE_MINUTES, stopping=_stopping.is_set)


@shared_task(name="cot_generation.move_due_batches")
def move_due_batches(**_: object) -> None:
    """Move call batches on until none is due or five minutes have passed. Twice is harmless: each is claimed once."""
    batches.move_due(opened=openai_batches.opened, until=timezone.now() + FIVE_MINUTES)


@shared_task(name="cot_generation.examine_due_runs")
def examine_due_runs(**_: object) -> None:
    """Examine runs that have ended. Twice is harmless: each is claimed once, and its outcomes are the same."""
    examining.examine_due(until=timezone.now() + FIVE_MINUTES, clock=timezone.now)
