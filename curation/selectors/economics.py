"""What an accepted rationale costs, by way.

Belongs here: money and people's time over accepted rationales, with an interval that comes from the audit sample.
Does not: the ledger of calls (cot_generation).

Cost per accepted = what the way cost in all ÷ (rationales that passed their checks × accept rate in audits). The
interval carries the accept rate's Wilson interval through; cost itself is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from cot_generation.choices import Way
from cot_generation.selectors import costs, rationales
from curation.models import AuditEntry
from curation.selectors import audits


@dataclass(frozen=True)
class WayEconomics:
    """One way. Money in US dollars; `per_accepted` values are None until something was audited and accepted."""

    way: str
    written: int
    passed: int
    sandbox: int
    calls_usd: Decimal
    active_ms: int
    active_usd: Decimal
    judged: int
    accepted: int
    rate: audits.Interval
    per_accepted: Decimal | None
    per_accepted_low: Decimal | None
    per_accepted_high: Decimal | None


def by_way(project_id: UUID) -> list[WayEconomics]:
    """Every way, in the order of the field's words."""
    cost, counts = costs.by_way(project_id), rationales.counts_by_way(project_id)
    return [_way(project_id, way, cost[way], counts[way]) for way in Way]


def _way(project_id: UUID, way: Way, cost: costs.WayCost, count: rationales.WayCount) -> WayEconomics:
    entries = AuditEntry.objects.filter(lot__project_id=project_id, lot__way=way).values_list("pk", flat=True)
    said = audits.latest(entries)
    accepted = sum(verdict.accepted is True for verdict in said.values())
    rate = audits.wilson(accepted, len(said))

    def per(share: float | None) -> Decimal | None:
        if not share or not count.passed:
            return None
        return (cost.total_usd / (Decimal(count.passed) * Decimal(str(share)))).quantize(Decimal("0.0001"))

    return WayEconomics(
        way=way.value,
        written=cost.written,
        passed=count.passed,
        sandbox=count.sandbox,
        calls_usd=cost.calls_usd,
        active_ms=cost.active_ms,
        active_usd=cost.active_usd,
        judged=len(said),
        accepted=accepted,
        rate=rate,
        per_accepted=per(rate.value),
        per_accepted_low=per(rate.high),
        per_accepted_high=per(rate.low),
    )
