"""Key paging: `after` names the last row seen, `limit` is at most 200. A page costs the same wherever it lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request

from config.base.errors import InvalidInput

MAXIMUM = 200
DEFAULT = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, and the `after` that continues behind them (None: this was the last page)."""

    rows: Sequence[Row]
    after: str | None

    def body(self, shape: Callable[[Row], Any]) -> dict[str, Any]:
        """The reply: `{"results": […], "after": …}`."""
        return {"results": [shape(row) for row in self.rows], "after": self.after}


def limit_of(request: Request) -> int:
    """The asked page size. Raises InvalidInput unless it is 1…200."""
    raw = request.query_params.get("limit", str(DEFAULT))
    if not raw.isdigit() or not 1 <= int(raw) <= MAXIMUM:
        raise InvalidInput("limit must be a whole number from 1 to {most}.", most=MAXIMUM)
    return int(raw)


def page(rows: QuerySet[Row], request: Request, *, key: str = "pk", newest_first: bool = False) -> Page[Row]:
    """One page of `rows` by the unique column `key`, and where the next one starts."""
    limit = limit_of(request)
    after = request.query_params.get("after")
    if after:
        try:
            rows = rows.filter(**{f"{key}__{'lt' if newest_first else 'gt'}": after})
        except (ValueError, TypeError):
            raise InvalidInput("after must be the value that the last page gave.") from None
    found = list(rows.order_by(f"-{key}" if newest_first else key)[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return Page(rows=found, after=str(getattr(found[-1], key)) if more else None)
