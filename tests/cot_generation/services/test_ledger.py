"""The cap holds exactly with many claimers, limits are shared, and money reserved by the dead comes back as spent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from config.base import work
from config.base.choices import WorkState
from cot_generation import endings
from cot_generation.choices import CallState, Outcome, PauseReason, RunState
from cot_generation.endings import Ending
from cot_generation.models import Call, Endpoint, Run, RunQuestion
from cot_generation.services import admitting, calls, claiming, ledger
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World, claimed
from tests.platform import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]


def test_sixty_four_claimers_admit_exactly_the_hundred_calls_that_the_cap_pays_for(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, requests_at_once=1000)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(192))
    probe = claimed(run, owner="probe", limit=1)
    claiming.release([probe[0].question], owner="probe", at=timezone.now())
    Run.objects.update(cap=100 * probe[0].ceiling)

    def claim_and_admit(number: int) -> int:
        owner = f"claimer-{number}"
        ready = claimed(run, owner=owner, limit=3)
        return len(admitting.admit(ready, owner=owner, now=timezone.now()).sent)

    admitted = sum(at_once(claim_and_admit, threads=64))

    run.refresh_from_db()
    assert admitted == 100
    assert Call.objects.filter(run=run, state=CallState.SENT).count() == 100
    assert run.reserved == run.cap


def test_a_cap_without_room_for_one_more_call_pauses_the_run_once_nothing_is_on_its_way(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    ready = claimed(run, owner="one")
    Run.objects.update(cap=ready[0].ceiling - Decimal("0.0000000001"))

    admission = admitting.admit(ready, owner="one", now=timezone.now())

    run.refresh_from_db()
    assert admission.sent == []
    assert (run.state, run.pause_reason, run.reserved) == (RunState.PAUSED, PauseReason.CAP, Decimal(0))
    question = RunQuestion.objects.get()
    assert (question.state, question.attempts) == (WorkState.WAITING, 0), "an unsent question spends no attempt"


def test_two_workers_share_the_endpoints_limit_of_requests_at_once(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, requests_at_once=5), questions=world.many_questions(20)
    )

    first = admitting.admit(claimed(run, owner="one", limit=4), owner="one", now=timezone.now())
    second = admitting.admit(claimed(run, owner="two", limit=4), owner="two", now=timezone.now())

    assert (len(first.sent), len(second.sent), len(second.held_back)) == (4, 1, 3)


def open_calls(sent: list[admitting.Sent], endpoint: Endpoint, *, flying: int) -> admitting.Standing:
    """What a loop says of itself that holds these, `flying` of them in flight."""
    waiting = {endpoint.pk: len(sent) - flying}
    return admitting.Standing(
        frozenset(each.call_id for each in sent), {endpoint.pk: flying}, waiting, brisk=frozenset([endpoint.pk])
    )


def test_intents_are_written_ahead_for_a_brisk_endpoint_but_no_place_is_promised_twice(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, requests_at_once=8)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(40))
    mine, others = claimed(run, owner="one", limit=20), claimed(run, owner="two", limit=20)
    now = timezone.now()

    full = admitting.admit(mine, owner="one", now=now)
    assert (len(full.sent), full.places[endpoint.pk]) == (8, 8)
    ahead = admitting.admit(full.held_back, owner="one", now=now, standing=open_calls(full.sent, endpoint, flying=8))
    assert (len(ahead.sent), ahead.places[endpoint.pk]) == (2, 0), "a quarter of what may fly waits with its intent"
    other = admitting.admit(others, owner="two", now=now)
    assert (other.sent, other.places[endpoint.pk]) == ([], 0)

    all_open = [*full.sent, *ahead.sent]
    ledger.settle([landed(each, Outcome.ANSWERED) for each in full.sent[:3]], now=now)
    other = admitting.admit(others, owner="two", now=now)
    assert len(other.sent) == 1, "what waits for the first loop counts as a place for the second"
    again = admitting.admit(
        ahead.held_back, owner="one", now=now, standing=open_calls(all_open[3:], endpoint, flying=5)
    )
    assert again.places[endpoint.pk] == 2, "and the first knows that two of its calls do not fly"


def test_nothing_is_written_ahead_for_an_endpoint_with_faults(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, requests_at_once=8)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(20))
    Endpoint.objects.update(faults_in_a_row=1)

    admission = admitting.admit(
        claimed(run, owner="one"), owner="one", now=timezone.now(), standing=open_calls([], endpoint, flying=0)
    )

    assert (len(admission.sent), admission.places[endpoint.pk]) == (4, 4), "one fault halves what flies at once"


def test_an_intent_that_was_never_sent_is_taken_back_with_its_money_and_may_be_written_again(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.many_questions(3))
    sent = admitting.admit(claimed(run, owner="one"), owner="one", now=timezone.now()).sent
    ledger.settle([landed(sent[0], Outcome.ANSWERED)], now=timezone.now())

    returned = admitting.take_back(sent)

    run.refresh_from_db()
    assert [each.question.pk for each in returned] == [each.ready.question.pk for each in sent[1:]]
    assert (run.reserved, Call.objects.count()) == (Decimal(0), 1), "a settled call stays"
    assert len(admitting.admit(returned, owner="one", now=timezone.now()).sent) == 2


def test_no_minute_holds_more_requests_than_the_limit(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    """A clock of our own: every second a worker asks for as many as it can get."""
    world = make_world(samples=1)
    endpoint = make_endpoint(world, requests_per_minute=60, requests_at_once=1000)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(150))
    start = timezone.now()
    sent: list[int] = []
    ready = claimed(run, owner="one", limit=150)

    for second in range(120):
        admission = admitting.admit(ready, owner="one", now=start + timedelta(seconds=second))
        sent += [second] * len(admission.sent)
        ready = admission.held_back

    windows = [sum(from_ <= second < from_ + 60 for second in sent) for from_ in range(61)]
    assert max(windows) <= 60
    assert len(sent) >= 2 * 60 * 0.9, "and at least nine tenths of the limit are used"


def landed(sent: admitting.Sent, outcome: Outcome, **more: object) -> ledger.Landed:
    """The call's end, as the worker hands it to the ledger."""
    return ledger.Landed(sent, Ending(outcome, **more))  # type: ignore[arg-type]  # fields as each test names them


