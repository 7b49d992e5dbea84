"""A person's own phrases: kept with the person by place, because the place is the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import accounts
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(api: Callable[[], ApiClient]) -> ApiClient:
    return api().signed_in_as(accounts.user(username="ana"))


def put(client: ApiClient, phrases: object) -> Any:
    return client.put("/session/phrases", {"phrases": phrases})


def test_own_phrases_come_with_the_session_in_every_browser(client: ApiClient, api: Callable[[], ApiClient]) -> None:
    assert client.get("/session").json()["user"]["phrases"] == []

    reply = put(client, ["points towards the light", "没有接触地面"])

    assert (reply.status_code, reply.json()["user"]["phrases"]) == (200, ["points towards the light", "没有接触地面"])
    assert client.get("/session").json()["user"]["phrases"] == ["points towards the light", "没有接触地面"]
    other = api().signed_in_as(accounts.user(username="bo"))
    assert other.get("/session").json()["user"]["phrases"] == []


def test_a_phrase_taken_away_leaves_the_others_on_their_keys(client: ApiClient) -> None:
    assert put(client, ["one", "", "three", "", " "]).json()["user"]["phrases"] == ["one", "", "three"]


def test_a_phrase_is_one_line(client: ApiClient) -> None:
    assert put(client, [" no contact\n with the ground "]).json()["user"]["phrases"] == ["no contact with the ground"]


@pytest.mark.parametrize(
    "phrases", [["x"] * 10, ["x" * 121], [5], "points towards the light"], ids=["ten", "long", "a number", "no list"]
)
def test_what_is_no_nine_short_phrases_is_refused_and_nothing_changes(client: ApiClient, phrases: object) -> None:
    assert put(client, ["x" * 120] * 9).status_code == 200

    reply = put(client, phrases)

    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_input")
    assert client.get("/session").json()["user"]["phrases"] == ["x" * 120] * 9
