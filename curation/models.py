"""What is good enough, and the frozen record of it.

Belongs here: the explorer's projection, slices, audits, releases; columns and constraints.
Does not: workflow (services), what a release row holds (releases.rows).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.fields import StructField, uuid7_key
from curation import shapes
from curation.choices import LotState, RejectReason, ReleaseState, Spending, Split, StoppingRule, TrialState, Work
from curation.querysets import AuditLotQuerySet, ReleaseQuerySet, SampleRowQuerySet, SliceQuerySet


class SampleRow(models.Model):
    """One row a sample: everything lists and counts ask for. Rewritten whenever the sample changes; never the truth."""

    sample = models.OneToOneField("catalog.Sample", on_delete=models.CASCADE, primary_key=True, related_name="+")
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=200)
    group = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=7)
    answers = models.JSONField(default=dict)  # aspect key -> slots with the defect; an unanswered question is absent
    sources = models.JSONField(default=dict)  # aspect key -> where the answer comes from
    answered_count = models.PositiveSmallIntegerField(default=0)
    disputed = ArrayField(models.CharField(max_length=48), default=list)
    opinion_count = models.PositiveSmallIntegerField(default=0)
    rationale_count = models.PositiveSmallIntegerField(default=0)
    passed_count = models.PositiveSmallIntegerField(default=0)
    ways = ArrayField(models.CharField(max_length=16), default=list)
    sandbox = models.BooleanField(default=False)
    training = ArrayField(models.CharField(max_length=12), default=list)  # states of its questions in the last run
    changed_at = models.DateTimeField(db_default=Now())

    objects = SampleRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "sample"], name="row_of_project"),
            GinIndex(fields=["answers"], name="row_answers", opclasses=["jsonb_path_ops"]),
            GinIndex(fields=["external_id"], name="row_external_id", opclasses=["gin_trgm_ops"]),
        ]


class QuestionState(models.Model):
    """What the last training run made of a question; written by the app above, read by the explorer and releases."""

    sample = models.ForeignKey("catalog.Sample", on_delete=models.CASCADE, related_name="+")
    aspect_key = models.CharField(max_length=48)
    run = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    exact_rate = models.FloatField(null=True)
    noted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "aspect_key"], name="question_state_once")]


class Slice(models.Model):
    """A saved filter of the explorer."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    objects = SliceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="slice_name_once_per_project")]


class AuditLot(models.Model):
    """Rationales of one way, `after_id` < id ≤ `up_to_id`, of which a sample is judged blind to the way.

    A trial's lot has no way: it holds every way's rationales of one look, all of them drawn, and speaks for no others.
    """

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=LotState, default=LotState.OPEN)
    after_id = models.BigIntegerField()
    up_to_id = models.BigIntegerField()
    population_count = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AuditLotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="lot_number_once_per_project"),
            models.UniqueConstraint(
                fields=["project", "way"],
                condition=Q(state=LotState.OPEN) & ~Q(way=""),  # a trial's lot is of no way
                name="lot_one_open_per_way",
            ),
            models.CheckConstraint(
                name="lot_decided_has_time", condition=Q(state=LotState.OPEN) | Q(decided_at__isnull=False)
            ),
        ]


class AuditEntry(models.Model):
    """One drawn rationale. Order was drawn with it."""

    lot = models.ForeignKey(AuditLot, on_delete=models.CASCADE, related_name="entries")
    rationale = models.ForeignKey("cot_generation.Rationale", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "rationale"], name="audit_entry_once_per_lot"),
            models.UniqueConstraint(fields=["lot", "position"], name="audit_entry_position"),
        ]


class AuditVerdict(models.Model):
    """What one auditor said of one entry. Appended; the latest of an entry counts, an undone one says so."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.CASCADE, related_name="verdicts")
    auditor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)  # NULL takes the auditor's earlier verdict back
    reason = models.CharField(max_length=20, choices=RejectReason, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    first_fault = models.PositiveSmallIntegerField(null=True)  # place of the first faulty sentence, where one is named
    active_ms = models.PositiveIntegerField(default=0, db_default=0)  # looking at the entry, until this verdict
    judged_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_rejection_has_a_reason", condition=~Q(accepted=False) | ~Q(reason="")),
        ]
        indexes = [models.Index(fields=["entry", "id"], name="verdict_of_entry")]


class Trial(models.Model):
    """Questions drawn to ways, judged by auditors who do not know which, until a rule stated beforehand says stop."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=9, choices=TrialState, default=TrialState.RUNNING)
    arms = StructField(tuple[shapes.Arm, ...])
    reference = models.PositiveSmallIntegerField()  # which arm the others are held against
    margin = models.FloatField()  # by how much of the accept rate a way may be worse
    confidence = models.FloatField()
    rule = models.CharField(max_length=16, choices=StoppingRule)
    looks = models.PositiveSmallIntegerField()
    per_arm = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    decision = StructField(shapes.TrialDecision, null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="trial_number_once_per_project"),
            models.CheckConstraint(name="trial_margin_within_reason", condition=Q(margin__gt=0, margin__lt=0.5)),
            models.CheckConstraint(name="trial_confidence_within_reason", condition=Q(confidence__range=(0.8, 0.999))),
            models.CheckConstraint(
                name="trial_decided_has_its_decision",
                condition=~Q(state=TrialState.DECIDED) | Q(decision__isnull=False, ended_at__isnull=False),
            ),
        ]


