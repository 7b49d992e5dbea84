"""Two that ask the same at the same moment pay once: the second waits for the first's reply, and holds nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from config.base import work
from config.base.choices import WorkState
from cot_generation.choices import CallState, Outcome, RunState
from cot_generation.endings import Ending
from cot_generation.models import Call, CallBatch, Endpoint, Rationale, Run, RunQuestion
from cot_generation.providers import openai_compatible
from cot_generation.services import admitting, batch_ledger, calls, claiming, ledger, runs, turns
from cot_generation.services.asking import PictureCache, Ready
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World, claimed
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import ApiClient, at_once, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
EACH = Decimal("0.0014")


def work_until_all_is_done(_: int) -> None:
    """A worker that comes back until no question is open, as the sweep's hints make it."""
    until = time.monotonic() + 60
    while RunQuestion.objects.filter(state__in=[WorkState.WAITING, WorkState.RUNNING]).exists():
        calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(seconds=30))
        assert time.monotonic() < until, "the runs come to no end"
        time.sleep(0.1)


def twins(world: World, endpoint: Endpoint, count: int) -> tuple[Run, Run]:
    """Two runs that ask the same."""
    pairs = world.many_questions(count)
    first, second = (build.run(world.project.pk, endpoint=endpoint, questions=pairs) for _ in range(2))
    return first, second


def keys() -> list[str]:
    return list(Call.objects.order_by("pk").values_list("request_key", flat=True))


def claim(run: Run, *, owner: str) -> list[Ready]:
    """As a worker's loop claims; what waits for another's call is not among them."""
    run = Run.objects.select_related("endpoint", "prompt").get(pk=run.pk)
    return turns.claim_for(run, 100, owner=owner, cache=PictureCache(), now=timezone.now()).ready


def test_two_runs_that_ask_the_same_at_once_on_two_workers_send_each_request_once(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=0.3)
    both = twins(world, make_endpoint(world, requests_at_once=8), 24)

    at_once(work_until_all_is_done, threads=2)

    assert len(provider.journal) == len(set(keys())) == len(keys()) == 24
    assert Rationale.objects.count() == 48
    for run in both:
        run.refresh_from_db()
        assert (run.state, run.reserved) == (RunState.DONE, Decimal(0))
    assert sum(run.spent for run in both) == 24 * EACH
    read = RunQuestion.objects.filter(reused=True)
    assert (read.count(), set(read.values_list("saved", flat=True))) == (24, {EACH})
    assert set(read.values_list("calls", flat=True)) == {None}, "who read another's reply made no call of its own"


def test_a_run_that_comes_while_all_it_asks_is_on_its_way_costs_nothing(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(after_s=1.5)
    endpoint = make_endpoint(world, requests_at_once=16)
    pairs = world.many_questions(6)
    first = build.run(world.project.pk, endpoint=endpoint, questions=pairs)

    def worker(number: int) -> None:
        if number == 1:
            wait_until(lambda: len(provider.arrivals) == 6, what="the first run's calls")
            build.run(world.project.pk, endpoint=endpoint, questions=pairs)
        work_until_all_is_done(number)

    at_once(worker, threads=2)

    second = Run.objects.exclude(pk=first.pk).get()
    assert (second.state, second.spent, len(provider.journal)) == (RunState.DONE, Decimal(0), 6)
    assert sum(each.saved for each in second.questions.all()) == 6 * EACH
    assert Rationale.objects.filter(run_question__run=second, passed=True).count() == 6


@pytest.mark.parametrize("fault", [fakes.drops, fakes.says("no JSON at all")], ids=["dropped", "unreadable"])
def test_when_the_first_call_fails_the_second_question_is_asked_itself(
    fault: fakes.Behaviour, make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint
) -> None:
    world = make_world(samples=1)
    provider.behaviours = [fault]
    twins(world, make_endpoint(world), 1)

    at_once(work_until_all_is_done, threads=2)

    # The one whose call failed makes its one further call with a seed of its own, the other the first request anew.
    assert len(provider.journal) == 3
    assert [len(set(keys())), keys().count(keys()[0])] == [2, 2]
    assert Call.objects.filter(outcome=Outcome.ANSWERED).count() == Rationale.objects.count() == 2
    assert sorted(RunQuestion.objects.values_list("spare_spent", flat=True)) == [False, True]
    assert set(Run.objects.values_list("state", flat=True)) == {RunState.DONE}


def test_a_call_whose_worker_died_holds_others_up_no_longer_than_its_lease(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    first, second = twins(world, make_endpoint(world), 1)
    (dead,) = admitting.admit(claimed(first, owner="dead"), owner="dead", now=timezone.now()).sent

    assert claim(second, owner="two") == []
    waits = second.questions.get()
    assert (waits.state, waits.owner, waits.attempts) == (WorkState.WAITING, "", 0), (
        "it holds nothing and spends nothing"
    )

    RunQuestion.objects.filter(run=second).update(next_attempt_at=timezone.now())
    RunQuestion.objects.filter(run=first).update(lease_expires_at=timezone.now())
    (ready,) = claim(second, owner="two")
    assert ready.key == dead.ready.key
    assert len(admitting.admit([ready], owner="two", now=timezone.now()).sent) == 1


def test_what_is_asked_anew_on_purpose_waits_for_nobody(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world)
    first = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    again = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), ask_again=True)
    admitting.admit(claimed(first, owner="one"), owner="one", now=timezone.now())

    sent = admitting.admit(claim(again, owner="two"), owner="two", now=timezone.now()).sent

    assert len(sent) == 1


