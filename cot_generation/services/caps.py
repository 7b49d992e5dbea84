"""A project's caps on the money of its calls: set by a lead, and what stood still for want of room goes on.

Belongs here: changing the caps, letting runs go on. The sweep asks `let_go_on` every round, and so does a change.
Does not: what the caps leave (budgets.py), stopping a run (admitting.py, batches.py).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.services import audit_log
from config.base.errors import InvalidInput
from cot_generation import money
from cot_generation.choices import PauseReason, RunState
from cot_generation.models import Budget, Run
from cot_generation.services import budgets, runs


@transaction.atomic
def set_caps(
    *, project_id: UUID, total_cap: Decimal | None, daily_cap: Decimal | None, actor_id: int, now: datetime
) -> Budget:
    """US dollars; None: no cap. They hold from the next call on, also where more is spent already."""
    for cap in (total_cap, daily_cap):
        if cap is not None and not 0 <= cap < money.LARGEST_CAP:
            raise InvalidInput(
                "A cap is an amount of US dollars, from 0 to below {most:,}; leave it out for none.",
                most=money.LARGEST_CAP,
            )
    Budget.objects.bulk_create([Budget(project_id=project_id)], ignore_conflicts=True)
    budget = Budget.objects.select_for_update(no_key=True).get(pk=project_id)
    before = {"total_cap": budget.total_cap, "daily_cap": budget.daily_cap}
    budget.total_cap, budget.daily_cap = total_cap, daily_cap
    budget.save(update_fields=["total_cap", "daily_cap"])
    after = {"total_cap": total_cap, "daily_cap": daily_cap}
    changes = {
        name: {"from": None if before[name] is None else str(before[name]), "to": None if to is None else str(to)}
        for name, to in after.items()
        if before[name] != to
    }
    if changes:
        audit_log.record(
            actor_id=actor_id, project_id=project_id, action="budget.changed", subject="caps", details=changes
        )
    let_go_on(now=now, project_id=project_id)
    return budget


def let_go_on(*, now: datetime, project_id: UUID | None = None) -> int:
    """Runs that a project's cap stopped go on once it leaves room for their next call; returns how many."""
    stopped = Run.objects.filter(
        Q() if project_id is None else Q(project_id=project_id),
        state=RunState.PAUSED,
        pause_reason__in=[each for each in PauseReason if each.passes],
    )
    found = list(stopped.order_by("pk"))  # in which each is locked
    rooms = budgets.headroom({budgets.purse_of(run) for run in found}, now=now, locked=False) if found else {}
    gone_on = 0
    for run in found:
        if run.needs is not None and rooms[budgets.purse_of(run)].refuses(run.needs) is None:
            gone_on += runs.go_on(run.pk, now=now)
    return gone_on
