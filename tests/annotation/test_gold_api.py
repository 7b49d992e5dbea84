"""Gold and the terms of a batch over HTTP: leads steer both, and nobody else learns of gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Project, User
from annotation.choices import GoldSource, Purpose
from annotation.models import Annotation, Batch, Consensus, Gold, PersonTurn, Piece
from annotation.services import golds
from annotation.services.batches import Terms
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
Clients = Callable[[], ApiClient]
FLAWED = build.verdicts({"B/physical_shadow": "major"})


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


@pytest.fixture
def lead(api: Clients, project: Project) -> ApiClient:
    return api().signed_in_as(accounts.member(project, Role.LEAD))


@pytest.fixture
def one(project: Project) -> User:
    return accounts.member(project, Role.ANNOTATOR)


def gold_of(project: Project, count: int) -> list[Gold]:
    questions = [golds.NewGold(sample.pk, FLAWED) for sample in catalog.samples(project.pk, count)]
    return golds.make(
        project_id=project.pk,
        questions=questions,
        purpose=Purpose.GOLD,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )


def test_a_lead_makes_gold_by_hand_sees_it_and_retires_it(lead: ApiClient, project: Project) -> None:
    catalog.sample(project.pk, external_id="s-17")
    question = {"sample": "s-17", "expected": {"B": {"physical_shadow": "major"}}, "note": "The lamp stands left."}

    made = lead.post("/projects/p/golds", {"questions": [question], "tolerance": {"physical_shadow": "exact"}})

    assert (made.status_code, made.json()) == (201, {"made": 1})
    (row,) = lead.get("/projects/p/golds").json()["results"]
    assert (row["sample"], row["source"], row["expected"]) == ("s-17", "by_hand", question["expected"])
    assert lead.get("/projects/p/golds/summary").json()["hidden"] == 1
    assert lead.post(f"/projects/p/golds/{row['id']}/retire", {"why": "wrong"}).status_code == 204
    assert lead.get("/projects/p/golds", retired="false").json()["results"] == []
    (row,) = lead.get("/projects/p/golds", retired="true").json()["results"]
    assert row["retired_why"] == "wrong"
    assert lead.post(f"/projects/p/golds/{row['id']}/retire", {"why": "wrong"}).json()["code"] == "gold_not_found"


def test_gold_of_imported_answers(lead: ApiClient, project: Project, one: User) -> None:
    first, second = catalog.samples(project.pk, 2)
    batch = build.batch(project, [first, second])
    build.opinion(batch, one, FLAWED)
    Consensus.objects.update(source="imported")

    summary = lead.get("/projects/p/golds/summary").json()
    made = lead.post("/projects/p/golds", {"source": "imported", "purpose": "training", "most": 5})

    assert summary["candidates"] == {"adjudicated": 0, "consensus": 0, "imported": 1}
    assert made.json() == {"made": 1}
    assert lead.post("/projects/p/golds", {"source": "adjudicated"}).json()["code"] == "gold_unusable"
    assert (
        lead.post("/projects/p/golds", {"source": "imported", "samples": ["none"]}).json()["code"] == "unknown_samples"
    )


@pytest.mark.parametrize("role", [Role.ANNOTATOR, Role.REVIEWER])
def test_who_judges_learns_nothing_of_gold(api: Clients, project: Project, role: Role) -> None:
    gold = gold_of(project, 4)
    batch = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(gold_share=0.5, gold_floor=0.5))
    person = accounts.member(project, role)
    client = api().signed_in_as(person)
    for path in ("/golds", "/golds/summary"):
        assert client.get(f"/projects/p{path}").status_code == 403
    before = client.get(f"/projects/p/batches/{batch.pk}").json()["batch"]

    steps = []
    for _ in range(4):
        claimed = client.post(f"/projects/p/batches/{batch.pk}/claim", {"count": 1}).json()
        (piece,) = claimed["assignments"]
        said = client.post(
            f"/projects/p/assignments/{piece['assignment_id']}/submit",
            {"fence": piece["fence"], "cells": FLAWED, "active_ms": 10},
            Idempotency_Key=f"00000000-0000-4000-8000-{piece['assignment_id']:012}",
        )
        row = client.get(f"/projects/p/batches/{batch.pk}").json()["batch"]
        decision = client.get("/projects/p/decisions").json()["results"][0]
        steps.append((set(piece), set(said.json()), row["accepted"], row["mine"], decision["revisable"]))

    # 4 samples and a gold question after each: eight turns, whatever each of them was.
    assert (before["accepted"], before["places"]) == (0, 8)
    assert [(accepted, mine) for _, _, accepted, mine, _ in steps] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert len({(frozenset(piece), frozenset(said), revisable) for piece, said, _, _, revisable in steps}) == 1
    assert Annotation.objects.filter(sample_id__in=[each.sample_id for each in gold]).count() == 2
    text = json.dumps(client.get(f"/projects/p/batches/{batch.pk}").json())
    assert "gold_share" not in text
    assert "gold_floor" not in text


def test_a_lead_sees_the_pause_its_reason_and_lifts_it(
    api: Clients, lead: ApiClient, project: Project, one: User
) -> None:
    gold_of(project, 4)
    terms = Terms(gold_share=0.5, gold_window=1, gold_floor=0.5)
    batch = build.batch(project, catalog.samples(project.pk, 6), terms=terms)
    for given in build.claim(batch, one, count=4):
        build.submit(batch, one, given, build.verdicts())

    refused = api().signed_in_as(one).post(f"/projects/p/batches/{batch.pk}/claim", {"count": 1})
    (person,) = lead.get(f"/projects/p/batches/{batch.pk}").json()["people"]
    lifted = lead.post(f"/projects/p/batches/{batch.pk}/people/{one.pk}/resume")
    again = lead.post(f"/projects/p/batches/{batch.pk}/people/{one.pk}/resume")

    assert (refused.status_code, refused.json()["code"]) == (409, "paused")
    assert person["paused_for"] == "physical_shadow"
    assert {"aspect": "physical_shadow", "right": 0, "judged": 2} in person["gold"]
    assert (lifted.status_code, again.json()["code"]) == (204, "not_paused")
    assert api().signed_in_as(one).post(f"/projects/p/batches/{batch.pk}/claim", {"count": 1}).status_code == 200


def test_the_terms_of_a_batch_are_kept_and_may_change_while_it_runs(lead: ApiClient, project: Project) -> None:
    catalog.samples(project.pk, 10)
    due = (timezone.now() + timedelta(days=3)).isoformat()
    terms = {"gold_share": 0.05, "gold_floor": 0.7, "day_cap": 250, "due_at": due, "assist": "after_commit"}
    body = {"what": {"everything": True}, "name": "Floors", "terms": terms}

    made = lead.post("/projects/p/batches", body).json()
    path = f"/projects/p/batches/{made['id']}"
    changed = lead.patch(path, {"terms": {"gold_floor": None, "day_cap": 10, "after_due": "pause"}}).json()

    assert (made["day_cap"], made["assist"], made["after_due"]) == (250, "after_commit", "go_on")
    assert changed["terms"]["gold_floor"] is None
    assert (changed["terms"]["day_cap"], changed["terms"]["gold_share"]) == (10, 0.05)
    assert changed["batch"]["after_due"] == "pause"
    for wrong in ({"gold_share": 0.8}, {"day_cap": 0}, {"gold_floor": 0}, {"extra_share": 0.5}):
        assert lead.post("/projects/p/batches", {**body, "terms": wrong}).status_code == 400


def test_a_share_of_the_pieces_gets_further_opinions(lead: ApiClient, project: Project, one: User) -> None:
    catalog.samples(project.pk, 10)
    terms = {"extra_share": 0.3, "extra_wanted": 1}
    made = lead.post("/projects/p/batches", {"what": {"everything": True}, "name": "Third", "terms": terms}).json()

    assert sorted(Piece.objects.values_list("wanted", flat=True)) == [1] * 7 + [2] * 3
    assert (made["places"], made["maximum"]) == (13, 2)
    lead.patch(f"/projects/p/batches/{made['id']}", {"wanted": 2})
    assert sorted(Piece.objects.values_list("wanted", flat=True)) == [2] * 7 + [3] * 3
    assert Batch.objects.get().place_count == 23


def test_a_deadline_stops_a_batch_only_where_it_should(
    api: Clients, lead: ApiClient, project: Project, one: User
) -> None:
    past = timezone.now() - timedelta(minutes=1)
    stops = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(due_at=past, after_due="pause"))  # type: ignore[arg-type]  # the stored code
    late = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(due_at=past))
    client = api().signed_in_as(one)

    refused = client.post(f"/projects/p/batches/{stops.pk}/claim", {"count": 1})

    assert (refused.status_code, refused.json()["code"]) == (409, "deadline_passed")
    assert client.get(f"/projects/p/batches/{stops.pk}").json()["batch"]["may_work"] is False
    assert client.post(f"/projects/p/batches/{late.pk}/claim", {"count": 1}).status_code == 200


def test_a_daily_cap_ends_the_day(api: Clients, project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 5), terms=Terms(day_cap=2))
    for _ in range(2):
        build.opinion(batch, one)

    reply = build.claimed_reply(batch, one)
    assert (build.claim(batch, one), reply.cap_reached, reply.nothing_left) == ([], "day", False)

    PersonTurn.objects.update(day=timezone.now().date() - timedelta(days=1))
    assert len(build.claim(batch, one, count=4)) == 2


def test_a_batch_is_made_of_what_another_left(lead: ApiClient, project: Project, one: User) -> None:
    shadow = build.aspect_ids(project)["physical_shadow"]
    old = build.batch(project, catalog.samples(project.pk, 3), aspect_ids=[shadow])
    (given,) = build.claim(old, one)
    build.submit(old, one, given, build.verdicts(aspects=["physical_shadow"]))

    whole = lead.post("/projects/p/batches", {"what": {"batch": str(old.pk)}, "name": "Again"}).json()
    rest = lead.post("/projects/p/batches", {"what": {"batch": str(old.pk), "only_unfinished": True}, "name": "Rest"})

    assert (whole["pieces"], rest.json()["pieces"]) == (3, 2)
    assert list(Piece.objects.filter(batch_id=whole["id"]).values_list("aspects", flat=True)) == [[shadow]] * 3


def test_a_preview_says_turns_hours_and_money(lead: ApiClient, project: Project, one: User, settings: object) -> None:
    settings.HOURLY_RATE_USD = "20"  # type: ignore[attr-defined]  # pytest-django's
    samples = catalog.samples(project.pk, 10)
    build.opinion(build.batch(project, samples[:1]), one)
    Annotation.objects.update(active_ms=36_000)
    body = {"what": {"everything": True}, "wanted": 2, "maximum": 3, "terms": {"gold_share": 0.2}}

    found = lead.post("/projects/p/batches/preview", body).json()

    assert (found["places"], found["gold"], found["turns"]) == (20, 5, 25)
    assert found["most_turns"] == 30 + 8
    assert (found["pace_ms"], found["active_ms"]) == (36_000, 900_000)
    assert Decimal(found["usd"]) == Decimal("5.00")
    assert [(each["wanted"], each["maximum"]) for each in found["options"]] == [(1, 1), (2, 2), (2, 3), (3, 3)]


def test_a_preview_leaves_out_gold_that_the_batch_holds_anyway(lead: ApiClient, project: Project) -> None:
    gold_of(project, 3)
    catalog.sample(project.pk, external_id="s-17")

    def stock(what: dict[str, object]) -> int:
        reply = lead.post("/projects/p/batches/preview", {"what": what}).json()
        return int(reply["gold_stock"]["hidden"])

    assert stock({"samples": ["s-17"]}) == 3
    assert stock({"everything": True}) == 0


def test_an_assisted_batch_shows_imported_verdicts_when_it_says_so(project: Project, one: User) -> None:
    (sample,) = catalog.samples(project.pk, 1)
    Annotation.objects.create(sample=sample, origin="imported", counts=False, cells=FLAWED)
    cases = {}
    for assist in ("blind", "after_commit", "from_start"):
        batch = build.batch(project, [sample], terms=Terms(assist=assist))  # type: ignore[arg-type]  # the stored code
        claimed = json.loads(bytes(build.claimed_reply(batch, one).assignments))[0]
        (given,) = build.claim(batch, one)
        said = build.submit(batch, one, given, FLAWED)
        shown = Annotation.objects.get(pk=said.annotation_id).shown
        cases[assist] = (claimed["suggestion"] is not None, said.suggestion is not None, shown.assisted)

    assert cases == {
        "blind": (False, False, False),
        "after_commit": (False, True, False),
        "from_start": (True, False, True),
    }


def test_candidates_stay_in_their_own_order_where_a_batch_does_not_shuffle(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(shuffled=False))

    assert {given.letters for given in build.claim(batch, one, count=4)} == {"ABCD"}


def test_low_agreement_asks_for_another_opinion_before_a_tie_does(project: Project) -> None:
    samples = catalog.samples(project.pk, 1)
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(3)]
    batch = build.batch(project, samples, wanted=3, maximum=4, terms=Terms(agreement_floor=0.9))

    for number, person in enumerate(people):
        build.opinion(batch, person, FLAWED if number else build.verdicts())

    # Two against one is no tie, but in only 10 of 12 pairs of verdicts on this question do they agree.
    assert Piece.objects.get().wanted == 4


def test_the_list_of_gold_costs_the_same_however_long(lead: ApiClient, project: Project) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert lead.get("/projects/p/golds").status_code == 200
        return len(asked)

    gold_of(project, 1)
    few = statements()
    gold_of(project, 8)

    assert statements() == few


def test_the_overview_says_that_somebody_waits_for_a_lead(lead: ApiClient, project: Project, one: User) -> None:
    gold_of(project, 4)
    terms = Terms(gold_share=0.5, gold_window=1, gold_floor=0.5)
    batch = build.batch(project, catalog.samples(project.pk, 6), terms=terms)
    for given in build.claim(batch, one, count=4):
        build.submit(batch, one, given, build.verdicts())

    needs = {need["key"]: need for need in lead.get("/projects/p/overview").json()["needs"]}

    assert (needs["people_paused"]["count"], needs["people_paused"]["action"]) == (1, f"batches/{batch.pk}")
