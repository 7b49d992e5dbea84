"""Questions become calls, calls become rationales, and every call is in the ledger.

The endpoint here is a real HTTP server that keeps a journal of what it billed; the tests compare that with our rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from config.base.choices import WorkState
from cot_generation.choices import CallState, Outcome, PauseReason, PriceBasis, RunState, Way
from cot_generation.models import Call, Endpoint, Rationale, Run, RunQuestion
from cot_generation.services import runs
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import Behaviour, FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

EACH = Decimal("0.0014")  # 1,000 tokens in at $1 and 100 out at $4 a million

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]


def only(run: Run) -> RunQuestion:
    return RunQuestion.objects.get(run=run)


def assert_books_close(run: Run, provider: FaultyEndpoint) -> None:
    """Every call of the journal is a row, nothing stays reserved, and the run's total is the sum of its calls."""
    run.refresh_from_db()
    calls = list(Call.objects.filter(run=run))
    assert {entry.call for entry in provider.journal} <= {f"call-{call.pk}" for call in calls}
    assert run.reserved == 0
    assert run.spent == sum(call.cost for call in calls)
    assert not any(call.state == CallState.SENT for call in calls)


def test_every_question_of_a_run_gets_one_rationale_and_the_money_adds_up(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=5)
    world.settle("A")
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    assert work_off() == 5

    assert_books_close(run, provider)
    assert (run.state, run.spent) == (RunState.DONE, 5 * EACH)
    assert Rationale.objects.filter(run_question__run=run).count() == 5
    assert {entry.pictures for entry in provider.journal} == {5}
    assert {entry.call for entry in provider.journal} == {
        f"call-{pk}" for pk in Call.objects.values_list("pk", flat=True)
    }


def test_letters_are_shuffled_for_the_model_and_come_back_as_slots(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=8)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    work_off()

    calls = list(Call.objects.filter(run=run))
    assert len({call.letters for call in calls}) > 1
    for call in calls:
        # The endpoint faults whatever stood at letter A, so the conclusion is the slot that was shown first.
        rationale = Rationale.objects.get(run_question=call.question)
        assert rationale.concluded == [call.letters[0]]
        assert (
            rationale.sentences[0].text == f"In {{{{{call.letters[0]}}}}} the shadow is wrong, it falls to the light."
        )


def test_an_automated_run_never_tells_the_answer_and_an_answer_driven_one_only_after_it_has_looked(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("B")
    endpoint = make_endpoint(world, sandbox=True)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off()
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=Way.ANSWER_DRIVEN)

    work_off()

    told = [("x-loupe-given" in headers, headers["x-loupe-step"]) for headers in provider.headers]
    assert told == [(False, "explain"), (False, "observe"), (True, "explain")]
    texts = [body["messages"][-1]["content"][-1]["text"] for body in provider.bodies]
    assert ["People judged" in text for text in texts] == [False, False, True]
    assert "has an edge that can be followed" in texts[2], "the observations of the first call are handed to the second"
    made = Rationale.objects.get(way=Way.ANSWER_DRIVEN)
    assert (made.answer_visible, made.answer, made.cost) == (True, ["B"], 2 * EACH)


