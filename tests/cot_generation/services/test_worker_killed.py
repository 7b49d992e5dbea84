"""SIGKILL of a real worker in the middle of generation loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from config.base import work
from config.base.choices import WorkState
from config.base.sweep import sweep
from cot_generation.choices import CallState, Outcome
from cot_generation.models import Call, Endpoint, Rationale, Run, RunQuestion
from cot_generation.services import claiming
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]

QUESTIONS = 120
ENOUGH = 40  # what was lost at one kill (twelve in flight, three ahead) is answered before the next


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, start_worker: Callable[..., Worker]
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.4)
    provider.keep_bodies = False
    endpoint = make_endpoint(
        world, requests_at_once=12, deadline_s=600
    )  # leases outlast this test: nobody waits for one
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(QUESTIONS))
    kills = 0

    while kills < 2:
        answered = len(provider.journal)
        worker = start_worker("llm", ENDPOINT_HOSTS="127.0.0.1")
        work.send("cot_generation.make_due_calls", "llm")
        wait_until(lambda seen=answered: len(provider.journal) > seen + ENOUGH, what="some calls")  # type: ignore[misc]  # the default binds this round's count
        worker.kill()
        kills += 1
    start_worker("llm", ENDPOINT_HOSTS="127.0.0.1")
    work.send("cot_generation.make_due_calls", "llm")
    wait_until(lambda: not RunQuestion.objects.exclude(state=WorkState.DONE).exists(), what="the end of the run")

    run.refresh_from_db()
    ledger = {f"call-{call.pk}": call for call in Call.objects.all()}
    journal = Counter(entry.call for entry in provider.journal)
    assert max(journal.values()) == 1, "no call was sent twice"
    assert set(journal) <= set(ledger), "every request that arrived has its row"
    for call in (call for name, call in ledger.items() if name not in journal):
        assert call.outcome == Outcome.WORKER_LOST, "a row without a request is one that a kill caught before sending"
    assert Rationale.objects.count() == QUESTIONS
    assert Rationale.objects.values("run_question").distinct().count() == QUESTIONS
    answered_rows = Call.objects.filter(outcome=Outcome.ANSWERED).count()
    lost_rows = Call.objects.filter(state=CallState.UNKNOWN).count()
    assert (answered_rows, lost_rows > 0) == (QUESTIONS, True)
    assert run.reserved == 0
    assert run.spent == sum(call.cost for call in ledger.values())


def test_the_questions_of_a_worker_elsewhere_come_back_by_their_lease(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    """As from another machine or container, where this one sees no process: only silence tells that it is gone."""
    world = make_world(samples=1)
    build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    run = Run.objects.select_related("endpoint", "prompt").get()
    now = timezone.now()
    (question,) = claiming.claim(run.pk, limit=1, owner="elsewhere:0badc0de:2000000000:1:0a1b2c3d", now=now)

    sweep(now=now)
    question.refresh_from_db()
    assert question.state == WorkState.RUNNING
    sweep(now=now + claiming.LEASE + timedelta(seconds=1))

    question.refresh_from_db()
    assert question.state == WorkState.WAITING


def test_a_stopped_workers_calls_are_left_to_it_while_its_lease_holds(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, start_worker: Callable[..., Worker]
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.5)
    build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.many_questions(6))
    worker = start_worker("llm", ENDPOINT_HOSTS="127.0.0.1")
    work.send("cot_generation.make_due_calls", "llm")
    wait_until(lambda: len(provider.arrivals) == 6, what="the calls")

    os.killpg(worker.process.pid, signal.SIGSTOP)
    sweep(now=timezone.now())
    assert Call.objects.filter(outcome=Outcome.WORKER_LOST).count() == 0
    os.killpg(worker.process.pid, signal.SIGCONT)

    wait_until(lambda: not RunQuestion.objects.exclude(state=WorkState.DONE).exists(), what="the end of the run")
    assert len(provider.journal) == Call.objects.filter(outcome=Outcome.ANSWERED).count() == 6
