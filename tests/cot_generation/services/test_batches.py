"""Runs that ask in batches: the price of batches, and no question lost or paid twice on the way there and back."""

from __future__ import annotations

import copy
import json
import random
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.choices import Role
from config.base import work
from config.base.choices import WorkState
from config.base.errors import DomainError
from cot_generation.choices import BatchPhase, CallState, Outcome, PauseReason, PriceBasis, Probe, RunState, Way
from cot_generation.models import Call, CallBatch, Rationale, Run, RunQuestion
from cot_generation.providers import openai_batches, openai_compatible
from cot_generation.sandbox.wire import Reply, trouble
from cot_generation.services import (
    batch_collecting,
    batch_files,
    batch_ledger,
    batch_watching,
    batches,
    calls,
    cascades,
    new_runs,
    runs,
)
from cot_generation.shapes import Rung
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import batch_endpoint as fakes
from tests.fakes.batch_endpoint import BatchEndpoint, Line

pytestmark = pytest.mark.django_db(transaction=True)

EACH = Decimal("0.0007")  # half of 1,000 tokens in at $1 and 100 out at $4 a million

MakeWorld = Callable[..., World]


@pytest.fixture
def provider(settings: object) -> Iterator[BatchEndpoint]:
    settings.ENDPOINT_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    with fakes.running() as endpoint:
        yield endpoint


@pytest.fixture
def make_run(make_world: MakeWorld, provider: BatchEndpoint) -> Callable[..., Run]:
    def make(samples: int = 3, *, way: Way = Way.AUTOMATED, batch_requests: int = 50_000, **options: Any) -> Run:
        world = make_world(samples=samples)
        world.settle("A")
        endpoint = build.endpoint(world.project.pk, url=provider.url, batch_share="0.5", batch_requests=batch_requests)
        return build.run(
            world.project.pk, endpoint=endpoint, questions=world.questions(), way=way, batched=True, **options
        )

    return make


MakeRun = Callable[..., Run]


def move() -> None:
    """Everything that waits for a later moment waits no longer; then batches are moved until none is due."""
    now = timezone.now()
    RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=now)
    CallBatch.objects.filter(state=WorkState.WAITING).update(next_attempt_at=now)
    batches.sweep(now=timezone.now())
    moved = -1
    while moved:
        moved = batches.move_due(opened=openai_batches.opened, until=timezone.now() + timedelta(seconds=30))


def the_worker_dies() -> None:
    """What is being moved is due again, as after its lease."""
    CallBatch.objects.filter(state=WorkState.RUNNING).update(lease_expires_at=timezone.now() - timedelta(hours=1))
    work.give_back_expired(CallBatch, now=timezone.now())


def assert_books_close(run: Run) -> None:
    run.refresh_from_db()
    assert run.reserved == 0
    assert run.spent == sum(call.cost for call in Call.objects.filter(run=run))
    assert not Call.objects.open().exists()


def outcomes(run: Run) -> list[str]:
    return sorted(Call.objects.filter(run=run).values_list("outcome", flat=True))


def test_a_batch_goes_out_comes_back_and_costs_its_share(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=3)

    move()

    batch = CallBatch.objects.get()
    assert (batch.phase, batch.call_count) == (BatchPhase.SUBMITTED, 3)
    run.refresh_from_db()
    assert run.reserved == sum(call.reserved for call in Call.objects.all()) > 0
    assert calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(seconds=1)) == 0
    provider.finish()
    move()

    assert_books_close(run)
    batch.refresh_from_db()
    assert (run.state, run.spent, batch.phase) == (RunState.DONE, 3 * EACH, BatchPhase.COLLECTED)
    assert Rationale.objects.filter(run_question__run=run).count() == 3
    assert {line["url"] for line in provider.inputs[0]} == {"/v1/chat/completions"}
    assert not provider.files, "neither pictures nor replies are left at the endpoint"


def test_a_real_endpoint_is_not_told_which_question_it_is_asked(make_run: MakeRun, provider: BatchEndpoint) -> None:
    make_run(samples=1)

    move()

    assert "metadata" not in provider.inputs[0][0]["body"]


