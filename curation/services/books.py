"""The books: rates and budget of people's time, and each day's money posted once it is over.

Belongs here: entering a rate, setting the month's budget of people's work, closing a day.
Does not: cost per accepted rationale (selectors.economics).

A day is closed by posting the difference between what its sources say and what is posted already. So closing twice
posts nothing, and what comes late (a reply whose call had been given up as lost) becomes a further line of that day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Sum

from accounts.choices import ProjectState
from accounts.selectors import projects
from accounts.services import audit_log
from config.base.errors import Conflict, InvalidInput
from config.base.money import CENT
from cot_generation.selectors.spending import Key
from curation.choices import Spending, Work
from curation.models import BookClosing, BookLine, PeopleBudget, RateCard
from curation.selectors import books

log = structlog.get_logger()

MOST_USD = 1_000_000_000
LOOK_BACK = 7  # days that may still get late lines whenever the books are closed


@transaction.atomic
def enter_rate(
    *, project_id: UUID, work: Work, usd_per_hour: Decimal, valid_from: date, actor_id: int, today: date
) -> RateCard:
    """A rate from a day on. Raises InvalidInput for a day that is over, whose books may be closed; Conflict."""
    if not 0 <= usd_per_hour < 10_000:
        raise InvalidInput("A rate is an amount of US dollars an hour, from 0 up.")
    if valid_from < today:
        raise InvalidInput("A rate holds from today or a later day: days that are over keep theirs.")
    try:
        with transaction.atomic():
            row = RateCard.objects.create(
                project_id=project_id,
                work=work,
                usd_per_hour=usd_per_hour,
                valid_from=valid_from,
                entered_by_id=actor_id,
            )
    except IntegrityError as error:
        if "rate_once_per_day" in str(error):
            raise Conflict("There is a rate from that very day already; choose another day.") from None
        raise
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="rate.entered",
        subject=work.value,
        details={"usd_per_hour": str(usd_per_hour), "valid_from": valid_from.isoformat()},
    )
    return row


@transaction.atomic
def set_budget(*, project_id: UUID, monthly_usd: Decimal | None, actor_id: int) -> None:
    """What people's work may cost a month, this one included; None: no budget. Raises InvalidInput."""
    if monthly_usd is not None and not CENT <= monthly_usd < MOST_USD:
        raise InvalidInput("A month's budget is an amount of US dollars from 0.01 up; leave it out for none.")
    PeopleBudget.objects.bulk_create([PeopleBudget(project_id=project_id)], ignore_conflicts=True)
    budget = PeopleBudget.objects.select_for_update(no_key=True).get(pk=project_id)
    before, budget.monthly_usd = budget.monthly_usd, monthly_usd
    if before == monthly_usd:
        return
    budget.save(update_fields=["monthly_usd"])
    changes = {"from": None if before is None else str(before), "to": None if monthly_usd is None else str(monthly_usd)}
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="budget.changed",
        subject="people",
        details={"monthly_usd": changes},
    )


@dataclass(frozen=True)
class Closed:
    """What closing a day posted, and the day's total as it now stands. US dollars."""

    day: date
    lines: int
    usd: Decimal


@transaction.atomic
def close(*, project_id: UUID, day: date, now: datetime) -> Closed:
    """Post what the day's sources say beyond what is posted. Raises InvalidInput for a day that is not over (UTC)."""
    if now < datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC):
        raise InvalidInput("This day is not over yet, by UTC.")
    # Locked, since two who close at once would both post the same difference.
    BookClosing.objects.get_or_create(project_id=project_id, day=day, defaults={"closed_at": now})
    closing = BookClosing.objects.select_for_update().get(project_id=project_id, day=day)
    posted: dict[tuple[Spending, Key], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 5)
    for row in (
        BookLine.objects.filter(project_id=project_id, day=day)
        .values("spending", "way", "stage", "prompt_id", "model", "aspect_id", "sandbox")
        .annotate(n=Sum("count"), i=Sum("tokens_in"), o=Sum("tokens_out"), ms=Sum("active_ms"), money=Sum("usd"))
        .order_by()
    ):
        key = Key(row["way"], row["stage"], row["prompt_id"], row["model"], row["aspect_id"], row["sandbox"])
        posted[Spending(row["spending"]), key] = [Decimal(row[name]) for name in ("n", "i", "o", "ms", "money")]
    stands = {(line.spending, line.key): line.figures for line in books.lines(project_id, day=day)}
    lines = []
    for spending, key in stands.keys() | posted.keys():
        zero = [Decimal(0)] * 5
        change = [
            new - old
            for new, old in zip(stands.get((spending, key), zero), posted.get((spending, key), zero), strict=True)
        ]
        if any(change):
            count, tokens_in, tokens_out, active_ms, usd = change
            lines.append(
                BookLine(
                    project_id=project_id, day=day, spending=spending, way=key.way, stage=key.stage,
                    prompt_id=key.prompt_id, model=key.model, aspect_id=key.aspect_id, sandbox=key.sandbox,
                    count=int(count), tokens_in=int(tokens_in), tokens_out=int(tokens_out),
                    active_ms=int(active_ms), usd=usd,
                )
            )  # fmt: skip
    BookLine.objects.bulk_create(lines)
    total = BookLine.objects.filter(project_id=project_id, day=day).aggregate(all=Sum("usd"))["all"] or Decimal(0)
    closing.closed_at, closing.usd = now, total
    closing.save(update_fields=["closed_at", "usd"])
    if lines:
        log.info("books.closed", project_id=str(project_id), day=day.isoformat(), lines=len(lines))
    return Closed(day, len(lines), total)


def close_due(*, now: datetime) -> None:
    """The sweep's part: after midnight (UTC) the last days of every project are closed, whoever comes first.

    Days before the project existed are none of its books.
    """
    yesterday = now.astimezone(UTC).date() - timedelta(days=1)
    closed = set(BookClosing.objects.filter(day=yesterday).values_list("project_id", flat=True))
    for project in projects.all_projects():
        if project.project_id in closed or project.state != ProjectState.ACTIVE:
            continue
        days = (yesterday - timedelta(days=back) for back in reversed(range(LOOK_BACK)))
        for day in (each for each in days if each >= project.created_at.astimezone(UTC).date()):
            close(project_id=project.project_id, day=day, now=now)
