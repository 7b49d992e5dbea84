"""Samples whose answer is known, how people met them, and what they said against it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation import shapes
from annotation.choices import AppealState, GoldEnd, GoldSource, Purpose
from annotation.querysets import GoldQuerySet, GoldResultQuerySet
from config.base.fields import StructField, uuid7_key


class Gold(models.Model):
    """A sample whose answer is known: to practise on, or hidden among the others to measure with.

    `expected` has the cells that are checked; `tolerance` says per aspect how near is right (`side` unless named).
    """

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.GOLD)
    source = models.CharField(max_length=11, choices=GoldSource)
    expected = StructField(shapes.Cells)
    tolerance = StructField(shapes.Tolerances, default=dict)
    note = models.CharField(max_length=2000, blank=True, default="")
    judged_count = models.PositiveIntegerField(default=0)
    most_judged = models.PositiveIntegerField(default=40)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_why = models.CharField(max_length=8, choices=GoldEnd, blank=True, default="")

    objects = GoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sample"], name="gold_once_per_sample", condition=Q(retired_at__isnull=True)
            ),
            models.CheckConstraint(name="gold_is_no_opinion", condition=~Q(purpose=Purpose.OPINION)),
            models.CheckConstraint(
                name="gold_retired_has_reason",
                condition=Q(retired_at__isnull=True, retired_why="")
                | (Q(retired_at__isnull=False) & ~Q(retired_why="")),
            ),
        ]


class GoldResult(models.Model):
    """One checked cell of one gold judgement. `is_right` is null where the person was unsure: that is no mistake.

    Appended; only `is_void` changes, when the expected answer turns out to be wrong.
    """

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey("annotation.Assignment", on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey("annotation.Batch", on_delete=models.PROTECT, related_name="+", db_index=False)
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.CharField(max_length=1)
    expected = models.CharField(max_length=6)
    said = models.CharField(max_length=6)
    is_right = models.BooleanField(null=True)
    is_void = models.BooleanField(db_default=False)
    judged_at = models.DateTimeField(db_default=Now())

    objects = GoldResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "aspect", "slot"], name="gold_result_once_per_cell"),
        ]
        indexes = [models.Index(fields=["batch", "annotator", "-id"], name="gold_result_window")]


class GoldAppeal(models.Model):
    """Somebody says that the expected answer of a practice piece is wrong. Once a turn; a lead answers it.

    Upheld, the gold question is retired as wrong and its results leave everybody's figures.
    """

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="+")
    assignment = models.OneToOneField("annotation.Assignment", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=2000)
    state = models.CharField(max_length=8, choices=AppealState, default=AppealState.OPEN)
    reply = models.CharField(max_length=2000, blank=True, default="")
    appealed_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="gold_appeal_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="gold_appeal_decided_has_time",
                condition=Q(state=AppealState.OPEN, decided_at__isnull=True)
                | (~Q(state=AppealState.OPEN) & Q(decided_at__isnull=False)),
            ),
        ]
