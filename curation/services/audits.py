"""Drawing a lot, judging its sample, deciding it.

Belongs here: what changes a lot. Does not: reading it (selectors.audits).
"""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.services import audit_log
from config.base.errors import Conflict, InvalidInput, NotFound
from cot_generation.choices import Way
from cot_generation.selectors import rationales
from curation.choices import LotState, RejectReason
from curation.errors import LotDecided, LotUnfinished, NothingToAudit
from curation.models import AuditEntry, AuditLot, AuditVerdict
from curation.selectors import audits

MAX_SAMPLE = 500
ACTIVE_AT_MOST_MS = 3_600_000  # of one verdict: more is a forgotten window
STILL_OPEN = "A lot of this way is still being judged; decide it first."


@transaction.atomic
def draw(*, project_id: UUID, way: Way, sample_size: int, actor_id: int | None, seed: int | None = None) -> AuditLot:
    """A lot of every rationale of this way that passed its checks and that no lot covers yet; a random sample of it.

    Raises NothingToAudit; Conflict when a lot of this way is open.
    """
    if not 1 <= sample_size <= MAX_SAMPLE:
        raise InvalidInput("A sample has 1 to {most} rationales.", most=MAX_SAMPLE)
    of_way = AuditLot.objects.in_project(project_id).filter(way=way)
    if of_way.filter(state=LotState.OPEN).exists():
        raise Conflict(STILL_OPEN)
    after = of_way.aggregate(last=Max("up_to_id"))["last"] or 0
    population = [each.id for each in rationales.pool(project_id, way=way, passed_only=True) if each.id > after]
    if not population:
        raise NothingToAudit
    number = (AuditLot.objects.in_project(project_id).aggregate(last=Max("number"))["last"] or 0) + 1
    lot = AuditLot(
        project_id=project_id,
        number=number,
        way=way,
        after_id=after,
        up_to_id=max(population),
        population_count=len(population),
        seed=number if seed is None else seed,
        drawn_by_id=actor_id,
    )
    try:
        with transaction.atomic():
            lot.save()
    except IntegrityError as error:
        if "lot_one_open_per_way" in str(error):
            raise Conflict(STILL_OPEN) from None
        raise
    drawn = random.Random(f"lot {lot.seed}").sample(population, min(sample_size, len(population)))
    AuditEntry.objects.bulk_create(
        AuditEntry(lot=lot, rationale_id=rationale_id, position=position) for position, rationale_id in enumerate(drawn)
    )
    audit_log.record(actor_id=actor_id, project_id=project_id, action="lot.drawn", subject=f"lot {number}")
    return lot


@transaction.atomic
def judge(
    *,
    project_id: UUID,
    entry_id: int,
    auditor_id: int,
    accepted: bool | None,
    reason: str = "",
    note: str = "",
    first_fault: int | None = None,
    active_ms: int = 0,
) -> None:
    """One verdict more on one entry; None takes the last one back. Raises NotFound, LotDecided, InvalidInput."""
    entry = AuditEntry.objects.select_related("lot").filter(pk=entry_id, lot__project_id=project_id).first()
    if entry is None:
        raise NotFound
    if AuditLot.objects.select_for_update().get(pk=entry.lot_id).state != LotState.OPEN:
        raise LotDecided
    if accepted is False and reason not in RejectReason.values:
        raise InvalidInput("Say why it is rejected: {known}.", known=RejectReason.values)
    if first_fault is not None:
        length = len(rationales.by_ids([entry.rationale_id])[entry.rationale_id].sentences)
        if not 0 <= first_fault < length:
            raise InvalidInput(
                "This rationale has {length} sentences; the first faulty one is one of them.", length=length
            )
    AuditVerdict.objects.create(
        entry=entry,
        auditor_id=auditor_id,
        accepted=accepted,
        reason=reason if accepted is False else "",
        note=note[:400],
        first_fault=first_fault if accepted is False else None,
        active_ms=max(0, min(active_ms, ACTIVE_AT_MOST_MS)),
    )


@transaction.atomic
def decide(*, project_id: UUID, lot_id: UUID, accept: bool, actor_id: int, now: datetime) -> AuditLot:
    """Accept the whole lot, or bounce it. Raises LotDecided, or LotUnfinished while an entry is unjudged."""
    lot = AuditLot.objects.select_for_update().filter(pk=audits.found(project_id, lot_id).pk).get()
    if lot.state != LotState.OPEN:
        raise LotDecided
    if not lot.way:
        raise Conflict("This lot belongs to a trial, which counts it; look at the trial.")
    if any(entry.accepted is None for entry in audits.entries(lot.pk)):
        raise LotUnfinished
    lot.state = LotState.ACCEPTED if accept else LotState.BOUNCED
    lot.decided_by_id, lot.decided_at = actor_id, now
    lot.save(update_fields=["state", "decided_by", "decided_at"])
    audit_log.record(actor_id=actor_id, project_id=project_id, action=f"lot.{lot.state}", subject=f"lot {lot.number}")
    return lot
