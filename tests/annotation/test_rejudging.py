"""Questions judged under words that have changed since, and the batch that asks them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.choices import Role
from annotation.choices import ReviewVerdict
from annotation.errors import NotRevisable
from annotation.models import Annotation, Batch, Consensus, Piece, Review
from annotation.selectors import batches, guideline_age
from annotation.services import consensus, reviews, revisions
from annotation.shapes import Region
from catalog.selectors import guidelines
from catalog.services import aspects
from catalog.shapes import Example, GuidelineText, Names
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW, LAYOUT = "physical_shadow", "placement_layout"


class Scene:
    """Two samples that one annotator judged under the first guideline."""

    def __init__(self, api: Callable[[], ApiClient]) -> None:
        self.project = accounts.project(slug="p")
        self.lead = accounts.member(self.project, Role.LEAD)
        self.person = accounts.member(self.project, Role.ANNOTATOR)
        self.samples = catalog.samples(self.project.pk, 2)
        self.first = build.batch(self.project, self.samples)
        for _ in self.samples:
            build.opinion(self.first, self.person)
        self.client = api().signed_in_as(self.lead)

    def publish(self, text: str, *, examples: tuple[Example, ...] = ()) -> None:
        aspects.publish_guideline(
            project_id=self.project.pk,
            texts={SHADOW: GuidelineText(Names(text), Names("Which?"), examples)},
            note="",
            actor_id=self.lead.pk,
        )

    def outdated(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get("/projects/p/guidelines/outdated").json()["results"]
        return found

    def again(self, **body: object) -> Any:
        return self.client.post("/projects/p/guidelines/outdated", body, **{"Idempotency-Key": str(uuid4())})


@pytest.fixture
def scene(api: Callable[[], ApiClient]) -> Scene:
    return Scene(api)


def test_only_the_aspect_whose_words_changed_is_outdated(scene: Scene) -> None:
    assert scene.outdated() == []

    scene.publish("Judge the contact first.")

    assert scene.outdated() == [{"aspect": SHADOW, "questions": 2, "waiting": 0, "by_version": {"1": 2}}]


def test_one_click_makes_the_batch_that_asks_them_again(scene: Scene) -> None:
    scene.publish("Judge the contact first.")

    made = scene.again()

    assert (made.status_code, made.json()["pieces"], made.json()["guideline_version"]) == (201, 2, 2)
    assert scene.outdated()[0]["waiting"] == 2
    assert scene.again().json()["code"] == "nothing_outdated"


def test_a_question_judged_again_is_outdated_no_more(scene: Scene) -> None:
    scene.publish("Judge the contact first.")
    batch_id = scene.again().json()["id"]
    batch = Batch.objects.get(pk=batch_id)
    (given,) = build.claim(batch, accounts.member(scene.project, Role.ANNOTATOR))
    assert given.aspects == [SHADOW]
    other = accounts.member(scene.project, Role.ANNOTATOR)
    build.opinion(batch, other, build.verdicts({f"B/{SHADOW}": "major"}, aspects=[SHADOW]))

    assert scene.outdated()[0]["questions"] == 1
    # Both opinions stand and differ, so somebody adjudicates; nothing of the first was lost.
    judged = Annotation.objects.get(annotator=other).sample_id
    assert Annotation.objects.filter(sample=judged).count() == 2
    assert Consensus.objects.get(sample=judged, aspect_id=build.aspect_ids(scene.project)[SHADOW]).disputed


def test_who_judges_again_changes_their_mind_and_disputes_nothing(scene: Scene) -> None:
    scene.publish("Judge the contact first.")
    batch = Batch.objects.get(pk=scene.again().json()["id"])

    new = build.opinion(batch, scene.person, build.verdicts({f"B/{SHADOW}": "major"}, aspects=[SHADOW]))

    judged = Annotation.objects.get(pk=new.annotation_id).sample_id
    old = Annotation.objects.get(sample=judged, guideline_version=1, revision=1)
    (left,) = Annotation.objects.filter(superseded_by=new.annotation_id)
    assert (left.assignment_id, left.revision, left.guideline_version) == (old.assignment_id, 2, 1)
    assert left.cells == build.verdicts(aspects=[each for each in build.ASPECTS if each != SHADOW])
    assert old.cells == build.verdicts()
    answers = {row.aspect_id: row for row in Consensus.objects.filter(sample=judged)}
    again = answers.pop(build.aspect_ids(scene.project)[SHADOW])
    assert (again.answer, again.disputed, again.opinions, again.source) == ("B", False, 1, "single")
    assert {(row.answer, row.opinions) for row in answers.values()} == {("", 1)}
    assert scene.outdated()[0]["questions"] == 1


def test_regions_of_what_was_judged_again_go_with_it_and_others_stay(scene: Scene) -> None:
    shadow, layout = (
        Region(slot="B", aspect=aspect, id=aspect, box=(1.0, 1.0, 5.0, 5.0)) for aspect in (SHADOW, "placement_layout")
    )
    Annotation.objects.filter(annotator=scene.person).update(regions=[shadow, layout])
    scene.publish("Judge the contact first.")
    batch = Batch.objects.get(pk=scene.again().json()["id"])

    new = build.opinion(batch, scene.person, build.verdicts(aspects=[SHADOW]))

    assert Annotation.objects.get(superseded_by=new.annotation_id).regions == [layout]


def test_a_second_opinion_under_the_same_words_supersedes_nothing(scene: Scene) -> None:
    batch = build.batch(scene.project, scene.samples)

    build.opinion(batch, scene.person, build.verdicts({f"B/{SHADOW}": "major"}))

    assert not Annotation.objects.filter(superseded_by__isnull=False).exists()
    assert Consensus.objects.get(sample=scene.samples[0], aspect_id=build.aspect_ids(scene.project)[SHADOW]).disputed


def test_what_was_judged_again_cannot_be_revised_in_the_older_turn(scene: Scene) -> None:
    scene.publish("Judge the contact first.")
    batch = Batch.objects.get(pk=scene.again().json()["id"])
    new = build.opinion(batch, scene.person, build.verdicts(aspects=[SHADOW]))
    left = Annotation.objects.get(superseded_by=new.annotation_id)

    with pytest.raises(NotRevisable):
        revisions.revise(
            project_id=scene.project.pk,
            user_id=scene.person.pk,
            annotation_id=left.pk,
            key=uuid4(),
            cells=build.verdicts(),
            regions=[],
            now=build.NOW,
        )


def send_back(scene: Scene, review: Batch) -> None:
    reviewer = accounts.member(scene.project, Role.REVIEWER)
    (given,) = build.claim(review, reviewer, role=Role.REVIEWER)
    reviews.decide(
        project_id=scene.project.pk,
        user_id=reviewer.pk,
        assignment_id=given.assignment_id,
        fence=given.fence,
        verdict=ReviewVerdict.SENT_BACK,
        reason="Look at B once more.",
        active_ms=0,
        now=build.NOW,
    )


def sent_back(scene: Scene) -> tuple[Batch, build.Given]:
    """A review of the person's opinions, and one of these as it came back to them."""
    review = reviews.make_batch(
        project_id=scene.project.pk, batch_id=scene.first.pk, share=1.0, actor_id=scene.lead.pk, now=build.NOW
    )
    send_back(scene, review)
    (back,) = build.claim(scene.first, scene.person)
    return review, back


