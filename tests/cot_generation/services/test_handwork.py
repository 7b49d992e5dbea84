"""What waits in an open batch of handwork is not handed out twice, and the lead is told where it is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import transaction

from annotation.models import Batch, Piece
from annotation.services import batches
from config.base.errors import InvalidInput
from cot_generation.errors import QuestionsMissing
from cot_generation.services import handwork
from cot_generation.services.handwork import Made
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.platform import at_once, wait_until, waiting_sessions

pytestmark = pytest.mark.django_db
MakeWorld = Callable[..., World]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def write(world: World, *, limit: int | None = None, also_open: bool = False) -> Made:
    return handwork.writing_batch(
        plan=build.plan(world.project.pk, limit=limit, also_open=also_open), questions=world.questions()
    )


def where(made: Made) -> dict[int, int]:
    return {batch.number: count for batch, count in made.elsewhere.items()}


def samples_of(made: Made) -> set[int]:
    return set(Piece.objects.filter(batch_id=made.batch_id).values_list("sample_id", flat=True))


def test_a_question_in_an_open_writing_batch_is_left_out_and_the_batch_is_named(make_world: MakeWorld) -> None:
    world = make_world(6)
    first, second = write(world, limit=2), write(world, limit=1)

    third = write(world, limit=2)

    numbers = {made.batch_id: Batch.objects.get(pk=made.batch_id).number for made in (first, second)}
    assert where(third) == {numbers[first.batch_id]: 2, numbers[second.batch_id]: 1}
    assert third.pieces == 2, "the limit counts what the batch holds"
    assert not samples_of(third) & (samples_of(first) | samples_of(second))


def test_where_everything_waits_elsewhere_the_refusal_names_the_batches(make_world: MakeWorld) -> None:
    world = make_world(2)
    number = Batch.objects.get(pk=write(world).batch_id).number

    with pytest.raises(QuestionsMissing, match=f"All 2 that fit wait in open batches already: {number}."):
        write(world)

    assert write(world, also_open=True).pieces == 2


def test_a_closed_batch_holds_nothing_back_and_a_paused_one_does(make_world: MakeWorld) -> None:
    world = make_world(3)
    first = Batch.objects.filter(pk=write(world, limit=2).batch_id)

    first.update(state="paused")
    second = write(world)
    assert (second.pieces, sum(where(second).values())) == (1, 2)

    first.update(state="closed", closed_at=NOW)
    third = write(world)
    assert (third.pieces, sum(where(third).values())) == (2, 1)


def test_a_piece_that_everybody_passed_on_holds_nothing_back(make_world: MakeWorld) -> None:
    world = make_world(1)
    Piece.objects.filter(batch_id=write(world).batch_id).update(is_out=True)

    assert write(world).pieces == 1


def test_a_rationale_is_not_sent_to_revision_twice_and_reading_it_is_other_work(make_world: MakeWorld) -> None:
    world = make_world(2)
    for sample, passed in zip(world.samples, (False, True), strict=True):
        build.rationale(world.project.pk, sample_id=sample.pk, aspect_id=world.aspect_id, passed=passed)

    def make(how: Callable[..., Made]) -> Made:
        return how(plan=build.plan(world.project.pk), run_id=None)

    assert make(handwork.revising_batch).pieces == 1
    assert make(handwork.reading_batch).pieces == 1
    for again in (handwork.revising_batch, handwork.reading_batch):
        with pytest.raises(QuestionsMissing, match="wait in open batches"):
            make(again)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["write", "revise"])
def test_two_who_make_a_batch_in_the_same_instant_share_the_questions_out(make_world: MakeWorld, kind: str) -> None:
    world = make_world(3)
    for sample in world.samples:
        build.rationale(world.project.pk, sample_id=sample.pk, aspect_id=world.aspect_id, passed=False)

    def make(_: int) -> int:
        plan = build.plan(world.project.pk, limit=2)
        if kind == "write":
            return handwork.writing_batch(plan=plan, questions=world.questions()).pieces
        return handwork.revising_batch(plan=plan, run_id=None).pieces

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            batches.lock(world.project.pk)
            making = pool.submit(at_once, make, threads=2)
            wait_until(lambda: waiting_sessions() == 2, what="both before the lock")
        assert sorted(making.result()) == [1, 2]

    assert Piece.objects.values("sample_id").distinct().count() == Piece.objects.count() == 3


def test_a_limit_below_one_is_refused(make_world: MakeWorld) -> None:
    with pytest.raises(InvalidInput):
        write(make_world(1), limit=0)
