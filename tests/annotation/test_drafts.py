"""Unsent input: an older version never wins, and neither sign-out nor a lost lease takes it away."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import Role
from accounts.models import Project, User
from annotation.errors import AssignmentNotFound, DraftOutdated
from annotation.models import Assignment, Draft
from annotation.services import drafts, leases
from config.base.errors import DomainError
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient, at_once

pytestmark = pytest.mark.django_db(transaction=True)
Clients = Callable[[], ApiClient]


def setup() -> tuple[Project, User, build.Given]:
    project = accounts.project(slug="p")
    person = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given_piece,) = build.claim(batch, person)
    return project, person, given_piece


def save(project: Project, person: User, piece: build.Given, version: int, text: str) -> str:
    """The code of the refusal; empty when it was stored."""
    try:
        with transaction.atomic():
            drafts.save(
                user_id=person.pk,
                project_id=project.pk,
                assignment_id=piece.assignment_id,
                version=version,
                body={"text": text},
            )
    except DomainError as refusal:
        return refusal.code
    return ""


# Two pages save their own versions in whatever order the network delivers them; between, the lease may be lost.
SAVES = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.integers(1, 6), st.sampled_from("ab")),
        st.tuples(st.sampled_from(["expire", "return", "claim"]), st.just(0), st.just("")),
    ),
    max_size=14,
)


@given(events=SAVES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_newest_version_stands_whatever_arrives_when(events: list[tuple[str, int, str]]) -> None:
    with transaction.atomic():
        project, person, piece = setup()
        stored: tuple[int, str] | None = None
        for what, version, text in events:
            if what == "save":
                newer = stored is None or version > stored[0]
                code = save(project, person, piece, version, text)
                assert code == ("" if newer or (version, text) == stored else "draft_outdated")
                stored = (version, text) if newer else stored
            elif what == "expire":
                Assignment.objects.filter(state="leased").update(lease_expires_at=build.NOW.replace(year=2020))
                leases.expire_overdue()
            elif what == "return":
                leases.leave(
                    user_id=person.pk,
                    project_id=project.pk,
                    batch_id=Assignment.objects.get(pk=piece.assignment_id).batch_id,
                )
            else:
                batch = Assignment.objects.get(pk=piece.assignment_id).batch
                for again in build.claim(batch, person):
                    assert (again.draft is None) == (stored is None)
                    if again.draft is not None:
                        assert (again.draft["version"], again.draft["body"]) == (stored[0], {"text": stored[1]})  # type: ignore[index]  # a draft was stored
            kept = Draft.objects.values_list("version", "body__text").first()
            assert kept == stored
        transaction.set_rollback(True)


def test_versions_that_arrive_together_leave_the_newest() -> None:
    project, person, piece = setup()
    order = random.Random(4).sample(range(1, 25), 24)

    at_once(lambda number: save(project, person, piece, order[number], f"version {order[number]}"), threads=12)
    at_once(
        lambda number: save(project, person, piece, order[12 + number], f"version {order[12 + number]}"), threads=12
    )

    assert Draft.objects.values_list("version", "body__text").get() == (24, "version 24")


def test_a_draft_outlives_sign_out_and_the_lease(api: Clients) -> None:
    _, person, piece = setup()
    client = api().signed_in_as(person)
    path = f"/projects/p/assignments/{piece.assignment_id}/draft"
    assert client.put(path, {"version": 1, "body": {"cells": {"A": {"physical_shadow": "major"}}}}).status_code == 200

    client.delete("/session")
    Assignment.objects.update(lease_expires_at=build.NOW.replace(year=2020))
    leases.expire_overdue()
    again = api().signed_in_as(person)
    batch = Assignment.objects.get().batch_id
    (claimed,) = again.post(f"/projects/p/batches/{batch}/claim", {"count": 1}).json()["assignments"]

    assert claimed["draft"]["body"] == {"cells": {"A": {"physical_shadow": "major"}}}


def test_nobody_reads_or_writes_anothers_draft() -> None:
    project, _, piece = setup()
    other = accounts.member(project, Role.LEAD)

    with pytest.raises(AssignmentNotFound):
        drafts.save(user_id=other.pk, project_id=project.pk, assignment_id=piece.assignment_id, version=1, body={})


def test_a_submitted_piece_takes_no_draft_any_more() -> None:
    project, person, piece = setup()
    build.submit(Assignment.objects.get().batch, person, piece)

    with pytest.raises(AssignmentNotFound):
        drafts.save(user_id=person.pk, project_id=project.pk, assignment_id=piece.assignment_id, version=9, body={})


def test_an_outdated_draft_is_told_which_version_is_there() -> None:
    project, person, piece = setup()
    save(project, person, piece, 5, "five")

    with pytest.raises(DraftOutdated) as refused:
        drafts.save(user_id=person.pk, project_id=project.pk, assignment_id=piece.assignment_id, version=3, body={})

    assert refused.value.details == {"version": 5}
