"""Which price of an endpoint holds at a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cot_generation import money
from cot_generation.models import EndpointPrice


def as_money(row: EndpointPrice, *, batched: bool) -> money.Price:
    """The row for arithmetic: for calls sent singly, or for those in a batch at their share of it."""
    price = money.Price(row.input_per_million, row.output_per_million, row.cached_per_million)
    return price.at_share(row.batch_share) if batched and row.batch_share is not None else price


def holding(endpoint_id: UUID, *, at: datetime) -> EndpointPrice | None:
    """The latest price that is valid by then, None where there is none."""
    rows = EndpointPrice.objects.filter(endpoint_id=endpoint_id, valid_from__lte=at)
    return rows.order_by("-valid_from", "-pk").first()
