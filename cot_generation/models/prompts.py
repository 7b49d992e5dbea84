"""Versioned texts that ask a model, and chains of them by price."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.fields import StructField, uuid7_key
from cot_generation.choices import CascadeState, Stage, Way
from cot_generation.models.money import usd
from cot_generation.querysets import CascadeQuerySet, PromptQuerySet
from cot_generation.shapes import PromptStep, Rung


class Prompt(models.Model):
    """Versioned instructions: a change is a new version, since runs point at what they used."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    locale = models.CharField(max_length=12, default="en")
    version = models.PositiveIntegerField()
    way = models.CharField(max_length=16, choices=Way)
    stage = models.CharField(max_length=16, choices=Stage)
    steps = StructField(tuple[PromptStep, ...])
    picture_side = models.PositiveSmallIntegerField(default=512)
    max_tokens = models.PositiveIntegerField(default=900)
    temperature = models.FloatField(default=0.7)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    objects = PromptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "locale", "version"], name="prompt_version_once_per_name"
            ),
            models.CheckConstraint(name="prompt_is_for_a_model", condition=~Q(way=Way.MANUAL)),
            models.CheckConstraint(name="prompt_pictures_fit", condition=Q(picture_side__range=(64, 2048))),
        ]


class DeclinedDefault(models.Model):
    """Texts of a default prompt that the project does not want; a later text of the same name is offered again."""

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    locale = models.CharField(max_length=12)
    texts_sha256 = models.CharField(max_length=64)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "locale", "texts_sha256"], name="declined_default_once_per_text"
            )
        ]


class Cascade(models.Model):
    """Runs chained by price: what one rung leaves without a sound rationale goes to the next, at last to people."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    rungs = StructField(tuple[Rung, ...])
    then_people = models.BooleanField(default=True)
    cap = usd()
    state = models.CharField(max_length=9, choices=CascadeState, default=CascadeState.RUNNING)
    ended_because = models.CharField(max_length=200, blank=True, default="")
    batch_id = models.UUIDField(null=True)  # the writing batch that takes what every rung left
    left_count = models.PositiveIntegerField(null=True)  # questions that went there, or nowhere
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    objects = CascadeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="cascade_name_once_per_project"),
        ]
