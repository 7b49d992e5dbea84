"""Questions become calls, calls become rationales, and every call is in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from cot_generation.choices import RunState
from cot_generation.models import Call, Endpoint, Rationale
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes.endpoint import FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_question_of_a_run_gets_one_rationale_and_the_money_adds_up(
    make_world: Callable[..., World],
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
) -> None:
    world = make_world(samples=5)
    world.settle("A")
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())

    assert work_off() == 5

    run.refresh_from_db()
    assert (run.state, run.reserved, run.spent) == (RunState.DONE, Decimal(0), Decimal("0.007"))
    assert Rationale.objects.filter(run_question__run=run).count() == 5
    assert len(provider.journal) == 5
    assert {entry.pictures for entry in provider.journal} == {5}
    assert {f"call-{pk}" for pk in Call.objects.values_list("pk", flat=True)} == {e.call for e in provider.journal}
