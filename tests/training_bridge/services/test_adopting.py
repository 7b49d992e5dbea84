"""A run that ended elsewhere comes in with all it told, and nothing comes in that cannot be trusted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Project
from tests.builders import accounts as people
from tests.builders import training_bridge as build
from tests.fakes import trainer as fake
from tests.training_bridge.services.test_runs import prepare, start, until_ready, until_state
from tests.training_bridge.services.test_runs import rows as release_rows
from training_bridge.choices import RunState
from training_bridge.errors import FolderUnusable, RunNotMovable
from training_bridge.models import Evaluation, QuestionState, RunEvent, TrainingRun
from training_bridge.selectors import evaluations, runs
from training_bridge.services import adopting
from training_bridge.services import runs as run_services
from training_bridge.services.runs import folder_of

pytestmark = pytest.mark.django_db(transaction=True)
Behave = Callable[[str], None]


@pytest.fixture
def project() -> Project:
    return people.project(slug="shop")


def adopt(project: Project, folder: Path) -> TrainingRun:
    return adopting.adopt(project_id=project.pk, folder=folder, actor_id=None, now=timezone.now())


def ended(project: Project) -> TrainingRun:
    run = start(project)
    prepare()
    return until_state(run, RunState.DONE)


def taken_elsewhere(run: TrainingRun, tmp_path: Path) -> Path:
    """Its folder on another disk; here nothing of the run is left."""
    folder = tmp_path / "elsewhere"
    shutil.move(folder_of(run), folder)
    run.delete()
    return folder


def told(run: TrainingRun) -> dict[str, object]:
    states = QuestionState.objects.of_run(run.pk).order_by("question")
    return {
        "state": (run.state, run.progress, run.stage, run.recipe, run.seed, run.release_name, run.best_trivial),
        "events": list(RunEvent.objects.filter(run=run).order_by("n").values_list("n", "kind")),
        "standings": runs.standing_counts(run.pk),
        "visits": list(states.values_list("question", "visits", "right", "answer_source", "loss_rank")),
        "figures": sorted(Evaluation.objects.filter(run=run).values_list("name", "metric", "aspect", "value")),
        "habits": [(row.name, row.answerer) for row in evaluations.of_run(run)],
    }


def test_a_run_of_another_machine_tells_here_what_it_told_there(
    trainer: Behave, project: Project, tmp_path: Path
) -> None:
    run = ended(project)
    run_id, there = run.pk, told(run)
    folder = taken_elsewhere(run, tmp_path)

    adopted = adopt(project, folder)

    assert told(adopted) == there
    assert (adopted.pk, folder_of(adopted).is_dir(), folder.is_dir()) == (run_id, True, True)
    assert told(adopt(project, folder)) == there  # again: nothing is counted twice
    assert TrainingRun.objects.count() == 1


def test_a_run_that_went_on_elsewhere_is_the_same_run(trainer: Behave, project: Project, tmp_path: Path) -> None:
    trainer("wait")
    run = start(project)
    prepare()
    until_ready(run)
    run_services.cancel(project_id=project.pk, run_id=run.pk, actor_id=None, now=timezone.now())
    until_state(run, RunState.CANCELLED)
    folder = tmp_path / "elsewhere"
    shutil.copytree(folder_of(run), folder)
    fake.MINE.clear()
    fake.finish(folder, resumed=True)

    adopted = adopt(project, folder)

    assert (adopted.pk, adopted.number, adopted.state) == (run.pk, run.number, RunState.DONE)
    assert adopted.failure == ""
    assert RunEvent.objects.filter(run=run, kind="run_end").count() == 2
    assert evaluations.exact_of([run.pk]) == {run.pk: 0.6}


def test_a_run_that_was_stopped_elsewhere_goes_on_here(trainer: Behave, project: Project, tmp_path: Path) -> None:
    run = ended(project)
    folder = taken_elsewhere(run, tmp_path)
    status = json.loads((folder / "status.json").read_text())
    (folder / "status.json").write_text(json.dumps(status | {"state": "interrupted", "resumable": True}))
    (folder / "code" / "training_bridge" / "trainer" / "__main__.py").write_text("raise SystemExit(9)")

    adopted = adopt(project, folder)

    assert (adopted.state, adopted.resumable) == (RunState.FAILED, True)
    assert "SystemExit(9)" not in (folder_of(adopted) / "code/training_bridge/trainer/__main__.py").read_text()
    run_services.resume(project_id=project.pk, run_id=adopted.pk, actor_id=None, now=timezone.now())
    prepare()
    until_state(adopted, RunState.DONE)


def test_a_run_that_was_killed_elsewhere_comes_in_when_it_is_said_to_be_gone(
    trainer: Behave, project: Project, tmp_path: Path
) -> None:
    folder = taken_elsewhere(ended(project), tmp_path)
    still_running(folder)

    adopted = adopting.adopt(project_id=project.pk, folder=folder, actor_id=None, now=timezone.now(), gone=True)

    assert (adopted.state, adopted.resumable, adopted.finished_at is None) == (RunState.FAILED, True, False)


def test_an_endpoint_that_answered_elsewhere_is_not_ranked_unless_it_is_known_here(
    trainer: Behave, project: Project, tmp_path: Path
) -> None:
    folder = taken_elsewhere(ended(project), tmp_path)
    report = json.loads((folder / "evaluation" / "test.json").read_text())
    report["models"].append(report["models"][0] | {"name": "A model", "kind": "endpoint"})
    (folder / "evaluation" / "test.json").write_text(json.dumps(report))

    rows = {row.name: row for row in evaluations.of_run(adopt(project, folder))}

    assert (rows["A model"].sandbox, rows["trained"].sandbox) == (True, False)


def no_request(folder: Path) -> None:
    (folder / "run.json").unlink()


def half_a_request(folder: Path) -> None:
    (folder / "run.json").write_text('{"run": "')


def still_running(folder: Path) -> None:
    (folder / "status.json").write_text('{"state": "running"}')


def never_started(folder: Path) -> None:
    (folder / "status.json").unlink()


def another_release(folder: Path) -> None:
    request = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(request | {"release": {"name": "v9", "hash": "other"}}))


def an_answer_changed(folder: Path) -> None:
    file = folder / "release" / "test.jsonl"
    first, *others = file.read_text().splitlines(keepends=True)
    file.write_text("".join([json.dumps(json.loads(first) | {"answer": ["A"]}) + "\n", *others]))


def a_row_left_out(folder: Path) -> None:
    file = folder / "release" / "train.jsonl"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[1:]))


def no_rows(folder: Path) -> None:
    (folder / "release" / "test.jsonl").unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (no_request, "holds no run.json"),
        (half_a_request, "not what the contract says"),
        (still_running, "its status says 'running'"),
        (never_started, "has not ended"),
        (another_release, "made on release 'v9'"),
        (an_answer_changed, "release/test.jsonl are not those"),
        (a_row_left_out, "release/train.jsonl are not those"),
        (no_rows, "release/test.jsonl are not those"),
    ],
)
def test_a_folder_that_cannot_be_trusted_changes_nothing(
    trainer: Behave, project: Project, tmp_path: Path, spoil: Callable[[Path], None], sentence: str
) -> None:
    run = ended(project)
    folder = taken_elsewhere(run, tmp_path)
    spoil(folder)

    with pytest.raises(FolderUnusable, match=sentence):
        adopt(project, folder)

    assert not TrainingRun.objects.exists()
    assert not folder_of(run).exists()


def test_runs_of_other_projects_and_those_that_live_are_left_alone(
    trainer: Behave, project: Project, tmp_path: Path
) -> None:
    run = ended(project)
    folder = tmp_path / "elsewhere"
    shutil.copytree(folder_of(run), folder)
    other = people.project()
    build.release(other.pk, release_rows())

    TrainingRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, finished_at=None)
    with pytest.raises(RunNotMovable):
        adopt(project, folder)
    with pytest.raises(FolderUnusable, match="belongs to another project"):
        adopt(other, folder)
    with pytest.raises(FolderUnusable, match="the project has none with that hash"):
        adopt(people.project(), folder)


def test_the_command_says_what_came_in_or_why_not(
    trainer: Behave, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = taken_elsewhere(ended(project), tmp_path)

    call_command("adopt_run", folder, project="shop")

    assert capsys.readouterr().out == "Run 1 is adopted: done, exact match 60.0%.\n"
    with pytest.raises(CommandError, match=r"holds no run\.json"):
        call_command("adopt_run", tmp_path / uuid4().hex, project="shop")
