"""What an accepted rationale costs once a way is sorted to the quality of another, by hand-worked numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from config.base.errors import InvalidInput
from curation.selectors import audits, economics
from curation.selectors.economics import GroupEconomics


def group(key: str, *, accepted: int, judged: int, per: str | None, audit_usd: str = "0") -> GroupEconomics:
    nothing = Decimal(0)
    cost = None if per is None else Decimal(per)
    return GroupEconomics(
        key=key, name=key, way=key, stage="", sandbox=False, written=100, passed=100, calls=0, calls_usd=nothing,
        writing_ms=0, writing_usd=nothing, rework=0, rework_ms=0, rework_usd=nothing, audit_ms=0,
        audit_usd=Decimal(audit_usd), judged=judged, accepted=accepted, rate=audits.wilson(accepted, judged),
        per_accepted=cost, per_accepted_low=cost, per_accepted_high=cost,
    )  # fmt: skip


def test_a_worse_way_pays_for_the_audits_that_make_it_as_good() -> None:
    # p = 0.6, q = 0.9: f = (1 - 2/3) / 0.4 = 5/6 are looked at; at $0.12 a look, 5/6 * 0.12 / 0.6 = 0.166667 more.
    rows = [
        group("manual", accepted=90, judged=100, per="2.00"),
        group("automated", accepted=60, judged=100, per="0.05", audit_usd="12"),
    ]

    manual, automated = economics.at_quality_of(rows, "manual")

    assert (manual.equal, automated.equal) == (Decimal("2.000000"), Decimal("0.216667"))
    assert automated.equal is not None
    assert automated.equal_low is not None
    assert automated.equal_high is not None
    assert automated.equal_low < automated.equal < automated.equal_high


def test_a_better_way_costs_what_it_costs() -> None:
    rows = [group("manual", accepted=60, judged=100, per="2"), group("driven", accepted=90, judged=100, per="0.1")]

    assert [row.equal for row in economics.at_quality_of(rows, "manual")] == [Decimal(2), Decimal("0.1")]


def test_a_way_without_audits_has_no_cost_at_any_quality_and_is_no_measure() -> None:
    rows = [group("manual", accepted=9, judged=10, per="2"), group("automated", accepted=0, judged=0, per=None)]

    assert economics.at_quality_of(rows, "manual")[1].equal is None
    with pytest.raises(InvalidInput, match="auditors accepted some"):
        economics.at_quality_of(rows, "automated")
    with pytest.raises(InvalidInput):
        economics.at_quality_of(rows, "none such")
