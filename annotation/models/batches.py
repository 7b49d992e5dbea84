"""What a lead hands out, and to whom."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotation.choices import AfterDeadline, AssistPolicy, BatchOrder, BatchState, SkipPolicy
from annotation.querysets import BatchQuerySet
from config.base.fields import uuid7_key

FIRST_PASS = 1  # lane of pieces that nobody gave back; position = rank in the order drawn once
CAME_BACK = 0  # lane of pieces that are open again; position = the next ticket


class Batch(models.Model):
    """Work cut by a lead. `opened_seq` moves whenever a place opens again, so that an idle person looks anew."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    name = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.OPEN)
    wanted = models.PositiveSmallIntegerField(default=1)
    maximum = models.PositiveSmallIntegerField(default=1)
    agreement_floor = models.FloatField(null=True, blank=True)
    extra_share = models.FloatField(default=0.0)
    extra_wanted = models.PositiveSmallIntegerField(default=0)
    assist = models.CharField(max_length=12, choices=AssistPolicy, default=AssistPolicy.BLIND)
    shuffled = models.BooleanField(default=True)
    order = models.CharField(max_length=8, choices=BatchOrder, default=BatchOrder.DRAWN)
    seed = models.BigIntegerField(default=0)
    skip_policy = models.CharField(max_length=16, choices=SkipPolicy, default=SkipPolicy.TO_OTHERS)
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)
    person_cap = models.PositiveIntegerField(null=True, blank=True)
    day_cap = models.PositiveIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    after_due = models.CharField(max_length=5, choices=AfterDeadline, default=AfterDeadline.GO_ON)
    training_count = models.PositiveSmallIntegerField(default=0)
    training_floor = models.FloatField(null=True, blank=True)
    gold_share = models.FloatField(default=0.0)
    gold_window = models.PositiveSmallIntegerField(default=10)
    gold_floor = models.FloatField(null=True, blank=True)
    guideline_version = models.PositiveIntegerField(default=1)
    budget_usd = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    piece_count = models.PositiveIntegerField(default=0)
    place_count = models.PositiveIntegerField(default=0)
    opened_seq = models.BigIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="batch_number_once_per_project"),
            models.CheckConstraint(name="batch_wants_an_opinion", condition=Q(wanted__gte=1)),
            models.CheckConstraint(name="batch_maximum_covers_wanted", condition=Q(maximum__gte=F("wanted"))),
            models.CheckConstraint(
                name="batch_shares_are_shares",
                condition=Q(gold_share__range=(0, 0.5), extra_share__range=(0, 1)),
            ),
            models.CheckConstraint(
                name="batch_floor_needs_practice",
                condition=Q(training_floor__isnull=True)
                | Q(training_floor__gt=0, training_floor__lte=1, training_count__gte=1),
            ),
            models.CheckConstraint(name="batch_budget_is_money", condition=Q(budget_usd__gt=0)),
            models.CheckConstraint(
                name="batch_closed_has_time", condition=~Q(state=BatchState.CLOSED) | Q(closed_at__isnull=False)
            ),
        ]


class BatchDraft(models.Model):
    """A batch that a lead has not started yet: the form as it stood. The page owns the body."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=160, blank=True, default="")
    body = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(db_default=Now())
