"""The Celery application. A message says only that work of a kind is due; the row is the truth."""

from __future__ import annotations

import os
from pathlib import Path

from celery import Celery
from celery.signals import setup_logging, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
app = Celery("loupe")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Django has configured logging already; Celery would add a second, unstructured format."""


@worker_ready.connect
def say_ready(**_: object) -> None:
    """Tell whoever started this worker that it takes tasks now."""
    if file := os.environ.get("WORKER_READY_FILE"):
        Path(file).touch()