def test_who_waits_says_for_which_run_since_when_and_can_be_asked_without_waiting(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, batch_share="1")
    pairs = world.many_questions(3)
    batched = build.run(world.project.pk, endpoint=endpoint, questions=pairs[:2], batched=True)
    batch = work.claim(CallBatch, limit=1, lease=timedelta(minutes=1), now=timezone.now())[0]
    in_file = claim(batched, owner="forming")
    assert batch_ledger.submit(batch, in_file, file_id="file-1", owner="forming", now=timezone.now())
    single = build.run(world.project.pk, endpoint=endpoint, questions=pairs)
    ready = claim(single, owner="one")
    claiming.release([each.question for each in ready], owner="one", at=timezone.now())
    lead = ApiClient().signed_in_as(world.member(Role.LEAD))
    page = f"/projects/{world.project.slug}/rationale-runs/{single.pk}"

    (awaited,) = lead.get(page).json()["waits_for"]
    asked = lead.post(f"{page}/stop-waiting")

    assert (awaited["run_id"], awaited["batched"], awaited["count"]) == (str(batched.pk), True, 2)
    assert datetime.fromisoformat(awaited["sent_at"]) == Call.objects.order_by("pk")[0].sent_at
    assert (asked.status_code, asked.json()["waits_for"]) == (200, [])
    assert len(claim(single, owner="two")) == 3
    Run.objects.filter(pk=single.pk).update(state=RunState.CANCELLED, finished_at=timezone.now())
    assert lead.post(f"{page}/stop-waiting").json()["code"] == "run_not_movable"


def test_a_run_that_waits_for_nobody_still_reads_what_was_answered(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: Callable[..., int]
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world)
    answered, flying = world.many_questions(2)
    build.run(world.project.pk, endpoint=endpoint, questions=[answered])
    assert work_off() == 1
    earlier = build.run(world.project.pk, endpoint=endpoint, questions=[flying])
    admitting.admit(claimed(earlier, owner="one"), owner="one", now=timezone.now())
    run = build.run(world.project.pk, endpoint=endpoint, questions=[answered, flying], start_now=False)
    lead = world.member(Role.LEAD).pk

    runs.stop_waiting(project_id=world.project.pk, run_id=run.pk, actor_id=lead, now=timezone.now())
    runs.start(project_id=world.project.pk, run_id=run.pk, actor_id=lead, now=timezone.now())
    ready = claim(run, owner="two")

    assert [each.question.sample_id for each in ready] == [flying[0]]
    assert len(admitting.admit(ready, owner="two", now=timezone.now()).sent) == 1
    assert run.questions.get(sample_id=answered[0]).state == WorkState.DONE


