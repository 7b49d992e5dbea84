"""The loop: no place stands empty for the database's sake, and none is taken that the endpoint did not give."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.utils import timezone

from config.base.choices import WorkState
from cot_generation.choices import CallState, Outcome, RunState, Way
from cot_generation.models import Call, Endpoint, Rationale, Run, RunQuestion
from cot_generation.providers import openai_compatible
from cot_generation.services import calls, rounds
from cot_generation.services.turns import Written
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import Behaviour, FaultyEndpoint
from tests.platform import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]


def test_two_loops_that_write_intents_ahead_never_pass_the_endpoints_limit_together(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.1)
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, requests_at_once=12), questions=world.many_questions(150)
    )

    def loop(number: int) -> int:
        return calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(seconds=60))

    made = at_once(loop, threads=2)

    assert (sum(made), provider.peak) == (150, 12)
    assert Rationale.objects.count() == 150
    assert max(Counter(entry.call for entry in provider.journal).values()) == 1
    run.refresh_from_db()
    assert (run.state, run.reserved, run.spent) == (RunState.DONE, Decimal(0), 150 * Decimal("0.0014"))


def test_a_refusal_takes_back_what_waits_and_nothing_goes_out_while_the_endpoint_rests(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.1)
    refused_at = 40
    provider.behaviours = [provider.usual] * refused_at + [fakes.fails(429, retry_after="2")]
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, requests_at_once=8), questions=world.many_questions(80)
    )

    work_off(rounds=2)

    arrivals = sorted(provider.arrivals)
    rested = [at - arrivals[refused_at] for at in arrivals if 0.5 < at - arrivals[refused_at] < 1.95]
    assert rested == [], "nothing arrived while the endpoint rested"
    run.refresh_from_db()
    assert (run.state, run.reserved) == (RunState.DONE, Decimal(0))
    assert len(provider.journal) == Call.objects.count() == 81, "what was taken back left no row, and was sent once"


def test_a_reply_that_lands_while_the_database_is_away_is_settled_when_it_is_back(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=3)

    def cut_every_connection() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where pid <> pg_backend_pid() and datname = current_database()"
            )
        connections.close_all()

    async def answer(endpoint: FaultyEndpoint, request: object, body: dict[str, object]) -> object:
        await asyncio.get_running_loop().run_in_executor(None, cut_every_connection)
        return await fakes.answers()(endpoint, request, body)  # type: ignore[arg-type]  # the same request

    behaviour: Behaviour = answer  # type: ignore[assignment]  # narrower arguments than the type's
    provider.behaviours = [behaviour]
    endpoint = make_endpoint(world, requests_at_once=1)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    connection.close()

    work_off()

    connection.close()
    run.refresh_from_db()
    answered = Call.objects.filter(state=CallState.SETTLED, outcome=Outcome.ANSWERED)
    assert (run.state, answered.count(), len(provider.journal)) == (RunState.DONE, 3, 3)
    assert (run.reserved, run.spent) == (Decimal(0), 3 * Decimal("0.0014"))


def test_a_loop_that_is_told_to_stop_takes_in_what_flies_and_gives_back_the_rest_unspent(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.1)
    build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=16), questions=world.many_questions(120))

    made = calls.make_due(
        opened=openai_compatible.opened,
        until=timezone.now() + timedelta(seconds=60),
        stopping=lambda: len(provider.journal) >= 50,
    )

    run = Run.objects.get()
    assert 50 <= made == len(provider.journal) == Call.objects.filter(outcome=Outcome.ANSWERED).count() < 120
    assert Call.objects.count() == made, "an intent that was not sent is no call"
    assert (run.reserved, RunQuestion.objects.filter(state=WorkState.DONE).count()) == (Decimal(0), made)
    waiting = RunQuestion.objects.filter(state=WorkState.WAITING)
    assert (waiting.count(), set(waiting.values_list("attempts", flat=True))) == (120 - made, {0})


def test_a_loop_whose_last_reply_makes_its_question_due_again_goes_on_with_it(
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the first replies were out nothing was due, and the loop may ask at any moment whether it has ended."""
    ended = []
    take = rounds.Round._take

    def take_and_look(loop: rounds.Round, written: Written) -> None:
        take(loop, written)
        if written.settled:
            ended.append(loop._finished())

    monkeypatch.setattr(rounds.Round, "_take", take_and_look)
    provider.usual = fakes.answers(after_s=0.3)  # long enough for a claim that finds nothing
    world = make_world(samples=1)
    world.settle("A")
    endpoint = make_endpoint(world)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=Way.ANSWER_DRIVEN)

    assert work_off() == 2

    assert ended[0] is False
    run.refresh_from_db()
    assert run.state == RunState.DONE
