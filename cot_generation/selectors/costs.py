"""What rationales cost, by way.

Belongs here: money of calls, active time of people, and what the time costs at the instance's hourly rate.
Does not: who accepted what, and so cost per accepted rationale (curation sees both sides).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, Sum

from config.base.money import of_time
from cot_generation.choices import RunPurpose, Way
from cot_generation.models import Rationale, Run


@dataclass(frozen=True)
class WayCost:
    """`calls_usd` counts every call of the way's runs, failed ones too; `active_usd` is active time at the rate."""

    written: int
    latest: int
    passed: int
    calls_usd: Decimal
    active_ms: int
    active_usd: Decimal

    @property
    def total_usd(self) -> Decimal:
        return self.calls_usd + self.active_usd


def hourly_rate() -> Decimal:
    """US dollars for an hour of active work; a setting of the instance."""
    return Decimal(settings.HOURLY_RATE_USD)


def by_way(project_id: UUID, *, sandbox: bool | None = None) -> dict[Way, WayCost]:
    """Every way, also those that cost nothing yet. `sandbox` narrows to money that was (not) real."""
    runs = Run.objects.in_project(project_id).filter(purpose=RunPurpose.RATIONALE)
    rows = Rationale.objects.in_project(project_id)
    if sandbox is not None:
        runs, rows = runs.filter(sandbox=sandbox), rows.filter(sandbox=sandbox)
    spent = {row["way"]: row["spent"] for row in runs.values("way").annotate(spent=Sum("spent")).order_by()}
    worked: dict[str, dict[str, Any]] = {
        row["way"]: dict(row)
        for row in rows.values("way")
        .annotate(
            written=Count("pk"),
            latest=Count("pk", filter=Q(revision=None)),
            good=Count("pk", filter=Q(revision=None, passed=True)),
            ms=Sum("active_ms"),
        )
        .order_by()
    }
    found = {}
    for way in Way:
        row = worked.get(way.value, {})
        ms = int(row.get("ms") or 0)
        found[way] = WayCost(
            written=row.get("written", 0),
            latest=row.get("latest", 0),
            passed=row.get("good", 0),
            calls_usd=spent.get(way.value) or Decimal(0),
            active_ms=ms,
            active_usd=of_time(ms, per_hour=hourly_rate()).quantize(Decimal("0.0001")),
        )
    return found