def test_what_was_answered_between_claim_and_admission_is_read_and_not_sent(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: Callable[..., int]
) -> None:
    world = make_world(samples=1)
    _, second = twins(world, make_endpoint(world), 1)
    Run.objects.filter(pk=second.pk).update(state=RunState.PLANNED)
    late = claimed(second, owner="late")
    assert work_off() == 1
    Run.objects.filter(pk=second.pk).update(state=RunState.RUNNING)

    assert admitting.admit(late, owner="late", now=timezone.now()).sent == []
    assert work_off() == 0

    second.refresh_from_db()
    assert (second.state, second.spent, len(provider.journal)) == (RunState.DONE, Decimal(0), 1)


def test_of_equal_requests_that_many_admit_at_once_over_two_rows_of_one_server_each_is_sent_once(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    pairs = world.many_questions(12)
    endpoints = [make_endpoint(world, requests_at_once=1000) for _ in range(2)]
    runs = [build.run(world.project.pk, endpoint=endpoints[number % 2], questions=pairs) for number in range(8)]
    ready = [claimed(run, owner=f"worker-{number}") for number, run in enumerate(runs)]

    def admit(number: int) -> int:
        return len(admitting.admit(ready[number], owner=f"worker-{number}", now=timezone.now()).sent)

    assert sum(at_once(admit, threads=8)) == 12
    assert len(set(keys())) == len(keys()) == 12
    assert RunQuestion.objects.filter(state=WorkState.WAITING).count() == 7 * 12


def test_other_projects_money_is_never_waited_for(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    ours, theirs = make_world(samples=1), make_world(samples=1)
    first = build.run(theirs.project.pk, endpoint=make_endpoint(theirs), questions=theirs.questions())
    second = build.run(ours.project.pk, endpoint=make_endpoint(ours), questions=ours.questions())
    admitting.admit(claimed(first, owner="one"), owner="one", now=timezone.now())
    (ready,) = claimed(second, owner="two")
    Call.objects.update(request_key=ready.key)

    assert len(admitting.admit([ready], owner="two", now=timezone.now()).sent) == 1


def test_a_batch_is_put_together_without_what_is_on_its_way_and_given_up_when_that_came_later(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world, batch_share="1")
    pairs = world.many_questions(2)
    single = build.run(world.project.pk, endpoint=endpoint, questions=pairs[:1])
    batched = build.run(world.project.pk, endpoint=endpoint, questions=pairs, batched=True)
    batch_ledger.want([batched.pk], now=timezone.now())
    batch = work.claim(CallBatch, limit=1, lease=timedelta(minutes=1), now=timezone.now())[0]
    in_file = claim(batched, owner="forming")
    assert len(in_file) == 2

    sent = admitting.admit(claimed(single, owner="one"), owner="one", now=timezone.now()).sent
    assert not batch_ledger.submit(batch, in_file, file_id="file-1", owner="forming", now=timezone.now())
    claiming.release([each.question for each in in_file], owner="forming", at=timezone.now())
    in_file = claim(batched, owner="forming")
    assert [each.question.sample_id for each in in_file] == [pairs[1][0]]
    assert batch_ledger.submit(batch, in_file, file_id="file-1", owner="forming", now=timezone.now())

    other = build.run(world.project.pk, endpoint=endpoint, questions=pairs)
    ledger.settle([ledger.Landed(each, Ending(Outcome.DROPPED)) for each in sent], now=timezone.now())
    assert [each.question.sample_id for each in claim(other, owner="two")] == [pairs[0][0]], "the other is in the batch"
    assert Call.objects.filter(state=CallState.SENT, batch=batch).count() == 1


def test_admitting_takes_as_many_statements_for_many_requests_as_for_few(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.many_questions(14))
    counts = []
    for limit in (1, 2, 11):  # the project's first call of a day also makes that day's row
        ready = claimed(run, owner="one", limit=limit)
        with CaptureQueriesContext(connection) as seen:
            assert len(admitting.admit(ready, owner="one", now=timezone.now()).sent) == limit
        counts.append(len(seen))

    assert counts[1:] == [12, 12]
