"""Endpoints with their prices, prompts, runs with their questions and calls, rationales.

Belongs here: tables and the constraints that keep money and rationales true.
Does not: workflow (services), what JSON columns look like (shapes.py).

A `RunQuestion` is the work row: one question of one run, held under lease and fence. Each request made for it is a
`Call`, written with reserved money before it is sent and settled once, so the ledger is the sum of its rows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from config.base.fields import StructField, uuid7_key
from config.base.models import WorkRow
from cot_generation.choices import (
    BatchPhase,
    CallState,
    CascadeState,
    EndpointState,
    Origin,
    Outcome,
    PauseReason,
    PriceBasis,
    Probe,
    ReplyFormat,
    RunPurpose,
    RunState,
    Stage,
    Way,
)
from cot_generation.querysets import (
    CallQuerySet,
    CascadeQuerySet,
    EndpointQuerySet,
    PromptQuerySet,
    RationaleQuerySet,
    RunQuerySet,
)
from cot_generation.shapes import (
    CheckOutcome,
    EndpointTest,
    ExaminationResult,
    JudgeFigures,
    Observation,
    PromptStep,
    Rung,
    Sentence,
    WritingTrace,
)

ZERO = Decimal(0)


def usd(**options: Any) -> models.DecimalField[Decimal | str | int, Decimal]:
    """A column of US dollars, down to a thousandth of the price of a cheap token."""
    return models.DecimalField(max_digits=18, decimal_places=10, **options)


class Endpoint(models.Model):
    """An OpenAI-compatible server. Base URL and key are one secret: the key is never shown, a new URL clears it."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    base_url = models.URLField(max_length=300)
    key_cipher = models.BinaryField(null=True)
    key_hint = models.CharField(max_length=4, blank=True, default="")
    model = models.CharField(max_length=160)
    sandbox = models.BooleanField(default=False)
    reply_format = models.CharField(max_length=12, choices=ReplyFormat, default=ReplyFormat.JSON_SCHEMA)
    state = models.CharField(max_length=8, choices=EndpointState, default=EndpointState.ACTIVE)
    requests_at_once = models.PositiveSmallIntegerField(default=16)
    requests_per_minute = models.PositiveIntegerField(default=600)
    tokens_per_minute = models.PositiveIntegerField(default=2_000_000)
    tokens_per_picture = models.PositiveIntegerField(default=400)
    deadline_s = models.PositiveSmallIntegerField(default=120)
    # What one batch may hold; OpenAI takes 50,000 requests and 200 MB.
    batch_requests = models.PositiveIntegerField(default=50_000, db_default=50_000)
    batch_megabytes = models.PositiveSmallIntegerField(default=180, db_default=180)
    # What the limits have left, filled up by the clock; and the moment before which nothing is sent to it.
    requests_left = models.FloatField(default=0)
    tokens_left = models.FloatField(default=0)
    counted_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    faults_in_a_row = models.PositiveIntegerField(default=0)
    last_test = StructField(EndpointTest, null=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = EndpointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="endpoint_name_once_per_project"),
            models.CheckConstraint(name="endpoint_asks_at_least_one_at_once", condition=Q(requests_at_once__gt=0)),
            models.CheckConstraint(name="endpoint_deadline_within_reason", condition=Q(deadline_s__range=(1, 600))),
        ]


