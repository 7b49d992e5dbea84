"""A person's own keys: kept with the person, refused where they would clash or take a key that must stay."""

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


def put(client: ApiClient, keys: object) -> Any:
    return client.put("/session/keys", {"keys": keys})


def test_own_keys_come_with_the_session_in_every_browser(client: ApiClient, api: Callable[[], ApiClient]) -> None:
    assert client.get("/session").json()["user"]["keys"] == {}

    reply = put(client, {"annotate": {"KeyL": "KeyK", "KeyA": "KeyA"}})

    assert (reply.status_code, reply.json()["user"]["keys"]) == (200, {"annotate": {"KeyL": "KeyK"}})
    assert client.get("/session").json()["user"]["keys"] == {"annotate": {"KeyL": "KeyK"}}
    other = api().signed_in_as(accounts.user(username="bo"))
    assert other.get("/session").json()["user"]["keys"] == {}


def test_two_keys_may_be_swapped_and_all_given_back(client: ApiClient) -> None:
    assert put(client, {"annotate": {"KeyA": "KeyW", "KeyW": "KeyA"}}).status_code == 200
    assert put(client, {}).json()["user"]["keys"] == {}


@pytest.mark.parametrize(
    ("keys", "status", "code"),
    [
        ({"annotate": {"KeyA": "KeyW", "KeyL": "KeyW"}}, 409, "key_taken"),
        ({"annotate": {"KeyA": "Escape"}}, 400, "key_reserved"),
        ({"annotate": {"Enter": "KeyA"}}, 400, "key_reserved"),
        ({"annotate": {"KeyA": "Ctrl+KeyW"}}, 400, "key_reserved"),
        ({"annotate": {"KeyA": "F5"}}, 400, "key_reserved"),
        ({"annotate": {"KeyA": "Shift+ArrowUp"}}, 400, "key_reserved"),
        ({"annotate": {"KeyA": "a"}}, 400, "invalid_input"),
        ({"annotate": {"KeyA": "<script>"}}, 400, "invalid_input"),
        ({"An notate": {}}, 400, "invalid_input"),
        ({f"page-{n}": {} for n in range(21)}, 400, "invalid_input"),
        ({"annotate": {"KeyA": 5}}, 400, "invalid_input"),
    ],
)
def test_what_would_clash_is_refused_and_nothing_changes(
    client: ApiClient, keys: object, status: int, code: str
) -> None:
    put(client, {"annotate": {"KeyL": "KeyK"}})

    reply = put(client, keys)

    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert client.get("/session").json()["user"]["keys"] == {"annotate": {"KeyL": "KeyK"}}
