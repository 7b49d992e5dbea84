"""Tokens and dollars: what a call may cost at most, and what it did cost.

Belongs here: arithmetic on Decimal. Does not: prices themselves (dated rows), reserving. Pure functions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from config.base.money import STEP

MILLION = Decimal(1_000_000)
LARGEST_CAP = Decimal(10_000_000)  # dollars: what the columns hold
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Price:
    """Dollars per million tokens, in and out; `cached_per_million` for those in that the server had in its cache."""

    input_per_million: Decimal
    output_per_million: Decimal
    cached_per_million: Decimal | None = None

    def at_share(self, share: Decimal) -> Price:
        """Every token at this share of its price, as batches have it."""
        cached = None if self.cached_per_million is None else self.cached_per_million * share
        return Price(self.input_per_million * share, self.output_per_million * share, cached)


def text_tokens(text: str) -> int:
    """An estimate on the high side: three and a half letters, or five sixths of a Chinese character, a token."""
    chinese = len(_CHINESE.findall(text))
    return -(-(len(text) - chinese) * 2 // 7) + -(-chinese * 6 // 5)


def prompt_tokens(text: str, *, pictures: int, tokens_per_picture: int) -> int:
    """The request as the endpoint may count it."""
    return text_tokens(text) + pictures * tokens_per_picture + 32


def cost(price: Price, *, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> Decimal:
    """Exact to a ten-thousand-millionth of a dollar. `cached_tokens` are part of `input_tokens`."""
    cached = price.input_per_million if price.cached_per_million is None else price.cached_per_million
    dollars = price.input_per_million * (input_tokens - cached_tokens) + cached * cached_tokens
    return ((dollars + price.output_per_million * output_tokens) / MILLION).quantize(STEP)


def ceiling(price: Price, *, input_tokens: int, max_output_tokens: int) -> Decimal:
    """What the call can cost at most; reserved before it is sent, and its price when nobody can say what it cost.

    A quarter more than counted, so that a tokenizer we do not know does not pass it.
    """
    most = -(-input_tokens * 5 // 4)
    return cost(price, input_tokens=most, output_tokens=max_output_tokens)
