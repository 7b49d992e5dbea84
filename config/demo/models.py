"""How far the demo has been filled; the overview shows it while it goes on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Step(models.Model):
    """One step of filling the demo, with its count."""

    key = models.CharField(max_length=32, primary_key=True)
    title = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position"], name="demo_step_position"),
            models.CheckConstraint(
                name="demo_step_finished_was_started",
                condition=Q(finished_at__isnull=True) | Q(started_at__isnull=False),
            ),
        ]
