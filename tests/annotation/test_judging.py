"""Adjudication, review and revision: what happens after the opinions are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.choices import Role
from accounts.models import Project, User
from annotation.choices import AssignmentState, BatchState, ReviewVerdict
from annotation.errors import (
    LeaseLost,
    NoNewerRevision,
    NothingDisputed,
    NothingToJudge,
    NotRevisable,
    VerdictsIncomplete,
    VerdictsOutside,
)
from annotation.models import Annotation, Assignment, Batch, Consensus, PersonTurn, Piece, Review
from annotation.selectors import consensus as consensus_selectors
from annotation.selectors import evidence, opinions, quality
from annotation.services import adjudication, assignments, batches, reviews, revisions
from annotation.services.hot import SubmittedReply
from annotation.services.quality import work
from annotation.shapes import Cells, Region
from catalog.models import Sample
from config.base.errors import InvalidInput
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW, PLACE = "physical_shadow", "placement_layout"


class Scene:
    """Two annotators, a reviewer, and a sample on whose shadow the two differ."""

    def __init__(self, *, maximum: int = 2) -> None:
        self.project: Project = accounts.project(slug="p")
        self.one = accounts.member(self.project, Role.ANNOTATOR)
        self.two = accounts.member(self.project, Role.ANNOTATOR)
        self.reviewer = accounts.member(self.project, Role.REVIEWER)
        self.lead = accounts.member(self.project, Role.LEAD)
        self.sample: Sample = catalog.sample(self.project.pk, external_id="s-17")
        self.batch = build.batch(self.project, [self.sample], wanted=2, maximum=maximum)

    def differ(self) -> None:
        build.opinion(self.batch, self.one, build.verdicts({"B/physical_shadow": "major"}))
        build.opinion(self.batch, self.two, build.verdicts({"A/placement_layout": "minor"}))

    def adjudication(self) -> Batch:
        return adjudication.make_batch(project_id=self.project.pk, actor_id=self.lead.pk, now=build.NOW)

    def claim(self, batch: Batch, user: User) -> build.Given:
        (given,) = build.claim(batch, user, role=Role.REVIEWER)
        return given

    def rule(self, given: build.Given, cells: Cells, reason: str = "The light falls from the left.") -> SubmittedReply:
        from django.utils import timezone

        return adjudication.rule(
            project_id=self.project.pk,
            user_id=self.reviewer.pk,
            assignment_id=given.assignment_id,
            fence=given.fence,
            key=uuid4(),
            cells=cells,
            regions=[],
            reason=reason,
            active_ms=0,
            now=timezone.now(),
        )

    def question(self, aspect: str) -> Consensus:
        return Consensus.objects.get(sample=self.sample, aspect_id=build.aspect_ids(self.project)[aspect])


def test_disputed_questions_become_one_piece_a_sample() -> None:
    scene = Scene()
    scene.differ()

    batch = scene.adjudication()

    piece = Piece.objects.get(batch=batch)
    keys = build.aspect_ids(scene.project)
    assert piece.aspects == sorted([keys[SHADOW], keys[PLACE]])
    with pytest.raises(NothingDisputed):
        scene.adjudication()


def test_a_dispute_that_waits_for_an_extra_opinion_is_not_adjudicated_yet() -> None:
    scene = Scene(maximum=3)
    scene.differ()

    with pytest.raises(NothingDisputed):
        scene.adjudication()

    batches.set_state(
        project_id=scene.project.pk,
        batch_id=scene.batch.pk,
        state=BatchState.CLOSED,
        actor_id=scene.lead.pk,
        now=build.NOW,
    )
    assert scene.adjudication().piece_count == 1


def test_a_ruling_answers_the_questions_and_leaves_the_opinions() -> None:
    scene = Scene()
    scene.differ()
    given = scene.claim(scene.adjudication(), scene.reviewer)

    scene.rule(given, {"B": {SHADOW: "minor"}, "A": {PLACE: "none"}})

    assert (scene.question(SHADOW).answer, scene.question(SHADOW).source) == ("B", "adjudicated")
    assert (scene.question(PLACE).answer, scene.question(PLACE).disputed) == ("", False)
    assert Annotation.objects.filter(origin="opinion", counts=True).count() == 2
    assert scene.question("appearance_deformation").source == "majority"
    found = evidence.for_samples([scene.sample.pk])[scene.sample.pk]
    assert found.cells["B"][SHADOW] == "minor"
    assert found.cells["A"][PLACE] == "none"


def test_a_ruling_needs_every_tied_cell_and_a_reason() -> None:
    scene = Scene()
    scene.differ()
    given = scene.claim(scene.adjudication(), scene.reviewer)

    with pytest.raises(VerdictsIncomplete) as missing:
        scene.rule(given, {"B": {SHADOW: "minor"}})
    with pytest.raises(InvalidInput):
        scene.rule(given, {"B": {SHADOW: "minor"}, "A": {PLACE: "none"}}, reason=" ")

    assert missing.value.details == {"cells": ["A/placement_layout"]}
    assert scene.question(SHADOW).disputed
    assert Assignment.objects.get(pk=given.assignment_id).state == AssignmentState.LEASED


def test_an_unsure_ruling_leaves_the_question_without_an_answer() -> None:
    scene = Scene()
    scene.differ()
    given = scene.claim(scene.adjudication(), scene.reviewer)

    scene.rule(given, {"B": {SHADOW: "unsure"}, "A": {PLACE: "none"}})

    assert (scene.question(SHADOW).answer, scene.question(SHADOW).unsure) == (None, "B")


def test_a_later_vote_does_not_overturn_a_ruling() -> None:
    scene = Scene()
    scene.differ()
    given = scene.claim(scene.adjudication(), scene.reviewer)
    scene.rule(given, {"B": {SHADOW: "minor"}, "A": {PLACE: "none"}})
    again = build.batch(scene.project, [scene.sample])

    build.opinion(again, scene.one, build.verdicts({"D/physical_shadow": "major"}))

    assert (scene.question(SHADOW).answer, scene.question(SHADOW).source) == ("B", "adjudicated")


def test_who_gave_an_opinion_does_not_adjudicate_it() -> None:
    scene = Scene()
    scene.differ()
    batch = scene.adjudication()

    reply = build.claimed_reply(batch, scene.one, role=Role.REVIEWER)

    assert build.claim(batch, scene.one, role=Role.REVIEWER) == []
    assert reply.nothing_left
    assert len(build.claim(batch, scene.reviewer, role=Role.REVIEWER)) == 1


def test_an_adjudicator_sees_opinions_without_names(api: Callable[[], ApiClient]) -> None:
    scene = Scene()
    scene.differ()
    given = scene.claim(scene.adjudication(), scene.reviewer)

    shown = api().signed_in_as(scene.reviewer).get(f"/projects/p/adjudications/{given.assignment_id}").json()

    assert [each["label"] for each in shown["opinions"]] == ["Opinion 1", "Opinion 2"]
    assert {each["cells"]["B"][SHADOW] for each in shown["opinions"]} == {"major", "none"}
    assert [(each["aspect"], each["tied"]) for each in shown["questions"]] == [(SHADOW, ["B"]), (PLACE, ["A"])]
    assert scene.one.username not in str(shown)
    somebody = api().signed_in_as(scene.lead).get(f"/projects/p/adjudications/{given.assignment_id}")
    assert (somebody.status_code, somebody.json()["code"]) == (404, "assignment_not_found")


def test_an_adjudicator_sees_how_disputed_cells_were_ruled_before(api: Callable[[], ApiClient]) -> None:
    scene = Scene()
    scene.differ()
    scene.rule(scene.claim(scene.adjudication(), scene.reviewer), {"B": {SHADOW: "minor"}, "A": {PLACE: "none"}})
    scene.sample = catalog.sample(scene.project.pk, external_id="s-18")
    scene.batch = build.batch(scene.project, [scene.sample], wanted=2)
    scene.differ()
    work.compute(scene.project.pk, now=build.NOW)

    given = scene.claim(scene.adjudication(), scene.reviewer)
    shown = api().signed_in_as(scene.reviewer).get(f"/projects/p/adjudications/{given.assignment_id}").json()

    # Cells on which nobody differed are in a ruling too, and are no precedent.
    assert shown["precedents"] == {SHADOW: {"minor": 1}, PLACE: {"none": 1}}


def decide(scene: Scene, given: build.Given, verdict: ReviewVerdict, reason: str = "", **more: Any) -> reviews.Reviewed:
    from django.utils import timezone

    return reviews.decide(
        project_id=scene.project.pk,
        user_id=scene.reviewer.pk,
        assignment_id=given.assignment_id,
        fence=given.fence,
        verdict=verdict,
        reason=reason,
        active_ms=0,
        now=timezone.now(),
        **more,
    )


def review_batch(scene: Scene) -> Batch:
    return reviews.make_batch(
        project_id=scene.project.pk, batch_id=scene.batch.pk, share=1.0, actor_id=scene.lead.pk, now=build.NOW
    )


def test_a_reviewer_sees_each_opinion_in_its_authors_letters() -> None:
    scene = Scene()
    written = {}
    for person in (scene.one, scene.two):
        (given,) = build.claim(scene.batch, person)
        written[build.submit(scene.batch, person, given).annotation_id] = given.letters

    review = review_batch(scene)
    read = {}
    for _ in written:
        given = scene.claim(review, scene.reviewer)
        found = opinions.under_review(
            opinions.held(project_id=scene.project.pk, assignment_id=given.assignment_id, user_id=scene.reviewer.pk)
        )
        read[found.annotation_id] = found.letters
        decide(scene, given, ReviewVerdict.ACCEPTED)

    assert read == written


def test_what_is_sent_back_is_reserved_to_its_author_and_no_longer_counts() -> None:
    scene = Scene()
    build.opinion(scene.batch, scene.one, build.verdicts({"B/physical_shadow": "major"}))
    given = scene.claim(review_batch(scene), scene.reviewer)

    decide(scene, given, ReviewVerdict.SENT_BACK, "Look at B once more.")

    piece = Piece.objects.get(batch=scene.batch)
    assert (piece.held, piece.accepted) == (1, 0)
    assert not Consensus.objects.filter(sample=scene.sample).exists()
    assert PersonTurn.objects.get(batch=scene.batch).sent_back == 1
    (mine,) = build.claim(scene.batch, scene.one)
    assert mine.sent_back == "Look at B once more."
    assert mine.draft is not None
    assert mine.draft["body"]["cells"]["B"][SHADOW] == "major"  # type: ignore[index]  # JSON
    assert build.claim(scene.batch, scene.two)[0].assignment_id != mine.assignment_id

    reply = build.submit(scene.batch, scene.one, mine, build.verdicts())

    assert reply.revision == 2
    assert scene.question(SHADOW).answer == ""
    assert scene.question(SHADOW).opinions == 1


def test_a_reserved_piece_stays_its_authors_when_the_lease_runs_out() -> None:
    from annotation.services import leases

    scene = Scene()
    build.opinion(scene.batch, scene.one)
    decide(scene, scene.claim(review_batch(scene), scene.reviewer), ReviewVerdict.SENT_BACK, "Again, please.")
    (mine,) = build.claim(scene.batch, scene.one)
    Assignment.objects.filter(pk=mine.assignment_id).update(lease_expires_at=build.NOW.replace(year=2020))

    leases.expire_overdue()

    assert Assignment.objects.get(pk=mine.assignment_id).state == AssignmentState.RESERVED
    assert Piece.objects.get(batch=scene.batch).held == 1
    assert build.claim(scene.batch, scene.one)[0].assignment_id == mine.assignment_id


def test_an_accepted_opinion_keeps_counting_and_can_no_longer_be_changed() -> None:
    scene = Scene()
    said = build.opinion(scene.batch, scene.one)
    decide(scene, scene.claim(review_batch(scene), scene.reviewer), ReviewVerdict.ACCEPTED)

    assert scene.question(SHADOW).opinions == 1
    with pytest.raises(NotRevisable):
        revise(scene, said.annotation_id, build.verdicts())
    with pytest.raises(NothingToJudge):
        review_batch(scene)


def test_a_fixed_opinion_is_a_revision_under_the_reviewers_name_and_the_authors_stays() -> None:
    scene = Scene()
    said = build.opinion(scene.batch, scene.one, build.verdicts({"B/physical_shadow": "major"}))
    given = scene.claim(review_batch(scene), scene.reviewer)

    decide(scene, given, ReviewVerdict.FIXED, "C, not B.", cells=build.verdicts({"C/physical_shadow": "minor"}))

    first, fixed = Annotation.objects.order_by("revision")
    assert (first.pk, first.cells["B"][SHADOW]) == (said.annotation_id, "major")
    assert (fixed.fixed_by, fixed.annotator, fixed.reason) == (scene.reviewer, scene.one, "C, not B.")
    assert (scene.question(SHADOW).answer, scene.question(SHADOW).opinions) == ("C", 1)
    with pytest.raises(NotRevisable):
        revise(scene, fixed.pk, build.verdicts())
    with pytest.raises(NothingToJudge):
        review_batch(scene)


def test_a_fix_must_correct_something_and_be_complete() -> None:
    scene = Scene()
    build.opinion(scene.batch, scene.one, build.verdicts({"B/physical_shadow": "major"}))
    given = scene.claim(review_batch(scene), scene.reviewer)

    with pytest.raises(InvalidInput):
        decide(scene, given, ReviewVerdict.FIXED)
    with pytest.raises(InvalidInput):
        decide(scene, given, ReviewVerdict.FIXED, cells=build.verdicts({"B/physical_shadow": "major"}))
    with pytest.raises(VerdictsIncomplete):
        decide(scene, given, ReviewVerdict.FIXED, cells={"B": {SHADOW: "none"}})

    assert Annotation.objects.count() == 1
    assert Assignment.objects.get(pk=given.assignment_id).state == AssignmentState.LEASED


def test_what_was_sent_back_is_followed_until_it_is_settled(api: Callable[[], ApiClient]) -> None:
    scene = Scene()
    build.opinion(scene.batch, scene.one, build.verdicts({"B/physical_shadow": "major"}))
    reviews_of = review_batch(scene)
    place = Region(slot="B", aspect=SHADOW, box=(1, 1, 5, 5))

    decide(scene, scene.claim(reviews_of, scene.reviewer), ReviewVerdict.SENT_BACK, "Look here.", regions=[place])
    (mine,) = build.claim(scene.batch, scene.one)
    told = api().signed_in_as(scene.one).get(f"/projects/p/assignments/{mine.assignment_id}/sent-back").json()
    assert (told["results"][0]["reason"], told["results"][0]["regions"][0]["slot"]) == ("Look here.", "B")
    assert states(scene) == ["with_author"]
    for reader, author in ((scene.lead, scene.one.username), (scene.reviewer, "")):
        (row,) = api().signed_in_as(reader).get("/projects/p/sent-back").json()["results"]
        assert (row["author"], row["state"]) == (author, "with_author")
    build.submit(scene.batch, scene.one, mine, build.verdicts())
    assert states(scene) == ["answered"]
    reviews.follow_up(now=build.NOW)
    reviews.follow_up(now=build.NOW)  # twice is harmless

    again = scene.claim(Batch.objects.get(pk=reviews_of.pk), scene.reviewer)
    turn = opinions.held(project_id=scene.project.pk, assignment_id=again.assignment_id, user_id=scene.reviewer.pk)
    found = opinions.under_review(turn)
    assert (found.revision, [each.reason for each in found.earlier]) == (2, ["Look here."])
    decide(scene, again, ReviewVerdict.ACCEPTED)

    assert states(scene) == ["closed"]
    assert Batch.objects.get(pk=reviews_of.pk).place_count == 2
    assert list(Review.objects.order_by("pk").values_list("round", "verdict")) == [(1, "sent_back"), (2, "accepted")]
    work.compute(scene.project.pk, now=build.NOW)
    found_people = quality.people(scene.project.pk)
    assert found_people is not None
    figures = {each.user_id: each for each in found_people.people}
    first_pass, referee = figures[scene.one.pk].reviewed, figures[scene.reviewer.pk].as_reviewer
    assert (first_pass.reviewed, first_pass.accepted, first_pass.sent_back) == (1, 0, 1)
    assert (referee.reviewed, referee.sent_back, referee.sent_back_share.value) == (2, 1, 0.5)


def states(scene: Scene) -> list[str]:
    return [each.state for each in quality.sent_back(scene.project.pk)]


def test_where_the_authors_batch_is_closed_nothing_stays_open() -> None:
    scene = Scene()
    build.opinion(scene.batch, scene.one)
    decide(scene, scene.claim(review_batch(scene), scene.reviewer), ReviewVerdict.SENT_BACK, "Again, please.")
    Batch.objects.filter(pk=scene.batch.pk).update(state=BatchState.CLOSED, closed_at=build.NOW)

    reviews.follow_up(now=build.NOW)

    assert states(scene) == ["closed"]


def test_a_reason_points_only_at_what_is_there() -> None:
    scene = Scene()
    build.opinion(scene.batch, scene.one)
    given = scene.claim(review_batch(scene), scene.reviewer)

    with pytest.raises(VerdictsOutside):
        decide(
            scene,
            given,
            ReviewVerdict.SENT_BACK,
            "Look here.",
            regions=[Region(slot="Z", aspect=SHADOW, point=(1, 1))],
        )


def test_sending_back_needs_a_reason_and_a_live_lease() -> None:
    scene = Scene()
    build.opinion(scene.batch, scene.one)
    given = scene.claim(review_batch(scene), scene.reviewer)

    with pytest.raises(InvalidInput):
        decide(scene, given, ReviewVerdict.SENT_BACK)
    Assignment.objects.filter(pk=given.assignment_id).update(lease_expires_at=build.NOW.replace(year=2020))
    with pytest.raises(LeaseLost):
        decide(scene, given, ReviewVerdict.ACCEPTED)


def revise(scene: Scene, annotation_id: int, cells: Cells, *, user: User | None = None) -> SubmittedReply:
    return revisions.revise(
        project_id=scene.project.pk,
        user_id=(user or scene.one).pk,
        annotation_id=annotation_id,
        key=uuid4(),
        cells=cells,
        regions=[],
        now=build.NOW,
    )


def test_a_revision_is_a_new_row_and_moves_the_answer() -> None:
    scene = Scene()
    said = build.opinion(scene.batch, scene.one, build.verdicts({"B/physical_shadow": "major"}))

    revised = revise(scene, said.annotation_id, build.verdicts({"C/physical_shadow": "minor"}))

    assert revised.revision == 2
    assert list(Annotation.objects.order_by("revision").values_list("revision", flat=True)) == [1, 2]
    assert (scene.question(SHADOW).answer, scene.question(SHADOW).opinions) == ("C", 1)
    with pytest.raises(NoNewerRevision):
        revise(scene, said.annotation_id, build.verdicts())


def test_only_ones_own_opinion_can_be_revised_and_not_after_a_ruling() -> None:
    from annotation.errors import AssignmentNotFound

    scene = Scene()
    said = build.opinion(scene.batch, scene.one, build.verdicts({"B/physical_shadow": "major"}))
    with pytest.raises(AssignmentNotFound):
        revise(scene, said.annotation_id, build.verdicts(), user=scene.two)
    build.opinion(scene.batch, scene.two)
    scene.rule(scene.claim(scene.adjudication(), scene.reviewer), {"B": {SHADOW: "major"}})

    with pytest.raises(NotRevisable):
        revise(scene, said.annotation_id, build.verdicts())

    (decision,) = opinions.last_decisions(project_id=scene.project.pk, user_id=scene.one.pk)
    assert (decision.annotation_id, decision.revisable) == (said.annotation_id, False)


def test_evidence_merges_opinions_and_numbers_regions() -> None:
    scene = Scene()
    box = Region(slot="B", aspect=SHADOW, box=(1, 1, 5, 5))
    (given,) = build.claim(scene.batch, scene.one)
    build.submit(scene.batch, scene.one, given, build.verdicts({"B/physical_shadow": "minor"}), regions=[box])
    (given,) = build.claim(scene.batch, scene.two)
    build.submit(scene.batch, scene.two, given, build.verdicts({"B/physical_shadow": "major"}), regions=[box])

    found = evidence.for_samples([scene.sample.pk])[scene.sample.pk]

    assert found.cells["B"][SHADOW] == "major"
    assert [region.id for region in found.regions] == ["r1", "r2"]
    assert found.opinions == 2
    assert evidence.for_samples([0]) == {}


def test_answers_are_read_by_question() -> None:
    scene = Scene()
    scene.differ()

    found = consensus_selectors.for_samples([scene.sample.pk])

    keys = build.aspect_ids(scene.project)
    shadow = found[scene.sample.pk, keys[SHADOW]]
    assert (shadow.answer, shadow.disputed, shadow.tied) == (None, True, ("B",))
    assert found[scene.sample.pk, keys["extension_rationality"]].answer == ()


def test_completing_belongs_into_the_transaction_of_the_result(transactional_db: None) -> None:
    scene = Scene()
    (given,) = build.claim(scene.batch, scene.one)

    with pytest.raises(RuntimeError):
        assignments.complete(assignment_id=given.assignment_id, fence=given.fence, user_id=scene.one.pk, now=build.NOW)
