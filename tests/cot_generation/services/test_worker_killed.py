"""SIGKILL of a real worker in the middle of generation loses nothing and doubles nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from config.base import work
from config.base.choices import WorkState
from cot_generation.choices import CallState, Outcome
from cot_generation.models import Call, Endpoint, Rationale, RunQuestion
from cot_generation.services import calls
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import Worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS = 120
ENOUGH = 40  # what was lost at one kill (twelve in flight, three ahead) is answered before the next


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    make_world: Callable[..., World],
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    start_worker: Callable[..., Worker],
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.4)
    provider.keep_bodies = False
    endpoint = make_endpoint(world, requests_at_once=12)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(QUESTIONS))
    kills = 0

    while kills < 2:
        answered = len(provider.journal)
        worker = start_worker("llm", ENDPOINT_HOSTS="127.0.0.1")
        work.send("cot_generation.make_due_calls", "llm")
        wait_until(lambda seen=answered: len(provider.journal) > seen + ENOUGH, what="some calls")  # type: ignore[misc]  # the default binds this round's count
        worker.kill()
        kills += 1
        # Time passes: leases of the dead run out, and the sweep gives their questions back.
        work.give_back_expired(RunQuestion, now=timezone.now() + timedelta(hours=1))
        RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=timezone.now())
        calls.sweep(now=timezone.now())
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
