"""Figures about people and their agreement, counted ahead of the pages that show them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from annotation.signals import Sizes
from config.base.fields import StructField
from config.base.models import WorkRow


class SignalPolicy(models.Model):
    """From what size on a signal about how somebody works is shown. Appended; the newest holds."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    sizes = StructField(Sizes)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())


class QualityWork(WorkRow):
    """One project's figures, due when people have worked since. One row a project, used again each time."""

    project = models.OneToOneField("accounts.Project", on_delete=models.PROTECT, related_name="+")
    # Turns ended when the figures were last made, and when somebody last asked; `asked` forces a run.
    done_mark = models.BigIntegerField(default=-1)
    asked = models.BooleanField(default=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    took_ms = models.PositiveIntegerField(default=0)
    opinions = models.PositiveIntegerField(default=0)

    class Meta(WorkRow.Meta):
        pass


class QualityFigures(models.Model):
    """One part of a project's figures, replaced as a whole. `scope`: all, batch:<id>, guideline:<version>."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    scope = models.CharField(max_length=64)
    part = models.CharField(max_length=80)
    body = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "scope", "part"], name="quality_figures_once_per_part"),
        ]


class QualitySamples(models.Model):
    """The samples behind one figure: the newest ones, and how many there are in all."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    scope = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    sample_ids = ArrayField(models.BigIntegerField())
    total = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "scope", "name"], name="quality_samples_once_per_name"),
        ]
