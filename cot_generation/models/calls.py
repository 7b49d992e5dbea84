"""Every request, before it is sent and after it is paid."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.models import WorkRow
from cot_generation.choices import BatchPhase, CallState, Outcome, PriceBasis
from cot_generation.models.money import ZERO, usd
from cot_generation.querysets import CallQuerySet


class CallBatch(WorkRow):
    """Calls that go to an endpoint in one file and come back within a day.

    A row that forms holds no calls yet. Its file is uploaded first, which costs nothing; then the intents of all its
    calls and the file's id are written together, and only then is the endpoint asked to work on it.
    """

    run = models.ForeignKey("cot_generation.Run", on_delete=models.CASCADE, related_name="batches")
    endpoint = models.ForeignKey("cot_generation.Endpoint", on_delete=models.PROTECT, related_name="+")
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

    run = models.ForeignKey("cot_generation.Run", on_delete=models.CASCADE, related_name="calls")
    question = models.ForeignKey("cot_generation.RunQuestion", on_delete=models.CASCADE, related_name="calls")
    endpoint = models.ForeignKey("cot_generation.Endpoint", on_delete=models.PROTECT, related_name="+")
    price = models.ForeignKey("cot_generation.EndpointPrice", on_delete=models.PROTECT, related_name="+")
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
