"""A piece of a batch, whose turn it is, and what that person has not sent yet."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotation.choices import AssignmentState, LeaseKind, PauseReason, Purpose, SkipReason
from annotation.models.batches import CAME_BACK, FIRST_PASS
from annotation.querysets import AssignmentQuerySet, PieceQuerySet


class Piece(models.Model):
    """One thing to judge in a batch. Open places = wanted - held - accepted.

    A gold piece wants nothing and has no place: nothing of it is ever counted.
    """

    batch = models.ForeignKey("annotation.Batch", on_delete=models.PROTECT, related_name="pieces", db_index=False)
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+")
    aspects = ArrayField(models.BigIntegerField(), default=list, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    lane = models.PositiveSmallIntegerField(default=FIRST_PASS)
    position = models.BigIntegerField()
    wanted = models.PositiveSmallIntegerField(default=1)
    held = models.PositiveSmallIntegerField(default=0)
    accepted = models.PositiveSmallIntegerField(default=0)
    surplus = models.PositiveSmallIntegerField(default=0)
    skips = models.PositiveSmallIntegerField(default=0)
    is_out = models.BooleanField(default=False)
    extra = models.PositiveSmallIntegerField(db_default=0)  # opinions beyond the batch's `wanted`, by its extra share
    gold = models.ForeignKey("annotation.Gold", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    objects = PieceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sample", "subject_id", "aspects"],
                name="piece_once_per_batch",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="piece_accepts_no_more_than_wanted", condition=Q(accepted__lte=F("wanted"))),
            models.CheckConstraint(
                name="piece_gold_has_no_place",
                condition=Q(gold__isnull=True) | Q(wanted=0, held=0, accepted=0, surplus=0),
            ),
            models.CheckConstraint(name="piece_lane_is_known", condition=Q(lane__in=[CAME_BACK, FIRST_PASS])),
        ]
        indexes = [
            models.Index(
                fields=["batch", "lane", "position"],
                name="piece_open",
                condition=Q(wanted__gt=F("held") + F("accepted")),
            ),
            models.Index(fields=["batch", "gold"], name="piece_gold", condition=Q(gold__isnull=False)),
        ]


class PersonTurn(models.Model):
    """One person in one batch: cursors (hints) and counters. Only that person's transactions write it.

    A batch's totals are the sum of these rows: no row that everybody writes. `submitted` is every turn the person
    ended; `uncounted` those of them that were gold or practice. A lead writes here only to let somebody go on.

    Under a batch's practice floor nothing but practice is given until `practice_passed_at`. `practice_below` has the
    aspects on which the last round lay below it, `practice_more` the practice judged before the round that followed.
    """

    pk = models.CompositePrimaryKey("batch_id", "annotator_id")
    batch = models.ForeignKey("annotation.Batch", on_delete=models.PROTECT, related_name="turns", db_index=False)
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    main_cursor = models.BigIntegerField(default=0)
    again_cursor = models.BigIntegerField(default=0)
    nothing_at = models.BigIntegerField(null=True, blank=True)
    claimed = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    sent_back = models.PositiveIntegerField(default=0)
    active_ms = models.BigIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    walked_at = models.DateTimeField(null=True, blank=True)
    uncounted = models.PositiveIntegerField(db_default=0)
    practised = models.PositiveIntegerField(db_default=0)  # practice pieces judged, in whatever batch of the project
    practised_here = models.PositiveIntegerField(db_default=0)
    practice_more = models.PositiveIntegerField(db_default=0)
    practice_below = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    practice_passed_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    day_count = models.PositiveIntegerField(db_default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_why = models.CharField(max_length=8, choices=PauseReason, blank=True, db_default="")
    paused_aspect = models.ForeignKey(
        "catalog.Aspect", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    gold_since = models.DateTimeField(null=True, blank=True)  # a lifted pause starts the window anew

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="turn_paused_says_why",
                condition=Q(paused_at__isnull=True, paused_why="") | (Q(paused_at__isnull=False) & ~Q(paused_why="")),
            )
        ]


class Assignment(models.Model):
    """One person's turn at one piece; leased again, it is the same row with a higher fence."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    batch = models.ForeignKey("annotation.Batch", on_delete=models.PROTECT, related_name="+", db_index=False)
    annotator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.OPINION)
    state = models.CharField(max_length=9, choices=AssignmentState, default=AssignmentState.LEASED)
    lease = models.CharField(max_length=4, choices=LeaseKind, default=LeaseKind.PEEK)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=1)
    letters = models.CharField(max_length=8, default="")
    active_ms = models.BigIntegerField(default=0)
    leased_at = models.DateTimeField(db_default=Now())
    submitted_at = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=20, choices=SkipReason, blank=True, default="")
    skip_note = models.CharField(max_length=500, blank=True, default="")
    # Why a reviewer sent it back; empty as soon as it is submitted again.
    reason = models.CharField(max_length=2000, blank=True, default="")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["piece", "annotator"], name="assignment_once_per_annotator"),
            models.CheckConstraint(
                name="assignment_leased_has_lease",
                condition=(
                    Q(state=AssignmentState.LEASED, lease_expires_at__isnull=False)
                    | (~Q(state=AssignmentState.LEASED) & Q(lease_expires_at__isnull=True))
                ),
            ),
            models.CheckConstraint(
                name="assignment_submitted_has_time",
                condition=~Q(state=AssignmentState.SUBMITTED) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_skipped_has_reason", condition=~Q(state=AssignmentState.SKIPPED) | ~Q(skip_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["lease_expires_at"], name="assignment_due", condition=Q(state=AssignmentState.LEASED)),
            # What a person holds in a batch (claim), and what a batch has out (a lead reclaims it).
            models.Index(
                fields=["batch", "annotator"],
                name="assignment_held",
                condition=Q(state__in=[AssignmentState.LEASED, AssignmentState.RESERVED]),
            ),
        ]


class Draft(models.Model):
    """Unsent human input. The page owns the body; an older version never replaces a newer one."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, primary_key=True, related_name="draft")
    version = models.PositiveIntegerField()
    body = models.JSONField()
    saved_at = models.DateTimeField(db_default=Now())
