"""Rationales looked at by further calls: read back blind, swapped, without pictures, judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from config.base.errors import InvalidInput
from cot_generation.choices import Probe, RunPurpose, RunState, Way
from cot_generation.errors import QuestionsMissing, RunUnknown
from cot_generation.models import Endpoint, Rationale, Run, RunQuestion
from cot_generation.selectors import costs, progress
from cot_generation.services import new_runs, probing
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import Behaviour, FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]
ALL = ("A", "B", "C", "D")


def written(world: World, endpoint: Endpoint, provider: FaultyEndpoint, work_off: WorkOff, *, way: Way) -> Run:
    """A run that ended with one good rationale a sample: all four have the defect."""
    world.settle("ABCD")
    provider.usual = fakes.answers(faulty=ALL)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=way)
    work_off(rounds=2)
    assert Rationale.objects.filter(passed=True).count() == len(world.samples)
    return run


def look(run: Run, probe: Probe, *, limit: int = 100) -> Run:
    return new_runs.create_check(
        project_id=run.project_id,
        probe=probe,
        run_id=run.pk,
        limit=limit,
        cap=Decimal(10),
        actor_id=None,
        now=timezone.now(),
    )


def says(content: object) -> Behaviour:
    return fakes.says(json.dumps(content))


def text_of(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"][-1]["text"])


def test_a_text_that_leads_to_its_conclusion_under_both_letter_orders_passes(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world), provider, work_off, way=Way.AUTOMATED)
    provider.usual = says({"answer": ["A", "B", "C", "D"]})

    check = look(run, Probe.READ_BACK)
    work_off(rounds=2)

    check.refresh_from_db()
    row = Rationale.objects.get()
    assert (check.state, row.checks["rederived"].passed, row.passed) == (RunState.DONE, True, True)
    asked = provider.bodies[-2:]
    assert [sum(part["type"] == "image_url" for part in body["messages"][-1]["content"]) for body in asked] == [5, 5]
    assert all("the shadow is wrong" in text_of(body) and "People judged" not in text_of(body) for body in asked)
    calls = RunQuestion.objects.get(run=check).calls
    first, second = (calls.get(step=step).letters for step in (0, 1))
    assert second == first[::-1], "every candidate has another letter at the second reading"


def test_a_text_that_leads_elsewhere_fails_and_says_where(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world), provider, work_off, way=Way.AUTOMATED)
    provider.behaviours = [says({"answer": ["A", "B", "C", "D"]}), says({"answer": []})]

    check = look(run, Probe.READ_BACK)
    work_off(rounds=2)

    row = Rationale.objects.get()
    assert (row.passed, row.failed) == (False, ["rederived"])
    assert row.checks["rederived"].findings[0].detail == "Read back under another letter order: none."
    found = progress.of_run(project_id=world.project.pk, run_id=check.pk, now=timezone.now())
    assert found.checked == progress.Checked("rederived", 0, 1, 0)


@pytest.mark.parametrize(
    ("argues", "passed"), [pytest.param(True, False, id="argues"), pytest.param(False, True, id="resists")]
)
def test_a_writer_told_a_wrong_answer_is_seen_to_argue_for_it_or_not(
    argues: bool,
    passed: bool,
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world, sandbox=True), provider, work_off, way=Way.ANSWER_DRIVEN)
    before = len(provider.journal)

    async def obeys(endpoint: FaultyEndpoint, request: Any, body: dict[str, Any]) -> Any:
        pairs = dict(pair.split("=") for pair in request.headers["x-loupe-letters"].split(","))
        given = request.headers["x-loupe-given"].split(",")
        told = tuple(letter for letter, slot in pairs.items() if slot in given)
        return await fakes.answers(faulty=told if argues else ALL)(endpoint, request, body)

    provider.usual = obeys
    look(run, Probe.SWAP)
    work_off(rounds=2)

    row = Rationale.objects.get()
    assert (row.checks["swap"].passed, row.passed) == (passed, True), "it measures the writer and fails no text"
    assert len(provider.journal) == before + 1, "what the writer only observed is known from before"
    assert provider.headers[-1]["x-loupe-given"].count(",") == 2, "one of four candidates is told wrongly"
    assert row.concluded == ["A", "B", "C", "D"], "the rationale itself stays as it was"


def test_a_text_written_without_pictures_that_passes_every_check_is_told(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world), provider, work_off, way=Way.ANSWER_DRIVEN)
    sentences = [
        {"candidate": letter, "text": f"In {{{{{letter}}}}} the shadow is wrong.", "defect": True, "regions": []}
        for letter in ALL
    ]
    blind = says({"observations": [{"candidate": "A", "text": "Nothing can be seen here at all."}]})
    provider.behaviours = [blind, says({"sentences": sentences, "answer": list(ALL)})]

    look(run, Probe.NO_PICTURE)
    work_off(rounds=2)

    assert {entry.pictures for entry in provider.journal[-2:]} == {0}
    row = Rationale.objects.get()
    assert (row.checks["no_picture"].passed, row.passed) == (False, True)


@pytest.mark.parametrize(
    ("verdict", "outcome", "passed"),
    [
        pytest.param({"sound": True, "reason": ""}, None, True, id="sound-is-no-praise"),
        pytest.param({"sound": False, "reason": "{{A}} casts none."}, False, False, id="veto"),
    ],
)
def test_a_judge_may_veto_and_never_accepts(
    verdict: dict[str, object],
    outcome: bool | None,
    passed: bool,
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: WorkOff,
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world), provider, work_off, way=Way.AUTOMATED)
    provider.usual = says(verdict)

    look(run, Probe.JUDGE)
    work_off()

    row = Rationale.objects.get()
    assert (row.checks["judge"].passed, row.passed) == (outcome, passed)


def test_money_of_checks_is_no_cost_of_the_way(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world), provider, work_off, way=Way.AUTOMATED)
    before = costs.by_way(world.project.pk)[Way.AUTOMATED].calls_usd
    provider.usual = says({"sound": True})

    check = look(run, Probe.JUDGE)
    work_off()

    check.refresh_from_db()
    assert (check.purpose, check.spent > 0) == (RunPurpose.CHECK, True)
    assert costs.by_way(world.project.pk)[Way.AUTOMATED].calls_usd == before


def test_what_cannot_be_checked_is_refused_with_the_reason(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    endpoint = make_endpoint(world)
    empty = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), start_now=False)
    with pytest.raises(QuestionsMissing):
        look(empty, Probe.READ_BACK)
    with pytest.raises(InvalidInput, match="told the answer"):
        look(empty, Probe.SWAP)
    elsewhere = make_world(samples=1)
    with pytest.raises(RunUnknown):
        new_runs.create_check(
            project_id=elsewhere.project.pk,
            probe=Probe.JUDGE,
            run_id=empty.pk,
            limit=1,
            cap=Decimal(1),
            actor_id=None,
            now=timezone.now(),
        )


def test_a_wrong_answer_is_one_candidate_off_and_the_same_each_time() -> None:
    question = RunQuestion(sample_id=7, aspect_id=1)
    wrong = probing.wrong_answer(("B",), tuple("ABCD"), question)

    assert len(set(wrong) ^ {"B"}) == 1
    assert wrong == probing.wrong_answer(("B",), tuple("ABCD"), question)
