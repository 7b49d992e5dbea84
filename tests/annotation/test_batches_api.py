"""Batches over HTTP: who sees and steers what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import Project, User
from annotation.models import Assignment, Batch, Piece
from annotation.services.quality import work
from annotation.shapes import Severity
from catalog.models import Sample
from catalog.services import aspects
from catalog.shapes import GuidelineText, Names
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
Clients = Callable[[], ApiClient]


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


def as_role(api: Clients, project: Project, role: Role) -> tuple[ApiClient, User]:
    person = accounts.member(project, role)
    return api().signed_in_as(person), person


def request(**more: Any) -> dict[str, Any]:
    return {"what": {"everything": True}, "name": "First look", "wanted": 2, **more}


def test_a_lead_makes_a_batch_of_everything_that_is_in(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    ready = catalog.samples(project.pk, 3)
    catalog.sample(project.pk, pictures=False)

    made = lead.post("/projects/p/batches", request(maximum=3))

    assert made.status_code == 201
    assert (made.json()["number"], made.json()["pieces"], made.json()["places"]) == (1, 3, 6)
    assert set(Piece.objects.values_list("sample_id", flat=True)) == {sample.pk for sample in ready}


def test_a_batch_request_repeated_with_its_key_makes_one_batch(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    catalog.samples(project.pk, 1)
    key = str(uuid4())

    first = lead.post("/projects/p/batches", request(), Idempotency_Key=key)
    again = lead.post("/projects/p/batches", request(), Idempotency_Key=key)
    other = lead.post("/projects/p/batches", request(name="Another"), Idempotency_Key=key)

    assert first.json() == again.json()
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert Batch.objects.count() == 1


def test_questions_of_one_sample_become_one_piece(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    catalog.sample(project.pk, external_id="s-17")
    catalog.sample(project.pk, external_id="s-18")
    questions = ["s-17/physical_shadow", "s-17/placement_layout", "s-18/physical_shadow"]

    lead.post("/projects/p/batches", request(what={"questions": questions}))

    keys = build.aspect_ids(project)
    assert sorted(Piece.objects.order_by("sample_id").values_list("aspects", flat=True), key=len) == [
        [keys["physical_shadow"]],
        sorted([keys["physical_shadow"], keys["placement_layout"]]),
    ]


def test_unknown_names_are_refused_by_name(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    catalog.sample(project.pk, external_id="s-17")

    unknown = lead.post("/projects/p/batches", request(what={"samples": ["s-17", "s-99"]}))
    no_question = lead.post("/projects/p/batches", request(what={"questions": ["s-17/colour"]}))
    nothing = lead.post("/projects/p/batches", request(what={}))

    assert (unknown.status_code, unknown.json()["code"]) == (400, "unknown_samples")
    assert unknown.json()["details"]["samples"] == ["s-99"]
    assert (no_question.status_code, no_question.json()["code"]) == (400, "invalid_input")
    assert (nothing.status_code, nothing.json()["code"]) == (400, "nothing_to_judge")
    assert not Batch.objects.exists()


def test_a_preview_says_what_falls_out_and_why(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    judged, batched, *_ = catalog.samples(project.pk, 5)
    catalog.sample(project.pk, pictures=False)
    build.opinion(build.batch(project, [judged]), accounts.member(project, Role.ANNOTATOR))
    Batch.objects.update(state="closed", closed_at=build.NOW)
    build.batch(project, [batched])

    shown = lead.post(
        "/projects/p/batches/preview",
        {"what": {"everything": True, "only_not_judged": True, "only_not_in_batch": True}, "wanted": 2},
    ).json()

    assert (shown["asked"], shown["pictures_missing"], shown["judged"], shown["in_open_batch"]) == (6, 1, 1, 1)
    assert (shown["samples"], shown["places"]) == (3, 6)


def test_an_adjudication_batch_takes_of_the_chosen_samples_what_is_disputed(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    samples = catalog.samples(project.pk, 3)
    judging = build.batch(project, samples, wanted=2)
    sayings: list[dict[str, Severity]] = [{"B/physical_shadow": "major"}, {}]
    for said in sayings:
        person = accounts.member(project, Role.ANNOTATOR)
        for sample in samples:
            build.opinion(judging, person, build.verdicts(said if sample != samples[2] else {}))
    named = [samples[0].external_id, samples[2].external_id]
    body = {"what": {"samples": named, "only_not_judged": True}, "kind": "adjudicate", "wanted": 3}

    shown = lead.post("/projects/p/batches/preview", body).json()
    made = lead.post("/projects/p/batches", {**body, "name": "Ties", "terms": {"gold_share": 0.1}}).json()
    again = lead.post("/projects/p/batches", {**body, "name": "Ties"})

    assert (shown["samples"], shown["not_disputed"], shown["judged"], shown["places"]) == (1, 1, 0, 1)
    assert (made["kind"], made["pieces"], made["wanted"], made["assist"]) == ("adjudicate", 1, 1, "from_start")
    batch = Batch.objects.get(pk=made["id"])
    assert batch.gold_share == 0
    assert Piece.objects.get(batch=batch).aspects == [build.aspect_ids(project)["physical_shadow"]]
    assert again.json()["code"] == "nothing_to_judge"


def test_kinds_whose_pieces_are_not_samples_are_not_cut_here(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    catalog.samples(project.pk, 1)

    reply = lead.post("/projects/p/batches", request(kind="review"))

    assert (reply.status_code, Batch.objects.count()) == (400, 0)


def test_people_see_the_guideline_that_the_batch_names(api: Clients, project: Project) -> None:
    lead, leader = as_role(api, project, Role.LEAD)
    catalog.samples(project.pk, 1)
    texts = {"physical_shadow": GuidelineText(Names("Judge the contact first."), Names("Which?"))}
    aspects.publish_guideline(project_id=project.pk, texts=texts, note="", actor_id=leader.pk)

    shown = [lead.post("/projects/p/batches", request(guideline=each)).json() for each in (None, 1, 7)]

    assert [each.get("guideline_version") for each in shown] == [2, 1, None]
    assert shown[2]["code"] == "invalid_input"


def test_an_annotator_sees_only_what_they_may_work_on(api: Clients, project: Project) -> None:
    annotator, person = as_role(api, project, Role.ANNOTATOR)
    lead, leader = as_role(api, project, Role.LEAD)
    samples = catalog.samples(project.pk, 2)
    for_all, mine = build.batch(project, samples), build.batch(project, samples, people=[person.pk])
    build.batch(project, samples, people=[leader.pk])
    build.batch(project, samples, kind="adjudicate")
    Batch.objects.filter(pk=for_all.pk).update(state="paused")

    shown = annotator.get("/projects/p/batches").json()["results"]

    assert [row["id"] for row in shown] == [str(mine.pk)]
    assert len(lead.get("/projects/p/batches").json()["results"]) == 4


def test_making_and_steering_is_for_leads(api: Clients, project: Project) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    for role in (Role.ANNOTATOR, Role.REVIEWER):
        client, _ = as_role(api, project, role)
        assert client.post("/projects/p/batches", request()).status_code == 403
        assert client.post("/projects/p/batches/preview", {"what": {}}).status_code == 403
        assert client.patch(f"/projects/p/batches/{batch.pk}", {"state": "closed"}).status_code == 403
        assert client.post("/projects/p/adjudications", {}).status_code == 403
    lead, _ = as_role(api, project, Role.LEAD)

    assert lead.patch(f"/projects/p/batches/{batch.pk}", {"state": "closed"}).json()["batch"]["state"] == "closed"
    reopened = lead.patch(f"/projects/p/batches/{batch.pk}", {"state": "open"})
    assert (reopened.status_code, reopened.json()["code"]) == (409, "batch_closed")


def test_another_projects_batch_is_not_found(api: Clients, project: Project) -> None:
    other = accounts.project(slug="other")
    lead, _ = as_role(api, other, Role.LEAD)
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, accounts.member(project, Role.ANNOTATOR))

    for reply in (
        lead.get(f"/projects/other/batches/{batch.pk}"),
        lead.patch(f"/projects/other/batches/{batch.pk}", {"name": "Mine"}),
        lead.post(f"/projects/other/batches/{batch.pk}/claim", {}),
        lead.post(f"/projects/other/assignments/{given.assignment_id}/reclaim"),
        lead.post(f"/projects/other/assignments/{given.assignment_id}/heartbeat", {"fence": 1}),
        lead.post(f"/projects/other/assignments/{given.assignment_id}/return", {"fence": 1}),
        lead.post("/projects/other/reviews", {"batch_id": str(batch.pk)}),
        lead.get(f"/projects/p/batches/{batch.pk}"),
    ):
        assert reply.status_code == 404


def test_a_lead_takes_a_held_piece_back(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, accounts.member(project, Role.ANNOTATOR))

    shown = lead.get(f"/projects/p/batches/{batch.pk}").json()
    taken = lead.post(f"/projects/p/assignments/{given.assignment_id}/reclaim")
    again = lead.post(f"/projects/p/assignments/{given.assignment_id}/reclaim")

    assert [row["assignment_id"] for row in shown["held"]] == [given.assignment_id]
    assert (taken.status_code, again.status_code) == (204, 404)
    assert Assignment.objects.get().state == "returned"


def test_an_annotator_sees_no_names_on_a_batch(api: Clients, project: Project) -> None:
    annotator, _ = as_role(api, project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 2))
    build.opinion(batch, accounts.member(project, Role.ANNOTATOR))

    shown = annotator.get(f"/projects/p/batches/{batch.pk}").json()

    assert (shown["batch"]["accepted"], shown["people"], shown["held"]) == (1, [], [])


def test_a_batch_list_costs_the_same_for_one_and_for_many(api: Clients, project: Project) -> None:
    lead, _ = as_role(api, project, Role.LEAD)
    samples: list[Sample] = catalog.samples(project.pk, 1)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert lead.get("/projects/p/batches").status_code == 200
        return len(captured)

    build.batch(project, samples)
    one = statements()
    for _ in range(5):
        build.batch(project, samples)

    assert statements() == one == 6


def test_skip_return_and_leave_over_http(api: Clients, project: Project) -> None:
    annotator, person = as_role(api, project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 4))
    first, second, _ = build.claim(batch, person, count=3)

    skipped = annotator.post(
        f"/projects/p/assignments/{first.assignment_id}/skip", {"fence": 1, "reason": "broken_picture"}
    )
    unsaid = annotator.post(f"/projects/p/assignments/{second.assignment_id}/skip", {"fence": 1, "reason": "other"})
    returned = annotator.post(f"/projects/p/assignments/{second.assignment_id}/return", {"fence": 1})
    twice = annotator.post(f"/projects/p/assignments/{second.assignment_id}/return", {"fence": 1})
    left = annotator.post(f"/projects/p/batches/{batch.pk}/leave")

    assert (skipped.status_code, unsaid.status_code, returned.status_code) == (204, 400, 204)
    assert (twice.status_code, twice.json()["code"]) == (409, "lease_lost")
    assert left.json() == {"returned": 1}
    assert not Piece.objects.filter(held__gt=0).exists()


def test_ones_own_last_decisions_and_nobody_elses(api: Clients, project: Project) -> None:
    annotator, person = as_role(api, project, Role.ANNOTATOR)
    other, _ = as_role(api, project, Role.ANNOTATOR)
    batch = build.batch(project, [catalog.sample(project.pk, external_id=f"s-{number}") for number in range(12)])
    for _ in range(12):
        build.opinion(batch, person)

    mine = annotator.get("/projects/p/decisions").json()["results"]

    assert len(mine) == 10
    assert mine[0]["sample"] == "s-11"
    assert mine[0]["revisable"]
    assert other.get("/projects/p/decisions").json()["results"] == []
    revised = annotator.post(
        f"/projects/p/decisions/{mine[0]['annotation_id']}/revise",
        {"cells": build.verdicts({"A/physical_shadow": "minor"})},
        Idempotency_Key=str(uuid4()),
    )
    stolen = other.post(
        f"/projects/p/decisions/{mine[1]['annotation_id']}/revise",
        {"cells": build.verdicts()},
        Idempotency_Key=str(uuid4()),
    )
    assert (revised.status_code, revised.json()["revision"]) == (200, 2)
    assert (stolen.status_code, stolen.json()["code"]) == (404, "assignment_not_found")


def test_agreement_with_its_counts_and_the_samples_behind_it(api: Clients, project: Project) -> None:
    reviewer, _ = as_role(api, project, Role.REVIEWER)
    annotator, one = as_role(api, project, Role.ANNOTATOR)
    two = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, [catalog.sample(project.pk, external_id=name) for name in ("s-1", "s-2")], wanted=2)
    for person, flagged in ((one, "minor"), (two, "major")):
        build.opinion(batch, person, build.verdicts({"A/physical_shadow": flagged}))  # type: ignore[dict-item]  # a severity
    build.opinion(batch, one, build.verdicts({"B/physical_shadow": "minor"}))
    build.opinion(batch, two)

    work.compute(project.pk, now=build.NOW)
    found = reviewer.get("/projects/p/agreement").json()["figures"]

    shadow = next(each for each in found["aspects"] if each["aspect"] == "physical_shadow")
    # Eight cells, one of which differs; defects 3, clean 13: alpha = 1 - 15 * 2 / (256 - 9 - 169) = 0.615.
    assert found["samples"] == 2
    assert (shadow["defect"]["units"], shadow["differing"]) == (8, 1)
    assert shadow["defect"]["alpha"] == pytest.approx(1 - 15 * 2 / 78, abs=1e-4)
    # Ordinal: none 13, minor 2, major 1; observed 2 (2.25 + 56.25), expected 2 (26 * 56.25 + 2 * 2.25 + 13 * 81).
    assert shadow["severity"]["alpha"] == pytest.approx(1 - 15 * 117 / 5040, abs=1e-4)
    clean = next(each for each in found["aspects"] if each["aspect"] == "placement_layout")
    assert clean["defect"]["alpha"] is None
    assert clean["defect"]["why_undefined"] == "nothing_varies"
    assert (clean["defect"]["opinions"], clean["defect"]["only"]) == (16, "no_defect")
    behind = reviewer.get("/projects/p/agreement/samples", aspect="physical_shadow", slot="B").json()
    assert behind == {"results": ["s-2"], "total": 1}
    assert annotator.get("/projects/p/agreement").status_code == 403
