"""Cost per accepted rationale, rates, and the books of a day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec

from config.base.money import CENT
from curation.api.responses.audits import IntervalRow
from curation.choices import Work
from curation.selectors.books import Day
from curation.selectors.economics import By, GroupEconomics
from curation.selectors.months import Month


class GroupEconomicsRow(msgspec.Struct):
    """One group; money in US dollars as text, so that no cent is lost. `way`, `stage`: "" where it has several.

    Of the texts whose writing was noted (`traced`), `mostly_pasted` came by paste or drop for half or more.
    `equal`: the cost of an accepted one once auditors have sorted the group to the quality that was asked for.
    """

    key: str
    name: str
    way: str
    stage: str
    sandbox: bool
    written: int
    passed: int
    calls: int
    calls_usd: Decimal
    writing_ms: int
    writing_usd: Decimal
    rework: int
    rework_ms: int
    rework_usd: Decimal
    audit_ms: int
    audit_usd: Decimal
    total_usd: Decimal
    judged: int
    accepted: int
    rate: IntervalRow
    per_accepted: Decimal | None
    per_accepted_low: Decimal | None
    per_accepted_high: Decimal | None
    traced: int
    mostly_pasted: int
    equal: Decimal | None
    equal_low: Decimal | None
    equal_high: Decimal | None

    @classmethod
    def of(cls, found: GroupEconomics) -> GroupEconomicsRow:
        return msgspec.convert(found, cls, from_attributes=True)


class RateRow(msgspec.Struct):
    """US dollars an hour of one kind of work; `since` null: the instance's own rate holds."""

    work: Work
    usd_per_hour: Decimal
    since: date | None


class DayRow(msgspec.Struct):
    """One closed day of the books, by UTC: what was posted, and what every single row gives when computed again."""

    day: date
    closed_at: datetime
    posted: Decimal
    recomputed: Decimal
    agrees: bool

    @classmethod
    def of(cls, found: Day) -> DayRow:
        return msgspec.convert(found, cls, from_attributes=True)


class WorkCost(msgspec.Struct):
    """US dollars of one kind of work."""

    work: Work
    usd: Decimal


class MonthDetail(msgspec.Struct):
    """People's work in this month (UTC, `month` is its first day) so far, and what it may cost; null: no budget."""

    month: date
    budget_usd: Decimal | None
    spent_usd: Decimal
    works: list[WorkCost]

    @classmethod
    def of(cls, found: Month) -> MonthDetail:
        works = [WorkCost(work, found.by_work[work].quantize(CENT)) for work in Work if work in found.by_work]
        return cls(found.first, found.budget, found.spent, works)


class EconomicsDetail(msgspec.Struct):
    """Groups, the rates of people's time that hold today, and the last closed days."""

    by: By
    results: list[GroupEconomicsRow]
    rates: list[RateRow]
    days: list[DayRow]
