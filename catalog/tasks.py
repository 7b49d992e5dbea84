"""This app's background work, received."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from celery import shared_task
from django.utils import timezone

from catalog.ingestion import run as ingestion
from catalog.services import uploads

FIVE_MINUTES = timedelta(minutes=5)


@shared_task(name="catalog.ingest_due_pictures")
def ingest_due_pictures(**_: object) -> None:
    """Fetch and store pictures of samples that wait. Twice is harmless: each sample is claimed once."""
    ingestion.ingest_due(until=timezone.now() + FIVE_MINUTES, clock=timezone.now)


@shared_task(name="catalog.read_due_imports")
def read_due_imports(**_: object) -> None:
    """Read manifests that were uploaded."""
    with TemporaryDirectory() as scratch:
        uploads.read_due(until=timezone.now() + FIVE_MINUTES, clock=timezone.now, scratch=Path(scratch))
