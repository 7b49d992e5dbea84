"""Answers that follow a new rule, or aspects that are asked again: in the background, range by range.

Belongs here: cutting the project into ranges of work, voting again over one of them, saying how far it is.
Does not: the statements (recount_statements.py), one sample's vote when somebody revises (consensus.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from annotation import dispatch
from annotation.models import Recount
from annotation.querying import rows, run
from annotation.services import consensus
from annotation.services import recount_statements as statements
from catalog.selectors import rules as catalog_rules
from catalog.selectors import samples as catalog_samples
from config.base import work
from config.base.choices import WorkState
from config.base.errors import NotFound

log = structlog.get_logger()
RANGE = 1000  # every sample of a range is locked at once: the database's lock table holds some thousands
LEASE = timedelta(minutes=5)
AFTER_LAST_SUBMIT = timedelta(minutes=1)  # no submit that read the old rule is on its way any longer


@transaction.atomic
def ask(*, project_id: UUID, now: datetime) -> None:
    """Rule or aspects changed, in this transaction. What was asked before and has not begun is dropped."""
    run(statements.NOTHING_LEFT_TO_ASK, {"p": project_id})
    Recount.objects.filter(project_id=project_id).exclude(state=WorkState.RUNNING).delete()
    ranges = rows(statements.RANGES, {"p": project_id, "size": RANGE})
    if not ranges:
        return
    common: dict[str, Any] = {
        "project_id": project_id,
        "rule_version": catalog_rules.current(project_id).version,
        "asked_at": now,
    }
    closing = Recount(
        first_sample_id=ranges[0][0],
        last_sample_id=ranges[-1][1],
        sample_count=0,
        closing=True,
        next_attempt_at=now + AFTER_LAST_SUBMIT,
        **common,
    )
    due = [
        Recount(first_sample_id=first, last_sample_id=last, sample_count=count, next_attempt_at=now, **common)
        for first, last, count in ranges
    ]
    Recount.objects.bulk_create([*due, closing])
    dispatch.recounts_due()


def recount_due(*, until: datetime, clock: Callable[[], datetime]) -> None:
    """Vote again over ranges until none is due or the time is over."""
    while clock() < until:
        claimed = work.claim(Recount, limit=1, lease=LEASE, now=clock())
        if not claimed:
            return
        _recount(claimed[0], now=clock())


def again(*, project_id: UUID, now: datetime) -> int:
    """A lead asks once more for ranges that failed; returns how many. Raises NotFound where none did."""
    failed = Recount.objects.filter(project_id=project_id, state=WorkState.FAILED)
    count = failed.update(state=WorkState.WAITING, attempts=0, next_attempt_at=now, failure="")
    if not count:
        raise NotFound("Nothing failed; there is nothing to do again.")
    dispatch.recounts_due()
    return count


class _NoLongerOurs(Exception):
    """The lease ran out: somebody else has the range, so nothing of it is written here."""


def _recount(claimed: Recount, *, now: datetime) -> None:
    try:
        with transaction.atomic():
            changed = _close(claimed) if claimed.closing else _range(claimed)
            if not work.finish(claimed, changed_count=changed, finished_at=now):
                raise _NoLongerOurs
    except _NoLongerOurs:
        log.warning("recount.lease_lost", recount_id=claimed.pk)


def _range(claimed: Recount) -> int:
    sample_ids = catalog_samples.in_range(claimed.project_id, claimed.first_sample_id, claimed.last_sample_id)
    changed = vote_again(project_id=claimed.project_id, sample_ids=sample_ids)
    dispatch.samples_changed(project_id=claimed.project_id, first=claimed.first_sample_id, last=claimed.last_sample_id)
    return changed


def _close(claimed: Recount) -> int:
    """What is stale still becomes ranges of its own; mostly nothing is."""
    rule = catalog_rules.current(claimed.project_id)
    stale = [row[0] for row in rows(statements.STALE, {"p": claimed.project_id, "rule": rule.version})]
    Recount.objects.bulk_create(
        Recount(
            project_id=claimed.project_id,
            rule_version=rule.version,
            asked_at=claimed.asked_at,
            first_sample_id=stale[start],
            last_sample_id=stale[min(start + RANGE, len(stale)) - 1],
            sample_count=0,
        )
        for start in range(0, len(stale), RANGE)
    )
    dispatch.recounts_due()
    dispatch.figures_stale(claimed.project_id)
    return 0


@transaction.atomic
def vote_again(*, project_id: UUID, sample_ids: Sequence[int]) -> int:
    """Answers of these samples from the stored cells, under the present rule; returns how many moved.

    Votes, rulings and imported cells alike; no opinion is touched, and an answer that stays keeps its revision.
    """
    return consensus.vote(
        project_id=project_id, sample_ids=sample_ids, by=(statements.VOTES, statements.RULINGS, statements.IMPORTED)
    )
