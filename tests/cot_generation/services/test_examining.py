"""A run that has ended is examined once, and what is found stands beside the texts without failing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from config.base.choices import WorkState
from cot_generation.choices import RunPurpose
from cot_generation.models import Endpoint, Examination, Rationale
from cot_generation.services import examining
from cot_generation.shapes import CheckOutcome
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes.endpoint import FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)


def examine() -> int:
    return examining.examine_due(until=timezone.now() + timedelta(minutes=1), clock=timezone.now)


def test_copies_among_a_runs_texts_are_counted_and_marked_and_pass_all_the_same(
    make_world: Callable[..., World],
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
) -> None:
    world = make_world(samples=4)  # the endpoint says the same of each
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    work_off()

    assert examine() == 1

    row = Examination.objects.get(run=run)
    assert row.state == WorkState.DONE
    assert row.result is not None
    assert (row.result.texts, row.result.near_duplicates) == (4, 3)
    marked = list(Rationale.objects.order_by("pk"))
    assert [each.checks["phrasing"].passed for each in marked] == [True, False, False, False]
    assert all(each.passed for each in marked)
    assert examine() == 0


def test_an_evaluation_has_no_texts_to_examine(
    make_world: Callable[..., World],
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
) -> None:
    world = make_world(samples=1)
    build.run(
        world.project.pk, endpoint=make_endpoint(world), questions=world.questions(), purpose=RunPurpose.EVALUATION
    )
    work_off()

    assert not Examination.objects.exists()


def test_a_later_check_that_decides_fails_the_rationale_and_keeps_what_was_said_before(
    make_world: Callable[..., World],
) -> None:
    world = make_world(samples=1)
    row = build.rationale(world.project.pk, sample_id=world.samples[0].pk, aspect_id=world.aspect_id)

    examining.add({row.pk: {"rederived": CheckOutcome(1, passed=False, score=1.0)}})

    row.refresh_from_db()
    assert (row.passed, row.failed, list(row.checks)) == (False, ["rederived"], ["schema", "rederived"])
    examining.add({row.pk: {"rederived": CheckOutcome(1, passed=True)}})
    row.refresh_from_db()
    assert (row.passed, row.failed) == (True, [])
