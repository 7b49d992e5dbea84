"""What a project and its endpoints may spend, and have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from cot_generation.selectors.budgets import BudgetStanding


class UsedRow(msgspec.Struct):
    """US dollars: paid for, and reserved for calls that are open."""

    spent: Decimal
    reserved: Decimal


class BudgetRow(msgspec.Struct):
    """A project's money. `day` is today in UTC; a call counts on the day on which its intent was written.

    Play money is that of sandbox endpoints: counted apart, under the same caps.
    """

    total_cap: Decimal | None
    daily_cap: Decimal | None
    day: date
    today: UsedRow
    in_all: UsedRow
    play_today: UsedRow
    play_in_all: UsedRow

    @classmethod
    def of(cls, found: BudgetStanding) -> BudgetRow:
        return msgspec.convert(found, cls, from_attributes=True)
