"""The shared tables: work rows (abstract), the outbox, idempotency keys and worker pulses.

Belongs here: columns and constraints that make "not lost, not done twice" true.
Does not: claiming and finishing (config.base.work), writing events (config.base.outbox).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.choices import WorkState


class WorkRow(models.Model):
    """One piece of machine work. The row is the truth; a broker message is only a hint that some row is due.

    `fence` grows with every claim: a worker that lost its lease writes `WHERE fence = …` and changes nothing.
    """

    state = models.CharField(max_length=9, choices=WorkState, default=WorkState.WAITING)
    owner = models.CharField(max_length=64, blank=True, default="")
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    next_attempt_at = models.DateTimeField(db_default=Now())
    failure = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_running_has_lease",
                condition=~Q(state=WorkState.RUNNING) | Q(lease_expires_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="%(class)s_due", condition=Q(state=WorkState.WAITING)),
            models.Index(fields=["lease_expires_at"], name="%(class)s_leased", condition=Q(state=WorkState.RUNNING)),
        ]


class OutboxMessage(WorkRow):
    """One event for one subscriber, written in the transaction that caused it and delivered at least once."""

    topic = models.CharField(max_length=64)
    subscriber = models.CharField(max_length=160)
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta(WorkRow.Meta):
        pass


class IdempotencyKey(models.Model):
    """An unsafe request's key, its body's hash and the reply it got: the same key again gets the same reply."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    body_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(null=True)
    reply = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")]


class WorkerPulse(models.Model):
    """When a worker last said it lives; the status page and `./loupe status` read it."""

    name = models.CharField(max_length=64, primary_key=True)
    queues = models.CharField(max_length=120, default="")
    beat_at = models.DateTimeField(db_default=Now())