def test_what_comes_back_from_a_review_yields_to_what_was_judged_under_newer_words_meanwhile(scene: Scene) -> None:
    review, back = sent_back(scene)
    scene.publish("Judge the contact first.")
    (sample,) = [each for each in scene.samples if each.pk == back.sample["id"]]
    ids = build.aspect_ids(scene.project)
    newer = build.batch(scene.project, [sample], aspect_ids=[ids[SHADOW]])
    new = build.opinion(newer, scene.person, build.verdicts({f"B/{SHADOW}": "major"}, aspects=[SHADOW]))

    said = build.submit(scene.first, scene.person, back, build.verdicts({f"C/{LAYOUT}": "major"}))

    # The turn says all of it, as it was submitted; what counts of it is the rest.
    assert Annotation.objects.get(pk=said.annotation_id).cells["B"][SHADOW] == "none"
    (left,) = Annotation.objects.filter(superseded_by=new.annotation_id)
    assert (left.assignment_id, left.revision) == (back.assignment_id, said.revision + 1)
    rest = [each for each in build.ASPECTS if each != SHADOW]
    assert left.cells == build.verdicts({f"C/{LAYOUT}": "major"}, aspects=rest)
    answers = {row.aspect_id: (row.answer, row.opinions) for row in Consensus.objects.filter(sample=sample)}
    assert (answers[ids[SHADOW]], answers[ids[LAYOUT]]) == (("B", 1), ("C", 1))
    assert consensus.recompute(project_id=scene.project.pk, sample_ids=[sample.pk]) == 0
    for batch, places in ((scene.first, 2), (newer, 1)):
        assert sum(Piece.objects.filter(batch=batch).values_list("accepted", flat=True)) == places
        assert batches.totals([batch.pk])[batch.pk].accepted == places
    # A reviewer sees what is left of it, and can neither correct nor return what no longer counts.
    reviews.follow_up(now=build.NOW)
    assert Piece.objects.filter(batch=review, subject_id=left.pk).exists()
    with pytest.raises(NotRevisable):
        send_back(scene, review)


