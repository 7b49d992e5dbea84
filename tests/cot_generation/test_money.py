"""Dollars by hand, to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cot_generation import money
from cot_generation.choices import Outcome, PriceBasis
from cot_generation.endings import Ending
from cot_generation.services.ledger import price_of

PRICE = money.Price(Decimal("0.40"), Decimal("1.60"))


def test_cost_is_tokens_times_price_without_rounding_to_cents() -> None:
    # 1,948 × 0.40 + 306 × 1.60 = 779.2 + 489.6 = 1,268.8 millionths
    assert money.cost(PRICE, input_tokens=1948, output_tokens=306) == Decimal("0.0012688")


def test_a_ceiling_counts_a_quarter_more_in_and_everything_that_may_come_out() -> None:
    # 1,001 tokens become 1,252 (rounded up): 500.8 + 900 × 1.60 = 1,940.8 millionths
    assert money.ceiling(PRICE, input_tokens=1001, max_output_tokens=900) == Decimal("0.0019408")


@pytest.mark.parametrize(("text", "least", "most"), [("", 0, 0), ("a" * 35, 10, 10), ("阴影方向错误", 7, 9)])
def test_text_tokens_lie_on_the_high_side(text: str, least: int, most: int) -> None:
    assert least <= money.text_tokens(text) <= most


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (
            Ending(Outcome.ANSWERED, status=200, prompt_tokens=1000, completion_tokens=100),
            (Decimal("0.00056"), PriceBasis.USAGE),
        ),
        (Ending(Outcome.ANSWERED, status=200, prompt_tokens=1000), (Decimal("0.01"), PriceBasis.CEILING)),
        (Ending(Outcome.RATE_LIMITED, status=429), (Decimal(0), PriceBasis.NONE)),
        (Ending(Outcome.SERVER_ERROR, status=500), (Decimal(0), PriceBasis.NONE)),
        (Ending(Outcome.FILTERED, status=400), (Decimal(0), PriceBasis.NONE)),
        (Ending(Outcome.TIMED_OUT), (Decimal("0.01"), PriceBasis.CEILING)),
        (Ending(Outcome.DROPPED), (Decimal("0.01"), PriceBasis.CEILING)),
        (Ending(Outcome.UNREACHABLE), (Decimal(0), PriceBasis.NONE)),
    ],
)
def test_what_a_call_is_taken_to_have_cost(ending: Ending, expected: tuple[Decimal, PriceBasis]) -> None:
    assert price_of(ending, PRICE, Decimal("0.01")) == expected