class TrialQuestion(models.Model):
    """One question of one arm. `position` is the block it was drawn in; a look judges all blocks up to one."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="questions")
    arm = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    sample = models.ForeignKey("catalog.Sample", on_delete=models.CASCADE, related_name="+")
    aspect_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trial", "arm", "position"], name="trial_question_once_per_place"),
            models.UniqueConstraint(fields=["trial", "sample", "aspect_id"], name="trial_question_in_one_arm"),
        ]


class TrialLook(models.Model):
    """One look: the lot that auditors judge for it, and what it showed once they had. No lot: nothing was delivered."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="taken")
    number = models.PositiveSmallIntegerField()
    covered = models.PositiveIntegerField()  # questions of each arm judged by then
    lot = models.OneToOneField(AuditLot, on_delete=models.PROTECT, null=True, related_name="look")
    result = StructField(shapes.LookResult, null=True)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "number"], name="trial_look_once")]


class RateCard(models.Model):
    """What an hour of people's work costs from a day on (UTC). Appended only: work done keeps the rate of its day."""

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    work = models.CharField(max_length=8, choices=Work)
    valid_from = models.DateField()
    usd_per_hour = models.DecimalField(max_digits=10, decimal_places=4)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "work", "valid_from"], name="rate_once_per_day"),
            models.CheckConstraint(name="rate_not_negative", condition=Q(usd_per_hour__gte=0)),
        ]


class PeopleBudget(models.Model):
    """What the work of a project's people may cost in each month (UTC), in US dollars. It warns and stops nobody."""

    project = models.OneToOneField("accounts.Project", on_delete=models.CASCADE, primary_key=True, related_name="+")
    monthly_usd = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # null: no budget

    class Meta:
        constraints = [models.CheckConstraint(name="people_budget_positive", condition=Q(monthly_usd__gt=0))]


class BookClosing(models.Model):
    """That a day's books were closed, when last, and what was in them then."""

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    closed_at = models.DateTimeField()
    usd = models.DecimalField(max_digits=18, decimal_places=10, default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "day"], name="closing_once_per_day")]


class BookLine(models.Model):
    """Money of one day (UTC), posted when it is closed, never changed: what comes late is a further line.

    Judging falls under no way, stage or prompt, and under aspect 0: a turn judges all aspects at once.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    spending = models.CharField(max_length=10, choices=Spending)
    way = models.CharField(max_length=16)
    stage = models.CharField(max_length=16)
    prompt_id = models.UUIDField(null=True)
    model = models.CharField(max_length=160, blank=True, default="")
    aspect_id = models.BigIntegerField()
    sandbox = models.BooleanField()
    count = models.IntegerField()
    tokens_in = models.BigIntegerField(default=0)
    tokens_out = models.BigIntegerField(default=0)
    active_ms = models.BigIntegerField(default=0)
    usd = models.DecimalField(max_digits=18, decimal_places=10)
    posted_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["project", "day"], name="book_line_of_day")]


class Release(models.Model):
    """Rows frozen by hash. A trigger refuses every change but being superseded."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.FROZEN)
    folder = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    guideline_version = models.PositiveIntegerField()
    sandbox = models.BooleanField()
    counts = StructField(shapes.ReleaseCounts)
    shards = StructField(list[shapes.Shard])
    cut_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cut_at = models.DateTimeField(db_default=Now())

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="release_name_once_per_project")]


class ReleaseRow(models.Model):
    """Where one frozen question lies: shard, byte offset, and the hash of its line."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="rows", db_index=False)
    question = models.CharField(max_length=260)
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+", db_index=False)
    split = models.CharField(max_length=10, choices=Split)
    family = models.CharField(max_length=220)
    row_hash = models.BinaryField(max_length=16)
    shard = models.PositiveSmallIntegerField()
    offset = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "question"], name="release_row_once")]
        indexes = [models.Index(fields=["release", "split", "id"], name="release_row_of_split")]
