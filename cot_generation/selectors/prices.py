"""Which price of an endpoint holds at a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from cot_generation import money
from cot_generation.models import EndpointPrice


def as_money(row: EndpointPrice) -> money.Price:
    """The row for arithmetic."""
    return money.Price(row.input_per_million, row.output_per_million, row.cached_per_million)


def holding(endpoint_id: UUID, *, at: datetime) -> EndpointPrice | None:
    """The latest price that is valid by then, None where there is none."""
    rows = EndpointPrice.objects.filter(endpoint_id=endpoint_id, valid_from__lte=at)
    return rows.order_by("-valid_from", "-pk").first()


def of_endpoint(endpoint_id: UUID) -> list[EndpointPrice]:
    """All prices, the newest first."""
    return list(EndpointPrice.objects.filter(endpoint_id=endpoint_id).order_by("-valid_from", "-pk"))
