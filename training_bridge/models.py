"""Runs, what they told, what they measured, what they doubt; exports.

Belongs here: tables and constraints. Does not: workflow (services), the files of a run (trainer/contract).

A run is its own process and reports by files; these rows are what the platform has read of them so far. Cursors move in
the transaction that stores what was read, so every line is stored once.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.fields import StructField, uuid7_key
from config.base.models import WorkRow
from training_bridge import shapes
from training_bridge.choices import ExportFormat, Metric, ModelKind, QuestionStanding, RunState
from training_bridge.querysets import ExportQuerySet, QuestionStateQuerySet, TrainingRunQuerySet


class TrainingRun(models.Model):
    """One run of a recipe on a frozen release. Its folder is named by its id, below settings.RUNS_DIR."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    release = models.ForeignKey("curation.Release", on_delete=models.PROTECT, related_name="+")
    release_name = models.CharField(max_length=120)
    release_hash = models.CharField(max_length=64)
    recipe = models.CharField(max_length=40)
    seed = models.PositiveIntegerField(default=0)
    smoke = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=RunState, default=RunState.QUEUED)
    # As status.json says.
    stage = models.CharField(max_length=40, blank=True, default="")
    stage_number = models.PositiveSmallIntegerField(default=0)
    stage_count = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    progress = models.FloatField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    failure = models.CharField(max_length=1000, blank=True, default="")
    resumable = models.BooleanField(default=False)
    # The process: `fence` counts starts; a start that is not the newest one changes nothing.
    fence = models.PositiveIntegerField(default=0)
    host = models.CharField(max_length=120, blank=True, default="")
    pid = models.PositiveIntegerField(null=True, blank=True)
    pid_born = models.CharField(max_length=40, blank=True, default="")
    launched_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    # How far its files have been read.
    event_cursor = StructField(shapes.Cursor, default=shapes.Cursor)
    ledger_cursor = StructField(shapes.Cursor, default=shapes.Cursor)
    standings_digest = models.CharField(max_length=64, blank=True, default="")
    evaluation_digest = models.CharField(max_length=64, blank=True, default="")
    comparisons = StructField(list[shapes.Comparison], default=list)
    answerers = StructField(list[shapes.Answerer], default=list)
    human_ceiling = StructField(shapes.Ceiling, null=True, blank=True)
    best_trivial = models.CharField(max_length=80, blank=True, default="")
    # The endpoint that answers the same test questions, if one was asked for.
    endpoint_id = models.UUIDField(null=True, blank=True)
    endpoint_run_id = models.UUIDField(null=True, blank=True)
    endpoint_name = models.CharField(max_length=80, blank=True, default="")
    endpoint_sandbox = models.BooleanField(default=False)
    endpoint_note = models.CharField(max_length=300, blank=True, default="")
    endpoint_written_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TrainingRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="training_run_number_once_per_project"),
            models.CheckConstraint(name="training_run_progress_is_a_share", condition=Q(progress__range=(0, 1))),
            models.CheckConstraint(
                name="training_run_ended_has_time",
                condition=~Q(state__in=[RunState.DONE, RunState.FAILED, RunState.CANCELLED])
                | Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="training_run_failed_says_why", condition=~Q(state=RunState.FAILED) | ~Q(failure="")
            ),
        ]
        indexes = [
            models.Index(fields=["host"], name="training_run_running", condition=Q(state=RunState.RUNNING)),
        ]


class RunPreparation(WorkRow):
    """Making a run's folder and starting its process: the part of a run that a worker does."""

    run = models.OneToOneField(TrainingRun, on_delete=models.CASCADE, related_name="preparation")

    class Meta(WorkRow.Meta):
        pass


class RunEvent(models.Model):
    """One line of the run's events, as it came; `n` is the run's own count."""

    run = models.ForeignKey(TrainingRun, on_delete=models.CASCADE, related_name="events", db_index=False)
    n = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "n"], name="run_event_once")]


class QuestionState(models.Model):
    """What a run knows of one training question, and whether it went back to people."""

    run = models.ForeignKey(TrainingRun, on_delete=models.CASCADE, related_name="questions", db_index=False)
    question = models.CharField(max_length=260)
    sample_external_id = models.CharField(max_length=200)
    aspect = models.CharField(max_length=48)
    standing = models.CharField(max_length=9, choices=QuestionStanding, default=QuestionStanding.UNSEEN)
    # As the release froze it.
    answer = ArrayField(models.CharField(max_length=1))
    answer_source = models.CharField(max_length=16, blank=True, default="")
    opinions = models.PositiveSmallIntegerField(null=True)
    agreement = models.FloatField(null=True)
    # As the ledger tells it; evaluation visits are left out.
    visits = models.PositiveIntegerField(default=0)
    rollouts = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    reward_sum = models.FloatField(default=0)
    dead_visits = models.PositiveIntegerField(default=0)
    answers = StructField(list[shapes.Answered], default=list)
    # The newest visits one by one, for a sample's page; the sums above are over all.
    seen = StructField(list[shapes.Visit], default=list)
    weight = models.FloatField(null=True)
    # Nats a token of the release's answer under the trained model, and the place from the highest, 1 first.
    loss = models.FloatField(null=True)
    loss_rank = models.PositiveIntegerField(null=True)
    returned_batch_id = models.UUIDField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "question"], name="question_state_once_per_run"),
            models.CheckConstraint(
                name="question_state_right_within_rollouts", condition=Q(right__lte=models.F("rollouts"))
            ),
            models.CheckConstraint(
                name="question_state_loss_has_rank",
                condition=Q(loss__isnull=True, loss_rank__isnull=True)
                | Q(loss__isnull=False, loss_rank__isnull=False, loss_rank__gte=1),
            ),
            models.CheckConstraint(
                name="question_state_returned_has_time",
                condition=Q(returned_batch_id__isnull=True, returned_at__isnull=True)
                | Q(returned_batch_id__isnull=False, returned_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["run", "standing", "id"], name="question_state_by_standing"),
            models.Index(
                fields=["run", "loss_rank"], name="question_state_by_loss", condition=Q(loss_rank__isnull=False)
            ),
        ]


class Evaluation(models.Model):
    """One number about one answerer on one split: a model, a trivial policy or an endpoint."""

    run = models.ForeignKey(TrainingRun, on_delete=models.CASCADE, related_name="evaluations", db_index=False)
    split = models.CharField(max_length=10)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=ModelKind)
    sandbox = models.BooleanField(default=False)
    metric = models.CharField(max_length=10, choices=Metric)
    aspect = models.CharField(max_length=48, blank=True, default="")  # "" over all aspects
    value = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "split", "name", "metric", "aspect"], name="evaluation_once_per_figure"
            ),
            models.CheckConstraint(
                name="evaluation_sandbox_is_an_endpoint", condition=Q(sandbox=False) | Q(kind=ModelKind.ENDPOINT)
            ),
        ]


class Export(WorkRow):
    """A release in one format, made by a worker and kept as one archive in the storage."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("curation.Release", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=9, choices=ExportFormat)
    seed = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField()
    rows_done = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=200, blank=True, default="")
    bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())

    objects = ExportQuerySet.as_manager()

    class Meta(WorkRow.Meta):
        constraints = [
            *WorkRow.Meta.constraints,
            models.UniqueConstraint(fields=["release", "format", "seed"], name="export_once_per_release_and_format"),
            models.CheckConstraint(name="export_done_has_file", condition=~Q(state="done") | ~Q(key="")),
        ]
