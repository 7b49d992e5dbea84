"""What people's time costs, and how a batch stands against its budget.

Belongs here: money out of active time that is counted already.
Does not: the rates (an upper app knows them: settings.HOURLY_RATES), what a batch would take (estimates.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from annotation.models import Batch
from annotation.selectors.batches import Totals

MS_PER_HOUR = 3_600_000
CENT = Decimal("0.01")


class Rate(Protocol):
    """US dollars an hour; `since` is None where nobody entered a rate and the instance's holds."""

    @property
    def usd_per_hour(self) -> Decimal: ...
    @property
    def since(self) -> date | None: ...


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
    return (per_hour * Decimal(ms) / MS_PER_HOUR).quantize(CENT)


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