def test_each_step_goes_in_a_batch_of_its_own(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=2, way=Way.ANSWER_DRIVEN)
    for _ in range(2):
        move()
        provider.finish()
        move()

    assert_books_close(run)
    assert (run.state, run.spent, len(provider.batches)) == (RunState.DONE, 4 * EACH, 2)


def shuffled_doubled_and_foreign(lines: list[Line]) -> list[Line]:
    several = [*lines, *lines, {**lines[0], "custom_id": "q999999-1"}, {**lines[0], "custom_id": "somebody else's"}]
    random.Random(1).shuffle(several)
    return several


def test_shuffled_doubled_and_foreign_lines_count_once_or_not_at_all(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=3)
    move()

    provider.finish(results=shuffled_doubled_and_foreign)
    move()

    assert_books_close(run)
    batch = CallBatch.objects.get()
    assert (run.spent, batch.doubled_count, batch.foreign_count) == (3 * EACH, 3, 2)
    assert Rationale.objects.count() == 3


def test_what_is_missing_without_a_word_costs_its_ceiling_and_is_asked_once_more(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=3)
    move()
    provider.finish(results=lambda lines: lines[1:])

    move()

    missing = Call.objects.get(outcome=Outcome.MISSING)
    assert (missing.state, missing.cost, missing.price_basis) == (
        CallState.UNKNOWN,
        missing.reserved,
        PriceBasis.CEILING,
    )
    move()
    provider.finish()
    move()
    assert_books_close(run)
    assert (run.state, Rationale.objects.count(), len(provider.inputs[1])) == (RunState.DONE, 3, 1)


def test_a_batch_that_expired_is_paid_as_far_as_it_came_and_the_rest_goes_again(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=5)
    move()
    provider.finish(
        status="expired", results=lambda lines: lines[:3], errors=lambda lines: [fakes.expired(lines[3])], completed=3
    )

    move()

    assert outcomes(run) == [*[Outcome.ANSWERED] * 3, *[Outcome.LEFT_OVER] * 2]
    move()
    assert len(provider.inputs[1]) == 2, "the rest is at the endpoint again"
    provider.finish()
    move()
    assert_books_close(run)
    assert (run.state, run.spent, Rationale.objects.count()) == (RunState.DONE, 5 * EACH, 5)


def test_batches_that_always_expire_end_with_the_attempts(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=1)
    for _ in range(14):
        move()
        if provider.batches:
            provider.finish(status="expired", results=lambda lines: [])

    assert_books_close(run)
    assert [run.state, run.spent, len(provider.batches)] == [RunState.DONE, 0, 6]
    assert RunQuestion.objects.get().outcome == Outcome.LEFT_OVER


def test_a_line_refused_for_want_of_room_in_every_batch_ends_with_the_attempts(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=1)
    full = {"status_code": 429, "body": {"error": {"message": "Slow down.", "code": "rate_limit_exceeded"}}}

    for _ in range(14):
        move()
        if provider.batches:
            provider.finish(
                results=lambda lines: [], errors=lambda lines: [{**lines[0], "response": full, "error": None}]
            )

    assert_books_close(run)
    assert [run.state, run.spent] == [RunState.DONE, 0]
    assert RunQuestion.objects.get().state == WorkState.FAILED


def test_errors_in_the_second_file_are_read_like_refused_calls(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=2)
    move()
    refused = {"status_code": 400, "body": {"error": {"message": "No.", "code": "content_filter"}}}

    provider.finish(
        results=lambda lines: lines[:1], errors=lambda lines: [{**lines[1], "response": refused, "error": None}]
    )
    move()

    assert_books_close(run)
    assert (outcomes(run), run.spent) == ([Outcome.ANSWERED, Outcome.FILTERED], EACH)


def test_a_request_for_a_batch_that_was_heard_but_not_answered_is_not_made_twice(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=2)
    provider.heard_but_dropped = 1

    move()
    assert CallBatch.objects.get().phase == BatchPhase.SUBMITTING
    move()

    assert len(provider.batches) == 1
    provider.finish()
    move()
    assert_books_close(run)
    assert (run.spent, Rationale.objects.count()) == (2 * EACH, 2)


