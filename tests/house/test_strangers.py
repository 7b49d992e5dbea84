"""Deny by default: every route there is, walked by somebody who may see nothing.

A new route is walked as soon as it exists. What may be public is listed here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from tests.builders import accounts as build
from tests.platform import ApiClient

# Routes a person without a session needs: to see that the site lives, to sign in, to use a link they were given.
PUBLIC = {
    ("GET", "api/v1/health"),
    ("POST", "api/v1/session"),
    ("GET", "api/v1/invitations/<str:secret>"),
    ("POST", "api/v1/invitations/<str:secret>"),
    ("POST", "api/v1/resets/<str:secret>"),
}
# Not routes of the API: the page itself, and the answer to everything under /api/ that is no route.
PAGES = {"index", "no-such-route"}
VALUES = {
    "int": "1",
    "uuid": str(UUID(int=7)),
    "str": "nothing",
    "slug": "nothing",
    "path": "nothing",
    "project": "elsewhere",
}
PARAMETER = re.compile(r"<(?:(?P<kind>[^:>]+):)?(?P<name>[^>]+)>")
METHODS = ("get", "post", "put", "patch", "delete")


def walk(patterns: list[URLPattern | URLResolver], above: str = "") -> Iterator[tuple[str, str]]:
    """(method, route) of everything that can be asked for."""
    for pattern in patterns:
        here = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, here)
        elif pattern.name not in PAGES:
            assert isinstance(pattern.pattern, RoutePattern), f"{here}: a route by regular expression is not walked"
            view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
            for method in METHODS if view is None else [each for each in METHODS if hasattr(view, each)]:
                yield method.upper(), here


def address(route: str) -> str:
    return "/" + PARAMETER.sub(lambda found: VALUES[found["kind"] or "str"], route)


ROUTES = sorted(set(walk(get_resolver().url_patterns)))
BY_PROJECT = [(method, route) for method, route in ROUTES if "<project:" in route and "/administration/" not in route]


def ask(client: Client, method: str, route: str) -> int:
    reply = client.generic(method, address(route), "{}", content_type="application/json")
    return reply.status_code


def test_there_are_routes_to_walk() -> None:
    assert ("GET", "api/v1/projects") in ROUTES
    assert ("GET", "api/v1/projects/<project:slug>/members") in BY_PROJECT


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "route"), [each for each in ROUTES if each not in PUBLIC])
def test_a_stranger_is_turned_away(method: str, route: str) -> None:
    assert ask(Client(), method, route) == 401


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "route"), sorted(PUBLIC))
def test_what_is_public_exists_and_answers(method: str, route: str) -> None:
    assert (method, route) in ROUTES
    assert ask(Client(), method, route) != 401


@pytest.mark.django_db
def test_an_unknown_address_tells_a_stranger_nothing() -> None:
    assert ask(Client(), "GET", "api/v1/no/such/thing") == 401


@pytest.mark.django_db
@pytest.mark.parametrize("administrator", [False, True], ids=["somebody", "an administrator"])
@pytest.mark.parametrize(("method", "route"), BY_PROJECT)
def test_who_is_no_member_sees_no_project(method: str, route: str, administrator: bool) -> None:
    build.project(slug="elsewhere")
    person = build.user(username="outsider", is_administrator=administrator)
    client = ApiClient().signed_in_as(person).browser

    assert ask(client, method, route) == 404
