"""A project's money day by day, and what its caps leave for a further call.

Belongs here: the room under a project's caps, and moving money of calls between reserved, spent and free, on a run and
on its project's day at once.
Does not: setting caps and letting runs go on (caps.py), a run's own cap and which call moves what (admitting.py,
ledger.py).

A call counts on the day (UTC) on which its intent was written, however late it is settled: so reserved + spent of a day
never passes that day's cap by admission. Admissions of a project with caps take its budget's lock one after the other,
before any other lock; the day's row is written last, so that nobody waits with it in hand (locks.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, Sum

from cot_generation.choices import PauseReason
from cot_generation.models import Budget, BudgetDay, Call, Run
from cot_generation.services import locks

Purse = tuple[UUID, bool]
"""A project, and whether its play money is meant: that is counted for itself, under the same caps."""


def day_of(moment: datetime) -> date:
    """The day to which a call of this moment belongs."""
    return moment.astimezone(UTC).date()


def purse_of(run: Run) -> Purse:
    return run.project_id, run.sandbox


@dataclass
class Headroom:
    """US dollars that a project's caps leave; None where there is no such cap."""

    in_all: Decimal | None = None
    today: Decimal | None = None

    def refuses(self, amount: Decimal) -> PauseReason | None:
        """The cap that this much would pass; of two the one that tomorrow does not lift."""
        if self.in_all is not None and amount > self.in_all:
            return PauseReason.PROJECT_CAP
        return PauseReason.DAILY_CAP if self.today is not None and amount > self.today else None

    def take(self, amount: Decimal) -> None:
        self.in_all = None if self.in_all is None else self.in_all - amount
        self.today = None if self.today is None else self.today - amount


def headroom(purses: Collection[Purse], *, now: datetime, locked: bool) -> dict[Purse, Headroom]:
    """What is left of each. `locked`: nobody else admits until the transaction ends; before any other lock."""
    found = {purse: Headroom() for purse in purses}
    capped = Budget.objects.filter(Q(total_cap__isnull=False) | Q(daily_cap__isnull=False))
    budgets = capped.filter(pk__in={project_id for project_id, _ in purses})
    for budget in locks.take(budgets).values() if locked else budgets:
        used = BudgetDay.objects.filter(project_id=budget.pk).annotate(used=F("reserved") + F("spent"))
        sums = used.values("sandbox").annotate(
            in_all=Sum("used"), today=Sum("used", filter=Q(day=day_of(now)), default=Decimal(0))
        )
        by_kind = {row["sandbox"]: row for row in sums.order_by()}
        for purse in (each for each in purses if each[0] == budget.pk):
            row = by_kind.get(purse[1], {"in_all": Decimal(0), "today": Decimal(0)})
            found[purse] = Headroom(
                None if budget.total_cap is None else budget.total_cap - row["in_all"],
                None if budget.daily_cap is None else budget.daily_cap - row["today"],
            )
    return found


def calls_fly(purse: Purse) -> bool:
    """Whether a single call of the project is on its way: it gives back within minutes what it does not cost."""
    project_id, sandbox = purse
    return Call.objects.open().filter(batch=None, run__project_id=project_id, run__sandbox=sandbox).exists()


class Moves:
    """Money that changes hands in one transaction. Runs are changed at once, to be written by the caller."""

    def __init__(self) -> None:
        self._days: dict[tuple[Purse, date], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])

    def add(self, run: Run, *, sent_at: datetime, reserved: Decimal, spent: Decimal = Decimal(0)) -> None:
        """For a call whose intent was written at `sent_at`; both amounts may be negative."""
        run.reserved += reserved
        run.spent += spent
        day = self._days[purse_of(run), day_of(sent_at)]
        day[0] += reserved
        day[1] += spent

    def write(self) -> None:
        """The days, in their order; the last statement before the transaction ends."""
        for ((project_id, sandbox), day), (reserved, spent) in sorted(self._days.items()):
            if not reserved and not spent:
                continue
            row = BudgetDay.objects.filter(project_id=project_id, sandbox=sandbox, day=day)
            change = {"reserved": F("reserved") + reserved, "spent": F("spent") + spent}
            if not row.update(**change):
                first = BudgetDay(project_id=project_id, sandbox=sandbox, day=day)
                BudgetDay.objects.bulk_create([first], ignore_conflicts=True)  # somebody else may have made it
                row.update(**change)
