"""How a question comes to its rationale: several draws, blind failures first, regions, a pilot, what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from config.base.choices import WorkState
from config.base.errors import InvalidInput
from cot_generation.choices import Outcome, PauseReason, RunState, Stage, Way
from cot_generation.endings import Ending
from cot_generation.errors import AnswersMissing
from cot_generation.models import Call, Endpoint, Rationale, Run, RunQuestion
from cot_generation.selectors import progress
from cot_generation.services import admitting, ledger, prompts, runs
from cot_generation.services.turns import CLAIM_AT_ONCE
from cot_generation.shapes import PromptStep
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World, claimed
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
WorkOff = Callable[..., int]
EACH = Decimal("0.0014")
ALL = ("A", "B", "C", "D")  # letters; whatever the order shown, all four slots


def test_of_several_draws_those_that_agree_with_the_settled_answer_are_kept(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    provider.behaviours = [fakes.answers(faulty=ALL), fakes.answers(faulty=()), fakes.answers(faulty=ALL)]
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions(), draws=3
    )

    assert work_off() == 3

    run.refresh_from_db()
    outcomes = Counter(RunQuestion.objects.values_list("outcome", flat=True))
    assert outcomes == {Outcome.ANSWERED: 2, Outcome.DISAGREED: 1}
    assert [row.concluded for row in Rationale.objects.all()] == [["A", "B", "C", "D"]] * 2
    assert len({body["seed"] for body in provider.bodies}) == 3, "every draw has its own seed"
    assert (run.state, run.spent) == (RunState.DONE, 3 * EACH), "the draw that is not kept is paid all the same"
    found = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now())
    assert [(stage.name, stage.count, stage.lost) for stage in found.funnel][:4] == [
        ("sent", 3, 0), ("answered", 3, 0), ("fits_schema", 3, 0), ("agrees", 2, 1),
    ]  # fmt: skip


def test_what_is_on_its_way_is_not_lost(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.many_questions(3))
    admitting.admit(claimed(run, owner="one", limit=2), owner="one", now=timezone.now())
    RunQuestion.objects.filter(pk=Call.objects.order_by("pk")[0].question_id).update(state=WorkState.FAILED)

    found = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now())

    assert [(stage.name, stage.count, stage.lost, stage.waiting) for stage in found.funnel][:2] == [
        ("sent", 2, 0, 0), ("answered", 0, 1, 1),
    ]  # fmt: skip


def test_what_a_run_will_cost_is_told_by_those_that_ended_once_they_are_the_greater_share(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    """All twelve are paid for a first step, which is no part of what those that have ended cost."""
    world = make_world(samples=1)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.many_questions(12))
    sent = admitting.admit(claimed(run, owner="one"), owner="one", now=timezone.now()).sent
    ending = Ending(Outcome.ANSWERED, status=200, body="{}", prompt_tokens=1000, completion_tokens=100)
    ledger.settle([ledger.Landed(each, ending) for each in sent], now=timezone.now())
    questions = [each.ready.question.pk for each in sent]

    def ends(count: int) -> tuple[Decimal | None, Decimal | None]:
        RunQuestion.objects.filter(pk__in=questions[:count]).update(state=WorkState.DONE)
        found = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now())
        return found.money.ends_low, found.money.ends_high

    assert ends(5) == (None, None)
    assert ends(6) == ends(11) == (12 * EACH, 12 * EACH)


def test_several_draws_need_a_settled_answer_to_agree_with(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> None:
    world = make_world(samples=1)
    with pytest.raises(AnswersMissing):
        build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions(), draws=2)


def test_blind_first_is_told_the_answer_only_after_so_many_blind_failures_and_says_so(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    provider.behaviours = [fakes.answers(faulty=()), fakes.answers(faulty=()), fakes.answers(faulty=ALL)]
    build.run(
        world.project.pk,
        endpoint=make_endpoint(world),
        questions=world.questions(),
        way=Way.ANSWER_DRIVEN,
        stage=Stage.BLIND_FIRST,
        draws=2,
    )

    assert work_off(rounds=3) == 3

    texts = [body["messages"][-1]["content"][-1]["text"] for body in provider.bodies]
    assert ["People judged" in text for text in texts] == [False, False, True]
    made = Rationale.objects.get()
    assert (made.answer_visible, made.stage, made.cost) == (True, Stage.BLIND_FIRST, 3 * EACH)


def test_blind_first_that_sees_it_blind_is_never_told(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    provider.behaviours = [fakes.answers(faulty=()), fakes.answers(faulty=ALL)]
    run = build.run(
        world.project.pk,
        endpoint=make_endpoint(world),
        questions=world.questions(),
        way=Way.ANSWER_DRIVEN,
        stage=Stage.BLIND_FIRST,
        draws=2,
    )

    assert work_off(rounds=2) == 2

    assert Rationale.objects.get().answer_visible is False
    assert RunQuestion.objects.get().draw == 1
    page = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now())
    assert sum(count for _, count in page.series) == 1, "seen blind, the question has its rationale like any other"


def test_grounded_in_regions_the_model_gets_the_evidence_and_not_the_answer(make_world: MakeWorld) -> None:
    world = make_world(samples=1)
    tells = (PromptStep("explain", "s", "Regions: $regions. The answer is $answer."),)

    with pytest.raises(InvalidInput, match=r"\$answer"):
        prompts.save(
            project_id=world.project.pk,
            name="told too much",
            locale="en",
            way=Way.ANSWER_DRIVEN,
            stage=Stage.REGION_GROUNDED,
            steps=tells,
            actor_id=None,
        )

    default = build.prompt(world.project.pk, way=Way.ANSWER_DRIVEN, stage=Stage.REGION_GROUNDED)
    assert "$regions" in default.steps[0].text


@pytest.mark.parametrize("stage", [Stage.PLAIN, Stage.REGION_GROUNDED])
def test_every_answer_driven_stage_writes_rationales_that_say_the_answer_was_visible(
    stage: Stage, make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=1)
    world.settle("ABCD")
    provider.usual = fakes.answers(faulty=ALL)
    build.run(
        world.project.pk,
        endpoint=make_endpoint(world),
        questions=world.questions(),
        way=Way.ANSWER_DRIVEN,
        stage=stage,
    )

    work_off()

    assert (Rationale.objects.get().stage, Rationale.objects.get().answer_visible) == (stage, True)


def test_a_pilot_stops_after_its_questions_with_an_interval_and_goes_on_with_the_rest(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=5)
    usages = [{"prompt_tokens": 1000, "completion_tokens": tokens} for tokens in (50, 150)]
    provider.behaviours = [fakes.answers(usage=usage) for usage in usages]
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions(), pilot=2
    )

    assert work_off() == 2

    run.refresh_from_db()
    assert (run.state, run.pause_reason) == (RunState.PAUSED, PauseReason.PILOT)
    money = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now()).money
    assert money.ends_low is not None
    assert money.ends_high is not None
    assert money.ends_low < 5 * EACH < money.ends_high, "mean of the pilot, and room on both sides"
    lead = world.member("lead")
    runs.start(project_id=world.project.pk, run_id=run.pk, actor_id=lead.pk, now=timezone.now())
    assert work_off() == 3
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_the_same_request_is_not_made_again_unless_asked(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=4)
    endpoint = make_endpoint(world)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off()

    again = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    assert work_off() == 0
    again.refresh_from_db()
    assert (again.state, again.spent, len(provider.journal)) == (RunState.DONE, Decimal(0), 4)
    assert RunQuestion.objects.filter(run=again, state=WorkState.DONE, reused=True).count() == 4
    first, second = (
        Rationale.objects.filter(run_question__run_id=run_id).order_by("sample")
        for run_id in RunQuestion.objects.order_by("run__number")
        .values_list("run_id", flat=True)
        .distinct("run__number")
    )
    assert [row.sentences for row in first] == [row.sentences for row in second]

    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), seed=1)
    assert work_off() == 4, "another seed is another request"
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), ask_again=True)
    assert work_off() == 4


def test_a_worker_goes_on_while_questions_need_no_request(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: WorkOff
) -> None:
    """More than are claimed at once, each with two steps."""
    world = make_world(samples=CLAIM_AT_ONCE + 1)
    world.settle("A")
    endpoint = make_endpoint(world)
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=Way.ANSWER_DRIVEN)
    work_off()

    again = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), way=Way.ANSWER_DRIVEN)

    assert work_off() == 0
    again.refresh_from_db()
    assert again.state == RunState.DONE


def test_only_those_that_failed_are_called_again(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, provider: FaultyEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=6)
    endpoint = make_endpoint(world, requests_at_once=1)
    provider.behaviours = [
        fakes.says(None, refusal="No."),
        fakes.answers(),
        fakes.says(None, finish="content_filter"),
        fakes.fails(400),
    ]
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off()
    assert Call.objects.filter(outcome=Outcome.ANSWERED).count() == 3

    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())

    assert work_off() == 3, "the three failures, and none of the three answers"
    assert Rationale.objects.count() == 3 + 6


def test_the_pace_of_a_run_that_has_ended_is_that_of_its_whole_time(
    make_world: MakeWorld, make_endpoint: MakeEndpoint, work_off: WorkOff
) -> None:
    world = make_world(samples=2)
    run = build.run(world.project.pk, endpoint=make_endpoint(world), questions=world.questions())
    assert work_off() == 2
    run.refresh_from_db()
    assert run.finished_at is not None
    Run.objects.filter(pk=run.pk).update(started_at=run.finished_at - timedelta(minutes=8))

    page = progress.of_run(project_id=world.project.pk, run_id=run.pk, now=timezone.now() + timedelta(hours=1))

    assert page.per_minute == pytest.approx(0.25)
