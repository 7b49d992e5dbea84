"""US dollars: how finely they are kept and shown, and what time costs at an hourly rate.

Belongs here: arithmetic that several apps do alike. Does not: prices, rates, caps.
"""

from __future__ import annotations

from decimal import Decimal

CENT = Decimal("0.01")
STEP = Decimal("0.0000000001")  # the last place that a column of dollars holds
MS_PER_HOUR = 3_600_000


def of_time(ms: float, *, per_hour: Decimal) -> Decimal:
    """So much time at so much an hour, not rounded."""
    return per_hour * Decimal(ms) / MS_PER_HOUR
