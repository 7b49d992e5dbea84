"""Which rationales SFT learns from: all of them, or some ways only, as many as allowed, or as many as money buys.

That is how ways of writing rationales are compared: the same count of each, or the same money for each. Pure.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from training_bridge.trainer.contract.rows import QuestionRow, RationaleRow

HOUR_MS = Decimal(3_600_000)
# A way beside those of the release: the target made of the answer alone, of every question that has a rationale.
RULE = "rule"


@dataclass(frozen=True)
class _Telling:
    question: str
    place: int  # of the rationale among the question's, or -1
    id: str
    price: Decimal


def chosen(rows: Iterable[QuestionRow], settings: Any, *, seed: int) -> list[dict[str, Any]]:
    """(question, place of its rationale or -1) of everything that a recipe's part `sft` allows, in the rows' order.

    With a limit they are drawn by a hash of seed and id, so that the first n of a way are the same in every run.
    """
    found = [one for row in rows for one in _of(row, settings)]
    if settings.most or settings.money:
        allowed = set(_within(sorted(found, key=lambda one: _drawn(one, seed)), settings))
        found = [one for one in found if one.id in allowed]
    return [{"question": one.question, "rationale": one.place} for one in found]


def price(rationale: RationaleRow, wage: float) -> Decimal:
    """US dollars: what calls cost, and a person's active time at `wage` an hour."""
    return rationale.usd + Decimal(rationale.active_ms) / HOUR_MS * Decimal(str(wage))


def _of(row: QuestionRow, settings: Any) -> Iterator[_Telling]:
    for place, one in enumerate(row.rationales):
        if not settings.ways or one.way in settings.ways:
            yield _Telling(row.question, place, one.id, price(one, settings.wage))
    if RULE in settings.ways and row.rationales:
        yield _Telling(row.question, -1, f"{row.question}/{RULE}", Decimal(0))


def _within(drawn: Iterable[_Telling], settings: Any) -> Iterator[str]:
    spent = Decimal(0)
    for count, one in enumerate(drawn, start=1):
        spent += one.price
        if (settings.most and count > settings.most) or (settings.money and spent > Decimal(str(settings.money))):
            return
        yield one.id


def _drawn(one: _Telling, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}/{one.id}".encode()).digest()
