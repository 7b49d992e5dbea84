"""Which rationales SFT learns from: all of them, or some ways only, as many as allowed, or as many as money buys.

That is how ways of writing rationales are compared: the same count of each, or the same money for each. Pure.
"""

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from training_bridge.trainer.contract.rows import QuestionRow, RationaleRow

HOUR_MS = Decimal(3_600_000)


def chosen(rows: Iterable[QuestionRow], settings: Any, *, seed: int) -> list[dict[str, Any]]:
    """(question, place of its rationale) of every rationale that a recipe's part `sft` allows, in the rows' order.

    With a limit they are drawn by a hash of seed and id, so that the first n of a way are the same in every run.
    """
    found = [
        (row, place, rationale)
        for row in rows
        for place, rationale in enumerate(row.rationales)
        if not settings.ways or rationale.way in settings.ways
    ]
    if settings.most or settings.money:
        allowed = set(_within(sorted((one for *_, one in found), key=lambda one: _drawn(one, seed)), settings))
        found = [entry for entry in found if entry[2].id in allowed]
    return [{"question": row.question, "rationale": place} for row, place, _ in found]


def price(rationale: RationaleRow, wage: float) -> Decimal:
    """US dollars: what calls cost, and a person's active time at `wage` an hour."""
    return rationale.usd + Decimal(rationale.active_ms) / HOUR_MS * Decimal(str(wage))


def _within(drawn: Iterable[RationaleRow], settings: Any) -> Iterator[str]:
    spent = Decimal(0)
    for count, one in enumerate(drawn, start=1):
        spent += price(one, settings.wage)
        if (settings.most and count > settings.most) or (settings.money and spent > Decimal(str(settings.money))):
            return
        yield one.id


def _drawn(rationale: RationaleRow, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}/{rationale.id}".encode()).digest()
