"""A run from the wish to its end, with a real process that behaves like the trainer."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Project
from curation.selectors import life
from tests.builders import accounts as people
from tests.builders import training_bridge as build
from tests.platform import at_once, wait_until
from training_bridge.choices import QuestionStanding, RunState
from training_bridge.errors import RecipeUnknown, ReleaseTooSmall, RunNotMovable
from training_bridge.launchers import local
from training_bridge.models import Evaluation, QuestionState, RunEvent, RunPreparation, TrainingRun
from training_bridge.selectors import evaluations, runs
from training_bridge.services import following, preparation, reading, supervision
from training_bridge.services import runs as run_services
from training_bridge.services.runs import folder_of

pytestmark = pytest.mark.django_db(transaction=True)
Behave = Callable[[str], None]


def rows(train: int = 8, test: int = 4) -> list[dict[str, Any]]:
    splits = ["train"] * train + ["test"] * test
    return [build.release_row(f"s-{number}", split=split) for number, split in enumerate(splits)]


def start(
    project: Project,
    *,
    smoke: bool = False,
    release_rows: list[dict[str, Any]] | None = None,
    recipe: str = "tiny-cpu",
) -> TrainingRun:
    release = build.release(project.pk, release_rows or rows())
    return run_services.start(
        project_id=project.pk,
        release_name=release.name,
        recipe=recipe,
        seed=7,
        smoke=smoke,
        endpoint_id=None,
        actor_id=None,
        now=timezone.now(),
    )


def prepare() -> int:
    return preparation.prepare_due(clock=timezone.now, until=timezone.now() + timedelta(minutes=1))


def until_state(run: TrainingRun, state: RunState) -> TrainingRun:
    def there() -> bool:
        following.step(clock=timezone.now)
        run.refresh_from_db()
        return run.state == state

    wait_until(there, seconds=30, what=f"state {state}")
    return run


def until_ready(run: TrainingRun) -> None:
    def ready() -> bool:
        status = supervision.read_json(folder_of(run) / "status.json")
        return status is not None and status.get("message") == "ready"

    wait_until(ready, seconds=30, what="the fake trainer")


def test_a_run_goes_from_queued_to_done_with_its_figures(trainer: Behave) -> None:
    project = people.project()
    run = start(project)
    assert run.state == RunState.QUEUED

    until_state(run, RunState.DONE)

    assert (run.progress, run.failure, run.resumable) == (1.0, "", False)
    assert list(RunEvent.objects.filter(run=run).order_by("n").values_list("n", "kind")) == [
        (1, "run_begin"),
        (2, "step"),
        (3, "step"),
        (4, "run_end"),
    ]
    assert runs.standing_counts(run.pk) == dict.fromkeys(QuestionStanding.values, 0) | {
        "suspect": 2,
        "blocked": 2,
        "hard": 2,
        "mastered": 2,
    }
    first = QuestionState.objects.get(run=run, question="s-0/physical_shadow")
    # The visit of the evaluation is not counted: it is no rollout that training learnt from.
    assert (first.visits, first.rollouts, first.right, first.dead_visits) == (1, 4, 0, 1)
    assert [(each.picked, each.count) for each in first.answers] == [((), 3), (None, 1)]
    # The fake told a higher loss of every further one of the eight.
    assert (first.loss, first.loss_rank) == (0.5, 8)
    # A sample's page shows the visits one by one.
    (seen,) = life.trained(project_id=run.project_id, external_id="s-0", aspects=["physical_shadow"])
    assert (seen.run_number, seen.state, seen.visits, seen.seen) == (run.number, "suspect", 1, (("grpo", 1, 0, 4),))
    trained = Evaluation.objects.get(run=run, name="trained", metric="exact", aspect="")
    assert (trained.value, trained.low, trained.n) == (0.6, 0.5, 4)
    assert trained.high == pytest.approx(0.7)
    assert [row.name for row in evaluations.of_run(run)] == ["trained", "random", "select_all"]
    ours, policy, _ = evaluations.of_run(run)
    assert ours.answerer is not None
    assert ours.answerer.habits is not None
    assert policy.answerer is not None
    assert (ours.answerer.by_size, ours.answerer.habits.chosen) == ({"1": 0.6}, {"A": 0.6, "B": 0.4})
    assert (policy.answerer.by_size, policy.answerer.habits, policy.usd_per_1000) == ({"1": 0.2}, None, None)
    assert run.human_ceiling is not None
    assert run.human_ceiling.value == 0.8
    assert (run.best_trivial, run.comparisons[1].name) == ("random", "random")


def test_the_run_folder_is_what_the_contract_says(trainer: Behave) -> None:
    from training_bridge.trainer.contract import rows as contract
    from training_bridge.trainer.contract.folder import RunFolder
    from training_bridge.trainer.contract.reading import read_lines

    given = rows(train=5, test=3)
    run = start(people.project(), smoke=True, release_rows=given)

    prepare()

    folder = RunFolder(folder_of(run))
    request = folder.request()
    assert (request.run, request.recipe, request.seed, request.smoke) == (str(run.pk), "tiny-cpu", 7, True)
    assert (request.release_name, request.release_hash) == ("v1", "0" * 64)
    train, test = (contract.release_rows(folder.release, split) for split in ("train", "test"))
    assert ([row.question for row in train], len(test)) == ([f"s-{n}/physical_shadow" for n in range(5)], 3)
    for row in [*train, *test]:
        for path in [row.original, *(candidate.path for candidate in row.candidates)]:
            assert folder.picture(path).read_bytes().startswith(b"picture s-")
    pool = [contract.pool_row(line) for line in read_lines(folder.pool)]
    assert len(pool) == 2
    assert all(folder.picture(path).is_file() for row in pool for path in [row.original, *row.candidates.values()])
    package = folder.root / "code" / "training_bridge"
    assert (package / "__init__.py").read_bytes() == (Path(preparation.PACKAGE) / "__init__.py").read_bytes()
    assert {each.name for each in package.iterdir()} == {"__init__.py", "trainer"}


def test_scenes_are_drawn_only_for_a_model_that_starts_from_nothing(trainer: Behave) -> None:
    run = start(people.project(), recipe="internvl3-2b")

    prepare()

    assert not (folder_of(run) / "pool").exists()
    assert (folder_of(run) / "run.json").is_file()


def test_the_process_gets_no_secret_and_a_session_of_its_own(trainer: Behave) -> None:
    trainer("wait")
    run = start(people.project())
    prepare()
    run.refresh_from_db()
    until_ready(run)

    environment = Path(f"/proc/{run.pid}/environ").read_bytes().decode().split("\0")

    names = {entry.split("=", 1)[0] for entry in environment if entry}
    assert "PATH" in names
    assert not names & {"SECRET_KEY", "DATABASE_URL", "BROKER_URL", "STORAGE_URL", "ENCRYPTION_KEY"}
    assert run.pid is not None
    assert os.getsid(run.pid) == run.pid != os.getsid(0)


def test_two_workers_start_one_process(trainer: Behave) -> None:
    trainer("wait")
    run = start(people.project())

    claimed = at_once(lambda _: prepare(), threads=3)

    run.refresh_from_db()
    assert sorted(claimed) == [0, 0, 1]
    assert (run.fence, run.state) == (1, RunState.RUNNING)


def test_cancel_is_heard_by_the_process_and_the_run_can_go_on(trainer: Behave) -> None:
    trainer("wait")
    project = people.project()
    run = start(project)
    prepare()
    until_ready(run)

    run_services.cancel(project_id=project.pk, run_id=run.pk, actor_id=None, now=timezone.now())

    until_state(run, RunState.CANCELLED)
    assert (run.resumable, run.failure) == (True, "")

    run_services.resume(project_id=project.pk, run_id=run.pk, actor_id=None, now=timezone.now())

    until_state(run, RunState.DONE)
    assert run.fence == 2
    assert RunEvent.objects.filter(run=run, n=100, kind="step").exists()


def test_a_process_that_does_not_listen_is_ended(trainer: Behave) -> None:
    trainer("deaf")
    project = people.project()
    run = start(project)
    prepare()
    run.refresh_from_db()
    process = supervision.process_of(run)
    until_ready(run)
    asked_at = timezone.now()
    run_services.cancel(project_id=project.pk, run_id=run.pk, actor_id=None, now=asked_at)

    supervision.sweep(now=asked_at + timedelta(seconds=5))
    supervision.sweep(now=asked_at + supervision.ASK_FIRST)
    assert process is not None
    assert local.lives(process)
    supervision.sweep(now=asked_at + supervision.THEN_INSIST)

    wait_until(lambda: not local.lives(process), seconds=20, what="the end of the process")
    until_state(run, RunState.CANCELLED)


def test_a_run_cancelled_before_it_starts_never_starts(trainer: Behave) -> None:
    project = people.project()
    run = start(project)

    run_services.cancel(project_id=project.pk, run_id=run.pk, actor_id=None, now=timezone.now())

    assert prepare() == 0
    run.refresh_from_db()
    assert (run.state, run.pid, run.fence) == (RunState.CANCELLED, None, 0)
    with pytest.raises(RunNotMovable, match="has ended already"):
        run_services.cancel(project_id=project.pk, run_id=run.pk, actor_id=None, now=timezone.now())


def test_a_killed_process_is_noticed_and_its_half_line_is_not_read(trainer: Behave) -> None:
    trainer("die")
    project = people.project()
    run = start(project)

    until_state(run, RunState.FAILED)

    assert run.resumable
    assert "ended without a word" in run.failure
    assert "fake trainer: die" in run.failure
    assert list(RunEvent.objects.filter(run=run).order_by("n").values_list("n", flat=True)) == [1, 2]

    run_services.resume(project_id=project.pk, run_id=run.pk, actor_id=None, now=timezone.now())
    until_state(run, RunState.DONE)
    assert list(RunEvent.objects.filter(run=run).order_by("n").values_list("n", flat=True)) == [1, 2, 100, 101, 102]


def test_a_start_that_the_trainer_refuses_fails_with_its_sentence(trainer: Behave) -> None:
    trainer("refuse")
    run = start(people.project())

    until_state(run, RunState.FAILED)

    assert run.failure == "Another process trains in this folder now; wait until it has ended."
    assert run.resumable


def test_kill_from_outside_is_noticed(trainer: Behave) -> None:
    trainer("wait")
    run = start(people.project())
    prepare()
    until_ready(run)
    run.refresh_from_db()
    assert run.pid is not None

    os.kill(run.pid, signal.SIGKILL)

    until_state(run, RunState.FAILED)
    assert run.resumable


def test_a_process_asked_to_end_leaves_a_run_that_can_go_on(trainer: Behave) -> None:
    trainer("wait")
    run = start(people.project())
    prepare()
    until_ready(run)
    run.refresh_from_db()
    assert run.pid is not None

    os.kill(run.pid, signal.SIGTERM)

    until_state(run, RunState.FAILED)
    assert (run.resumable, run.failure) == (True, "The process was asked to end. Resume goes on where it stood.")


def test_a_run_that_ends_while_it_is_read_is_ended_in_the_next_round_with_its_last_event(
    trainer: Behave, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer("wait")
    run = start(people.project())
    prepare()
    until_ready(run)
    run.refresh_from_db()
    process = supervision.process_of(run)
    assert process is not None
    take_in = reading.take_in

    def take_in_and_see_it_end(run: TrainingRun) -> bool:
        caught_up = take_in(run)
        local.end(process)
        wait_until(lambda: not local.lives(process), seconds=20, what="the end of the process")
        return caught_up

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(reading, "take_in", take_in_and_see_it_end)
        supervision.look(run.pk, now=timezone.now())
    run.refresh_from_db()
    first = run.state, list(RunEvent.objects.filter(run=run).values_list("kind", flat=True))
    supervision.look(run.pk, now=timezone.now())
    run.refresh_from_db()

    assert first == (RunState.RUNNING, ["run_begin"])
    assert (run.state, RunEvent.objects.get(run=run, n=2).kind) == (RunState.FAILED, "run_end")


def test_a_number_that_another_process_got_is_not_taken_for_the_run(trainer: Behave) -> None:
    run = start(people.project())
    trainer("wait")
    prepare()
    until_ready(run)
    run.refresh_from_db()
    process = supervision.process_of(run)
    assert process is not None
    assert local.lives(process)

    assert not local.lives(local.Process(process.host, process.pid, "1"))


def test_reading_twice_stores_once(trainer: Behave) -> None:
    run = until_state(start(people.project()), RunState.DONE)
    before = QuestionState.objects.get(run=run, question="s-1/physical_shadow").rollouts
    TrainingRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, finished_at=None)

    supervision.sweep(now=timezone.now())

    assert QuestionState.objects.get(run=run, question="s-1/physical_shadow").rollouts == before == 4
    assert RunEvent.objects.filter(run=run).count() == 4


def test_a_file_that_makes_no_sense_stops_the_run_and_not_the_sweep(trainer: Behave) -> None:
    trainer("wait")
    project = people.project()
    broken = start(project)
    prepare()
    until_ready(broken)
    (folder_of(broken) / "events-000002.jsonl").write_text('{"what": "no event"}\n')

    supervision.sweep(now=timezone.now())

    broken.refresh_from_db()
    assert (broken.state, broken.resumable) == (RunState.FAILED, False)
    assert "not what the contract says" in broken.failure


def test_a_worker_killed_between_row_and_process_leaves_a_run_that_can_go_on(trainer: Behave) -> None:
    run = start(people.project())
    prepare_only(run)
    launched_at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    TrainingRun.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING, host=local.this_host(), launched_at=launched_at, fence=1
    )

    supervision.sweep(now=launched_at + timedelta(seconds=30))
    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    supervision.sweep(now=launched_at + timedelta(minutes=5))

    run.refresh_from_db()
    assert (run.state, run.resumable) == (RunState.FAILED, True)


def test_a_run_whose_machine_is_no_more_is_noticed(trainer: Behave) -> None:
    trainer("wait")
    run = start(people.project())
    prepare()
    until_ready(run)
    TrainingRun.objects.filter(pk=run.pk).update(host="a container of yesterday")

    supervision.sweep(now=timezone.now() + timedelta(minutes=20))
    run.refresh_from_db()
    assert run.state == RunState.RUNNING
    supervision.sweep(now=timezone.now() + timedelta(minutes=40))

    run.refresh_from_db()
    assert (run.state, run.resumable) == (RunState.FAILED, True)
    assert "a container of yesterday" in run.failure


def prepare_only(run: TrainingRun) -> None:
    preparation.fill(run, lambda *_, **__: None)


def test_a_preparation_that_failed_for_good_fails_the_run(trainer: Behave) -> None:
    run = start(people.project())
    RunPreparation.objects.filter(run=run).update(state="failed", failure="The worker died or hung on every attempt.")

    supervision.sweep(now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "The worker died or hung on every attempt.")


def test_a_release_whose_pictures_are_gone_fails_with_the_reason(trainer: Behave) -> None:
    project = people.project()
    lost = [build.release_row(f"lost-{split}", split=split) for split in ("train", "test")]
    build.release(project.pk, lost, store_pictures=False)
    run = run_services.start(
        project_id=project.pk,
        release_name="v1",
        recipe="tiny-cpu",
        seed=0,
        smoke=True,
        endpoint_id=None,
        actor_id=None,
        now=timezone.now(),
    )

    prepare()

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "gone from the storage" in run.failure


def test_a_trainer_that_cannot_be_started_says_what_to_check(trainer: Behave, settings: Any) -> None:
    settings.TRAINER_PYTHON = "/nowhere/python"
    run = start(people.project())

    until_state(run, RunState.FAILED)

    assert "Check TRAINER_PYTHON" in run.failure


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"recipe": "huge-gpu"}, RecipeUnknown), ({"release_name": "v2"}, ReleaseTooSmall)],
)
def test_what_cannot_be_trained_is_refused(change: dict[str, str], refusal: type[Exception]) -> None:
    project = people.project()
    build.release(project.pk, rows())
    build.release(project.pk, rows(test=0), name="v2")
    asked: dict[str, Any] = {
        "project_id": project.pk,
        "release_name": "v1",
        "recipe": "tiny-cpu",
        "seed": 0,
        "smoke": False,
        "endpoint_id": None,
        "actor_id": None,
        "now": timezone.now(),
    }

    with pytest.raises(refusal):
        run_services.start(**(asked | change))
    assert not TrainingRun.objects.exists()

    assert run_services.start(**asked).number == 1


def test_runs_are_numbered_without_gaps_when_started_at_once() -> None:
    project = people.project()
    build.release(project.pk, rows())

    def one(_: int) -> int:
        return run_services.start(
            project_id=project.pk,
            release_name="v1",
            recipe="tiny-cpu",
            seed=0,
            smoke=True,
            endpoint_id=None,
            actor_id=None,
            now=timezone.now(),
        ).number

    assert sorted(at_once(one, threads=4)) == [1, 2, 3, 4]
