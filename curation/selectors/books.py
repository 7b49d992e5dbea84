"""What a day cost, from its sources; which rate held; whether the books agree with a recomputation.

Belongs here: sums by key for posting, and the same money computed again from every single row.
Does not: posting (services.books).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Sum

from annotation.selectors import spending as judging
from config.base.money import CENT, MS_PER_HOUR, STEP, of_time
from cot_generation.selectors import costs, spending
from cot_generation.selectors.spending import Key
from curation.choices import Spending, Work
from curation.models import AuditVerdict, BookClosing, BookLine, RateCard

WORK = {
    Spending.WRITING: Work.WRITING,
    Spending.REWORK: Work.REWORK,
    Spending.AUDIT: Work.AUDIT,
    Spending.JUDGING: Work.JUDGING,
}
ALL_ASPECTS = Key(way="", stage="", prompt_id=None, model="", aspect_id=0, sandbox=False)

KINDS = {"write_rationale": Work.WRITING, "revise_rationale": Work.REWORK}  # kinds of batches; the others judge


@dataclass(frozen=True)
class Line:
    """One key's spending. `figures`: count, tokens in, tokens out, active ms, US dollars."""

    spending: Spending
    key: Key
    figures: list[Decimal]


@dataclass(frozen=True)
class Rate:
    """US dollars an hour; `since` is None where no rate was entered and the instance's holds."""

    work: Work
    usd_per_hour: Decimal
    since: date | None


def rate(project_id: UUID, work: Work, *, day: date) -> Rate:
    """The rate that holds on a day."""
    return next(each for each in rates(project_id, day=day) if each.work == work)


def rate_of_kind(project_id: UUID, kind: str, *, day: date) -> Rate:
    """The rate of the work a batch of this kind is; annotation asks for it through settings.HOURLY_RATES."""
    return rate(project_id, KINDS.get(kind, Work.JUDGING), day=day)


def rates(project_id: UUID, *, day: date) -> list[Rate]:
    """Of every kind of work, in one statement."""
    cards = RateCard.objects.filter(project_id=project_id, valid_from__lte=day).order_by("valid_from")
    latest = {Work(card.work): Rate(Work(card.work), card.usd_per_hour, card.valid_from) for card in cards}
    return [latest.get(work) or Rate(work, costs.hourly_rate(), None) for work in Work]


def span(day: date) -> tuple[datetime, datetime]:
    """The day by UTC, its end excluded."""
    start = datetime.combine(day, time(), tzinfo=UTC)
    return start, start + timedelta(days=1)


def priced(ms: int, per_hour: Decimal) -> Decimal:
    """What so much active time costs."""
    return of_time(ms, per_hour=per_hour).quantize(STEP)


def lines(project_id: UUID, *, day: date) -> list[Line]:
    """A day's money by key, from its sources."""
    since, until = span(day)
    calls = [
        Line(
            Spending.EVALUATION if each.evaluation else Spending.CALLS,
            each.key,
            [Decimal(each.count), Decimal(each.tokens_in), Decimal(each.tokens_out), Decimal(0), each.usd],
        )
        for each in spending.calls(project_id, since=since, until=until)
    ]
    return calls + peoples_lines(project_id, day=day)


def peoples_lines(project_id: UUID, *, day: date) -> list[Line]:
    """What of a day's money is people's time."""
    since, until = span(day)
    found = []
    per_hour = {each.work: each.usd_per_hour for each in rates(project_id, day=day)}
    for hand in spending.handwork(project_id, since=since, until=until):
        kind = Spending.REWORK if hand.rework else Spending.WRITING
        found.append(_timed(kind, hand.key, hand.count, hand.active_ms, per_hour[WORK[kind]]))
    for key, (count, ms) in audited(project_id, since=since, until=until).items():
        found.append(_timed(Spending.AUDIT, key, count, ms, per_hour[Work.AUDIT]))
    judged = judging.judged(project_id, since=since, until=until)
    if judged.count:
        found.append(_timed(Spending.JUDGING, ALL_ASPECTS, judged.count, judged.active_ms, per_hour[Work.JUDGING]))
    return found


def _timed(kind: Spending, key: Key, count: int, ms: int, per_hour: Decimal) -> Line:
    return Line(kind, key, [Decimal(count), Decimal(0), Decimal(0), Decimal(ms), priced(ms, per_hour)])


def audited(project_id: UUID, *, since: datetime, until: datetime) -> dict[Key, tuple[int, int]]:
    """By key: verdicts given in `[since, until)`, and auditors' active ms."""
    rows = list(
        AuditVerdict.objects.filter(
            entry__lot__project_id=project_id, judged_at__gte=since, judged_at__lt=until
        ).values_list("entry__rationale_id", "active_ms")
    )
    keys = spending.keys_of(project_id, (rationale_id for rationale_id, _ in rows)) if rows else {}
    found: dict[Key, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for rationale_id, ms in rows:
        if (key := keys.get(rationale_id)) is not None:
            found[key] = (found[key][0] + 1, found[key][1] + ms)
    return dict(found)


@dataclass(frozen=True)
class Day:
    """One closed day: what is posted, and what every single row says when it is computed again."""

    day: date
    closed_at: datetime
    posted: Decimal
    recomputed: Decimal

    @property
    def agrees(self) -> bool:
        """To the cent."""
        return self.posted.quantize(CENT) == self.recomputed.quantize(CENT)


def last_days(project_id: UUID, *, limit: int = 7) -> list[Day]:
    """The last closed days, newest first, each recomputed."""
    found = []
    for closing in BookClosing.objects.filter(project_id=project_id).order_by("-day")[:limit]:
        total = BookLine.objects.filter(project_id=project_id, day=closing.day).aggregate(all=Sum("usd"))["all"]
        found.append(Day(closing.day, closing.closed_at, total or Decimal(0), recomputed(project_id, day=closing.day)))
    return found


def recomputed(project_id: UUID, *, day: date) -> Decimal:
    """The day's money from single rows: tokens × the price of their day, milliseconds × the rate of theirs.

    Shares no sum with `lines`: fractions instead of SQL's, tokens and prices instead of the stored cost.
    """
    since, until = span(day)
    total = sum(
        (
            Fraction(call.price_in) * (call.tokens_in - call.cached) / 1_000_000
            + Fraction(call.price_cached) * call.cached / 1_000_000
            + Fraction(call.price_out) * call.tokens_out / 1_000_000
            if call.flat is None
            else Fraction(call.flat)
            for call in spending.one_by_one(project_id, since=since, until=until)
        ),
        Fraction(0),
    )
    for rework, active_ms in spending.hands_one_by_one(project_id, since=since, until=until):
        per_hour = rate(project_id, Work.REWORK if rework else Work.WRITING, day=day).usd_per_hour
        total += Fraction(per_hour) * active_ms / MS_PER_HOUR
    verdicts = AuditVerdict.objects.filter(entry__lot__project_id=project_id, judged_at__gte=since, judged_at__lt=until)
    per_hour = rate(project_id, Work.AUDIT, day=day).usd_per_hour
    total += sum(Fraction(per_hour) * ms / MS_PER_HOUR for ms in verdicts.values_list("active_ms", flat=True))
    per_hour = rate(project_id, Work.JUDGING, day=day).usd_per_hour
    total += Fraction(per_hour) * sum(judging.one_by_one(project_id, since=since, until=until)) / MS_PER_HOUR
    return (Decimal(total.numerator) / Decimal(total.denominator)).quantize(STEP)
