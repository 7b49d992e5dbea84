"""One question set put to one endpoint in one way."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.fields import StructField, uuid7_key
from config.base.models import WorkRow
from cot_generation.choices import Outcome, PauseReason, Probe, RunPurpose, RunState, Stage, Way
from cot_generation.models.money import ZERO, usd
from cot_generation.querysets import RunQuerySet
from cot_generation.shapes import Observation


class Run(models.Model):
    """Questions × prompt × endpoint, with a cap on money. `reserved` is what open calls may cost at most."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=RunPurpose)
    way = models.CharField(max_length=16, choices=Way)
    stage = models.CharField(max_length=16, choices=Stage)
    prompt = models.ForeignKey("cot_generation.Prompt", on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey("cot_generation.Endpoint", on_delete=models.PROTECT, related_name="+")
    sandbox = models.BooleanField()
    state = models.CharField(max_length=9, choices=RunState, default=RunState.PLANNED)
    pause_reason = models.CharField(max_length=20, choices=PauseReason, blank=True, default=PauseReason.NONE)
    cap = usd()
    reserved = usd(default=ZERO)
    spent = usd(default=ZERO)
    # What its next call may cost, where the project's cap stopped it for that.
    needs = models.DecimalField(max_digits=18, decimal_places=10, null=True)
    question_count = models.PositiveIntegerField()
    # Automated: each question is asked so often, and what agrees with the settled answer is kept. Blind first: so many
    # blind failures before the answer is told.
    draws = models.PositiveSmallIntegerField(default=1, db_default=1)
    pilot_count = models.PositiveSmallIntegerField(default=0, db_default=0)  # questions asked before the run stops once
    max_tokens = models.PositiveIntegerField(null=True)  # of a reply; NULL: its prompt's
    ask_again = models.BooleanField(default=False, db_default=False)  # although an earlier call has the answer
    # For the reply to another run's call that asks the same. What such a call has answered is read all the same.
    waits_for_others = models.BooleanField(default=True, db_default=True)
    batched = models.BooleanField(default=False, db_default=False)  # asked in batches: cheaper, within a day
    probe = models.CharField(max_length=10, choices=Probe, blank=True, default=Probe.NONE, db_default="")
    cascade = models.ForeignKey("cot_generation.Cascade", null=True, on_delete=models.PROTECT, related_name="runs")
    rung = models.PositiveSmallIntegerField(default=0, db_default=0)
    seed = models.PositiveIntegerField(default=0)
    model_seen = models.CharField(max_length=160, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="run_number_once_per_project"),
            models.CheckConstraint(name="run_money_not_negative", condition=Q(reserved__gte=0) & Q(spent__gte=0)),
            models.CheckConstraint(
                name="run_probes_when_it_checks",
                condition=Q(purpose=RunPurpose.CHECK) ^ Q(probe=Probe.NONE),
            ),
            models.CheckConstraint(name="run_draws_within_reason", condition=Q(draws__range=(1, 16))),
            models.UniqueConstraint(fields=["cascade", "rung"], name="run_once_per_rung"),
            models.CheckConstraint(
                name="run_paused_says_why", condition=~Q(state=RunState.PAUSED) | ~Q(pause_reason=PauseReason.NONE)
            ),
            models.CheckConstraint(
                name="run_stopped_by_its_project_says_what_it_needs",
                condition=~Q(pause_reason__in=[PauseReason.PROJECT_CAP, PauseReason.DAILY_CAP])
                | Q(needs__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["endpoint"], name="run_running", condition=Q(state=RunState.RUNNING))]


class RunQuestion(WorkRow):
    """One question of a run, worked off in steps; every claim makes one call."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="questions")
    sample = models.ForeignKey("catalog.Sample", on_delete=models.CASCADE, related_name="+")
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.PROTECT, related_name="+")
    draw = models.PositiveSmallIntegerField(default=0, db_default=0)  # which of the run's draws
    step = models.PositiveSmallIntegerField(default=0)
    observations = StructField(tuple[Observation, ...], null=True)
    token_factor = models.PositiveSmallIntegerField(default=1)  # doubled once after a reply was cut off
    spare_spent = models.BooleanField(default=False)  # the one further call that a step may have
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True, default=Outcome.PENDING)
    concluded = ArrayField(models.CharField(max_length=8), null=True)  # slots; NULL: no reply could be read
    subject = models.ForeignKey("Rationale", null=True, on_delete=models.CASCADE, related_name="+")  # that is checked
    reused = models.BooleanField(default=False, db_default=False)  # some reply came from an earlier call
    saved = usd(default=ZERO, db_default=ZERO)  # what those replies had cost
    last_call = models.ForeignKey("Call", null=True, on_delete=models.SET_NULL, related_name="+")
    # The same request on its way for another question, whose reply this one waits for. No constraint and no index,
    # which every call that is taken back would pay for: it is read for one run at a time, and a call that is gone
    # says nothing.
    waits_for = models.ForeignKey(
        "Call", null=True, db_constraint=False, db_index=False, on_delete=models.DO_NOTHING, related_name="+"
    )

    class Meta(WorkRow.Meta):
        constraints = [
            *WorkRow.Meta.constraints,
            models.UniqueConstraint(fields=["run", "sample", "aspect", "draw"], name="run_question_once_per_draw"),
        ]
        indexes = [
            *WorkRow.Meta.indexes,
            models.Index(fields=["run", "state", "next_attempt_at", "id"], name="run_question_next"),
        ]
