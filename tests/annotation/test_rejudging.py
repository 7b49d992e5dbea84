"""Questions judged under words that have changed since, and the batch that asks them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.choices import Role
from annotation.models import Annotation, Batch, Consensus
from annotation.selectors import guideline_age
from catalog.selectors import guidelines
from catalog.services import aspects
from catalog.shapes import Example, GuidelineText, Names
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW = "physical_shadow"


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
