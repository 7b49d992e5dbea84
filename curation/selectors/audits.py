"""Lots, their state, and which rationales an audit lets through.

Belongs here: reading lots and verdicts.
Does not: drawing and deciding (services.audits).

What counts as audited: a rationale that its own latest verdict accepted; or one that an accepted lot covers and whose
own latest verdict, if it has one, did not reject it. A bounced lot lets through what was accepted one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from scipy.stats import binomtest

from config.base.errors import NotFound
from cot_generation.selectors.rationales import RationaleInfo
from curation.choices import LotState
from curation.models import AuditEntry, AuditLot, AuditVerdict


@dataclass(frozen=True)
class Interval:
    """A share with its Wilson interval of 95 %; None where nothing was judged."""

    value: float | None
    low: float | None
    high: float | None


def wilson(good: int, of: int) -> Interval:
    """Wilson's score interval, by scipy."""
    if of == 0:
        return Interval(None, None, None)
    found = binomtest(good, of).proportion_ci(confidence_level=0.95, method="wilson")
    return Interval(good / of, float(found.low), float(found.high))


@dataclass(frozen=True)
class LotInfo:
    """A lot and how far its sample is judged; `trial_id` where it is a trial's."""

    id: UUID
    number: int
    way: str
    state: LotState
    population_count: int
    sample_count: int
    accepted: int
    rejected: int
    drawn_at: datetime
    decided_at: datetime | None
    trial_id: UUID | None

    @property
    def judged(self) -> int:
        return self.accepted + self.rejected

    @property
    def rate(self) -> Interval:
        return wilson(self.accepted, self.judged)


def lots(project_id: UUID) -> list[LotInfo]:
    """Newest first."""
    return [_info(lot) for lot in AuditLot.objects.in_project(project_id).select_related("look").order_by("-number")]


def lot(project_id: UUID, lot_id: UUID) -> LotInfo:
    """Raises NotFound."""
    return _info(found(project_id, lot_id))


def found(project_id: UUID, lot_id: UUID) -> AuditLot:
    """The row. Raises NotFound."""
    row = AuditLot.objects.in_project(project_id).filter(pk=lot_id).first()
    if row is None:
        raise NotFound
    return row


def _info(row: AuditLot) -> LotInfo:
    said = latest(AuditEntry.objects.filter(lot=row).values_list("pk", flat=True))
    return LotInfo(
        id=row.pk,
        number=row.number,
        way=row.way,
        state=LotState(row.state),
        population_count=row.population_count,
        sample_count=row.entries.count(),
        accepted=sum(verdict.accepted is True for verdict in said.values()),
        rejected=sum(verdict.accepted is False for verdict in said.values()),
        drawn_at=row.drawn_at,
        decided_at=row.decided_at,
        trial_id=look.trial_id if (look := getattr(row, "look", None)) else None,
    )


def latest(entry_ids: Iterable[int]) -> dict[int, AuditVerdict]:
    """The verdict that counts of each entry; entries without one, or with it taken back, are absent."""
    rows = AuditVerdict.objects.filter(entry_id__in=list(entry_ids)).order_by("entry_id", "-pk").distinct("entry_id")
    return {row.entry_id: row for row in rows if row.accepted is not None}


@dataclass(frozen=True)
class Audited:
    """What the project's audits say, ready to be asked of many rationales."""

    accepted: frozenset[int]
    rejected: frozenset[int]
    ranges: tuple[tuple[str, int, int], ...]

    def lets_through(self, rationale: RationaleInfo) -> bool:
        """Whether this rationale may go into a release."""
        if not rationale.passed or rationale.id in self.rejected:
            return False
        if rationale.id in self.accepted:
            return True
        return any(rationale.way.value == way and after < rationale.id <= up_to for way, after, up_to in self.ranges)


def audited(project_id: UUID) -> Audited:
    """By all lots of the project; a rationale judged in two lots goes by its newest verdict."""
    entries = dict(
        AuditEntry.objects.filter(lot__project_id=project_id).order_by("pk").values_list("pk", "rationale_id")
    )
    word = {entries[entry]: verdict.accepted for entry, verdict in sorted(latest(entries).items())}
    decided = AuditLot.objects.in_project(project_id).filter(state=LotState.ACCEPTED)
    return Audited(
        accepted=frozenset(rationale for rationale, accepted in word.items() if accepted),
        rejected=frozenset(rationale for rationale, accepted in word.items() if not accepted),
        ranges=tuple(decided.values_list("way", "after_id", "up_to_id")),
    )


@dataclass(frozen=True)
class EntryInfo:
    """One drawn rationale as an auditor meets it: not by which way it came."""

    id: int
    position: int
    rationale_id: int
    accepted: bool | None
    reason: str
    note: str
    first_fault: int | None


def entries(lot_id: UUID) -> list[EntryInfo]:
    """In the order drawn."""
    rows = list(AuditEntry.objects.filter(lot_id=lot_id).order_by("position"))
    said = latest(row.pk for row in rows)
    return [
        EntryInfo(
            id=row.pk,
            position=row.position,
            rationale_id=row.rationale_id,
            accepted=said[row.pk].accepted if row.pk in said else None,
            reason=said[row.pk].reason if row.pk in said else "",
            note=said[row.pk].note if row.pk in said else "",
            first_fault=said[row.pk].first_fault if row.pk in said else None,
        )
        for row in rows
    ]