class EndpointPrice(models.Model):
    """What a million tokens cost from a moment on. Appended only: old calls keep the price of their day."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="prices")
    valid_from = models.DateTimeField()
    input_per_million = usd()
    output_per_million = usd()
    # Input that the server had in its cache; NULL: as other input.
    cached_per_million = models.DecimalField(max_digits=18, decimal_places=10, null=True)
    # What a token costs in a batch, as a share of these prices; NULL: the endpoint takes no batches.
    batch_share = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "valid_from"], name="endpoint_price_once_per_moment"),
            models.CheckConstraint(
                name="endpoint_price_not_negative",
                condition=Q(input_per_million__gte=0) & Q(output_per_million__gte=0),
            ),
            models.CheckConstraint(
                name="endpoint_price_cached_not_negative",
                condition=Q(cached_per_million__isnull=True) | Q(cached_per_million__gte=0),
            ),
            models.CheckConstraint(
                name="endpoint_price_batch_share_is_one",
                condition=Q(batch_share__isnull=True) | Q(batch_share__range=(0, 1)),
            ),
        ]


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


class Budget(models.Model):
    """What a project's calls may cost in all, and on one day (UTC). A project without a row has no cap."""

    project = models.OneToOneField("accounts.Project", on_delete=models.CASCADE, related_name="+", primary_key=True)
    total_cap = models.DecimalField(max_digits=18, decimal_places=10, null=True)
    daily_cap = models.DecimalField(max_digits=18, decimal_places=10, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_caps_not_negative",
                condition=(Q(total_cap__isnull=True) | Q(total_cap__gte=0))
                & (Q(daily_cap__isnull=True) | Q(daily_cap__gte=0)),
            ),
        ]


class BudgetDay(models.Model):
    """Money of a project's calls by the day (UTC) on which their intents were written; play money for itself."""

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    sandbox = models.BooleanField()
    reserved = usd(default=ZERO)
    spent = usd(default=ZERO)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "sandbox", "day"], name="budget_day_once_per_project"),
            models.CheckConstraint(
                name="budget_day_money_not_negative", condition=Q(reserved__gte=0) & Q(spent__gte=0)
            ),
        ]


class Run(models.Model):
    """Questions × prompt × endpoint, with a cap on money. `reserved` is what open calls may cost at most."""

    id = uuid7_key()
    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=RunPurpose)
    way = models.CharField(max_length=16, choices=Way)
    stage = models.CharField(max_length=16, choices=Stage)
    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="+")
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
    batched = models.BooleanField(default=False, db_default=False)  # asked in batches: cheaper, within a day
    probe = models.CharField(max_length=10, choices=Probe, blank=True, default=Probe.NONE, db_default="")
    cascade = models.ForeignKey(Cascade, null=True, on_delete=models.PROTECT, related_name="runs")
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