class Killed(BaseException):
    """The worker is gone."""


# A place of the way at which the worker dies, by the name of what it was about to do.
PLACES = [
    pytest.param(batch_ledger, "submit", id="file-up-no-intents"),
    pytest.param(batch_watching, "submit", id="intents-written-not-asked"),
    pytest.param(batch_watching, "taken", id="asked-not-written-down"),
    pytest.param(batch_collecting, "collect", id="ended-not-collected"),
    pytest.param(batch_ledger, "settle", id="fetched-not-settled"),
    pytest.param(batch_ledger, "close_rest", id="settled-rest-not-closed"),
    pytest.param(batch_collecting, "read", id="settled-not-read"),
    pytest.param(batch_collecting, "done", id="read-not-done"),
    pytest.param(batch_files, "forget", id="done-files-not-deleted"),
]


@pytest.mark.parametrize(("module", "name"), PLACES)
def test_a_worker_may_die_anywhere(
    module: object, name: str, make_run: MakeRun, provider: BatchEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(samples=3)

    def dies(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(module, name, dies)
        with pytest.raises(Killed):  # noqa: PT012  (either move may be the one that dies)
            move()
            provider.finish()
            move()
    the_worker_dies()
    RunQuestion.objects.filter(state=WorkState.RUNNING, owner__startswith="forming:").update(
        lease_expires_at=timezone.now() - timedelta(hours=1)
    )
    work.give_back_expired(RunQuestion, now=timezone.now())
    for _ in range(3):
        move()
        provider.finish()
    move()

    assert_books_close(run)
    assert (run.state, run.spent, Rationale.objects.count()) == (RunState.DONE, 3 * EACH, 3)
    assert len(provider.batches) == 1
    assert not provider.files, "nothing is left lying there, whoever died"


def test_a_batch_that_is_listed_late_is_waited_for_and_not_asked_for_twice(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=2)
    provider.heard_but_dropped, provider.unlisted = 1, 1
    move()
    move()
    assert [len(provider.batches), CallBatch.objects.get().phase] == [1, BatchPhase.SUBMITTING]
    runs.cancel(project_id=run.project_id, run_id=run.pk, actor_id=None, now=timezone.now())  # type: ignore[arg-type]  # nobody's doing
    move()
    assert CallBatch.objects.get().phase == BatchPhase.SUBMITTING, "nor given up while it may be at work there"

    provider.unlisted = 0
    move()
    provider.finish(status="cancelled", results=lambda lines: lines[:1], completed=1)
    move()

    assert_books_close(run)
    assert [len(provider.batches), run.spent] == [1, EACH]


def test_a_request_that_no_list_shows_for_long_was_never_heard_and_is_made_again(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=2)
    provider.refusals[("POST", "/v1/batches")] = [trouble(500, "Who knows?")]
    move()
    move()
    assert not provider.batches

    CallBatch.objects.update(asked_at=timezone.now() - batch_watching.LISTED_WITHIN)
    move()
    provider.finish()
    move()

    assert_books_close(run)
    assert [run.state, run.spent, len(provider.batches)] == [RunState.DONE, 2 * EACH, 1]


def test_files_that_cannot_be_deleted_are_tried_again_and_those_of_others_are_left_alone(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=1)
    move()
    provider.files |= {"theirs": b"", "another-run": b""}
    provider.names |= {"theirs": "input.jsonl", "another-run": f"loupe-{uuid.uuid4()}-1-1.jsonl"}
    provider.finish()
    provider.refusals[("DELETE", "/v1/files/file-1")] = [trouble(500, "Not now.")]
    move()
    run.refresh_from_db()
    assert run.state == RunState.DONE, "files keep no run from ending"
    assert [CallBatch.objects.get().state, len(provider.files)] == [WorkState.WAITING, 4]

    move()

    assert [CallBatch.objects.get().state, set(provider.files)] == [WorkState.DONE, {"theirs", "another-run"}]


def test_what_a_cancelled_run_uploaded_before_its_worker_died_is_deleted(
    make_run: MakeRun, provider: BatchEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(samples=1)

    def dies(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(batch_ledger, "submit", dies)
        with pytest.raises(Killed):
            move()
    assert len(provider.files) == 1
    runs.cancel(project_id=run.project_id, run_id=run.pk, actor_id=None, now=timezone.now())  # type: ignore[arg-type]  # nobody's doing

    the_worker_dies()
    move()

    assert [CallBatch.objects.count(), provider.files] == [0, {}]


def test_a_cancelled_run_calls_its_batch_back_and_pays_what_was_done(
    make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=4)
    move()

    runs.cancel(project_id=run.project_id, run_id=run.pk, actor_id=None, now=timezone.now())  # type: ignore[arg-type]  # nobody's doing
    move()
    assert next(iter(provider.batches.values()))["status"] == "cancelling"
    provider.finish(status="cancelled", results=lambda lines: lines[:1], completed=1)
    move()

    assert_books_close(run)
    assert (run.state, run.spent, Rationale.objects.count()) == (RunState.CANCELLED, EACH, 1)
    assert set(RunQuestion.objects.values_list("state", flat=True)) == {WorkState.DONE, WorkState.CANCELLED}


def test_a_cap_is_held_for_a_batch_as_for_single_calls(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=4, start_now=False)
    move()
    ceiling = _ceiling(run)
    Run.objects.filter(pk=run.pk).update(cap=ceiling * 2)
    runs.start(project_id=run.project_id, run_id=run.pk, actor_id=None, now=timezone.now())  # type: ignore[arg-type]  # nobody's doing

    move()

    assert [len(lines) for lines in provider.inputs] == [2]
    provider.finish()
    move()
    run.refresh_from_db()
    assert run.spent + run.reserved <= run.cap


def _ceiling(run: Run) -> Decimal:
    """What one call of this run reserves, found by asking for a plan and preparing one."""
    from cot_generation.services import asking, claiming

    run = Run.objects.select_related("endpoint", "prompt").get(pk=run.pk)
    plan = claiming.plan(run, now=timezone.now())
    assert isinstance(plan, asking.RunPlan)
    asked = asking.words(list(RunQuestion.objects.filter(run=run)), plan)
    cache = asking.PictureCache()
    return max(asking.ready(each, cache).ceiling for each in asked if isinstance(each, asking.Asked))


def test_many_questions_go_in_several_batches(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=5, batch_requests=2)

    move()

    assert [len(lines) for lines in provider.inputs] == [2, 2, 1]
    for name in list(provider.batches):
        provider.finish(name)
    move()
    assert_books_close(run)
    assert (run.state, run.spent) == (RunState.DONE, 5 * EACH)


@pytest.mark.parametrize(
    ("path", "reply", "reason"),
    [
        pytest.param(
            "/v1/files", Reply(302, headers={"location": "http://elsewhere.example/"}), PauseReason.REQUEST_REFUSED,
            id="redirected-with-the-pictures",
        ),
        pytest.param(
            "/v1/batches", Reply(307, headers={"location": "http://elsewhere.example/"}), PauseReason.REQUEST_REFUSED,
            id="redirected",
        ),
        pytest.param("/v1/files", trouble(401, "No."), PauseReason.KEY_REFUSED, id="key-refused"),
        pytest.param("/v1/files", trouble(404, "No files here."), PauseReason.REQUEST_REFUSED, id="no-batch-api"),
        pytest.param("/v1/batches", trouble(402, "Pay."), PauseReason.QUOTA, id="quota"),
    ],
)  # fmt: skip
def test_a_refusal_pauses_the_run_with_nothing_spent_or_lost(
    path: str, reply: Reply, reason: PauseReason, make_run: MakeRun, provider: BatchEndpoint
) -> None:
    run = make_run(samples=2)
    provider.refusals[("POST", path)] = [reply]

    move()

    assert_books_close(run)
    assert [run.state, run.pause_reason, run.spent] == [RunState.PAUSED, reason, 0]
    assert set(RunQuestion.objects.values_list("state", "attempts")) == {(WorkState.WAITING, 0)}
    runs.start(project_id=run.project_id, run_id=run.pk, actor_id=None, now=timezone.now())  # type: ignore[arg-type]  # nobody's doing
    move()
    provider.finish()
    move()
    run.refresh_from_db()
    assert (run.state, run.spent) == (RunState.DONE, 2 * EACH)


def test_an_endpoint_taken_off_the_list_of_hosts_is_asked_nothing_more(
    make_run: MakeRun, provider: BatchEndpoint, settings: object
) -> None:
    make_run(samples=1)
    move()
    provider.finish()
    asked = len(provider.asked)

    settings.ENDPOINT_HOSTS = ["elsewhere.example"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    move()

    batch = CallBatch.objects.get()
    assert (len(provider.asked), batch.phase) == (asked, BatchPhase.SUBMITTED)
    assert "list of endpoint hosts" in batch.failure


def test_an_endpoint_whose_price_names_no_share_takes_no_batches(
    make_world: MakeWorld, provider: BatchEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = build.endpoint(world.project.pk, url=provider.url)

    with pytest.raises(DomainError) as refused:
        build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), batched=True)

    assert refused.value.code == "batches_not_offered"


def test_a_check_goes_in_batches_and_fails_what_it_finds(make_run: MakeRun, provider: BatchEndpoint) -> None:
    run = make_run(samples=2)
    move()
    provider.finish()
    move()
    check = new_runs.create_check(
        project_id=run.project_id,
        probe=Probe.JUDGE,
        run_id=run.pk,
        limit=10,
        cap=Decimal(10),
        actor_id=None,
        now=timezone.now(),
        batched=True,
    )
    move()
    assert len(provider.inputs[1]) == 2

    verdict = json.dumps({"sound": False, "reason": "{{A}} casts none."})
    provider.finish(results=lambda lines: [says(verdict, lines[0]), *lines[1:]])
    move()

    check.refresh_from_db()
    assert check.spent == 2 * EACH, "paid at the share for batches"
    vetoed = [row.checks["judge"].passed for row in Rationale.objects.all() if "judge" in row.checks]
    assert vetoed == [False], "the other reply was no verdict"


def says(content: str, line: Line) -> Line:
    """The same result with another reply."""
    changed = copy.deepcopy(line)
    changed["response"]["body"]["choices"][0]["message"]["content"] = content
    return changed


def test_a_cascade_climbs_from_a_batch_to_a_batch(make_world: MakeWorld, provider: BatchEndpoint) -> None:
    world = make_world(samples=2)
    world.settle("ABCD")  # the usual reply says A alone, so that what is written blind fails
    endpoint = build.endpoint(world.project.pk, url=provider.url, batch_share="0.5")
    prompts = [build.prompt(world.project.pk), build.prompt(world.project.pk, way=Way.ANSWER_DRIVEN)]
    cascades.create(
        project_id=world.project.pk,
        name="overnight",
        rungs=[Rung(prompt.pk, endpoint.pk, batched=True) for prompt in prompts],
        then_people=False,
        questions=world.questions(),
        cap=Decimal(10),
        actor_id=world.member(Role.LEAD).pk,
        now=timezone.now(),
    )
    move()
    provider.finish()
    move()

    calls.sweep(now=timezone.now())
    move()

    second = Run.objects.get(rung=1)
    assert [second.batched, second.question_count, len(provider.inputs)] == [True, 2, 2]


def test_a_cascade_or_check_in_batches_needs_an_endpoint_that_takes_them(
    make_world: MakeWorld, provider: BatchEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = build.endpoint(world.project.pk, url=provider.url)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), start_now=False)

    with pytest.raises(DomainError) as of_cascade:
        cascades.create(
            project_id=world.project.pk,
            name="overnight",
            rungs=[Rung(build.prompt(world.project.pk).pk, endpoint.pk, batched=True)],
            then_people=False,
            questions=world.questions(),
            cap=Decimal(10),
            actor_id=None,
            now=timezone.now(),
        )
    with pytest.raises(DomainError) as of_check:
        new_runs.create_check(
            project_id=world.project.pk,
            probe=Probe.JUDGE,
            run_id=run.pk,
            limit=1,
            cap=Decimal(1),
            actor_id=None,
            now=timezone.now(),
            batched=True,
        )

    assert [of_cascade.value.code, of_check.value.code] == ["batches_not_offered"] * 2
