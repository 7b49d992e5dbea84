"""Training over HTTP: what a lead can do, and that nobody else can."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Project, User
from tests.builders import accounts as people
from tests.builders import catalog
from tests.builders import training_bridge as build
from tests.platform import ApiClient
from training_bridge.choices import Metric, ModelKind, RunState
from training_bridge.models import Evaluation, QuestionState, RunEvent, TrainingRun
from training_bridge.services import exports
from training_bridge.shapes import Answerer, Ceiling, Habits

pytestmark = pytest.mark.django_db
Api = Callable[[], ApiClient]


@pytest.fixture
def project() -> Project:
    made = people.project()
    rows = [build.release_row("a-1"), build.release_row("a-2", split="test")]
    build.release(made.pk, rows)
    return made


@pytest.fixture
def lead(project: Project) -> User:
    return people.member(project, Role.LEAD)


def base(project: Project) -> str:
    return f"/projects/{project.slug}/training"


def start(client: ApiClient, project: Project, **change: object) -> Any:
    return client.post(f"{base(project)}/runs", {"release": "v1", "recipe": "tiny-cpu", "seed": 3} | change)


def test_a_lead_starts_a_run_sees_it_and_cancels_it(api: Api, project: Project, lead: User) -> None:
    client = api().signed_in_as(lead)
    assert client.get(f"{base(project)}/options").json() == {
        "recipes": ["internvl3-2b", "qwen2.5-vl-3b", "qwen2.5-vl-3b-full", "qwen3-vl-2b", "tiny-cpu"],
        "endpoints": [],
    }

    reply = start(client, project)

    assert (reply.status_code, reply.json()["number"], reply.json()["state"]) == (201, 1, "queued")
    run_id = reply.json()["id"]
    listed = client.get(f"{base(project)}/runs").json()
    assert [run["id"] for run in listed["results"]] == [run_id]
    detail = client.get(f"{base(project)}/runs/{run_id}").json()
    assert (detail["run"]["release"], detail["evaluation"], detail["returned"]) == ("v1", [], [])

    cancelled = client.post(f"{base(project)}/runs/{run_id}/cancel")
    assert cancelled.json()["run"]["state"] == "cancelled"
    again = client.post(f"{base(project)}/runs/{run_id}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "training_run_not_movable")
    resumed = client.post(f"{base(project)}/runs/{run_id}/resume")
    assert resumed.json()["run"]["state"] == "queued"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"recipe": "huge"}, 400, "recipe_unknown"),
        ({"release": "v9"}, 404, "release_unknown"),
        ({"seed": -1}, 400, "invalid_input"),
        ({"endpoint_id": str(uuid4())}, 400, "endpoint_not_offered"),
    ],
)
def test_what_cannot_be_started_is_refused(
    api: Api, project: Project, lead: User, change: dict[str, object], status: int, code: str
) -> None:
    client = api().signed_in_as(lead)

    reply = start(client, project, **change)

    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert not TrainingRun.objects.exists()
    assert start(client, project).status_code == 201


def test_the_same_request_twice_starts_one_run(api: Api, project: Project, lead: User) -> None:
    client = api().signed_in_as(lead)
    body = {"release": "v1", "recipe": "tiny-cpu"}
    key = str(uuid4())

    first = client.post(f"{base(project)}/runs", body, Idempotency_Key=key)
    again = client.post(f"{base(project)}/runs", body, Idempotency_Key=key)
    other = client.post(f"{base(project)}/runs", body | {"seed": 4}, Idempotency_Key=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert TrainingRun.objects.count() == 1


def test_events_come_once_and_in_order(api: Api, project: Project, lead: User, now: datetime) -> None:
    client = api().signed_in_as(lead)
    run_id = start(client, project).json()["id"]
    for n in (1, 2, 3):
        RunEvent.objects.create(run_id=run_id, n=n, at=now, kind="step", body={"step": n, "loss": 1 / n})

    reply = client.get(f"{base(project)}/runs/{run_id}/events", after=1).json()

    assert [(event["n"], event["body"]["step"]) for event in reply["results"]] == [(2, 2), (3, 3)]
    assert reply["after"] is None


def test_doubted_questions_become_a_batch_by_one_call(api: Api, project: Project, lead: User) -> None:
    client = api().signed_in_as(lead)
    run_id = start(client, project).json()["id"]
    catalog.sample(project.pk, external_id="a-1")
    QuestionState.objects.create(
        run_id=run_id,
        question="a-1/physical_shadow",
        sample_external_id="a-1",
        aspect="physical_shadow",
        standing="suspect",
        answer=["B"],
        rollouts=4,
    )
    found = client.get(f"{base(project)}/runs/{run_id}/questions", standing="suspect").json()
    assert [row["question"] for row in found["results"]] == ["a-1/physical_shadow"]
    assert found["counts"] == {"suspect": 1, "blocked": 0, "hard": 0}

    reply = client.post(f"{base(project)}/runs/{run_id}/batches", {"question_ids": [found["results"][0]["id"]]})

    assert (reply.status_code, reply.json()["questions"]) == (201, 1)
    detail = client.get(f"{base(project)}/runs/{run_id}").json()
    assert [batch["batch_id"] for batch in detail["returned"]] == [reply.json()["batch_id"]]
    twice = client.post(f"{base(project)}/runs/{run_id}/batches", {"standings": ["suspect"]})
    assert (twice.status_code, twice.json()["code"]) == (400, "nothing_to_return")


def test_the_highest_losses_become_a_batch_by_one_call(api: Api, project: Project, lead: User) -> None:
    client = api().signed_in_as(lead)
    run_id = start(client, project).json()["id"]
    catalog.sample(project.pk, external_id="a-1")
    question = QuestionState.objects.create(
        run_id=run_id,
        question="a-1/physical_shadow",
        sample_external_id="a-1",
        aspect="physical_shadow",
        standing="learnable",
        answer=["B"],
        loss=1.5,
        loss_rank=1,
    )

    found = client.get(f"{base(project)}/runs/{run_id}/questions", order="loss").json()

    assert [(row["id"], row["loss_rank"]) for row in found["results"]] == [(question.pk, 1)]
    assert (found["measured"], found["measured_still_here"], found["counts"]["suspect"]) == (1, 1, 0)
    for wrong in ({"order": "age"}, {"order": "loss", "standing": "hard"}):
        refused = client.get(f"{base(project)}/runs/{run_id}/questions", **wrong)
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_input")
    reply = client.post(f"{base(project)}/runs/{run_id}/batches", {"highest_losses": 1})
    assert (reply.status_code, reply.json()["questions"]) == (201, 1)
    none = client.post(f"{base(project)}/runs/{run_id}/batches", {"highest_losses": 1})
    assert (none.status_code, none.json()["code"]) == (400, "nothing_to_return")
    nonsense = client.post(f"{base(project)}/runs/{run_id}/batches", {"highest_losses": 0})
    assert nonsense.status_code == 400


def test_a_lead_asks_for_an_export_and_downloads_it(api: Api, project: Project, lead: User) -> None:
    client = api().signed_in_as(lead)
    asked = client.post(f"{base(project)}/exports", {"release": "v1", "format": "trl"})
    assert (asked.status_code, asked.json()["state"], asked.json()["row_count"]) == (202, "waiting", 2)
    file = f"{base(project)}/exports/{asked.json()['id']}/file"
    early = client.get(file)
    assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")

    exports.make_due(clock=timezone.now, until=datetime(2999, 1, 1, tzinfo=timezone.get_current_timezone()))

    (row,) = client.get(f"{base(project)}/exports", release="v1").json()["results"]
    assert row["state"] == "done"
    download = client.get(file)
    content = b"".join(download.streaming_content)
    assert (download["Content-Type"], len(content)) == ("application/zip", row["bytes"])
    assert 'filename="v1-trl.zip"' in download["Content-Disposition"]


def test_the_leaderboard_is_empty_before_anything_was_measured(api: Api, project: Project, lead: User) -> None:
    reply = api().signed_in_as(lead).get(f"{base(project)}/leaderboard").json()

    assert reply == {"release": "", "releases": [], "results": [], "comparisons": {}, "human_ceiling": None}


def test_the_leaderboard_tells_how_models_answer_and_people_agree(api: Api, project: Project, lead: User) -> None:
    client = api().signed_in_as(lead)
    run = TrainingRun.objects.get(pk=start(client, project).json()["id"])
    habits = Habits(too_few=0.2, too_many=0.1, chosen={"A": 0.7, "B": 0.3}, right={"A": 0.5, "B": 0.5})
    run.answerers = [Answerer("trained", {"0": 0.9, "1": 0.4}, habits), Answerer("random", {"0": 0.1})]
    run.human_ceiling = Ceiling(n=40, value=0.8, low=0.7, high=0.9)
    run.evaluation_digest = "read"
    run.save()
    for name, kind in (("trained", ModelKind.TRAINED), ("random", ModelKind.TRIVIAL)):
        Evaluation.objects.create(
            run=run, split="test", name=name, kind=kind, metric=Metric.EXACT, value=0.5, low=0.4, high=0.6, n=40
        )

    reply = client.get(f"{base(project)}/leaderboard").json()

    ours, policy = reply["results"]
    assert ours["by_size"] == {"0": 0.9, "1": 0.4}
    assert ours["habits"] == {
        "too_few": 0.2,
        "too_many": 0.1,
        "chosen": {"A": 0.7, "B": 0.3},
        "right": {"A": 0.5, "B": 0.5},
    }
    assert (policy["by_size"], policy["habits"], policy["usd_per_1000"]) == ({"0": 0.1}, None, None)
    assert reply["human_ceiling"] == {"n": 40, "value": 0.8, "low": 0.7, "high": 0.9}


ROUTES = [
    ("get", "options"),
    ("get", "runs"),
    ("post", "runs"),
    ("get", "runs/{run}"),
    ("post", "runs/{run}/cancel"),
    ("post", "runs/{run}/resume"),
    ("get", "runs/{run}/events"),
    ("get", "runs/{run}/log"),
    ("get", "runs/{run}/questions"),
    ("post", "runs/{run}/batches"),
    ("get", "leaderboard"),
    ("get", "exports"),
    ("post", "exports"),
    ("get", "exports/{export}/file"),
]


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_only_leads_of_the_project_get_in(api: Api, project: Project, lead: User, method: str, route: str) -> None:
    client = api().signed_in_as(lead)
    run_id = start(client, project).json()["id"]
    export_id = client.post(f"{base(project)}/exports", {"release": "v1", "format": "trl"}).json()["id"]
    path = f"{base(project)}/{route.format(run=run_id, export=export_id)}"

    stranger = getattr(api().signed_in_as(people.user()), method)(path)
    reviewer = getattr(api().signed_in_as(people.member(project, Role.REVIEWER)), method)(path)
    nobody = getattr(api(), method)(path)
    theirs = getattr(client, method)(path)

    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    assert (reviewer.status_code, reviewer.json()["code"]) == (403, "forbidden")
    assert nobody.status_code == 401
    assert theirs.status_code not in {401, 403}


def test_a_lead_of_another_project_does_not_see_this_run(api: Api, project: Project, lead: User) -> None:
    run_id = start(api().signed_in_as(lead), project).json()["id"]
    other = people.project()
    outsider = api().signed_in_as(people.member(other, Role.LEAD))

    for route in ("", "/events", "/questions", "/log"):
        reply = outsider.get(f"{base(other)}/runs/{run_id}{route}")
        assert (reply.status_code, reply.json()["code"]) == (404, "training_run_unknown")
    assert TrainingRun.objects.get(pk=run_id).state == RunState.QUEUED