def test_a_review_ends_when_nothing_is_left_of_what_came_back(scene: Scene) -> None:
    review, back = sent_back(scene)
    scene.publish("Judge the contact first.")
    again = [each for each in scene.samples if each.pk == back.sample["id"]]
    newer = build.batch(scene.project, again)
    build.opinion(newer, scene.person)

    build.submit(scene.first, scene.person, back, build.verdicts({f"B/{SHADOW}": "major"}))
    reviews.follow_up(now=build.NOW)

    assert Review.objects.get().closed_at == build.NOW
    assert Piece.objects.filter(batch=review).count() == 2
    assert {row.opinions for row in Consensus.objects.filter(sample__in=again)} == {1}
    assert not Consensus.objects.filter(disputed=True).exists()


def test_voting_again_over_stored_opinions_leaves_out_what_was_superseded(scene: Scene) -> None:
    scene.publish("Judge the contact first.")
    batch = Batch.objects.get(pk=scene.again().json()["id"])
    build.opinion(batch, scene.person, build.verdicts({f"B/{SHADOW}": "major"}, aspects=[SHADOW]))
    ids = [each.pk for each in scene.samples]
    before = list(Consensus.objects.filter(sample__in=ids).order_by("sample_id", "aspect_id").values())

    assert consensus.recompute(project_id=scene.project.pk, sample_ids=ids) == 0

    assert list(Consensus.objects.filter(sample__in=ids).order_by("sample_id", "aspect_id").values()) == before


def test_going_back_to_the_old_words_makes_nothing_outdated(scene: Scene) -> None:
    old = guidelines.current(scene.project.pk).texts[SHADOW]
    scene.publish("Judge the contact first.")

    aspects.publish_guideline(project_id=scene.project.pk, texts={SHADOW: old}, note="", actor_id=scene.lead.pk)

    assert scene.outdated() == []


def test_examples_alone_make_nothing_outdated(scene: Scene) -> None:
    old = guidelines.current(scene.project.pk).texts[SHADOW]
    example = Example(scene.samples[0].external_id, "A", "major")
    texts = {SHADOW: GuidelineText(old.text, old.question, (example,))}

    aspects.publish_guideline(project_id=scene.project.pk, texts=texts, note="", actor_id=scene.lead.pk)

    assert scene.outdated() == []


def test_a_new_aspect_makes_nothing_outdated_and_leaves_its_questions_open(scene: Scene) -> None:
    words = aspects.AspectWords(Names("Colour cast"), Names(""))
    text = GuidelineText(Names("Compare whites."), Names("Which?"))
    aspects.add(project_id=scene.project.pk, key="colour_cast", words=words, text=text, actor_id=scene.lead.pk)

    assert scene.outdated() == []
    assert Consensus.objects.filter(project=scene.project).count() == 8


def test_a_lead_may_ask_about_some_aspects_only(scene: Scene) -> None:
    scene.publish("Judge the contact first.")

    assert scene.again(aspects=["placement_layout"]).json()["code"] == "nothing_outdated"
    assert scene.again(aspects=[SHADOW], wanted=2).json()["places"] == 4


def test_it_asks_the_database_a_fixed_number_of_times(
    scene: Scene, django_assert_num_queries: Callable[[int], Any]
) -> None:
    scene.publish("Judge the contact first.")

    with django_assert_num_queries(3):
        guideline_age.by_aspect(scene.project.pk)
