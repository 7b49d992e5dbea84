"""Rows are locked in one order by everybody, so that no two workers wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connections, transaction
from django.utils import timezone

from cot_generation.choices import CallState, Outcome
from cot_generation.endings import Ending
from cot_generation.models import Call, Endpoint, Run
from cot_generation.services import admitting, ledger
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World, claimed
from tests.platform import wait_until, waiting_sessions

pytestmark = pytest.mark.django_db(transaction=True)


def test_admitting_for_two_endpoints_and_settling_calls_of_both_never_wait_for_each_other(
    make_world: Callable[..., World], make_endpoint: Callable[..., Endpoint]
) -> None:
    """The run that was made first is the second endpoint's: by endpoint they come in another order than by key."""
    world = make_world(samples=1)
    endpoints = sorted((make_endpoint(world), make_endpoint(world)), key=lambda each: each.pk)
    earlier = build.run(world.project.pk, endpoint=endpoints[1], questions=world.many_questions(2), seed=1)
    later = build.run(world.project.pk, endpoint=endpoints[0], questions=world.many_questions(2), seed=2)
    assert earlier.pk < later.pk
    flying = [each for run in (earlier, later) for each in claimed(run, owner="one", limit=1)]
    sent = admitting.admit(flying, owner="one", now=timezone.now()).sent
    due = [each for run in (earlier, later) for each in claimed(run, owner="one", limit=1)]

    def on_its_own(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            Endpoint.objects.select_for_update().get(pk=endpoints[1].pk)
            first = pool.submit(on_its_own, lambda: admitting.admit(due, owner="one", now=timezone.now()))
            wait_until(lambda: waiting_sessions() == 1, what="the admission before the second endpoint")
            landed = [ledger.Landed(each, Ending(Outcome.ANSWERED, status=200, body="{}")) for each in sent]
            settling: Future[None] = pool.submit(on_its_own, lambda: ledger.settle(landed, now=timezone.now()))
            wait_until(lambda: settling.done() or waiting_sessions() == 2, what="the settlement")
        first.result()
        settling.result()

    assert Call.objects.filter(state=CallState.SETTLED).count() == Call.objects.open().count() == 2
    assert set(Run.objects.values_list("reserved", flat=True)) == {each.ceiling for each in due}
    assert Decimal(0) not in {each.ceiling for each in due}
