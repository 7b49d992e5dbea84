"""Claiming, finishing and giving back machine work, under a lease and a fence.

Belongs here: the few statements by which any app's `WorkRow` table is worked off.
Does not: what the work is (each app's services), when it is looked for (config.base.sweep).

A worker claims a batch in one statement and holds it until its lease ends. Every result is written
`WHERE id = … AND fence = …`, so a worker that was paused past its lease changes nothing. What a process held that is
known to have ended is due again before that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from config.base import processes
from config.base.choices import WorkState
from config.base.models import WorkRow
from config.base.words import noted

Row = TypeVar("Row", bound=WorkRow)

# A row held for longer than this waits for something else than a process (a batch at a provider).
LONGEST_LEASE = timedelta(days=1)


def claim(
    model: type[Row], *, limit: int, lease: timedelta, now: datetime, owner: str = "", where: Q | None = None
) -> list[Row]:
    """Take up to `limit` due rows; each costs one attempt. Rows that others hold locked are skipped, not waited for."""
    with transaction.atomic():
        due = model._default_manager.filter(state=WorkState.WAITING, next_attempt_at__lte=now)
        if where is not None:
            due = due.filter(where)
        ids = list(
            due.order_by("next_attempt_at", "pk")
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:limit]
        )
        if not ids:
            return []
        model._default_manager.filter(pk__in=ids).update(
            state=WorkState.RUNNING,
            owner=owner or processes.this(),
            lease_expires_at=now + lease,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
        )
        return list(model._default_manager.filter(pk__in=ids).order_by("next_attempt_at", "pk"))


def _write(row: WorkRow, **columns: object) -> bool:
    held = type(row)._default_manager.filter(pk=row.pk, fence=row.fence, state=WorkState.RUNNING)
    changed = held.update(**columns)
    if changed:
        for name, value in columns.items():
            setattr(row, name, value)
    return bool(changed)


def renew(row: WorkRow, *, lease: timedelta, now: datetime) -> bool:
    """Hold on a little longer. False: the row is no longer ours, stop working on it."""
    return _write(row, lease_expires_at=now + lease)


def finish(row: WorkRow, **columns: object) -> bool:
    """Done, with result columns. False: somebody else has it now, and nothing was written."""
    return _write(row, state=WorkState.DONE, lease_expires_at=None, owner="", failure="", **columns)


def fail(row: WorkRow, *, failure: str, **columns: object) -> bool:
    """Failed for good; a person sees the reason and may ask for it again."""
    return _write(row, state=WorkState.FAILED, lease_expires_at=None, owner="", failure=failure[:500], **columns)


def retry(row: WorkRow, *, at: datetime, failure: str) -> bool:
    """Try again at `at`, unless its attempts are spent: then it has failed."""
    if row.attempts >= row.max_attempts:
        return fail(row, failure=failure)
    return _write(
        row, state=WorkState.WAITING, lease_expires_at=None, owner="", next_attempt_at=at, failure=failure[:500]
    )


def again(model: type[WorkRow], *, where: Q, now: datetime) -> int:
    """A person asks for failed work again: fresh attempts, due now. Returns how many rows."""
    return model._default_manager.filter(where, state=WorkState.FAILED).update(
        state=WorkState.WAITING, attempts=0, next_attempt_at=now, failure=""
    )


def give_back_expired(model: type[WorkRow], *, now: datetime) -> tuple[int, int]:
    """Rows whose worker went quiet: due again, or failed when their attempts are spent. Returns (due, failed)."""
    return give_back(model, where=Q(lease_expires_at__lt=now), now=now)


def give_back_from_gone(model: type[WorkRow], *, now: datetime) -> tuple[int, int]:
    """The same for rows whose worker's process is known to have ended (config.base.processes).

    What it was at is lost, so nobody need wait for the lease. Of a worker on another machine nothing is known here.
    """
    held = model._default_manager.filter(state=WorkState.RUNNING, lease_expires_at__lt=now + LONGEST_LEASE)
    gone = [owner for owner in held.values_list("owner", flat=True).distinct() if processes.gone(owner)]
    return give_back(model, where=Q(owner__in=gone), now=now) if gone else (0, 0)


def give_back(model: type[WorkRow], *, where: Q, now: datetime) -> tuple[int, int]:
    """The same for rows of which `where` says that nobody works on them.

    One that somebody holds locked is left for the next round: who waits for nobody is in nobody's way.
    """
    rows = model._default_manager.filter(state=WorkState.RUNNING)
    with transaction.atomic():
        quiet = rows.filter(
            pk__in=list(rows.filter(where).select_for_update(skip_locked=True).values_list("pk", flat=True))
        )
        failed = quiet.filter(attempts__gte=F("max_attempts")).update(
            state=WorkState.FAILED,
            lease_expires_at=None,
            owner="",
            failure=noted("The worker died or hung on every attempt."),
        )
        due = quiet.update(state=WorkState.WAITING, lease_expires_at=None, owner="", next_attempt_at=now)
    return due, failed


def is_due(model: type[WorkRow], *, now: datetime) -> bool:
    """Whether any row waits to be worked off now."""
    return model._default_manager.filter(state=WorkState.WAITING, next_attempt_at__lte=now).exists()


def state_counts(model: type[WorkRow], where: Q | None = None) -> Mapping[str, int]:
    """How many rows stand in each state, for progress."""
    rows = model._default_manager.filter(where or Q()).values("state").annotate(count=models.Count("pk")).order_by()
    return {row["state"]: row["count"] for row in rows}


def announce(label: str) -> None:
    """Say, once this transaction is committed, that work of this table is due. Losing the message costs one sweep."""
    task, queue = settings.WORK[label]
    transaction.on_commit(lambda: send(task, queue), robust=True)


def send(task: str, queue: str, **arguments: Any) -> None:
    """Hand a hint to the broker."""
    current_app.send_task(task, kwargs=arguments, queue=queue, ignore_result=True, expires=60)
