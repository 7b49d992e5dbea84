"""Keeping and giving back what an annotator holds.

Belongs here: renewing, expiring, returning, skipping and reclaiming a lease; active time between two beats.
Does not: claiming and submitting (hot.py), finishing the work of other kinds (assignments.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from annotation.choices import AssignmentState, SkipPolicy, SkipReason
from annotation.errors import AssignmentNotFound, LeaseLost
from annotation.models import Assignment, PersonTurn
from annotation.querying import first, rows
from annotation.services import statements
from annotation.services.hot import LEASE, most_per_beat_ms
from config.base.errors import InvalidInput

MOST_SKIPS = 3  # a piece that so many people passed on leaves the batch and is listed
SWEPT_AT_ONCE = 200

# The beat makes its piece the one in work and keeps the prefetched ones as well. What the page says it was active for
# is believed only up to the time since the last beat of this person in whatever batch, so two tabs never count twice.
# A beat that counts nothing is no end of anything: the one that opens a piece overtakes the submit of the piece before,
# whose time would be lost if it were.
BEAT = """
with me as materialized (
    select t.batch_id, t.beat_at from annotation_personturn t
    where t.annotator_id = %(u)s and (
        t.beat_at > now() - %(idle_ms)s * interval '1 ms'
        or t.batch_id = (
            select a.batch_id from annotation_assignment a join annotation_batch b on b.id = a.batch_id
            where a.id = %(a)s and b.project_id = %(p)s))
    order by t.batch_id for update),
last as materialized (select max(beat_at) as beat_at from me),
a as (
    update annotation_assignment x
    set lease = 'work', lease_expires_at = now() + %(lease)s,
        active_ms = x.active_ms + greatest(0, least(%(ms)s, %(idle_ms)s,
        floor(extract(epoch from now() - greatest(last.beat_at, x.leased_at)) * 1000)))::bigint
    from last where x.id = %(a)s and x.annotator_id = %(u)s and x.state = 'leased' and x.fence = %(f)s
        and x.lease_expires_at > now()
        and exists (select 1 from annotation_batch b where b.id = x.batch_id and b.project_id = %(p)s)
    returning x.id, x.batch_id, x.lease_expires_at, x.active_ms, new.active_ms - old.active_ms as added),
others as (
    update annotation_assignment x set lease_expires_at = now() + %(lease)s from a
    where x.batch_id = a.batch_id and x.annotator_id = %(u)s and x.state = 'leased' and x.id <> a.id
        and x.lease_expires_at > now()),
t as (
    update annotation_personturn t set active_ms = t.active_ms + a.added, beat_at = now() from a
    where %(ms)s > 0 and t.batch_id = a.batch_id and t.annotator_id = %(u)s)
