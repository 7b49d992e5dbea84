"""A person signs in and out in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.builders import accounts as build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stranger_is_asked_to_sign_in_and_then_sees_their_name(site: str, page: Page) -> None:
    build.user(username="ada", password="correct horse battery")

    page.goto(site)
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(f"{site}/")
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


def test_a_wrong_password_is_refused_in_words(site: str, page: Page) -> None:
    build.user(username="ada", password="correct horse battery")

    page.goto(site)
    page.get_by_label("Name", exact=True).fill("ada")
    page.get_by_label("Password", exact=True).fill("wrong horse battery")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
