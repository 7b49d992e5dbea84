"""What may be spent, and what was spent by day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

ZERO = Decimal(0)


def usd(**options: Any) -> models.DecimalField[Decimal | str | int, Decimal]:
    """A column of US dollars, down to a thousandth of the price of a cheap token."""
    return models.DecimalField(max_digits=18, decimal_places=10, **options)


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


class Tally(models.Model):
    """What rationales and calls add to the sums that economics shows: appended by triggers, folded by the sweep.

    A statement that writes either appends one row a key in its own transaction, so that nobody waits for a counter. A
    project's sums are those of its rows, and those of a key are folded into one now and then.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey("cot_generation.Run", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
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