select lease_expires_at, active_ms from a
"""


@dataclass(frozen=True)
class Beat:
    """Until when the piece is held, and the time spent on it so far."""

    lease_until: datetime
    active_ms: int


@dataclass(frozen=True)
class Released:
    """One turn that ended without a result."""

    assignment_id: int
    state: AssignmentState
    user_id: int
    batch_id: UUID


def beat(*, user_id: int, project_id: UUID, assignment_id: int, fence: int, active_ms: int) -> Beat:
    """Hold on, and count `active_ms` since the last beat. Raises LeaseLost, AssignmentNotFound."""
    values = {
        "a": assignment_id,
        "u": user_id,
        "p": project_id,
        "f": fence,
        "ms": max(0, active_ms),
        "idle_ms": most_per_beat_ms(),
        "lease": LEASE,
    }
    row = first(BEAT, values)
    if row is None:
        _of(user_id=user_id, project_id=project_id, assignment_id=assignment_id)
        raise LeaseLost(assignment_id=assignment_id)
    return Beat(row["lease_expires_at"], row["active_ms"])


def give_back(*, user_id: int, project_id: UUID, assignment_id: int, fence: int) -> None:
    """Return a piece unjudged; the same person may get it again later. Raises LeaseLost, AssignmentNotFound."""
    _of(user_id=user_id, project_id=project_id, assignment_id=assignment_id)
    if not _release([assignment_id], to=AssignmentState.RETURNED, user_id=user_id, fence=fence):
        raise LeaseLost(assignment_id=assignment_id)


def leave(*, user_id: int, project_id: UUID, batch_id: UUID) -> int:
    """The page closes: everything held in the batch goes back. Returns how many pieces."""
    held = Assignment.objects.filter(
        batch_id=batch_id, batch__project_id=project_id, annotator_id=user_id, state=AssignmentState.LEASED
    )
    ids = list(held.order_by("pk").values_list("pk", flat=True))
    return len(_release(ids, to=AssignmentState.RETURNED, user_id=user_id)) if ids else 0


@transaction.atomic
def skip(*, user_id: int, project_id: UUID, assignment_id: int, fence: int, reason: SkipReason, note: str = "") -> None:
    """Pass on a piece, with a reason; where it goes is the batch's policy. Raises LeaseLost, AssignmentNotFound."""
    assignment = _of(user_id=user_id, project_id=project_id, assignment_id=assignment_id)
    if reason == SkipReason.OTHER and not note.strip():
        raise InvalidInput("Say in a few words why you skip this one.")
    policy = SkipPolicy(assignment.batch.skip_policy)
    # "Back to me" leaves the turn open to the same person: its piece waits behind everything else.
    to = AssignmentState.RETURNED if policy == SkipPolicy.BACK_TO_ME else AssignmentState.SKIPPED
    PersonTurn.objects.select_for_update().get(batch_id=assignment.batch_id, annotator_id=user_id)
    released = _release(
        [assignment_id],
        to=to,
        user_id=user_id,
        fence=fence,
        skip_reason=reason,
        skips=1,
        out=policy == SkipPolicy.OUT,
        most_skips=MOST_SKIPS if policy == SkipPolicy.TO_OTHERS else 32_000,
    )
    if not released:
        raise LeaseLost(assignment_id=assignment_id)
    Assignment.objects.filter(pk=assignment_id).update(skip_note=note.strip()[:500])
    PersonTurn.objects.filter(batch_id=assignment.batch_id, annotator_id=user_id).update(skipped=F("skipped") + 1)


def reclaim(*, project_id: UUID, assignment_id: int) -> None:
    """A lead takes a held piece back for others. Raises AssignmentNotFound unless it is held in this project."""
    held = Assignment.objects.filter(pk=assignment_id, batch__project_id=project_id, state=AssignmentState.LEASED)
    if not held.exists() or not _release([assignment_id], to=AssignmentState.RETURNED):
        raise AssignmentNotFound("Nobody holds this piece now.")


def release_all(*, batch_id: UUID) -> int:
    """Take everything back, for a batch that closes. Returns how many pieces."""
    ids = list(
        Assignment.objects.filter(batch_id=batch_id, state=AssignmentState.LEASED)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return len(_release(ids, to=AssignmentState.RETURNED)) if ids else 0


def sweep_overdue(*, now: datetime) -> None:
    """Return every place whose lease ran out; called on each round of the sweep.

    The database's clock decides, not this machine's: `now` only belongs to the sweep's promise.
    """
    while len(expire_overdue()) == SWEPT_AT_ONCE:
        pass


@transaction.atomic
def expire_overdue() -> list[Released]:
    """One chunk of leases that ran out. Their drafts stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from annotation_assignment where state = 'leased' and lease_expires_at <= now() "
            "order by lease_expires_at, id limit %s for update skip locked",
            [SWEPT_AT_ONCE],
        )
        ids = sorted(row[0] for row in cursor.fetchall())
    return _release(ids, to=AssignmentState.EXPIRED, overdue=True) if ids else []


def _of(*, user_id: int, project_id: UUID, assignment_id: int) -> Assignment:
    found = (
        Assignment.objects.select_related("batch")
        .filter(pk=assignment_id, annotator_id=user_id, batch__project_id=project_id)
        .first()
    )
    if found is None:
        raise AssignmentNotFound
    return found


def _release(
    ids: Sequence[int],
    *,
    to: AssignmentState,
    user_id: int | None = None,
    fence: int | None = None,
    overdue: bool = False,
    skip_reason: str = "",
    skips: int = 0,
    out: bool = False,
    most_skips: int = 32_000,
) -> list[Released]:
    values = {
        "ids": list(ids),
        "to": to.value,
        "u": user_id,
        "f": fence,
        "overdue": overdue,
        "skip_reason": str(skip_reason),
        "skips": skips,
        "out": out,
        "most_skips": most_skips,
    }
    return [Released(row[0], AssignmentState(row[1]), row[2], row[3]) for row in rows(statements.RELEASE, values)]
