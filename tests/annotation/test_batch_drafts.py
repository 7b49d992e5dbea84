"""Batches in the making: kept, picked up by another lead, never overwritten unseen, gone when started or discarded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.choices import Role
from accounts.models import Project
from annotation.models import Batch, BatchDraft
from tests.builders import accounts, catalog
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
DRAFTS = "/projects/p/batch-drafts"
Clients = Callable[[], ApiClient]


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


def lead_of(api: Clients, project: Project, role: Role = Role.LEAD) -> ApiClient:
    return api().signed_in_as(accounts.member(project, role))


def test_a_draft_is_picked_up_by_another_lead_where_the_first_left_it(api: Clients, project: Project) -> None:
    first, second = lead_of(api, project), lead_of(api, project)

    made = first.post(DRAFTS, {"name": "Floors", "body": {"wanted": 3}})

    assert made.status_code == 201
    (row,) = second.get(DRAFTS).json()["results"]
    assert (row["name"], row["version"]) == ("Floors", 1)
    assert second.get(f"{DRAFTS}/{row['id']}").json()["body"] == {"wanted": 3}


def test_who_saves_over_a_version_they_have_not_seen_is_told(api: Clients, project: Project) -> None:
    first, second = lead_of(api, project), lead_of(api, project)
    draft = first.post(DRAFTS, {"name": "Floors", "body": {"wanted": 2}}).json()["draft"]["id"]
    saved = first.put(f"{DRAFTS}/{draft}", {"name": "Floors", "body": {"wanted": 4}, "version": 1})

    late = second.put(f"{DRAFTS}/{draft}", {"name": "Walls", "body": {"wanted": 5}, "version": 1})

    assert (saved.status_code, saved.json()["draft"]["version"]) == (200, 2)
    assert (late.status_code, late.json()["code"]) == (409, "batch_draft_moved")
    assert BatchDraft.objects.get().body == {"wanted": 4}


def test_a_started_batch_takes_its_draft_away_and_a_refused_one_keeps_it(api: Clients, project: Project) -> None:
    lead = lead_of(api, project)
    draft = lead.post(DRAFTS, {"body": {}}).json()["draft"]["id"]
    request = {"what": {"everything": True}, "name": "Floors", "draft": draft}

    refused = lead.post("/projects/p/batches", request)
    assert (refused.json()["code"], BatchDraft.objects.count()) == ("nothing_to_judge", 1)

    catalog.samples(project.pk, 1)
    assert lead.post("/projects/p/batches", request).status_code == 201
    assert (Batch.objects.count(), BatchDraft.objects.count()) == (1, 0)
    assert lead.get(f"{DRAFTS}/{draft}").status_code == 404


def test_discarding_twice_is_harmless_and_annotators_see_no_drafts(api: Clients, project: Project) -> None:
    lead = lead_of(api, project)
    draft = lead.post(DRAFTS, {"body": {}}).json()["draft"]["id"]

    assert lead_of(api, project, Role.ANNOTATOR).get(DRAFTS).status_code == 403
    assert [lead.delete(f"{DRAFTS}/{draft}").status_code for _ in range(2)] == [204, 204]
    assert lead.get(DRAFTS).json()["results"] == []
