"""Teams: members under one name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import Project
from tests.builders import accounts
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
TEAMS = "/projects/p/teams"


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


@pytest.fixture
def lead(api: Callable[[], ApiClient], project: Project) -> ApiClient:
    return api().signed_in_as(accounts.member(project, Role.LEAD))


def test_a_team_is_made_changed_and_dissolved_and_its_people_stay(lead: ApiClient, project: Project) -> None:
    ana, bo = (accounts.member(project, Role.ANNOTATOR).pk for _ in range(2))

    made = lead.post(TEAMS, {"name": " Floors ", "people": [ana, bo, bo]})
    assert (made.status_code, made.json()["name"], made.json()["people"]) == (201, "Floors", [ana, bo])
    team = made.json()["id"]
    assert lead.put(f"{TEAMS}/{team}", {"name": "Walls", "people": [bo]}).json()["people"] == [bo]
    assert lead.get(TEAMS).json()["results"] == [{"id": team, "name": "Walls", "people": [bo]}]

    assert [lead.delete(f"{TEAMS}/{team}").status_code for _ in range(2)] == [204, 404]
    assert len(lead.get("/projects/p/members").json()["results"]) == 3


def test_who_leaves_the_project_leaves_its_teams(lead: ApiClient, project: Project) -> None:
    ana, bo = (accounts.member(project, Role.ANNOTATOR).pk for _ in range(2))
    lead.post(TEAMS, {"name": "Floors", "people": [ana, bo]})

    assert lead.delete(f"/projects/p/members/{ana}").status_code == 204

    assert lead.get(TEAMS).json()["results"][0]["people"] == [bo]


def test_strangers_empty_names_and_taken_names_are_refused(lead: ApiClient, project: Project) -> None:
    ana, stranger = accounts.member(project, Role.ANNOTATOR).pk, accounts.user().pk
    lead.post(TEAMS, {"name": "Floors", "people": [ana]})

    refused = [
        lead.post(TEAMS, {"name": name, "people": people})
        for name, people in (("Walls", [stranger]), (" ", [ana]), ("Floors", []))
    ]

    assert [(each.status_code, each.json()["code"]) for each in refused] == [
        (400, "invalid_input"),
        (400, "invalid_input"),
        (409, "team_name_taken"),
    ]


def test_the_list_costs_the_same_for_one_team_and_for_ten(lead: ApiClient, project: Project) -> None:
    people = [accounts.member(project, Role.ANNOTATOR).pk for _ in range(3)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            lead.get(TEAMS)
        return len(asked)

    lead.post(TEAMS, {"name": "First", "people": people})
    one = queries()
    for number in range(9):
        lead.post(TEAMS, {"name": f"Team {number}", "people": people})

    assert queries() == one
