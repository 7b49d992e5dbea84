"""Signing in, and what ends it."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditLogEntry, Session
from accounts.services import people
from tests.builders import accounts as build

JSON = "application/json"


@pytest.mark.django_db
def test_the_right_password_signs_in_and_the_wrong_one_does_not() -> None:
    build.user(username="ada", password="correct horse battery")
    browser = Client()

    wrong = browser.post("/api/v1/session", {"username": "ada", "password": "battery horse correct"}, content_type=JSON)
    right = browser.post("/api/v1/session", {"username": "ada", "password": "correct horse battery"}, content_type=JSON)

    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_credentials")
    assert (right.status_code, right.json()["user"]["username"]) == (200, "ada")
    assert browser.get("/api/v1/session").status_code == 200


@pytest.mark.django_db
def test_a_deactivated_person_is_out_at_once() -> None:
    ada, boss = build.user(), build.user(is_administrator=True)
    browser = Client()
    browser.force_login(ada)
    assert browser.get("/api/v1/session").status_code == 200

    people.set_active(user_id=ada.pk, active=False, actor_id=boss.pk)

    assert browser.get("/api/v1/session").status_code == 401
    assert not Session.objects.filter(user=ada).exists()


@pytest.mark.django_db
def test_an_unsafe_request_without_its_csrf_token_is_refused() -> None:
    ada = build.user()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    csrf = browser.get("/api/v1/session").json()["csrf"]

    without = browser.patch("/api/v1/session/profile", {"name": "Ada"}, content_type=JSON)
    with_it = browser.patch(
        "/api/v1/session/profile", {"name": "Ada"}, content_type=JSON, headers={"X-CSRFToken": csrf}
    )

    assert (without.status_code, with_it.status_code) == (403, 200)


@pytest.mark.django_db
def test_changing_the_password_signs_other_browsers_out() -> None:
    ada = build.user(password="correct horse battery")
    here, there = Client(), Client()
    here.force_login(ada)
    there.force_login(ada)

    weak = here.post("/api/v1/session/password", {"old": "correct horse battery", "new": "123"}, content_type=JSON)
    strong = here.post(
        "/api/v1/session/password", {"old": "correct horse battery", "new": "staple in the rain"}, content_type=JSON
    )

    assert (weak.status_code, weak.json()["code"]) == (400, "password_too_weak")
    assert strong.status_code == 204
    assert here.get("/api/v1/session").status_code == 200
    assert there.get("/api/v1/session").status_code == 401


@pytest.mark.django_db
def test_a_browser_can_be_signed_out_from_another() -> None:
    ada = build.user()
    here, there = Client(), Client()
    here.force_login(ada)
    there.force_login(ada)
    rows = here.get("/api/v1/session/browsers").json()["results"]
    other = next(row for row in rows if not row["current"])

    assert here.delete(f"/api/v1/session/browsers/{other['id']}").status_code == 204

    assert there.get("/api/v1/session").status_code == 401
    assert here.get("/api/v1/session").status_code == 200


@pytest.mark.django_db
def test_a_reset_link_works_once_and_signs_the_person_out() -> None:
    ada, boss = build.user(username="ada"), build.user(is_administrator=True)
    signed_in, administrator, stranger = Client(), Client(), Client()
    signed_in.force_login(ada)
    administrator.force_login(boss)
    url = administrator.post(f"/api/v1/administration/people/{ada.pk}/reset-link", content_type=JSON).json()["url"]
    secret = url.rsplit("/", 1)[1]

    first = stranger.post(f"/api/v1/resets/{secret}", {"password": "staple in the rain"}, content_type=JSON)
    second = stranger.post(f"/api/v1/resets/{secret}", {"password": "another one entirely"}, content_type=JSON)

    assert (first.status_code, second.status_code, second.json()["code"]) == (204, 404, "link_spent")
    assert signed_in.get("/api/v1/session").status_code == 401
    again = stranger.post("/api/v1/session", {"username": "ada", "password": "staple in the rain"}, content_type=JSON)
    assert again.status_code == 200


@pytest.mark.django_db
def test_a_token_acts_for_its_person_until_it_is_revoked() -> None:
    ada = build.user(username="ada")
    browser = Client()
    browser.force_login(ada)
    made = browser.post("/api/v1/session/tokens", {"name": "script"}, content_type=JSON).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}

    assert Client().get("/api/v1/session", headers=headers).json()["user"]["username"] == "ada"
    assert browser.delete(f"/api/v1/session/tokens/{made['id']}").status_code == 204

    assert Client().get("/api/v1/session", headers=headers).status_code == 401
    assert Client().get("/api/v1/session", headers={"Authorization": "Bearer lpt_guess"}).status_code == 401


@pytest.mark.django_db
def test_the_audit_log_cannot_be_rewritten() -> None:
    from django.db import InternalError, transaction

    build.user()
    people.create(username="somebody", password="correct horse battery")
    assert AuditLogEntry.objects.filter(action="person.created", subject="somebody").exists()

    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        AuditLogEntry.objects.update(action="nothing.happened")
