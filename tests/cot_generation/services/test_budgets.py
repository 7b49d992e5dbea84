"""A project's caps, in all and by day: held exactly by many claimers, across runs and batches; and how runs go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.choices import Role
from accounts.models import AuditLogEntry
from config.base.choices import WorkState
from config.base.errors import DomainError, InvalidInput
from cot_generation.choices import BatchPhase, CallState, Outcome, PauseReason, RunState
from cot_generation.endings import Ending
from cot_generation.models import Budget, BudgetDay, Call, CallBatch, Endpoint, Run, RunQuestion
from cot_generation.providers import openai_batches
from cot_generation.services import admitting, batch_ledger, batches, budgets, calls, caps, claiming, ledger, runs
from tests.builders import accounts
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World, claimed
from tests.fakes import batch_endpoint
from tests.fakes.batch_endpoint import BatchEndpoint
from tests.platform import at_once

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC)


def ceiling(run: Run) -> Decimal:
    """What one call of the run reserves."""
    ready = claimed(run, owner="probe", limit=1)
    claiming.release([each.question for each in ready], owner="probe", at=timezone.now())
    return ready[0].ceiling


def admit(run: Run, *, now: datetime = NOON, limit: int = 100, owner: str = "one") -> list[admitting.Sent]:
    return admitting.admit(claimed(run, owner=owner, limit=limit), owner=owner, now=now).sent


def cap(run: Run, *, total: Decimal | None = None, daily: Decimal | None = None, now: datetime = NOON) -> None:
    caps.set_caps(project_id=run.project_id, total_cap=total, daily_cap=daily, actor_id=None, now=now)  # type: ignore[arg-type]  # nobody's doing


def answered(sent: admitting.Sent, **more: Any) -> ledger.Landed:
    usage = {"prompt_tokens": 1000, "completion_tokens": 100, **more}
    return ledger.Landed(sent, Ending(Outcome.ANSWERED, status=200, body="{}", **usage))


def assert_days_agree() -> None:
    """The days are nothing but the sum of their calls, and so are the runs."""
    for row in BudgetDay.objects.all():
        calls_ = Call.objects.filter(
            run__project_id=row.project_id, run__sandbox=row.sandbox, sent_at__date=row.day
        ).select_related("run")
        assert row.reserved == sum(each.reserved for each in calls_ if each.state == CallState.SENT)
        assert row.spent == sum(each.cost for each in calls_)
    in_all = {"spent": Sum("spent"), "reserved": Sum("reserved")}
    assert BudgetDay.objects.aggregate(**in_all) == Run.objects.aggregate(**in_all)


@pytest.fixture
def make_run(make_world: MakeWorld, make_endpoint: MakeEndpoint) -> Callable[..., Run]:
    def make(count: int = 3, *, world: World | None = None, sandbox: bool = False, **options: Any) -> Run:
        world = world or make_world(samples=1)
        endpoint = make_endpoint(world, requests_at_once=1000, sandbox=sandbox)
        return build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(count), **options)

    return make


MakeRun = Callable[..., Run]


@pytest.mark.parametrize("which", ["total", "daily"])
def test_sixty_four_claimers_of_two_runs_and_a_batch_admit_exactly_what_the_cap_pays_for(
    which: str, make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    pairs = world.many_questions(96)
    both = [
        build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1000), questions=pairs, seed=seed)
        for seed in (1, 2)  # so that no request is the same as another
    ]
    endpoint = make_endpoint(world, batch_share="1")
    batched = build.run(world.project.pk, endpoint=endpoint, questions=pairs[:4], batched=True, seed=3)
    batch_ledger.want([batched.pk], now=timezone.now())
    batch = CallBatch.objects.get()
    CallBatch.objects.update(state=WorkState.RUNNING, lease_expires_at=timezone.now() + timedelta(hours=1))
    in_file = claimed(batched, owner="forming")
    each = ceiling(both[0])
    assert {ready.ceiling for ready in in_file} == {each}
    cap(both[0], total=each * 104 if which == "total" else None, daily=each * 104 if which == "daily" else None)

    def claim_and_admit(number: int) -> int:
        if number == 64:
            return 4 * batch_ledger.submit(batch, in_file, file_id="file-1", owner="forming", now=NOON)
        return len(admit(both[number % 2], limit=3, owner=f"claimer-{number}"))

    admitted = sum(at_once(claim_and_admit, threads=65))

    # The batch goes as a whole or not at all; single calls fill what it leaves.
    assert admitted == 104
    assert Call.objects.filter(state=CallState.SENT).count() == 104
    assert BudgetDay.objects.get().reserved == each * 104
    assert_days_agree()


def test_a_run_stops_at_its_projects_cap_and_goes_on_when_that_is_raised(make_run: MakeRun) -> None:
    run = make_run(count=3)
    each = ceiling(run)
    cap(run, total=each)
    sent = admit(run)
    assert len(sent) == 1
    assert admit(run) == []
    run.refresh_from_db()
    assert run.state == RunState.RUNNING, "a call that flies may leave enough"
    ledger.settle([answered(sent[0], prompt_tokens=None)], now=NOON)  # costs its ceiling

    RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=NOON)
    assert admit(run) == []

    run.refresh_from_db()
    assert [run.state, run.pause_reason, run.needs] == [RunState.PAUSED, PauseReason.PROJECT_CAP, each]
    with pytest.raises(DomainError) as refused:
        runs.start(project_id=run.project_id, run_id=run.pk, actor_id=None, now=NOON)  # type: ignore[arg-type]  # nobody's doing
    assert refused.value.code == "project_cap_reached"
    cap(run, total=each * 2 - Decimal("0.0000000001"))
    run.refresh_from_db()
    assert run.state == RunState.PAUSED, "a cap that pays for no further call lets nothing go on"
    cap(run, total=each * 2)
    run.refresh_from_db()
    assert [run.state, run.pause_reason, run.needs] == [RunState.RUNNING, "", None]
    assert len(admit(run)) == 1


def test_a_run_stopped_by_the_daily_cap_goes_on_by_itself_after_midnight_utc(make_run: MakeRun) -> None:
    run = make_run(count=3)
    each = ceiling(run)
    cap(run, daily=each)
    late = MIDNIGHT - timedelta(seconds=1)
    sent = admit(run, now=late)
    ledger.settle([answered(sent[0], prompt_tokens=None)], now=late)
    RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=NOON)
    assert admit(run, now=late) == []
    run.refresh_from_db()
    assert [run.state, run.pause_reason] == [RunState.PAUSED, PauseReason.DAILY_CAP]

    calls.sweep(now=late)
    run.refresh_from_db()
    assert run.state == RunState.PAUSED
    calls.sweep(now=MIDNIGHT)

    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    assert len(admit(run, now=MIDNIGHT)) == 1
    assert sorted(BudgetDay.objects.values_list("day", flat=True)) == [late.date(), MIDNIGHT.date()]
    assert_days_agree()


def test_of_two_caps_the_one_is_named_that_tomorrow_does_not_lift(make_run: MakeRun) -> None:
    run = make_run()
    cap(run, total=Decimal(0), daily=Decimal(0))

    assert admit(run) == []

    run.refresh_from_db()
    assert run.pause_reason == PauseReason.PROJECT_CAP


def test_a_call_settled_after_midnight_counts_on_the_day_of_its_intent(make_run: MakeRun) -> None:
    run = make_run(count=1)
    sent = admit(run, now=MIDNIGHT - timedelta(seconds=1))

    ledger.settle([answered(sent[0])], now=MIDNIGHT + timedelta(minutes=1))

    day = BudgetDay.objects.get()
    assert [day.day, day.reserved, day.spent] == [NOON.date(), 0, Decimal("0.0014")]


def test_money_of_unknown_outcome_stays_at_its_ceiling_until_a_late_reply_says_less(make_run: MakeRun) -> None:
    run = make_run(count=2)
    sent = admit(run)
    each = sent[0].ready.ceiling
    RunQuestion.objects.update(lease_expires_at=NOON, state=WorkState.WAITING)

    ledger.close_lost(now=NOON)

    day = BudgetDay.objects.get()
    assert [day.reserved, day.spent] == [0, each * 2]
    ledger.settle([answered(sent[0])], now=NOON)
    day.refresh_from_db()
    assert day.spent == each + Decimal("0.0014")
    assert_days_agree()


def test_an_intent_taken_back_frees_its_day(make_run: MakeRun) -> None:
    run = make_run(count=2)
    sent = admit(run)

    admitting.take_back(sent)

    day = BudgetDay.objects.get()
    assert [day.reserved, day.spent, run.reserved] == [0, 0, 0]


def test_another_projects_money_and_play_money_are_counted_apart(make_run: MakeRun, make_world: MakeWorld) -> None:
    run, other = make_run(count=1), make_run(count=1)
    world = make_world(samples=1)
    real, play = make_run(count=1, world=world), make_run(count=1, world=world, sandbox=True)
    for each in (run, real):
        cap(each, total=ceiling(each))

    assert [len(admit(each)) for each in (run, other, real, play)] == [1, 1, 1, 1]
    assert_days_agree()


def test_a_person_may_keep_a_stopped_run_from_going_on(make_run: MakeRun) -> None:
    run = make_run()
    cap(run, daily=Decimal(0))
    admit(run)

    runs.pause(project_id=run.project_id, run_id=run.pk, actor_id=None)  # type: ignore[arg-type]  # nobody's doing
    cap(run, daily=Decimal(100))

    run.refresh_from_db()
    assert [run.state, run.pause_reason] == [RunState.PAUSED, PauseReason.PERSON]
    with pytest.raises(DomainError) as refused:
        runs.pause(project_id=run.project_id, run_id=run.pk, actor_id=None)  # type: ignore[arg-type]  # nobody's doing
    assert refused.value.code == "run_not_movable"


def test_who_changed_a_cap_is_kept_with_what_it_was(make_run: MakeRun, make_world: MakeWorld) -> None:
    world = make_world(samples=1)
    run, lead = make_run(world=world), world.member(Role.LEAD)

    for total in (Decimal(5), Decimal(7), Decimal(7)):
        caps.set_caps(project_id=run.project_id, total_cap=total, daily_cap=None, actor_id=lead.pk, now=NOON)

    told = AuditLogEntry.objects.filter(action="budget.changed").order_by("pk")
    assert [(each.actor_id, each.details) for each in told] == [
        (lead.pk, {"total_cap": {"from": None, "to": "5"}}),
        (lead.pk, {"total_cap": {"from": "5.0000000000", "to": "7"}}),
    ]
    with pytest.raises(DomainError):
        caps.set_caps(project_id=run.project_id, total_cap=Decimal(-1), daily_cap=None, actor_id=lead.pk, now=NOON)
    assert Budget.objects.get().total_cap == 7


@pytest.mark.parametrize("cap", [Decimal(-1), Decimal(10_000_000)])
def test_a_cap_that_no_column_holds_is_refused_with_what_it_may_be(make_run: MakeRun, cap: Decimal) -> None:
    run = make_run(1)
    lead = accounts.member(run.project, Role.LEAD)

    with pytest.raises(InvalidInput, match="from 0 to below 10,000,000"):
        caps.set_caps(project_id=run.project_id, total_cap=cap, daily_cap=None, actor_id=lead.pk, now=NOON)
    with pytest.raises(InvalidInput, match="from 0 to below 10,000,000"):
        runs.set_cap(project_id=run.project_id, run_id=run.pk, cap=cap, actor_id=lead.pk)


@pytest.fixture
def batch_provider(settings: object) -> Iterator[BatchEndpoint]:
    settings.ENDPOINT_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    with batch_endpoint.running() as endpoint:
        yield endpoint


def test_a_batch_holds_what_the_daily_cap_pays_for_and_the_rest_goes_another_day(
    make_world: MakeWorld, batch_provider: BatchEndpoint
) -> None:
    world = make_world(samples=1)
    endpoint = build.endpoint(world.project.pk, url=batch_provider.url, batch_share="0.5")
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(3), batched=True)
    each = ceiling(run)
    cap(run, daily=each * 2, now=timezone.now())

    def move(now: datetime) -> None:
        RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=now)
        CallBatch.objects.filter(state=WorkState.WAITING).update(next_attempt_at=now)
        batches.sweep(now=now)
        batches.move_due(opened=openai_batches.opened, until=now + timedelta(seconds=60), clock=lambda: now)

    today = datetime.now(UTC).replace(hour=12)
    move(today)

    run.refresh_from_db()
    assert [len(lines) for lines in batch_provider.inputs] == [2]
    assert [run.state, run.pause_reason, run.needs] == [RunState.PAUSED, PauseReason.DAILY_CAP, each]
    tomorrow = today + timedelta(days=1)
    calls.sweep(now=tomorrow)
    move(tomorrow)
    assert [len(lines) for lines in batch_provider.inputs] == [2, 1]
    for name in list(batch_provider.batches):
        batch_provider.finish(name)
    move(tomorrow)
    run.refresh_from_db()
    assert [run.state, run.reserved] == [RunState.DONE, 0]
    assert_days_agree()


def test_a_batch_whose_cap_was_lowered_while_it_formed_is_not_submitted(
    make_world: MakeWorld, make_endpoint: MakeEndpoint
) -> None:
    world = make_world(samples=1)
    run = build.run(
        world.project.pk, endpoint=make_endpoint(world, batch_share="1"), questions=world.questions(), batched=True
    )
    batch_ledger.want([run.pk], now=timezone.now())
    batch = CallBatch.objects.get()
    CallBatch.objects.update(state=WorkState.RUNNING, lease_expires_at=timezone.now() + timedelta(hours=1))
    ready = claimed(run, owner="forming")
    cap(run, total=ready[0].ceiling / 2)

    assert not batch_ledger.submit(batch, ready, file_id="file-1", owner="forming", now=NOON)

    assert not BudgetDay.objects.exclude(reserved=0).exists()
    assert CallBatch.objects.get().phase == BatchPhase.FORMING
    cap(run, total=ready[0].ceiling)
    assert batch_ledger.submit(batch, ready, file_id="file-1", owner="forming", now=NOON)
    assert BudgetDay.objects.get().reserved == ready[0].ceiling


def test_a_project_without_caps_has_room_for_anything(make_run: MakeRun) -> None:
    purse = budgets.purse_of(make_run())

    room = budgets.headroom([purse], now=NOON, locked=False)[purse]

    assert room.refuses(Decimal(10**9)) is None


def test_calls_from_before_there_were_caps_are_counted_by_the_migration(make_run: MakeRun) -> None:
    run, play = make_run(count=3), make_run(count=1, sandbox=True)
    sent = admit(run)
    ledger.settle([answered(sent[0])], now=NOON)
    admit(play, now=MIDNIGHT)
    rows = BudgetDay.objects.order_by("day").values_list("project_id", "day", "sandbox", "reserved", "spent")
    kept = list(rows)
    BudgetDay.objects.filter(sandbox=False).delete()

    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(import_module("cot_generation.migrations.0010_budget_days_of_earlier_calls").FILL)

    assert list(rows) == kept
