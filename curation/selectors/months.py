"""What people's work costs in a month, and what of its budget is left.

Belongs here: the month so far, from the books and from the days that are not in them yet.
Does not: what a day costs (books.py), setting the budget (services.books), what a batch would add (annotation).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, Sum

from config.base.money import CENT
from curation.choices import Spending, Work
from curation.models import BookClosing, BookLine, PeopleBudget
from curation.selectors import books


@dataclass(frozen=True)
class Month:
    """A month (UTC) so far; `first` is its first day. US dollars, each day's time at the rate of that day."""

    first: date
    budget: Decimal | None
    by_work: dict[Work, Decimal]

    @property
    def spent(self) -> Decimal:
        """To the cent."""
        return sum(self.by_work.values(), Decimal(0)).quantize(CENT)


def of_people(project_id: UUID, *, today: date) -> Month:
    """Up to and with `today`, with a budget or without one."""
    budget = PeopleBudget.objects.filter(pk=project_id).values_list("monthly_usd", flat=True).first()
    return Month(today.replace(day=1), budget, _by_work(project_id, today=today))


def budgeted(project_id: UUID, *, today: date) -> Month | None:
    """None where no budget is set; annotation asks for it through settings.MONTHS_OF_PEOPLE."""
    is_set = PeopleBudget.objects.filter(pk=project_id, monthly_usd__isnull=False).exists()
    return of_people(project_id, today=today) if is_set else None


def _by_work(project_id: UUID, *, today: date) -> dict[Work, Decimal]:
    """What is posted of closed days, and what the sources say of those since, which are today and seldom more."""
    days = [today - timedelta(days=back) for back in range(today.day)]
    month = {"project_id": project_id, "day__gte": days[-1], "day__lte": today}
    spent: dict[Work, Decimal] = defaultdict(Decimal)
    posted = BookLine.objects.filter(**month, spending__in=books.WORK).values("spending").annotate(usd=Sum("usd"))
    for row in posted.order_by():
        spent[books.WORK[Spending(row["spending"])]] += row["usd"]
    closed = BookClosing.objects.filter(**month).aggregate(last=Max("day"))["last"]
    for day in (each for each in days if closed is None or each > closed):
        for line in books.peoples_lines(project_id, day=day):
            spent[books.WORK[line.spending]] += line.figures[-1]
    return dict(spent)
