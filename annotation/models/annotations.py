"""What people and models said of a sample, and what a reviewer said of that."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from annotation import shapes
from annotation.choices import AnnotationOrigin, ReviewVerdict
from annotation.querysets import AnnotationQuerySet
from config.base.fields import StructField


class Annotation(models.Model):
    """What somebody said about a sample. Appended, never edited; a correction is the next revision."""

    assignment = models.ForeignKey(
        "annotation.Assignment", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+")
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    origin = models.CharField(max_length=8, choices=AnnotationOrigin, default=AnnotationOrigin.OPINION)
    # Of imported ones: the model or tool that said so; empty for what came with a manifest.
    imported_from = models.CharField(max_length=80, blank=True, db_default="")
    revision = models.PositiveSmallIntegerField(default=1)
    counts = models.BooleanField(default=True)
    cells = StructField(shapes.Cells)
    regions = StructField(list[shapes.Region], default=list)
    active_ms = models.BigIntegerField(default=0)
    shown = StructField(shapes.Shown, default=shapes.Shown)
    guideline_version = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=2000, blank=True, default="")
    # The reviewer whose correction this revision is; the author's own revisions have none.
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # The author's opinion under a newer guideline: this revision does not say what that one judges too.
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    key = models.UUIDField(null=True, blank=True)
    body_hash = models.BinaryField(max_length=32, null=True, blank=True)
    submitted_at = models.DateTimeField(db_default=Now())

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        constraints = [
            # Imported opinions, which are most rows of some projects, have neither assignment nor annotator.
            models.UniqueConstraint(
                fields=["assignment", "revision"],
                name="annotation_once_per_revision",
                condition=Q(assignment__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["annotator", "key"], name="annotation_once_per_key", condition=Q(key__isnull=False)
            ),
            models.CheckConstraint(
                name="annotation_by_a_person_has_assignment",
                condition=(
                    Q(origin=AnnotationOrigin.IMPORTED, assignment__isnull=True)
                    | (~Q(origin=AnnotationOrigin.IMPORTED) & Q(assignment__isnull=False, annotator__isnull=False))
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["annotator", "-id"], name="annotation_of_person", condition=Q(annotator__isnull=False)
            ),
            # A day's work for the books. Rows lie in the order of their time, so a few bytes a page range do.
            BrinIndex(fields=["submitted_at"], name="annotation_by_time", autosummarize=True),
        ]


class Review(models.Model):
    """A reviewer's word on one annotation. Appended; only `closed_at` and `closed_by` move, once.

    `round` counts the reviews of one turn: round 1 is the first-pass result, which later rounds never change.
    What was sent back stays open until a later revision is accepted or fixed, or its batch is closed.
    """

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="reviews")
    assignment = models.OneToOneField("annotation.Assignment", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=9, choices=ReviewVerdict)
    round = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=2000, blank=True, default="")
    regions = StructField(list[shapes.Region], default=list)
    active_ms = models.BigIntegerField(default=0)
    reviewed_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_sent_back_has_reason",
                condition=~Q(verdict=ReviewVerdict.SENT_BACK) | ~Q(reason=""),
            ),
        ]
        indexes = [
            # What was sent back and is not settled yet: the sweep and the list of open ones.
            models.Index(
                fields=["id"], name="review_open", condition=Q(verdict=ReviewVerdict.SENT_BACK, closed_at__isnull=True)
            ),
            BrinIndex(fields=["reviewed_at"], name="review_by_time", autosummarize=True),
        ]


class ModelAnswer(models.Model):
    """What Dawid–Skene says of one question, beside the consensus. `opinions`: on how many it rests."""

    pk = models.CompositePrimaryKey("sample_id", "aspect_id")
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+", db_index=False)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+", db_index=False)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    confidence = models.FloatField()
    opinions = models.PositiveSmallIntegerField()
