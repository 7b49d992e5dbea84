"""The endpoint that answers the same test questions: asked by the run, scored beside the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from cot_generation.choices import RunPurpose
from cot_generation.models import Endpoint, Run
from cot_generation.providers import openai_compatible
from cot_generation.services import calls
from tests.builders import accounts as people
from tests.builders import catalog as samples
from tests.builders import cot_generation as endpoints
from tests.builders import training_bridge as build
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import wait_until
from training_bridge.choices import RunState
from training_bridge.errors import EndpointUnknown
from training_bridge.models import TrainingRun
from training_bridge.selectors import evaluations
from training_bridge.services import following, preparation, supervision
from training_bridge.services import runs as run_services
from training_bridge.services.runs import folder_of

pytestmark = pytest.mark.django_db(transaction=True)
Behave = Callable[[str], None]


@pytest.fixture
def provider(settings: Any) -> Iterator[FaultyEndpoint]:
    settings.ENDPOINT_HOSTS = ["127.0.0.1"]
    with fakes.running() as endpoint:
        yield endpoint


def project_with_release(tmp_path: Path) -> UUID:
    """Three test samples that exist with their pictures, and the release's rows of them."""
    project = people.project()
    rows = [build.release_row(f"t-{number}", split="train") for number in range(2)]
    for number in range(3):
        samples.stored(project.pk, tmp_path / str(number), external_id=f"e-{number}")
        rows.append(build.release_row(f"e-{number}", split="test"))
    rows.append(build.release_row("e-0", split="test", aspect="overall"))
    build.release(project.pk, rows)
    return project.pk


def start(project_id: UUID, endpoint: Endpoint | None) -> TrainingRun:
    return run_services.start(
        project_id=project_id,
        release_name="v1",
        recipe="tiny-cpu",
        seed=0,
        smoke=True,
        endpoint_id=endpoint.pk if endpoint else None,
        actor_id=None,
        now=timezone.now(),
    )


def prepare() -> None:
    preparation.prepare_due(clock=timezone.now, until=timezone.now() + timedelta(minutes=1))


def answer() -> int:
    return calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(seconds=30))


def finish(run: TrainingRun) -> None:
    def done() -> bool:
        following.step(clock=timezone.now)
        run.refresh_from_db()
        return run.state == RunState.DONE

    wait_until(done, seconds=30, what="the end of the run")


def test_its_answers_are_scored_by_the_trainer_and_never_ranked_for_a_sandbox(
    trainer: Behave, provider: FaultyEndpoint, tmp_path: Path
) -> None:
    project_id = project_with_release(tmp_path)
    endpoint = endpoints.endpoint(project_id, url=provider.url, name="Sandbox", sandbox=True)
    trainer("wait")
    run = start(project_id, endpoint)
    prepare()
    run.refresh_from_db()
    assert run.endpoint_run_id is not None
    asked = Run.objects.get(pk=run.endpoint_run_id)
    # `overall` is derived, so it is no question for an endpoint; and nothing is asked about training samples.
    assert (asked.purpose, asked.question_count) == (RunPurpose.EVALUATION, 3)

    assert answer() == 3
    supervision.sweep(now=timezone.now())

    lines = [
        json.loads(line)
        for line in (folder_of(run) / "endpoint_completions" / "endpoint.jsonl").read_text().splitlines()
    ]
    assert [line["question"] for line in lines] == [f"e-{number}/physical_shadow" for number in range(3)]
    assert {line["model"] for line in lines} == {"Sandbox"}
    assert all(isinstance(line["answer"], list) and line["text"] for line in lines)

    run_services.cancel(project_id=project_id, run_id=run.pk, actor_id=None, now=timezone.now())
    wait_until(lambda: ended(run), seconds=30, what="the cancelled run")
    run_services.resume(project_id=project_id, run_id=run.pk, actor_id=None, now=timezone.now())
    finish(run)

    by_name = {row.name: row for row in evaluations.of_run(run)}
    assert by_name["Sandbox"].sandbox
    TrainingRun.objects.filter(pk=run.pk).update(smoke=False)
    board = {row.name: row for row in evaluations.leaderboard(project_id, "v1")}
    # It scored more than the trained model and still has no rank.
    assert board["Sandbox"].exact > board["trained"].exact
    assert (board["Sandbox"].rank, board["trained"].rank, board["random"].rank) == (None, 1, None)
    asked = Run.objects.get(pk=run.endpoint_run_id)
    assert asked.spent > 0
    assert board["Sandbox"].usd_per_1000 == asked.spent / 3 * 1000  # three test questions
    assert board["trained"].usd_per_1000 is None


def ended(run: TrainingRun) -> bool:
    following.step(clock=timezone.now)
    run.refresh_from_db()
    return run.state == RunState.CANCELLED


def test_answers_that_come_late_are_scored_again(trainer: Behave, provider: FaultyEndpoint, tmp_path: Path) -> None:
    project_id = project_with_release(tmp_path)
    run = start(project_id, endpoints.endpoint(project_id, url=provider.url, name="A model"))
    finish(run)
    assert "A model" not in {row.name for row in evaluations.of_run(run)}

    answer()
    supervision.sweep(now=timezone.now())

    by_name = {row.name: row for row in evaluations.of_run(run)}
    assert (by_name["A model"].exact, by_name["A model"].sandbox) == (0.9, False)
    run.refresh_from_db()
    assert "A model" in {each.name for each in run.comparisons}


def test_what_keeps_it_from_answering_is_said_and_training_goes_on(
    trainer: Behave, provider: FaultyEndpoint, tmp_path: Path
) -> None:
    project_id = project_with_release(tmp_path)
    run = start(project_id, endpoints.endpoint(project_id, url=provider.url, priced=False))

    finish(run)

    assert "price" in run.endpoint_note.lower()
    assert run.endpoint_run_id is None


def test_an_endpoint_of_another_project_is_refused(trainer: Behave, provider: FaultyEndpoint, tmp_path: Path) -> None:
    project_id = project_with_release(tmp_path)
    stranger = endpoints.endpoint(people.project().pk, url=provider.url)

    with pytest.raises(EndpointUnknown):
        start(project_id, stranger)
    assert start(project_id, None).number == 1
