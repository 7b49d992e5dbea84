"""What people's time costs, and how a batch stands against its budget and the month's.

Belongs here: money out of active time that is counted already.
Does not: rates and what a month has cost (an upper app knows them: settings.HOURLY_RATES, MONTHS_OF_PEOPLE), what a
batch would take (estimates.py).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from annotation.models import Batch
from annotation.selectors.batches import Totals
from config.base.money import CENT, of_time


class Rate(Protocol):
    """US dollars an hour; `since` is None where nobody entered a rate and the instance's holds."""

    @property
    def usd_per_hour(self) -> Decimal: ...
    @property
    def since(self) -> date | None: ...


class Month(Protocol):
    """A month of people's work under its budget, in US dollars; `first` is the month's first day."""

    @property
    def first(self) -> date: ...
    @property
    def budget(self) -> Decimal | None: ...
    @property
    def spent(self) -> Decimal: ...


@dataclass(frozen=True)
class Left:
    """How a month's budget stands, in US dollars; `first` is the month's first day.

    `out_on`: the day in it on which nothing is left, at the pace asked about; None where it lasts, or nobody works.
    """

    first: date
    budget: Decimal
    spent: Decimal
    out_on: date | None

    @property
    def usd(self) -> Decimal:
        """Below zero where the budget is passed."""
        return self.budget - self.spent


@dataclass(frozen=True)
class Spent:
    """A batch's money in US dollars, all its time at one day's rate. `expected`: for all places, as costly as those
    filled so far; None before the first.
    """

    rate: Rate
    usd: Decimal
    expected: Decimal | None
    budget: Decimal | None


def rate(project_id: UUID, kind: str, *, day: date) -> Rate:
    """What an hour of this kind of work costs on a day."""
    found: Rate = import_string(settings.HOURLY_RATES)(project_id, kind, day=day)
    return found


def priced(ms: float, per_hour: Decimal) -> Decimal:
    """So much active time, to the cent."""
    return of_time(ms, per_hour=per_hour).quantize(CENT)


def left(project_id: UUID, *, daily: Decimal, today: date) -> Left | None:
    """Of this month's budget, at `daily` US dollars of work a day. None where no budget is set."""
    month: Month | None = import_string(settings.MONTHS_OF_PEOPLE)(project_id, today=today)
    if month is None or month.budget is None:
        return None
    out_on = _out_on(month.budget - month.spent, daily=daily, today=today)
    return Left(month.first, month.budget, month.spent, out_on)


def _out_on(usd: Decimal, *, daily: Decimal, today: date) -> date | None:
    if usd <= 0:
        return today
    month_days = monthrange(today.year, today.month)[1]
    if daily <= 0 or usd // daily > month_days - today.day:
        return None
    return today + timedelta(days=int(usd // daily))


def of_batch(batch: Batch, totals: Totals, *, day: date) -> Spent:
    """What a batch has cost so far, at that day's rate."""
    holds = rate(batch.project_id, batch.kind, day=day)
    whole = totals.active_ms * batch.place_count / totals.accepted if totals.accepted else None
    return Spent(
        rate=holds,
        usd=priced(totals.active_ms, holds.usd_per_hour),
        expected=None if whole is None else priced(whole, holds.usd_per_hour),
        budget=batch.budget_usd,
    )