def test_only_sandbox_endpoints_are_told_which_question_they_are_asked(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    build.run(world.project.pk, endpoint=make_endpoint(world, sandbox=False), questions=world.questions())
    work_off()
    build.run(world.project.pk, endpoint=make_endpoint(world, sandbox=True), questions=world.questions())
    work_off()

    real, sandbox = provider.headers
    assert not any(name.startswith("x-loupe") for name in real)
    assert sandbox["x-loupe-question"] == f"{world.samples[0].external_id}/physical_shadow"
    assert list(Rationale.objects.order_by("pk").values_list("sandbox", flat=True)) == [False, True]


# One behaviour of the provider, then good answers: (behaviour, outcome of the first call, what it cost, calls in all).
SECOND_CALL_MENDS = [
    pytest.param(fakes.fails(429, retry_after="0"), Outcome.RATE_LIMITED, Decimal(0), id="429-with-header"),
    pytest.param(fakes.fails(429), Outcome.RATE_LIMITED, Decimal(0), id="429-without-header"),
    pytest.param(fakes.fails(503, body=""), Outcome.OVERLOADED, Decimal(0), id="503"),
    pytest.param(fakes.fails(500), Outcome.SERVER_ERROR, Decimal(0), id="500"),
    pytest.param(fakes.drops, Outcome.DROPPED, None, id="drop-after-finishing"),
    pytest.param(fakes.hangs, Outcome.TIMED_OUT, None, id="hang"),
    pytest.param(fakes.stalls_in_the_head, Outcome.TIMED_OUT, None, id="stall-in-the-head"),
    pytest.param(fakes.trickles, Outcome.TIMED_OUT, None, id="trickle"),
    pytest.param(fakes.floods_with_blanks, Outcome.OVERSIZED, None, id="endless-white-space"),
    pytest.param(fakes.says('{"sentences": [{"te', finish="length"), Outcome.TRUNCATED, EACH, id="truncated-json"),
    pytest.param(fakes.says('{"sentences": [{"te'), Outcome.MALFORMED, EACH, id="broken-json"),
    pytest.param(
        fakes.says('{"sentences": [' + " \n" * 500, finish="length"), Outcome.BLANKS, EACH, id="blanks-to-the-limit"
    ),
    pytest.param(fakes.names_a_stranger, Outcome.MALFORMED, EACH, id="a-letter-that-was-not-shown"),
    pytest.param(fakes.says(""), Outcome.EMPTY, EACH, id="empty"),
    pytest.param(fakes.says("   \n  "), Outcome.EMPTY, EACH, id="blank"),
    pytest.param(fakes.fails(200, body="<html>hello</html>"), Outcome.UNREADABLE, None, id="not-a-completion"),
]


@pytest.mark.parametrize(("behaviour", "outcome", "cost"), SECOND_CALL_MENDS)
def test_a_trouble_is_written_down_priced_and_mended_by_one_more_call(
    behaviour: Behaviour,
    outcome: Outcome,
    cost: Decimal | None,
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
) -> None:
    world = make_world(samples=1)
    provider.behaviours = [behaviour]
    run = build.run(world.project.pk, endpoint=make_endpoint(world, deadline_s=1), questions=world.questions())

    _until_done(run, work_off)

    first, second = Call.objects.filter(run=run).order_by("pk")
    assert (first.outcome, second.outcome) == (outcome, Outcome.ANSWERED)
    assert first.cost == (first.reserved if cost is None else cost)
    assert first.price_basis == {None: PriceBasis.CEILING, EACH: PriceBasis.USAGE}.get(cost, PriceBasis.NONE)
    assert len(provider.journal) == 2
    assert_books_close(run, provider)
    assert Rationale.objects.get().cost == first.cost + second.cost


def _until_done(run: Run, work_off: WorkOff) -> None:
    """Work off, and wait out the rests that the endpoint asked for; at most half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        work_off()
        run.refresh_from_db()
        if run.state != RunState.RUNNING:
            return
        Endpoint.objects.update(rests_until=None)
        RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=timezone.now())
    raise AssertionError("the run did not end")


@pytest.mark.parametrize(
    ("behaviour", "outcome", "calls"),
    [
        pytest.param(fakes.says(None, refusal="I cannot help with that."), Outcome.REFUSED, 1, id="refusal"),
        pytest.param(fakes.says(None, finish="content_filter"), Outcome.FILTERED, 1, id="filtered-reply"),
        pytest.param(fakes.fails(400, code="content_filter"), Outcome.FILTERED, 1, id="filtered-prompt"),
        pytest.param(fakes.fails(400), Outcome.REQUEST_REFUSED, 1, id="400"),
        pytest.param(fakes.says("no json at all"), Outcome.MALFORMED, 2, id="malformed-twice"),
        pytest.param(fakes.says('{"a', finish="length"), Outcome.TRUNCATED, 2, id="truncated-twice"),
        pytest.param(fakes.drops, Outcome.DROPPED, 2, id="dropped-twice"),
        pytest.param(fakes.fails(500), Outcome.SERVER_ERROR, 2, id="500-twice"),
    ],
)
def test_what_does_not_mend_is_given_up_after_the_stated_number_of_calls(
    behaviour: Behaviour,
    outcome: Outcome,
    calls: int,
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
) -> None:
    world = make_world(samples=1)
    provider.usual = behaviour
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    _until_done(run, work_off)

    assert (only(run).state, only(run).outcome) == (WorkState.FAILED, outcome)
    assert len(provider.journal) == calls
    assert not Rationale.objects.exists()
    assert_books_close(run, provider)


def test_a_reply_without_usage_costs_its_ceiling_and_is_still_used(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    provider.usual = fakes.answers(usage=None)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    work_off()

    call = Call.objects.get(run=run)
    assert (call.outcome, call.price_basis, call.cost) == (Outcome.ANSWERED, PriceBasis.CEILING, call.reserved)
    assert Rationale.objects.count() == 1


def test_a_cut_off_reply_is_asked_again_with_twice_the_room(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    provider.behaviours = [fakes.says('{"sen', finish="length")]
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    _until_done(run, work_off)

    first, second = provider.bodies
    assert second["max_tokens"] == 2 * first["max_tokens"]


def test_white_space_up_to_the_limit_buys_no_larger_limit(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    provider.behaviours = [fakes.says('{"sentences": [' + " " * 900, finish="length")]
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    _until_done(run, work_off)

    first, second = provider.bodies
    assert second["max_tokens"] == first["max_tokens"]


def test_tokens_from_the_servers_cache_are_paid_at_their_own_price(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    """By hand: 600 of 1,000 tokens in were cached. 400 × $1 + 600 × $0.10 + 100 × $4 a million = $0.00086."""
    world = make_world(samples=1)
    details = {"cached_tokens": 600}
    provider.usual = fakes.answers(
        usage={"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": details}
    )
    endpoint = make_endpoint(world, cached_per_million="0.10")
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())

    work_off()

    run.refresh_from_db()
    assert (run.spent, Call.objects.get().cached_tokens) == (Decimal("0.00086"), 600)


def test_a_server_that_takes_fewer_pictures_pauses_the_run_before_it_has_cost_anything(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=6)
    provider.usual = fakes.takes_pictures(at_most=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions())

    work_off()

    run.refresh_from_db()
    assert (run.state, run.pause_reason, run.spent) == (RunState.PAUSED, PauseReason.REQUEST_REFUSED, Decimal(0))
    assert {entry.pictures for entry in provider.journal} == {5}
    assert len(provider.journal) == 3, "three refusals and no answer: the run is asked wrongly"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        pytest.param(fakes.fails(401), PauseReason.KEY_REFUSED, id="401"),
        pytest.param(fakes.fails(429, code="insufficient_quota"), PauseReason.QUOTA, id="quota"),
        pytest.param(fakes.fails(404, code="model_not_found"), PauseReason.REQUEST_REFUSED, id="no-such-model"),
        pytest.param(fakes.fails(302, location="http://127.0.0.1:1/v1"), PauseReason.REQUEST_REFUSED, id="redirect"),
    ],
)
def test_what_only_a_person_can_mend_pauses_the_run_and_loses_no_question(
    behaviour: Behaviour,
    reason: PauseReason,
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
) -> None:
    world = make_world(samples=3)
    provider.usual = behaviour
    run = build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions())

    work_off()

    run.refresh_from_db()
    assert (run.state, run.pause_reason) == (RunState.PAUSED, reason)
    assert RunQuestion.objects.filter(run=run, state=WorkState.WAITING).count() == 3
    lead = world.member("lead")
    provider.usual = fakes.answers()
    runs.start(project_id=world.project.pk, run_id=run.pk, actor_id=lead.pk, now=timezone.now())
    _until_done(run, work_off)
    assert Rationale.objects.count() == 3


def test_another_model_than_at_the_start_pauses_the_run_and_none_of_it_is_mixed_in(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=3)
    provider.behaviours = [fakes.answers(), fakes.answers(model="test-model-2")]
    run = build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions())

    work_off()

    run.refresh_from_db()
    assert (run.state, run.pause_reason) == (RunState.PAUSED, PauseReason.MODEL_CHANGED)
    assert Rationale.objects.count() == 1
    assert run.spent == 2 * EACH, "the reply of the other model is not used, but it is paid"


def test_retry_after_holds_back_the_whole_endpoint(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=4)
    provider.behaviours = [fakes.fails(429, retry_after="1")]
    build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions())

    assert work_off() == 5

    gap = provider.arrivals[1] - provider.arrivals[0]
    assert gap >= 0.95, f"the next call came {gap:.2f} s after the server asked for one second"


def test_a_server_that_says_its_limit_is_used_up_is_left_alone_until_its_reset(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    used_up = {"x_ratelimit_remaining_requests": "0", "x_ratelimit_reset_requests": "1s"}
    provider.behaviours = [fakes.answers(headers=used_up)]
    build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions())

    assert work_off() == 2

    gap = provider.arrivals[1] - provider.arrivals[0]
    assert gap >= 0.95, f"the next call came {gap:.2f} s after the server asked for one second"


def test_the_limit_of_requests_at_once_is_never_passed(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=12)
    provider.usual = fakes.answers(after_s=0.1)
    build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=3), questions=world.questions())

    assert work_off() == 12

    assert provider.peak == 3


def test_a_late_reply_of_a_worker_that_lost_its_lease_is_kept_and_paid_but_not_asked_for_again(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    """As after SIGSTOP: the lease runs out while the call is on its way, and its reply comes all the same."""
    from config.base import work
    from cot_generation.services import calls

    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    async def lose_the_lease(endpoint: FaultyEndpoint, request: object, body: dict[str, object]) -> object:
        import asyncio

        def later() -> None:
            from django.db import connections

            much_later = timezone.now() + timedelta(hours=1)
            work.give_back_expired(RunQuestion, now=much_later)
            calls.sweep(now=timezone.now())
            connections.close_all()

        await asyncio.get_running_loop().run_in_executor(None, later)
        return await fakes.answers()(endpoint, request, body)  # type: ignore[arg-type]  # the same request

    provider.behaviours = [lose_the_lease]  # type: ignore[list-item]  # narrower arguments than the type's
    work_off()
    RunQuestion.objects.update(next_attempt_at=timezone.now())
    work_off()

    call = Call.objects.get(run=run)
    assert (call.state, call.outcome, call.cost) == (CallState.SETTLED, Outcome.ANSWERED, EACH)
    assert len(provider.journal) == 1, "the paid reply was read, not asked for again"
    assert Rationale.objects.count() == 1
    assert_books_close(run, provider)


def test_pausing_sends_nothing_more_and_cancelling_ends_what_waits(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    lead = world.member("lead")
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    runs.pause(project_id=world.project.pk, run_id=run.pk, actor_id=lead.pk)

    assert work_off() == 0

    runs.cancel(project_id=world.project.pk, run_id=run.pk, actor_id=lead.pk, now=timezone.now())
    assert set(RunQuestion.objects.values_list("state", flat=True)) == {WorkState.CANCELLED}


def test_a_question_without_pictures_fails_with_its_reason_and_costs_nothing(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    from catalog.models import Picture

    world = make_world(samples=2)
    Picture.objects.filter(sample=world.samples[0]).delete()
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    work_off()

    run.refresh_from_db()
    found = dict(RunQuestion.objects.values_list("sample_id", "outcome"))
    assert found == {world.samples[0].pk: Outcome.NO_PICTURES, world.samples[1].pk: Outcome.ANSWERED}
    assert (run.state, run.spent) == (RunState.DONE, EACH)