class CallBatch(WorkRow):
    """Calls that go to an endpoint in one file and come back within a day.

    A row that forms holds no calls yet. Its file is uploaded first, which costs nothing; then the intents of all its
    calls and the file's id are written together, and only then is the endpoint asked to work on it.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="batches")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=10, choices=BatchPhase, default=BatchPhase.FORMING)
    call_count = models.PositiveIntegerField(default=0)
    input_file = models.CharField(max_length=160, blank=True, default="")
    provider_id = models.CharField(max_length=160, blank=True, default="")
    provider_status = models.CharField(max_length=20, blank=True, default="")
    provider_done = models.PositiveIntegerField(default=0)  # as the endpoint counts, while it works
    provider_failed = models.PositiveIntegerField(default=0)
    output_file = models.CharField(max_length=160, blank=True, default="")
    error_file = models.CharField(max_length=160, blank=True, default="")
    doubled_count = models.PositiveIntegerField(default=0)  # lines for a call that had its line already
    foreign_count = models.PositiveIntegerField(default=0)  # lines that name no call of this batch
    asked_at = models.DateTimeField(null=True)  # from here on the endpoint may know of it
    submitted_at = models.DateTimeField(null=True)
    cancel_wanted_at = models.DateTimeField(null=True)
    cancel_sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta(WorkRow.Meta):
        constraints = [
            *WorkRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["run"], name="call_batch_forms_one_at_a_time", condition=Q(phase=BatchPhase.FORMING)
            ),
            models.CheckConstraint(
                name="call_batch_has_a_file", condition=Q(phase=BatchPhase.FORMING) | ~Q(input_file="")
            ),
        ]


class Call(models.Model):
    """One request to an endpoint: the intent with its reserved money, then how it ended and what it cost."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="calls")
    question = models.ForeignKey(RunQuestion, on_delete=models.CASCADE, related_name="calls")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="+")
    price = models.ForeignKey(EndpointPrice, on_delete=models.PROTECT, related_name="+")
    # NULL: sent singly. Hardly any call of most projects has one, so its index covers those only.
    batch = models.ForeignKey(CallBatch, null=True, db_index=False, on_delete=models.RESTRICT, related_name="calls")
    step = models.PositiveSmallIntegerField()
    fence = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=CallState, default=CallState.SENT)
    letters = models.CharField(max_length=16)  # the slots in the order in which letters A, B, … were shown
    seed = models.PositiveIntegerField()
    request_key = models.CharField(max_length=32, blank=True, default="", db_default="")  # what was asked, as a hash
    reserved = usd()
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True, default=Outcome.PENDING)
    http_status = models.PositiveSmallIntegerField(null=True)
    model = models.CharField(max_length=160, blank=True, default="")
    fingerprint = models.CharField(max_length=80, blank=True, default="")
    provider_id = models.CharField(max_length=160, blank=True, default="")
    finish_reason = models.CharField(max_length=40, blank=True, default="")
    prompt_tokens = models.PositiveIntegerField(null=True)
    completion_tokens = models.PositiveIntegerField(null=True)
    cached_tokens = models.PositiveIntegerField(default=0, db_default=0)
    latency_ms = models.PositiveIntegerField(null=True)
    cost = usd(default=ZERO)
    price_basis = models.CharField(max_length=8, choices=PriceBasis, default=PriceBasis.NONE)
    reply = models.TextField(null=True)  # as it came over the wire, before anyone parsed it
    reply_sha256 = models.CharField(max_length=64, blank=True, default="")

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "fence"], name="call_once_per_claim"),
            models.CheckConstraint(
                name="call_settled_says_how", condition=Q(state=CallState.SENT) | ~Q(outcome=Outcome.PENDING)
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint"], name="call_open", condition=Q(state=CallState.SENT)),
            models.Index(fields=["run", "outcome"], name="call_by_outcome"),
            models.Index(fields=["batch"], name="call_of_batch", condition=Q(batch__isnull=False)),
            models.Index(
                fields=["request_key"],
                name="call_of_request",
                condition=Q(outcome__in=[Outcome.PENDING, Outcome.ANSWERED]),
            ),
        ]


class Examination(WorkRow):
    """Looking at all texts of a run together, once it has ended: phrasing, and what their beginnings give away."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="examination")
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
    run_question = models.OneToOneField(RunQuestion, null=True, on_delete=models.PROTECT, related_name="rationale")
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


class Tally(models.Model):
    """What rationales and calls add to the sums that economics shows: appended by triggers, folded by the sweep.

    A statement that writes either appends one row a key in its own transaction, so that nobody waits for a counter. A
    project's sums are those of its rows, and those of a key are folded into one now and then.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(Run, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    way = models.CharField(max_length=16)
    stage = models.CharField(max_length=16)
    aspect = models.ForeignKey("catalog.Aspect", on_delete=models.CASCADE, related_name="+", db_index=False)
    sandbox = models.BooleanField()
    calls = models.BigIntegerField(default=0, db_default=0)  # settled
    tokens_in = models.BigIntegerField(default=0, db_default=0)
    tokens_out = models.BigIntegerField(default=0, db_default=0)
    usd = usd(default=ZERO, db_default=ZERO)
    versions = models.BigIntegerField(default=0, db_default=0)  # rationales, revised ones too
    active_ms = models.BigIntegerField(default=0, db_default=0)  # of all versions, without reading
    latest = models.BigIntegerField(default=0, db_default=0)
    passed = models.BigIntegerField(default=0, db_default=0)  # of the latest
    hand = models.BigIntegerField(default=0, db_default=0)  # written by people
    hand_ms = models.BigIntegerField(default=0, db_default=0)
    rework = models.BigIntegerField(default=0, db_default=0)  # revised or read by people
    rework_ms = models.BigIntegerField(default=0, db_default=0)
    traced = models.BigIntegerField(default=0, db_default=0)
    mostly = models.BigIntegerField(default=0, db_default=0)  # of the traced, mostly pasted
