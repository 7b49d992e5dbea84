"""Stored codes of the shared tables."""

from django.db import models


class WorkState(models.TextChoices):
    """Where a row of machine work stands. Only `waiting` and `running` rows are ever touched by the sweep."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"
