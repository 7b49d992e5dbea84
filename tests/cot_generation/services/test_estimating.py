"""The dry run: what is answered already, what is left to pay, and how many tokens a reply needs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from config.base.errors import InvalidInput
from cot_generation.choices import RunState, Way
from cot_generation.models import Call, Endpoint, Run
from cot_generation.selectors import progress
from cot_generation.services import estimating
from cot_generation.services.estimating import Estimate
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]
EACH = Decimal("0.0014")


def dry_run(world: World, endpoint: Endpoint, *, way: Way = Way.AUTOMATED, **options: Any) -> Estimate:
    prompt = build.prompt(world.project.pk, way=way)
    return estimating.estimate(
        project_id=world.project.pk,
        prompt_id=prompt.pk,
        endpoint_id=endpoint.pk,
        way=way,
        stage=prompt.stage,  # type: ignore[arg-type]  # as the column has it
        questions=world.questions(),
        now=timezone.now(),
        **options,
    )


def test_the_dry_run_tells_what_earlier_calls_answered_and_the_run_then_saves_just_that(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=4)
    endpoint = make_endpoint(world, requests_at_once=1)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions()[:3])
    provider.behaviours = [fakes.says(None, refusal="No.")]
    work_off()
    assert Call.objects.count() == 3, "two answers and a refusal"

    found = dry_run(world, endpoint)

    assert [found.calls, found.reused.replies, found.reused.usd, found.reused.exact] == [4, 2, 2 * EACH, True]
    fresh = dry_run(world, endpoint, ask_again=True)
    assert fresh.reused.replies == 0
    assert found.ceiling * 2 == fresh.ceiling, "half of the calls are left to pay"
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    assert work_off() == 2
    page = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now())
    assert [page.run.state, page.reused, page.saved, page.money.spent] == [RunState.DONE, 2, 2 * EACH, 2 * EACH]


@pytest.mark.parametrize("changes", [{"seed": 1}, {"max_tokens": 500}])
def test_another_seed_or_limit_is_another_request(
    changes: dict[str, Any], make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    endpoint = make_endpoint(world)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off()

    assert dry_run(world, endpoint, **changes).reused.replies == 0
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), **changes)
    assert work_off() == 2


def test_both_steps_of_a_reply_that_was_observed_first_are_foreseen_and_saved(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    world.settle("A")
    endpoint = make_endpoint(world)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=Way.ANSWER_DRIVEN)
    work_off()

    found = dry_run(world, endpoint, way=Way.ANSWER_DRIVEN)

    assert [found.calls, found.reused.replies, found.reused.usd] == [4, 4, 4 * EACH]
    assert found.ceiling == 0
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=Way.ANSWER_DRIVEN)
    assert work_off() == 0
    page = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now())
    assert [page.saved, page.money.spent] == [4 * EACH, 0]


def test_a_run_in_batches_reads_what_single_calls_answered(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    endpoint = make_endpoint(world, batch_share="0.5")
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off()

    assert dry_run(world, endpoint, batched=True).reused.replies == 2


def test_every_draw_is_counted(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=2)
    endpoint = make_endpoint(world)

    once, thrice = dry_run(world, endpoint), dry_run(world, endpoint, draws=3)

    assert [once.questions, once.calls, thrice.questions, thrice.calls] == [2, 2, 2, 6]
    assert thrice.ceiling == 3 * once.ceiling


def test_a_pilots_replies_propose_a_limit_and_a_run_takes_it(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world)
    assert dry_run(world, endpoint).proposal is None
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off()
    call = Call.objects.get()
    Call.objects.bulk_create(
        Call(
            run=run, question=call.question, endpoint=endpoint, price=call.price, step=0, fence=fence, letters="ABCD",
            seed=1, state="settled", reserved=0, sent_at=call.sent_at, settled_at=call.sent_at, outcome=outcome,
            completion_tokens=tokens,
        )
        for fence, (tokens, outcome) in enumerate([*[(100, "answered")] * 18, (140, "answered"), (230, "truncated")], 9)
    )  # fmt: skip

    found = dry_run(world, endpoint).proposal

    assert found is not None
    assert [found.max_tokens, found.replies, found.p99, found.cut_off] == [230, 20, 140, 1]
    assert found.cut_off_share == pytest.approx(1 / 21)
    least = dry_run(world, endpoint, ask_again=True), dry_run(world, endpoint, ask_again=True, max_tokens=230)
    assert least[1].ceiling < least[0].ceiling, "less is reserved for each call"
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), max_tokens=230)
    work_off()
    assert provider.bodies[-1]["max_tokens"] == 230
    for refused in (15, 16_385):
        with pytest.raises(InvalidInput):
            build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), max_tokens=refused)
    assert Run.objects.count() == 2
