"""Where is sample X? Everything that happened to it, on one page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.choices import Role
from annotation.choices import GoldEnd, GoldSource, Purpose, ReviewVerdict
from annotation.services import appeals, golds, reviews
from annotation.services.batches import Terms
from annotation.services.quality import work
from annotation.shapes import Region
from curation.services import projection
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW = "physical_shadow"


def test_the_life_of_a_sample_in_order(api: Callable[[], ApiClient]) -> None:
    project = accounts.project(slug="p")
    one, two = accounts.member(project, Role.ANNOTATOR), accounts.member(project, Role.ANNOTATOR)
    reviewer, lead = accounts.member(project, Role.REVIEWER), accounts.member(project, Role.LEAD)
    sample = catalog.sample(project.pk, external_id="s-17")
    batch = build.batch(project, [sample], wanted=2)
    (given,) = build.claim(batch, one)
    box = Region(slot="B", aspect=SHADOW, box=(1, 1, 5, 5))
    build.submit(batch, one, given, build.verdicts({"B/physical_shadow": "major"}), regions=[box], active_ms=0)
    review = reviews.make_batch(
        project_id=project.pk, batch_id=batch.pk, share=1.0, actor_id=lead.pk, now=timezone.now()
    )
    (turn,) = build.claim(review, reviewer, role=Role.REVIEWER)
    reviews.decide(
        project_id=project.pk,
        user_id=reviewer.pk,
        assignment_id=turn.assignment_id,
        fence=turn.fence,
        verdict=ReviewVerdict.FIXED,
        reason="It is minor.",
        cells=build.verdicts({"B/physical_shadow": "minor"}),
        fixed_regions=[box],
        active_ms=0,
        now=timezone.now(),
    )
    build.claim(batch, two)
    work.compute(project.pk, now=timezone.now())
    projection.sample_changed({"project_id": str(project.pk), "sample_ids": [sample.pk]})

    life = api().signed_in_as(reviewer).get("/projects/p/samples/by-id/s-17/life").json()

    kinds = [event["kind"] for event in life["events"]]
    assert kinds[0] == "imported"
    assert sorted(kinds[1:]) == sorted(["leased", "judged", "leased", "reviewed", "fixed", "leased"])
    reviewed = next(event for event in life["events"] if event["kind"] == "reviewed")
    assert reviewed["facts"]["letters"] == given.letters, "as the reason names them"
    fixed = next(event for event in life["events"] if event["kind"] == "fixed")
    assert (fixed["who"], fixed["facts"]["author"], fixed["text"]) == (reviewer.username, one.username, "It is minor.")
    held = [event for event in life["events"] if event["facts"].get("state") == "leased"]
    assert [event["who"] for event in held] == [two.username]
    judged = next(event for event in life["events"] if event["kind"] == "judged")
    assert judged["cells"]["B"][SHADOW] == "major"
    assert judged["facts"]["letters"] == given.letters
    assert life["cells"]["B"][SHADOW] == "minor"
    assert [(region["slot"], region["box"]) for region in life["regions"]] == [("B", [1, 1, 5, 5])]
    shadow = next(question for question in life["questions"] if question["aspect"] == SHADOW)
    assert (shadow["answer"], shadow["source"], shadow["opinions"]) == (["B"], "single", 1)
    assert shadow["model"] is not None


def test_only_a_lead_is_told_that_the_sample_is_or_was_gold(api: Callable[[], ApiClient]) -> None:
    project = accounts.project(slug="p")
    reviewer, lead = accounts.member(project, Role.REVIEWER), accounts.member(project, Role.LEAD)
    sample = catalog.sample(project.pk, external_id="s-17")
    (gold,) = golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(sample.pk, build.verdicts({"B/physical_shadow": "major"}))],
        purpose=Purpose.GOLD,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=lead.pk,
    )
    golds.retire(project_id=project.pk, gold_id=gold.pk, why=GoldEnd.WRONG, actor_id=lead.pk)
    projection.sample_changed({"project_id": str(project.pk), "sample_ids": [sample.pk]})

    seen = {
        who.pk: api().signed_in_as(who).get("/projects/p/samples/by-id/s-17/life").json()["events"]
        for who in (lead, reviewer)
    }

    assert [event["kind"] for event in seen[reviewer.pk]] == ["imported"]
    made, retired = seen[lead.pk][-2:]
    assert (made["kind"], made["who"], made["cells"]["B"][SHADOW]) == ("gold_made", lead.username, "major")
    assert (retired["kind"], retired["facts"]["why"]) == ("gold_retired", "wrong")


def test_a_lead_reads_practice_appeal_and_decision_in_a_samples_life(api: Callable[[], ApiClient]) -> None:
    project = accounts.project(slug="p")
    person, lead = accounts.member(project, Role.ANNOTATOR), accounts.member(project, Role.LEAD)
    sample = catalog.sample(project.pk, external_id="s-17")
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(sample.pk, build.verdicts({"B/physical_shadow": "major"}))],
        purpose=Purpose.TRAINING,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=lead.pk,
    )
    batch = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(training_count=1))
    (given,) = build.claim(batch, person)
    build.submit(batch, person, given)
    made = appeals.appeal(
        project_id=project.pk,
        user_id=person.pk,
        assignment_id=given.assignment_id,
        reason="B is right.",
        now=timezone.now(),
    )
    appeals.decide(
        project_id=project.pk,
        appeal_id=made.pk,
        uphold=False,
        correct=False,
        reply="Its shadow points to the light.",
        actor_id=lead.pk,
        now=timezone.now(),
    )
    projection.sample_changed({"project_id": str(project.pk), "sample_ids": [sample.pk]})

    life = api().signed_in_as(lead).get("/projects/p/samples/by-id/s-17/life").json()["events"]

    out = next(event for event in life if event["kind"] == "leased")
    assert out["facts"]["purpose"] == "training"
    told = [(event["kind"], event["who"], event["text"]) for event in life[-2:]]
    assert told == [
        ("appealed", person.username, "B is right."),
        ("appeal_decided", lead.username, "Its shadow points to the light."),
    ]
    assert life[-2]["facts"]["letters"] == given.letters
    assert life[-1]["facts"]["state"] == "declined"


def test_a_question_nobody_answered_is_there_and_open(api: Callable[[], ApiClient]) -> None:
    project = accounts.project(slug="p")
    reviewer = accounts.member(project, Role.REVIEWER)
    sample = catalog.sample(project.pk, external_id="s-17")
    projection.sample_changed({"project_id": str(project.pk), "sample_ids": [sample.pk]})

    life = api().signed_in_as(reviewer).get("/projects/p/samples/by-id/s-17/life").json()

    assert [question["aspect"] for question in life["questions"]] == list(build.ASPECTS)
    assert all(question["answer"] is None and question["opinions"] == 0 for question in life["questions"])
    assert [event["kind"] for event in life["events"]] == ["imported"]
