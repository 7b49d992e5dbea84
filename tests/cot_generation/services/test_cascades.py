"""A cascade: cheap and blind first, then told, then people."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone

from annotation.models import Batch, Piece
from cot_generation.choices import CascadeState, Stage, Way
from cot_generation.errors import CascadeNameTaken, PriceMissing
from cot_generation.models import Cascade, Endpoint, Rationale, Run
from cot_generation.services import calls, cascades, handwork
from cot_generation.shapes import Rung
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]
ALL = ("A", "B", "C", "D")


def made(world: World, endpoint: Endpoint, *, name: str = "cheap first", cap: str = "10") -> Cascade:
    """Two rungs: pictures only, then skeleton first; then people."""
    rungs = [
        Rung(build.prompt(world.project.pk).pk, endpoint.pk),
        Rung(build.prompt(world.project.pk, way=Way.ANSWER_DRIVEN).pk, endpoint.pk),
    ]
    return cascades.create(
        project_id=world.project.pk,
        name=name,
        rungs=rungs,
        then_people=True,
        questions=world.questions(),
        cap=Decimal(cap),
        actor_id=world.member("lead").pk,
        now=timezone.now(),
    )


def climb(work_off: WorkOff) -> None:
    work_off(rounds=2)
    calls.sweep(now=timezone.now())


def test_what_a_rung_leaves_goes_to_the_next_and_at_last_to_people(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=4)
    world.settle("ABCD")
    # The first rung sees one of four rightly, the second one of the three left; two are for people.
    provider.behaviours = [fakes.answers(faulty=ALL)] + [fakes.answers(faulty=())] * 3
    cascade = made(world, make_endpoint(world, requests_at_once=1))
    climb(work_off)
    first, second = Run.objects.filter(cascade=cascade).order_by("rung")
    assert (first.question_count, second.question_count, second.stage) == (4, 3, Stage.SKELETON_FIRST)
    provider.behaviours = [fakes.answers()] * 3 + [fakes.answers(faulty=ALL)]
    provider.usual = fakes.answers(faulty=())

    climb(work_off)

    cascade.refresh_from_db()
    assert (cascade.state, cascade.left_count) == (CascadeState.DONE, 2)
    assert Rationale.objects.filter(passed=True).count() == 2
    assert cascade.batch_id is not None
    batch = Batch.objects.get(pk=cascade.batch_id)
    assert (batch.kind, Piece.objects.filter(batch=batch).count()) == ("write_rationale", 2)
    calls.sweep(now=timezone.now())
    assert Run.objects.filter(cascade=cascade).count() == 2, "a cascade that has ended climbs no further"


def test_a_cascade_whose_first_rung_serves_all_asks_nobody_else(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    world.settle("ABCD")
    provider.usual = fakes.answers(faulty=ALL)
    cascade = made(world, make_endpoint(world))

    climb(work_off)

    cascade.refresh_from_db()
    assert (cascade.state, cascade.left_count, cascade.batch_id) == (CascadeState.DONE, 0, None)
    assert Run.objects.filter(cascade=cascade).count() == 1


@pytest.mark.parametrize(("waiting", "pieces", "says"), [(1, 1, "1 of what models left"), (2, None, "All 2 that fit")])
def test_people_are_not_given_again_what_they_have_in_an_open_batch(
    waiting: int,
    pieces: int | None,
    says: str,
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
) -> None:
    world = make_world(samples=2)
    world.settle("ABCD")
    provider.usual = fakes.answers(faulty=())
    handwork.writing_batch(plan=build.plan(world.project.pk, limit=waiting), questions=world.questions())
    cascade = made(world, make_endpoint(world))

    for _ in cascade.rungs:
        climb(work_off)

    cascade.refresh_from_db()
    assert (cascade.state, cascade.left_count) == (CascadeState.DONE, 2)
    assert says in cascade.ended_because
    assert (cascade.batch_id and Piece.objects.filter(batch_id=cascade.batch_id).count()) == pieces


def test_the_cap_is_on_all_rungs_together_and_people_take_over_when_it_is_spent(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    provider.usual = fakes.answers(faulty=(), usage={"prompt_tokens": 1000, "completion_tokens": 2400})
    cascade = made(world, make_endpoint(world), cap="0.0108")

    climb(work_off)

    cascade.refresh_from_db()
    assert (cascade.state, cascade.left_count) == (CascadeState.DONE, 1)
    assert "cap" in cascade.ended_because
    assert cascade.batch_id is not None
    assert Piece.objects.filter(batch_id=cascade.batch_id).count() == 1


def test_a_rung_that_could_not_be_asked_is_refused_before_anything_is_sent(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    with pytest.raises(PriceMissing):
        made(world, make_endpoint(world, priced=False))
    assert not Cascade.objects.exists()
    endpoint = make_endpoint(world)
    made(world, endpoint)
    with pytest.raises(CascadeNameTaken):
        made(world, endpoint)


def test_cancelling_ends_the_rung_that_runs(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    cascade = made(world, make_endpoint(world))

    cascades.cancel(
        project_id=world.project.pk, cascade_id=cascade.pk, actor_id=world.member("lead").pk, now=timezone.now()
    )
    climb(work_off)

    cascade.refresh_from_db()
    assert (cascade.state, len(provider.journal)) == (CascadeState.CANCELLED, 0)
