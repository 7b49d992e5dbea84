"""How a project's money stands under its caps.

Belongs here: sums over its days. Does not: what is left for a call (services/budgets.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from cot_generation.models import Budget, BudgetDay


@dataclass(frozen=True)
class Used:
    """US dollars: paid for, and reserved for calls that are open."""

    spent: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)


@dataclass(frozen=True)
class BudgetStanding:
    """`day` is today in UTC, to which `today` belongs; play money is that of sandbox endpoints, counted apart."""

    total_cap: Decimal | None
    daily_cap: Decimal | None
    day: date
    today: Used
    in_all: Used
    play_today: Used
    play_in_all: Used


def standing(project_id: UUID, *, now: datetime) -> BudgetStanding:
    """Also for a project without caps."""
    budget = Budget.objects.filter(pk=project_id).first()
    day = now.astimezone(UTC).date()
    today = Q(day=day)
    sums = (
        BudgetDay.objects.filter(project_id=project_id)
        .values("sandbox")
        .annotate(
            spent_in_all=Sum("spent"),
            reserved_in_all=Sum("reserved"),
            spent_today=Sum("spent", filter=today, default=Decimal(0)),
            reserved_today=Sum("reserved", filter=today, default=Decimal(0)),
        )
    )
    found = {
        row["sandbox"]: (
            Used(row["spent_today"], row["reserved_today"]),
            Used(row["spent_in_all"], row["reserved_in_all"]),
        )
        for row in sums.order_by()
    }
    nothing = (Used(), Used())
    return BudgetStanding(
        budget.total_cap if budget else None,
        budget.daily_cap if budget else None,
        day,
        *found.get(False, nothing),
        *found.get(True, nothing),
    )
