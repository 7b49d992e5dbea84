"""Who may do what in a project, and how people join."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.choices import ProjectState, Role
from accounts.errors import LastAdministrator, LastLead
from accounts.models import Invitation, Membership
from accounts.services import people, projects
from tests.builders import accounts as build

JSON = "application/json"


def signed_in(user: object) -> Client:
    browser = Client()
    browser.force_login(user)  # type: ignore[arg-type]  # the stub wants Django's abstract user
    return browser


@pytest.mark.django_db
def test_not_yours_and_not_there_are_the_same_reply() -> None:
    project = build.project(slug="secret")
    stranger = signed_in(build.user())

    yours = signed_in(build.member(project, Role.ANNOTATOR)).get("/api/v1/projects/secret")
    not_yours, not_there = stranger.get("/api/v1/projects/secret"), stranger.get("/api/v1/projects/nowhere")

    assert yours.status_code == 200
    assert not_yours.status_code == not_there.status_code == 404
    assert not_yours.content == not_there.content


@pytest.mark.django_db
def test_an_administrator_who_is_no_member_sees_no_content() -> None:
    build.project(slug="secret", name="Secret")
    administrator = signed_in(build.user(is_administrator=True))

    assert administrator.get("/api/v1/projects/secret").status_code == 404
    listed = administrator.get("/api/v1/administration/projects").json()["results"]
    assert [(row["slug"], row["role"]) for row in listed] == [("secret", None)]


@pytest.mark.django_db
def test_members_are_a_leads_business() -> None:
    project = build.project(slug="p")
    lead, reviewer = build.member(project, Role.LEAD), build.member(project, Role.REVIEWER)

    assert signed_in(lead).get("/api/v1/projects/p/members").status_code == 200
    assert signed_in(reviewer).get("/api/v1/projects/p/members").status_code == 403


@pytest.mark.django_db
def test_administration_is_for_administrators() -> None:
    for route in ("people", "projects", "log"):
        assert signed_in(build.user(is_administrator=True)).get(f"/api/v1/administration/{route}").status_code == 200
        assert signed_in(build.user()).get(f"/api/v1/administration/{route}").status_code == 403


@pytest.mark.django_db
def test_an_invitation_makes_a_new_person_a_member_once() -> None:
    project = build.project(slug="p", name="Shop scenes")
    lead = signed_in(build.member(project, Role.LEAD))
    url = lead.post("/api/v1/projects/p/invitations", {"role": "annotator"}, content_type=JSON).json()["url"]
    link = f"/api/v1/invitations/{url.rsplit('/', 1)[1]}"
    newcomer = Client()

    assert newcomer.get(link).json() == {"project": "Shop scenes", "role": "annotator"}
    joined = newcomer.post(link, {"username": "new", "password": "correct horse battery"}, content_type=JSON)
    again = Client().post(link, {"username": "newer", "password": "correct horse battery"}, content_type=JSON)

    assert [each["role"] for each in joined.json()["projects"]] == ["annotator"]
    assert newcomer.get("/api/v1/projects/p").status_code == 200
    assert (again.status_code, again.json()["code"]) == (404, "link_spent")


@pytest.mark.django_db
def test_an_expired_and_a_revoked_invitation_are_spent(now: datetime) -> None:
    project = build.project(slug="p")
    lead = build.member(project, Role.LEAD)
    _, old_secret = projects.invite(
        project_id=project.pk, role=Role.LEAD, note="", actor_id=lead.pk, now=now - timedelta(days=8)
    )
    fresh, secret = projects.invite(project_id=project.pk, role=Role.LEAD, note="", actor_id=lead.pk, now=now)

    assert projects.look_at_invitation(secret=secret, now=now).pk == fresh.pk
    assert Client().get(f"/api/v1/invitations/{old_secret}").status_code == 404
    assert signed_in(lead).delete(f"/api/v1/projects/p/invitations/{fresh.pk}").status_code == 204
    assert Client().get(f"/api/v1/invitations/{secret}").status_code == 404
    assert not Invitation.objects.filter(accepted_at__isnull=False).exists()


@pytest.mark.django_db
def test_an_invitation_never_lowers_a_role(now: datetime) -> None:
    project = build.project()
    lead = build.member(project, Role.LEAD)
    _, secret = projects.invite(project_id=project.pk, role=Role.ANNOTATOR, note="", actor_id=lead.pk, now=now)

    projects.accept_invitation(secret=secret, user=lead, username="", name="", password="", now=now)

    assert Membership.objects.get(project=project, user=lead).role == Role.LEAD


@pytest.mark.django_db
def test_a_project_keeps_a_lead_and_the_instance_an_administrator() -> None:
    project = build.project()
    lead, other = build.member(project, Role.LEAD), build.member(project, Role.ANNOTATOR)
    boss = build.user(is_administrator=True)

    with pytest.raises(LastLead):
        projects.change_role(project_id=project.pk, user_id=lead.pk, role=Role.REVIEWER, actor_id=lead.pk)
    with pytest.raises(LastAdministrator):
        people.set_administrator(user_id=boss.pk, administrator=False, actor_id=boss.pk)
    projects.change_role(project_id=project.pk, user_id=other.pk, role=Role.LEAD, actor_id=lead.pk)
    projects.change_role(project_id=project.pk, user_id=lead.pk, role=Role.REVIEWER, actor_id=other.pk)


@pytest.mark.django_db
def test_an_archived_project_is_read_only_until_restored() -> None:
    project = build.project(slug="p")
    lead = signed_in(build.member(project, Role.LEAD))
    assert lead.patch("/api/v1/projects/p", {"state": "archived"}, content_type=JSON).json()["state"] == "archived"

    refused = lead.post("/api/v1/projects/p/invitations", {"role": "annotator"}, content_type=JSON)
    restored = lead.patch("/api/v1/projects/p", {"state": "active"}, content_type=JSON)
    allowed = lead.post("/api/v1/projects/p/invitations", {"role": "annotator"}, content_type=JSON)

    assert (refused.status_code, refused.json()["code"]) == (403, "project_archived")
    assert restored.json()["state"] == ProjectState.ACTIVE
    assert allowed.status_code == 201


@pytest.mark.django_db
def test_a_body_with_an_unknown_or_wrong_field_is_refused_by_name() -> None:
    project = build.project(slug="p")
    lead = signed_in(build.member(project, Role.LEAD))

    wrong = lead.post("/api/v1/projects/p/invitations", {"role": "emperor"}, content_type=JSON)
    unknown = lead.post("/api/v1/projects/p/invitations", {"role": "lead", "x": 1}, content_type=JSON)
    broken = lead.generic("POST", "/api/v1/projects/p/invitations", "{", content_type=JSON)

    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_input")
    assert "emperor" in wrong.json()["title"]
    assert (unknown.status_code, broken.status_code) == (400, 400)
