"""Who judges what next, what they said, and what follows for each question.

Belongs here: tables and constraints.
Does not: workflow (services), the vote (votes.py), the shape of stored JSON (shapes.py).

Claim and submit write these tables in raw SQL (services/hot.py), so a column renamed here is renamed there.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from annotation import shapes
from annotation.choices import (
    AfterDeadline,
    AnnotationOrigin,
    AppealState,
    AssignmentState,
    AssistPolicy,
    BatchOrder,
    BatchState,
    ConsensusMethod,
    ConsensusSource,
    GoldEnd,
    GoldSource,
    LeaseKind,
    Purpose,
    ReviewVerdict,
    SkipPolicy,
    SkipReason,
)
from annotation.querysets import (
    AnnotationQuerySet,
    AssignmentQuerySet,
    BatchQuerySet,
    ConsensusQuerySet,
    GoldQuerySet,
    GoldResultQuerySet,
    PieceQuerySet,
)
from annotation.signals import Sizes
from config.base.fields import StructField, uuid7_key
from config.base.models import WorkRow

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


class Piece(models.Model):
    """One thing to judge in a batch. Open places = wanted - held - accepted.

    A gold piece wants nothing and has no place: nothing of it is ever counted.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="pieces", db_index=False)
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
    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

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
    ended; `uncounted` those of them that were gold or practice. A lead writes here only to lift a pause.
    """

    pk = models.CompositePrimaryKey("batch_id", "annotator_id")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="turns", db_index=False)
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
    day = models.DateField(null=True, blank=True)
    day_count = models.PositiveIntegerField(db_default=0)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_aspect = models.ForeignKey(
        "catalog.Aspect", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    gold_since = models.DateTimeField(null=True, blank=True)  # a lifted pause starts the window anew


class Assignment(models.Model):
    """One person's turn at one piece; leased again, it is the same row with a higher fence."""

    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False)
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


class Annotation(models.Model):
    """What somebody said about a sample. Appended, never edited; a correction is the next revision."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
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
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="+")
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


class GoldResult(models.Model):
    """One checked cell of one gold judgement. `is_right` is null where the person was unsure: that is no mistake.

    Appended; only `is_void` changes, when the expected answer turns out to be wrong.
    """

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+", db_index=False)
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


class Consensus(models.Model):
    """Where one question stands. `answer` is the slots with the defect; null while the question has no answer."""

    pk = models.CompositePrimaryKey("sample_id", "aspect_id")
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+", db_index=False)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+", db_index=False)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=8, null=True, blank=True)
    tied = models.CharField(max_length=8, blank=True, default="")
    unsure = models.CharField(max_length=8, blank=True, default="")
    disputed = models.BooleanField(default=False)
    source = models.CharField(max_length=11, choices=ConsensusSource)
    confidence = models.FloatField(null=True, blank=True)
    agreement = models.FloatField(null=True, blank=True)
    opinions = models.PositiveSmallIntegerField(default=0)
    rule_version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(db_default=Now())

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consensus_disputed_has_no_answer", condition=Q(disputed=False) | Q(answer__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["project", "sample"], name="consensus_disputed", condition=Q(disputed=True)),
        ]


class OverallAnswer(models.Model):
    """What a manifest says of a sample as a whole: the slots with any defect; until people judged it."""

    sample = models.OneToOneField("catalog.Sample", on_delete=models.PROTECT, primary_key=True, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    changed_at = models.DateTimeField(db_default=Now())


class Recount(WorkRow):
    """Voting again over one range of samples, since the rule or the aspects have changed.

    The `closing` one comes a minute later and takes only what a submit on its way wrote under the old rule.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    rule_version = models.PositiveIntegerField()
    first_sample_id = models.BigIntegerField()
    last_sample_id = models.BigIntegerField()
    sample_count = models.PositiveIntegerField()
    changed_count = models.PositiveIntegerField(default=0)
    closing = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(WorkRow.Meta):
        pass


class GoldAppeal(models.Model):
    """Somebody says that the expected answer of a practice piece is wrong. Once a turn; a lead answers it.

    Upheld, the gold question is retired as wrong and its results leave everybody's figures.
    """

    gold = models.ForeignKey(Gold, on_delete=models.PROTECT, related_name="+")
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="+")
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


class ConsensusPolicy(models.Model):
    """Which estimate answers a project's questions. Appended; the newest holds, and none means the plain vote.

    `settles_at`: a disputed question is answered by the model when it is at least this sure of every cell.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    method = models.CharField(max_length=11, choices=ConsensusMethod)
    settles_at = models.FloatField(default=0.95)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="consensus_policy_once_per_version"),
            models.CheckConstraint(
                name="consensus_policy_is_sure_enough", condition=Q(settles_at__gte=0.5) & Q(settles_at__lte=1)
            ),
        ]


class SignalPolicy(models.Model):
    """From what size on a signal about how somebody works is shown. Appended; the newest holds."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    sizes = StructField(Sizes)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())


class ModelAnswer(models.Model):
    """What Dawid–Skene says of one question, beside the consensus. `opinions`: on how many it rests."""

    pk = models.CompositePrimaryKey("sample_id", "aspect_id")
    sample = models.ForeignKey("catalog.Sample", on_delete=models.PROTECT, related_name="+", db_index=False)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+", db_index=False)
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, blank=True)
    confidence = models.FloatField()
    opinions = models.PositiveSmallIntegerField()


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
