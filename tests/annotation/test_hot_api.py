"""The requests that annotators send all day, through HTTP, with their statements counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import ProjectState, Role
from accounts.models import Project, User
from accounts.services import people, projects
from annotation.models import Annotation, Assignment, Batch, Draft
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
Clients = Callable[[], ApiClient]


def place() -> tuple[Project, User, Batch]:
    project = accounts.project(slug="p")
    annotator = accounts.member(project, Role.ANNOTATOR)
    return project, annotator, build.batch(project, catalog.samples(project.pk, 4), wanted=2)


def warm(client: ApiClient, batch: Batch) -> dict[str, Any]:
    """A first claim makes the person's row and prepares its statement; later ones find both."""
    reply = client.post(f"/projects/p/batches/{batch.pk}/claim", {"count": 1})
    assert reply.status_code == 200, reply.content
    given: dict[str, Any] = reply.json()["assignments"][0]
    return given


def test_a_claim_takes_two_statements_and_a_submit_three(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)
    before = warm(client, batch)
    client.post(
        f"/projects/p/assignments/{before['assignment_id']}/submit",
        {"fence": before["fence"], "cells": build.verdicts()},
        Idempotency_Key=str(uuid4()),
    )
    given = warm(client, batch)

    with CaptureQueriesContext(connection) as claiming:
        claimed = client.post(f"/projects/p/batches/{batch.pk}/claim", {"count": 2, "known": [given["assignment_id"]]})
    with CaptureQueriesContext(connection) as submitting:
        submitted = client.post(
            f"/projects/p/assignments/{given['assignment_id']}/submit",
            {"fence": given["fence"], "cells": build.verdicts()},
            Idempotency_Key=str(uuid4()),
        )

    assert (claimed.status_code, submitted.status_code) == (200, 200)
    statements = [query["sql"] for query in submitting if "SAVEPOINT" not in query["sql"]]
    assert len(claiming) == 2
    assert len(statements) == 3


def test_a_claim_gives_pictures_letters_and_aspects(api: Clients) -> None:
    _, annotator, batch = place()

    given = warm(api().signed_in_as(annotator), batch)

    assert [picture["slot"] for picture in given["pictures"]] == ["O", "A", "B", "C", "D"]
    assert sorted(str(given["letters"])) == ["A", "B", "C", "D"]
    assert given["aspects"] == list(build.ASPECTS)
    assert given["draft"] is None


def test_what_a_page_knows_is_confirmed_and_not_sent_again(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)
    given = warm(client, batch)

    again = client.post(f"/projects/p/batches/{batch.pk}/claim", {"count": 2, "known": [given["assignment_id"]]}).json()
    reloaded = client.post(f"/projects/p/batches/{batch.pk}/claim", {"count": 2}).json()

    assert [held["assignment_id"] for held in again["held"]] == [given["assignment_id"]]
    assert len(again["assignments"]) == 1
    assert {each["assignment_id"] for each in reloaded["assignments"]} == {
        given["assignment_id"],
        again["assignments"][0]["assignment_id"],
    }


def test_a_stranger_finds_nothing_and_nobody_must_sign_in(api: Clients) -> None:
    _, _, batch = place()

    stranger = api().signed_in_as(accounts.user()).post(f"/projects/p/batches/{batch.pk}/claim", {})
    nobody = api().post(f"/projects/p/batches/{batch.pk}/claim", {})

    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")


def test_an_archived_project_hands_out_nothing(api: Clients) -> None:
    project, annotator, batch = place()
    projects.set_state(project_id=project.pk, state=ProjectState.ARCHIVED, actor_id=annotator.pk)

    reply = api().signed_in_as(annotator).post(f"/projects/p/batches/{batch.pk}/claim", {})

    assert (reply.status_code, reply.json()["code"]) == (403, "project_archived")


def test_a_forged_request_is_refused(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)
    client.browser.handler.enforce_csrf_checks = True

    reply = client.post(f"/projects/p/batches/{batch.pk}/claim", {})

    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


def test_a_body_that_does_not_fit_is_a_bad_request(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)

    for body in ({"count": "many"}, {"count": 9}, {"pieces": 1}):
        reply = client.post(f"/projects/p/batches/{batch.pk}/claim", body)
        assert (reply.status_code, reply.json()["code"]) == (400, "invalid_input")
    broken = client.browser.post(f"/api/v1/projects/p/batches/{batch.pk}/claim", "{", content_type="application/json")
    assert broken.status_code == 400


def test_a_submit_needs_a_key(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)
    given = warm(client, batch)

    reply = client.post(
        f"/projects/p/assignments/{given['assignment_id']}/submit", {"fence": 1, "cells": build.verdicts()}
    )

    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_input")
    assert not Annotation.objects.exists()


def test_an_answer_after_the_lease_ran_out_is_refused_and_kept_as_a_draft(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)
    given = warm(client, batch)
    Assignment.objects.filter(pk=given["assignment_id"]).update(lease_expires_at=build.NOW.replace(year=2020))

    reply = client.post(
        f"/projects/p/assignments/{given['assignment_id']}/submit",
        {"fence": given["fence"], "cells": build.verdicts({"B/physical_shadow": "major"})},
        Idempotency_Key=str(uuid4()),
    )

    assert (reply.status_code, reply.json()["code"]) == (409, "lease_lost")
    assert not Annotation.objects.exists()
    assert Draft.objects.get().body["cells"]["B"]["physical_shadow"] == "major"


def test_a_draft_is_versioned_and_an_older_one_never_wins(api: Clients) -> None:
    _, annotator, batch = place()
    client = api().signed_in_as(annotator)
    given = warm(client, batch)
    path = f"/projects/p/assignments/{given['assignment_id']}/draft"

    first = client.put(path, {"version": 2, "body": {"cells": {}}})
    older = client.put(path, {"version": 1, "body": {"cells": {"A": {}}}})
    repeated = client.put(path, {"version": 2, "body": {"cells": {}}})
    stranger = (
        api().signed_in_as(accounts.member(Project.objects.get(), Role.LEAD)).put(path, {"version": 3, "body": {}})
    )

    assert (first.status_code, repeated.status_code) == (200, 200)
    assert (older.status_code, older.json()["code"], older.json()["details"]) == (409, "draft_outdated", {"version": 2})
    assert stranger.status_code == 404
    assert Draft.objects.get().body == {"cells": {}}


def test_a_token_claims_as_its_person(api: Clients) -> None:
    _, annotator, batch = place()
    _, secret = people.create_token(user=annotator, name="script")

    reply = api().post(f"/projects/p/batches/{batch.pk}/claim", {"count": 1}, Authorization=f"Bearer {secret}")

    assert reply.status_code == 200
    assert Assignment.objects.get().annotator_id == annotator.pk
