"""Tallies say what the rows say, whoever writes them, how often they are folded and however much is done at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from accounts.choices import Role
from cot_generation import purity
from cot_generation.choices import Outcome, RunPurpose, Way
from cot_generation.models import Call, Endpoint, Rationale, Reading, Run, Tally
from cot_generation.selectors import spending
from cot_generation.selectors.spending import Key, TallySum
from cot_generation.services import examining, rationales, tallies
from cot_generation.shapes import CheckOutcome, Sentence
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MIGRATION = import_module("cot_generation.migrations.0013_tallies_follow_rationales_and_calls")


def first_of(row: Rationale) -> Rationale:
    while row.revises is not None:
        row = row.revises
    return row


def counted(project_id: UUID) -> dict[tuple[Key, bool], list[Any]]:
    """The same sums, row by row: calls, usd, latest, passed, hand ms, rework, rework ms, traced, mostly."""
    found: dict[tuple[Key, bool], list[Any]] = defaultdict(lambda: [0, Decimal(0), *[0] * 7])
    for call in Call.objects.filter(run__project_id=project_id, settled_at__isnull=False).select_related("run"):
        run = call.run
        key = Key(run.way, run.stage, run.prompt_id, run.endpoint.model, call.question.aspect_id, run.sandbox)
        sums = found[key, run.purpose != RunPurpose.RATIONALE]
        sums[0] += 1
        sums[1] += call.cost
    for row in Rationale.objects.filter(project_id=project_id):
        question = first_of(row).run_question
        prompt_id, model = (question.run.prompt_id, question.run.endpoint.model) if question else (None, "")
        sums = found[Key(row.way, row.stage, prompt_id, model, row.aspect_id, row.sandbox), False]
        latest = not Rationale.objects.filter(revises=row).exists()
        sums[2] += latest
        sums[3] += latest and row.passed
        if row.origin == "person" and row.revises_id is None:
            sums[4] += row.active_ms
        elif row.origin == "person":
            sums[5] += 1
            sums[6] += row.active_ms
        for reading in row.readings.all():
            sums[5] += 1
            sums[6] += reading.active_ms
        if row.pasted_share is not None and row.revises_id is None:
            sums[7] += 1
            sums[8] += row.pasted_share >= purity.MOSTLY
    return {key: sums for key, sums in found.items() if any(sums)}


def tallied(project_id: UUID) -> dict[tuple[Key, bool], list[Any]]:
    def of(each: TallySum) -> list[Any]:
        return [
            each.calls, each.usd, each.latest, each.passed, each.hand_ms, each.rework, each.rework_ms, each.traced,
            each.mostly,
        ]  # fmt: skip

    return {(each.key, each.evaluation): of(each) for each in spending.tallied(project_id) if any(of(each))}


def revise(row: Rationale, author_id: int, *, active_ms: int = 700) -> Rationale:
    rationales.revise(
        project_id=row.project_id,
        rationale_id=row.pk,
        author_id=author_id,
        sentences=[Sentence("The shadow in {{A}} falls towards the light and no further.", "A", None, True)],
        concluded=["A"],
        active_ms=active_ms,
    )
    return Rationale.objects.get(revises=row)


def flip(row: Rationale, *, passed: bool) -> None:
    examining.add({row.pk: {"judge": CheckOutcome(version=1, passed=passed, score=0.0)}})


@pytest.fixture
def busy(make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff) -> World:
    """A project in which everything happened that is counted."""
    world = make_world(samples=6)
    author, reader = world.member(Role.ANNOTATOR), world.member(Role.REVIEWER)
    provider.behaviours = [fakes.drops, fakes.fails(500), fakes.says("No JSON."), fakes.answers(usage=None)]
    endpoint = make_endpoint(world, requests_at_once=1)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off(rounds=2)
    build.run(
        world.project.pk, endpoint=endpoint, questions=world.questions()[:1], purpose=RunPurpose.EVALUATION, seed=7
    )
    work_off()
    assert Rationale.objects.count() >= 4
    first, second, third = Rationale.objects.order_by("pk")[:3]
    twice = revise(revise(first, author.pk), author.pk, active_ms=300)
    for row in (first, second, twice):
        flip(row, passed=False)
    flip(second, passed=True)
    Reading.objects.create(
        rationale=third, reader=reader, assignment_id=1, verdicts=[True], active_ms=4000, read_at=NOON
    )
    by_hand = build.rationale(
        world.project.pk, sample_id=world.samples[0].pk, aspect_id=world.aspect_id, author_id=author.pk, active_ms=90
    )
    Rationale.objects.filter(pk=by_hand.pk).update(pasted_share=0.6)
    build.rationale(
        world.project.pk, sample_id=world.samples[1].pk, aspect_id=world.aspect_id, way=Way.AUTOMATED, passed=False
    )
    return world


def test_tallies_agree_with_every_row_before_and_after_they_are_folded(busy: World) -> None:
    wanted = counted(busy.project.pk)
    assert {any(sums[place] for sums in wanted.values()) for place in range(9)} == {True}, "nothing is left untried"
    assert tallied(busy.project.pk) == wanted
    rows = Tally.objects.count()
    assert tallies.fold() == 0, "so few rows are read as they are"

    for _ in range(4):
        Tally.objects.bulk_create(
            sign_of(row, sign) for row in list(Tally.objects.all()) for sign in (1, -1)
        )  # adds nothing, but rows
    assert tallies.fold() == 1

    assert tallied(busy.project.pk) == wanted
    assert Tally.objects.count() < rows


def sign_of(row: Tally, sign: int) -> Tally:
    """A further row of the key, which adds or takes away one of everything."""
    key = {name: getattr(row, name) for name in ("project_id", "run_id", "way", "stage", "aspect_id", "sandbox")}
    return Tally(**key, **dict.fromkeys(tallies.SUMMED, sign))


def test_what_was_there_before_is_filled_in_by_the_migration(busy: World) -> None:
    wanted = tallied(busy.project.pk)
    Tally.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(MIGRATION.FILL)

    assert tallied(busy.project.pk) == wanted


def test_a_text_revised_and_judged_at_the_same_moment_is_counted_once(make_world: MakeWorld) -> None:
    world = make_world(samples=8)
    author = world.member(Role.ANNOTATOR)
    rows = [
        build.rationale(world.project.pk, sample_id=sample.pk, aspect_id=world.aspect_id) for sample in world.samples
    ]

    def act(number: int) -> None:
        row = rows[number // 2]
        if number % 2:
            revise(row, author.pk)
        else:
            flip(row, passed=False)

    at_once(act, threads=16)

    assert tallied(world.project.pk) == counted(world.project.pk)


def test_a_late_reply_changes_what_its_call_cost(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    work_off()

    Call.objects.update(cost=Decimal("0.5"), outcome=Outcome.WORKER_LOST)

    assert [each.usd for each in spending.tallied(world.project.pk)] == [Decimal("0.5")]
    assert Run.objects.get().spent == Decimal("0.0014")


def test_the_share_from_which_a_text_is_mostly_pasted_is_that_of_the_triggers() -> None:
    assert f"r.pasted_share >= {purity.MOSTLY} " in MIGRATION.OF_ROW
