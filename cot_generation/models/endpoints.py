"""Model servers and their dated prices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.base.fields import StructField, uuid7_key
from cot_generation.choices import EndpointState, ReplyFormat
from cot_generation.models.money import usd
from cot_generation.querysets import EndpointQuerySet
from cot_generation.shapes import EndpointTest


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
