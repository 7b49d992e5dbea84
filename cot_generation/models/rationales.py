"""What was written, by whom or what, and what checks and readers found."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from config.base.fields import StructField
from config.base.models import WorkRow
from cot_generation.choices import Origin, Stage, Way
from cot_generation.models.money import ZERO, usd
from cot_generation.querysets import RationaleQuerySet
from cot_generation.shapes import CheckOutcome, ExaminationResult, JudgeFigures, Sentence, WritingTrace


class Examination(WorkRow):
    """Looking at all texts of a run together, once it has ended: phrasing, and what their beginnings give away."""

    run = models.OneToOneField("cot_generation.Run", on_delete=models.CASCADE, related_name="examination")
    result = StructField(ExaminationResult, null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(WorkRow.Meta):
        pass


class Rationale(models.Model):
    """Why a question has the answer it has. Never edited: a person's revision is a further row that names this one."""

    # Every index is paid for by every imported text: `rationale_of_question` and `rationale_by_way` serve these too.
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    sample = models.ForeignKey("catalog.Sample", on_delete=models.CASCADE, related_name="+", db_index=False)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=16, choices=Way)
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.PLAIN)
    origin = models.CharField(max_length=8, choices=Origin)
    locale = models.CharField(max_length=12, default="en")
    sentences = StructField(tuple[Sentence, ...])
    concluded = ArrayField(models.CharField(max_length=8), null=True)  # NULL: the text draws no conclusion
    answer = ArrayField(models.CharField(max_length=8), null=True)  # as settled when it was checked
    answer_visible = models.BooleanField()
    checks = StructField(dict[str, CheckOutcome], default=dict)
    passed = models.BooleanField()
    failed = ArrayField(models.CharField(max_length=24), default=list)  # names of the checks that failed, for lists
    sandbox = models.BooleanField(default=False)
    cost = usd(default=ZERO)
    active_ms = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    run_question = models.OneToOneField(
        "cot_generation.RunQuestion", null=True, on_delete=models.PROTECT, related_name="rationale"
    )
    assignment_id = models.BigIntegerField(null=True, unique=True)
    revises = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="revision")
    kept_share = models.FloatField(null=True)  # of the revised text, how much stayed
    edit_distance = models.PositiveIntegerField(null=True)  # words (Chinese: characters) put in, taken out or replaced
    trace = StructField(WritingTrace, null=True)  # NULL: nothing was recorded while it was written
    pasted_share = models.FloatField(null=True)  # of the characters that went in, the trace's in one figure
    created_at = models.DateTimeField(db_default=Now())

    objects = RationaleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rationale_of_a_run_names_its_question",
                condition=~Q(origin=Origin.RUN) | Q(run_question__isnull=False),
            ),
            models.CheckConstraint(
                name="rationale_of_a_person_names_the_author",
                condition=~Q(origin=Origin.PERSON) | Q(author__isnull=False),
            ),
            models.CheckConstraint(
                name="rationale_passed_when_no_check_failed",
                condition=Q(passed=True, failed=[]) | (Q(passed=False) & ~Q(failed=[])),
            ),
            models.CheckConstraint(
                name="rationale_does_not_revise_itself", condition=Q(revises__isnull=True) | ~Q(revises=F("id"))
            ),
        ]
        indexes = [
            models.Index(fields=["sample", "aspect"], name="rationale_of_question"),
            models.Index(fields=["project", "way", "id"], name="rationale_by_way"),
        ]


class SearchText(models.Model):
    """What search reads of a rationale: its sentences in small letters. Written by a trigger with the rationale.

    Apart from the rationale, because search reads every text of a project and these are a fifth of its rows' bytes.
    """

    # Both keys come out of the row that the trigger fired for; checking them would cost more than writing the row.

    rationale = models.OneToOneField(
        Rationale,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_text",
        db_constraint=False,
    )
    project = models.ForeignKey(
        "accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    text = models.TextField()

    class Meta:
        # In a project's order by age: a page of texts with a frequent word ends after a few rows.
        indexes = [models.Index(fields=["project", "rationale"], name="search_text_by_project")]


class Reading(models.Model):
    """One person's word on each sentence of a rationale, read beside its pictures. Appended; the text stays."""

    rationale = models.ForeignKey(Rationale, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assignment_id = models.BigIntegerField(unique=True)
    verdicts = ArrayField(models.BooleanField(null=True))  # a sentence each; NULL behind the first fault: not judged
    first_fault = models.PositiveSmallIntegerField(null=True)  # place of the first rejected sentence
    note = models.CharField(max_length=400, blank=True, default="")
    active_ms = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reading_fault_lies_in_the_text",
                condition=Q(first_fault__isnull=True) | Q(first_fault__lt=Func(F("verdicts"), function="cardinality")),
            ),
        ]
        indexes = [models.Index(fields=["rationale", "id"], name="reading_of_rationale")]


class JudgeMeasurement(models.Model):
    """What a model judge was found to see of faults planted by rule. Appended; a model's latest counts."""

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    model = models.CharField(max_length=160)
    figures = StructField(JudgeFigures)
    measured_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "model", "measured_at"], name="judge_measurement_once")
        ]