def test_an_endpoint_that_is_down_for_ten_minutes_gets_few_calls_and_is_found_again_soon(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    """A clock of our own: every second a worker sends what it may; the server is back after 600 s."""
    world = make_world(samples=1)
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, requests_at_once=4), questions=world.many_questions(60)
    )
    start = timezone.now()
    while_down, found_again = 0, None
    RunQuestion.objects.update(next_attempt_at=start)
    ready = claimed(run, owner="one", limit=60)

    for second in range(660):
        now = start + timedelta(seconds=second)
        admission = admitting.admit(ready, owner="one", now=now)
        ready = admission.held_back
        down = second < 600
        if down:
            while_down += len(admission.sent)
        elif admission.sent and found_again is None:
            found_again = second - 600
        outcome = Outcome.UNREACHABLE if down else Outcome.ANSWERED
        if admission.sent:
            ledger.settle([landed(each, outcome) for each in admission.sent], now=now)
        if found_again is not None:
            break

    assert while_down <= 25
    assert found_again is not None
    assert found_again <= 40


def test_more_than_half_of_a_minute_failing_opens_the_breaker_though_answers_come_between(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, requests_at_once=16)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(16))
    now = timezone.now()
    sent = admitting.admit(claimed(run, owner="one"), owner="one", now=now).sent
    ends = [Outcome.SERVER_ERROR if place % 3 else Outcome.ANSWERED for place in range(12)]

    ledger.settle([landed(each, end) for each, end in zip(sent, ends, strict=False)], now=now)

    endpoint.refresh_from_db()
    assert endpoint.faults_in_a_row == endings.BREAKER_FAULTS
    assert endpoint.rests_until == now + timedelta(seconds=endings.PROBE_EVERY_S)


def test_a_few_faults_among_many_answers_do_not_open_it(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, requests_at_once=16)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(16))
    now = timezone.now()
    sent = admitting.admit(claimed(run, owner="one"), owner="one", now=now).sent
    ends = [Outcome.ANSWERED] * 9 + [Outcome.SERVER_ERROR] * 3

    ledger.settle([landed(each, end) for each, end in zip(sent, ends, strict=False)], now=now)

    endpoint.refresh_from_db()
    assert (endpoint.faults_in_a_row, endpoint.rests_until) == (3, None)


def test_money_reserved_by_a_dead_worker_becomes_spent_at_the_ceiling_and_its_questions_are_due_again(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.many_questions(30))
    sent = admitting.admit(claimed(run, owner="dead"), owner="dead", now=timezone.now()).sent
    run.refresh_from_db()
    reserved = run.reserved
    assert (len(sent), reserved > 0) == (16, True)

    work.give_back_expired(RunQuestion, now=timezone.now() + timedelta(hours=1))
    calls.sweep(now=timezone.now())

    run.refresh_from_db()
    assert (run.reserved, run.spent) == (Decimal(0), reserved)
    assert set(Call.objects.values_list("state", "outcome")) == {(CallState.UNKNOWN, Outcome.WORKER_LOST)}
    assert RunQuestion.objects.filter(state=WorkState.WAITING).count() == 30


def test_a_call_of_a_living_worker_is_not_taken_for_lost(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    admitting.admit(claimed(run, owner="alive"), owner="alive", now=timezone.now())

    work.give_back_expired(RunQuestion, now=timezone.now())
    calls.sweep(now=timezone.now())

    assert Call.objects.get().state == CallState.SENT


def test_a_step_whose_worker_died_twice_has_failed(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    for owner in ("first", "second"):
        RunQuestion.objects.update(next_attempt_at=timezone.now())
        admitting.admit(claimed(run, owner=owner), owner=owner, now=timezone.now())
        work.give_back_expired(RunQuestion, now=timezone.now() + timedelta(hours=1))
        calls.sweep(now=timezone.now())

    run.refresh_from_db()
    question = RunQuestion.objects.get()
    assert (question.state, question.outcome) == (WorkState.FAILED, Outcome.WORKER_LOST)
    assert run.state == RunState.DONE
