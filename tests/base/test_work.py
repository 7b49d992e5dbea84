"""Machine work is claimed once, written only under its fence, and comes back when its worker goes quiet."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from config.base import work
from config.base.choices import WorkState
from config.base.models import OutboxMessage
from tests.platform import at_once

LEASE = timedelta(seconds=60)


def message(*, now: datetime, **columns: object) -> OutboxMessage:
    row = OutboxMessage(topic="sample_changed", subscriber="nowhere", payload={}, next_attempt_at=now)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return row


@pytest.mark.django_db
def test_a_claim_takes_due_rows_and_spends_an_attempt(now: datetime) -> None:
    due, later = message(now=now), message(now=now + timedelta(minutes=1))

    (claimed,) = work.claim(OutboxMessage, limit=10, lease=LEASE, now=now)

    assert (claimed.pk, claimed.state, claimed.fence, claimed.attempts) == (due.pk, WorkState.RUNNING, 1, 1)
    later.refresh_from_db()
    assert later.state == WorkState.WAITING


@pytest.mark.django_db
def test_what_a_process_held_that_has_ended_is_due_at_once_and_what_others_hold_is_not(now: datetime) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "from config.base import processes; print(processes.this())"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()
    lost, spent = message(now=now), message(now=now, max_attempts=1)
    work.claim(OutboxMessage, limit=2, lease=LEASE, now=now, owner=f"{dead}:its-loop")
    held = message(now=now), message(now=now)
    work.claim(OutboxMessage, limit=1, lease=LEASE, now=now)  # by this process
    work.claim(OutboxMessage, limit=1, lease=LEASE, now=now, owner="elsewhere:0badc0de:1:1")

    assert work.give_back_from_gone(OutboxMessage, now=now) == (1, 1)

    states = {row.pk: row.state for row in OutboxMessage.objects.all()}
    assert (states[lost.pk], states[spent.pk]) == (WorkState.WAITING, WorkState.FAILED)
    assert {states[row.pk] for row in held} == {WorkState.RUNNING}


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_claim_each_row_once(now: datetime) -> None:
    for _ in range(60):
        message(now=now)

    def take(_: int) -> list[int]:
        try:
            found: list[int] = []
            while rows := work.claim(OutboxMessage, limit=3, lease=LEASE, now=now):
                found += [row.pk for row in rows]
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = [pk for found in pool.map(take, range(8)) for pk in found]

    assert len(taken) == len(set(taken))
    # A worker that found only locked rows went home; whatever it left is still due.
    assert len(taken) + OutboxMessage.objects.filter(state=WorkState.WAITING).count() == 60


@pytest.mark.django_db
def test_a_worker_past_its_lease_changes_nothing(now: datetime) -> None:
    message(now=now)
    (slow,) = work.claim(OutboxMessage, limit=1, lease=LEASE, now=now)
    later = now + timedelta(minutes=2)
    assert work.give_back_expired(OutboxMessage, now=later) == (1, 0)
    (quick,) = work.claim(OutboxMessage, limit=1, lease=LEASE, now=later)

    assert work.finish(slow) is False
    assert work.renew(slow, lease=LEASE, now=later) is False
    assert work.finish(quick) is True


@pytest.mark.django_db
def test_work_whose_workers_keep_dying_fails_in_the_end(now: datetime) -> None:
    row = message(now=now, max_attempts=2)
    for minute in (0, 2):
        assert work.claim(OutboxMessage, limit=1, lease=LEASE, now=now + timedelta(minutes=minute))
        work.give_back_expired(OutboxMessage, now=now + timedelta(minutes=minute + 2))

    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.FAILED, 2)
    assert work.again(OutboxMessage, where=Q(pk=row.pk), now=now) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == (WorkState.WAITING, 0)


@pytest.mark.django_db(transaction=True)
def test_giving_back_waits_for_nobody_and_leaves_a_row_that_somebody_holds_for_the_next_round(now: datetime) -> None:
    held, free = message(now=now), message(now=now)
    work.claim(OutboxMessage, limit=2, lease=LEASE, now=now)
    later = now + timedelta(minutes=2)

    with transaction.atomic():
        OutboxMessage.objects.select_for_update().get(pk=held.pk)
        (given_back,) = at_once(lambda _: work.give_back_expired(OutboxMessage, now=later), threads=1)
        assert given_back == (1, 0)
        free.refresh_from_db()
        assert free.state == WorkState.WAITING

    assert work.give_back_expired(OutboxMessage, now=later) == (1, 0)


@pytest.mark.django_db
def test_trying_again_waits_until_its_time(now: datetime) -> None:
    message(now=now)
    (row,) = work.claim(OutboxMessage, limit=1, lease=LEASE, now=now)

    assert work.retry(row, at=now + timedelta(minutes=1), failure="busy") is True

    assert work.claim(OutboxMessage, limit=1, lease=LEASE, now=now) == []
    assert len(work.claim(OutboxMessage, limit=1, lease=LEASE, now=now + timedelta(minutes=1))) == 1


def test_nothing_waits_behind_single_calls_which_hold_the_one_process_of_their_queue() -> None:
    queues = {table: queue for table, (_, queue) in settings.WORK.items()}

    calls = queues.pop("cot_generation.RunQuestion")

    assert calls not in queues.values()
