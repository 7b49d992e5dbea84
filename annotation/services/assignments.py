"""Ending a turn with a result, for the owner of any kind of work.

Belongs here: `complete`, called inside the transaction that writes the result.
Does not: the result itself; labels (hot.py) go the shorter way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from annotation.errors import LeaseLost
from annotation.querying import first
from annotation.services.hot import most_per_beat_ms

COMPLETE = """
with me as materialized (
    select t.batch_id, t.beat_at from annotation_personturn t
    where t.annotator_id = %(u)s and (t.batch_id = (select batch_id from annotation_assignment where id = %(a)s)
        or t.beat_at > now() - %(idle_ms)s * interval '1 ms')
    order by t.batch_id for update),
last as materialized (select max(beat_at) as beat_at from me),
a as (
    update annotation_assignment x
    set state = 'submitted', submitted_at = %(now)s, lease_expires_at = null, reason = '',
        active_ms = x.active_ms + greatest(0, least(%(ms)s, %(idle_ms)s,
            floor(extract(epoch from now() - greatest(last.beat_at, x.leased_at)) * 1000)))::bigint
    from last where x.id = %(a)s and x.annotator_id = %(u)s and x.state = 'leased' and x.fence = %(f)s
        and x.lease_expires_at > %(now)s
    returning x.id, x.piece_id, x.batch_id, x.letters, x.active_ms, new.active_ms - old.active_ms as added),
p as (
    update annotation_piece q
    set held = q.held - 1, accepted = q.accepted + (q.accepted < q.wanted)::int,
        surplus = q.surplus + (q.accepted >= q.wanted)::int
    from a where q.id = a.piece_id returning q.sample_id, q.aspects, q.subject_id),
t as (
    update annotation_personturn t set submitted = t.submitted + 1, active_ms = t.active_ms + a.added, beat_at = now(),
        day = current_date, day_count = case when t.day = current_date then t.day_count else 0 end + 1
    from a where t.batch_id = a.batch_id and t.annotator_id = %(u)s),
d as (delete from annotation_draft d using a where d.assignment_id = a.id)
select a.id as assignment_id, a.piece_id, a.batch_id, b.project_id, b.kind, p.sample_id, p.aspects, p.subject_id, a.active_ms, a.letters
from a, p, annotation_batch b where b.id = a.batch_id
"""  # noqa: E501  (a statement reads better unwrapped)


@dataclass(frozen=True)
class CompletedPiece:
    """What was judged, and how long it took."""

    assignment_id: int
    piece_id: int
    batch_id: UUID
    project_id: UUID
    kind: str
    sample_id: int
    aspects: tuple[int, ...]
    subject_id: int | None
    active_ms: int
    letters: str


def complete(*, assignment_id: int, fence: int, user_id: int, now: datetime, active_ms: int = 0) -> CompletedPiece:
    """End the turn. Call it first in the transaction that writes the result. Raises LeaseLost, and nothing is written.

    `active_ms` is the time since the last beat, believed only as far as the clock allows.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("complete() belongs inside the transaction that writes the result")
    values = {
        "a": assignment_id,
        "f": fence,
        "u": user_id,
        "now": now,
        "ms": max(0, active_ms),
        "idle_ms": most_per_beat_ms(),
    }
    row = first(COMPLETE, values)
    if row is None:
        raise LeaseLost(assignment_id=assignment_id)
    return CompletedPiece(**{**row, "aspects": tuple(row["aspects"])})
