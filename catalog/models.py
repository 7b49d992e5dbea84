"""What is to be judged: aspects with their words, samples, pictures, and how they came in.

Belongs here: tables and constraints.
Does not: workflow (services, imports, ingestion), anybody's opinion (annotation).

Rows of samples, pictures and assets are written by COPY and raw SQL as well; a column renamed here is renamed there.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from catalog import shapes
from catalog.choices import ImportState, SampleState, Severity
from catalog.querysets import ImportQuerySet, SampleQuerySet
from config.base.fields import StructField, uuid7_key
from config.base.models import WorkRow


def every_severity() -> list[str]:
    """The default scale."""
    return list(Severity.values)


class Aspect(models.Model):
    """One kind of defect that every candidate is judged under."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=48)
    names = StructField(shapes.Names)
    description = StructField(shapes.Names)
    severities = ArrayField(models.CharField(max_length=6, choices=Severity), default=every_severity)
    position = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="aspect_key_once_per_project"),
            models.CheckConstraint(name="aspect_key_is_a_word", condition=Q(key__regex=r"^[a-z][a-z0-9_]*$")),
        ]


class AspectRevision(models.Model):
    """What an aspect was before somebody changed it."""

    aspect = models.ForeignKey(Aspect, on_delete=models.PROTECT, related_name="revisions", db_index=False)
    revision = models.PositiveIntegerField()
    names = StructField(shapes.Names)
    description = StructField(shapes.Names)
    severities = ArrayField(models.CharField(max_length=6, choices=Severity))
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["aspect", "revision"], name="aspect_revision_once")]


class Guideline(models.Model):
    """The words people judge by, in one version. Never edited: a change is the next version."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    texts = StructField(dict[str, shapes.GuidelineText])
    note = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="guideline_version_once")]


class AnswerRule(models.Model):
    """From which severity on a slot belongs to the answer, in one version. Never edited."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    threshold = models.CharField(max_length=5, choices=[(Severity.MINOR, "Minor"), (Severity.MAJOR, "Major")])
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "version"], name="answer_rule_version_once")]


class Import(models.Model):
    """One reading of a manifest: what landed, what was refused."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=ImportState, default=ImportState.WAITING)
    name = models.CharField(max_length=200)
    # Where relative paths start: a folder of this machine, or the storage key of an uploaded archive.
    folder = models.CharField(max_length=500)
    # How many lines there are, where that is known before they are read.
    line_total = models.PositiveIntegerField(null=True, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    # Whether changed rows replace the stored ones, and whether one refusal keeps everything out.
    update = models.BooleanField(default=False)
    strict = models.BooleanField(default=False)
    failure = models.CharField(max_length=500, blank=True, default="")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()


class ImportRefusal(models.Model):
    """One refused row or picture, with its place and its reason."""

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    external_id = models.CharField(max_length=200, blank=True, default="")
    field = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "line", "field"], name="import_refusal_once")]


class ImportWork(WorkRow):
    """An import that a worker shall do: those uploaded in the browser."""

    run = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="work")

    class Meta(WorkRow.Meta):
        pass


class Sample(models.Model):
    """One original and its candidates. `content_hash` tells an unchanged row from a changed one on re-import."""

    id = models.BigIntegerField(primary_key=True)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    external_id = models.CharField(max_length=200)
    group = models.CharField(max_length=200, blank=True, default="")
    sources = StructField(shapes.Sources)
    generator = StructField(dict[str, str])
    metadata = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, choices=SampleState, default=SampleState.WAITING)
    content_hash = models.BinaryField(max_length=16)
    run = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    objects = SampleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "external_id"], name="sample_id_once_per_project")]
        indexes = [models.Index(fields=["run", "state"], name="sample_of_run")]


class SampleRevision(models.Model):
    """What a sample was before an update. `pictures` has slot -> sha256 of the stored rasters, which stay."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    revision = models.PositiveIntegerField()
    group = models.CharField(max_length=200, blank=True, default="")
    sources = StructField(shapes.Sources)
    generator = StructField(dict[str, str])
    metadata = models.JSONField(default=dict)
    content_hash = models.BinaryField(max_length=16)
    run = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    pictures = StructField(dict[str, str])
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "revision"], name="sample_revision_once")]


class Asset(models.Model):
    """One stored picture, once per content. `sha256` and sizes are of the stored raster."""

    sha256 = models.CharField(max_length=64, unique=True)
    source_sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=10)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()
    phash = models.BigIntegerField()
    phash_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["source_sha256"], name="asset_source")]


class Picture(models.Model):
    """A sample's slot and the asset in it."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    slot = models.CharField(max_length=1)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "slot"], name="picture_once_per_slot")]


class PictureWork(WorkRow):
    """Fetching and storing all pictures of one sample. `failure` names the slot and the reason."""

    sample = models.OneToOneField(Sample, on_delete=models.CASCADE, related_name="work")

    class Meta(WorkRow.Meta):
        pass
