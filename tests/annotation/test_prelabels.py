"""Opinions of models about samples that are here: taken set-wise, once, and never counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.choices import Role
from annotation.models import Annotation, Consensus
from annotation.services import prelabels
from annotation.shapes import Region
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW, PLACE = "physical_shadow", "placement_layout"


class Scene:
    """A project with a lead and the sample s-17."""

    def __init__(self, api: Callable[[], ApiClient]) -> None:
        self.project = accounts.project(slug="p")
        self.lead = accounts.member(self.project, Role.LEAD)
        self.sample = catalog.sample(self.project.pk, external_id="s-17")
        self.client = api().signed_in_as(self.lead)

    def send(self, *given: dict[str, Any], source: str = "model 1") -> Any:
        return self.client.post("/projects/p/prelabels", {"source": source, "prelabels": list(given)})


@pytest.fixture
def scene(api: Callable[[], ApiClient]) -> Scene:
    return Scene(api)


def test_an_answer_becomes_cells_at_the_threshold(scene: Scene) -> None:
    reply = scene.send({"sample": "s-17", "answers": {SHADOW: ["B"], PLACE: []}})

    assert (reply.status_code, reply.json()) == (200, {"stored": 1, "unchanged": 0, "refused": []})
    kept = Annotation.objects.get()
    assert (kept.origin, kept.imported_from, kept.counts) == ("imported", "model 1", False)
    assert kept.cells == {
        "A": {SHADOW: "none", PLACE: "none"},
        "B": {SHADOW: "minor", PLACE: "none"},
        "C": {SHADOW: "none", PLACE: "none"},
        "D": {SHADOW: "none", PLACE: "none"},
    }


def test_verdicts_go_before_answers_and_regions_come_along(scene: Scene) -> None:
    box = [1.0, 2.0, 30.0, 40.0]
    scene.send(
        {
            "sample": "s-17",
            "answers": {SHADOW: ["B"]},
            "verdicts": {"B": {SHADOW: "major"}},
            "regions": [{"slot": "B", "aspect": SHADOW, "box": box}],
        }
    )

    kept = Annotation.objects.get()
    assert kept.cells["B"] == {SHADOW: "major"}
    assert kept.regions == [Region(slot="B", aspect=SHADOW, box=(1, 2, 30, 40))]


def test_no_answer_follows_and_nobody_counts_it(scene: Scene) -> None:
    scene.send({"sample": "s-17", "answers": {SHADOW: ["B"]}})
    batch = build.batch(scene.project, [scene.sample])
    build.opinion(batch, accounts.member(scene.project, Role.ANNOTATOR))

    shadow = Consensus.objects.get(aspect_id=build.aspect_ids(scene.project)[SHADOW])
    assert (shadow.answer, shadow.opinions, shadow.source) == ("", 1, "single")


def test_the_same_again_changes_nothing_and_another_word_is_kept_beside_it(scene: Scene) -> None:
    given = {"sample": "s-17", "answers": {SHADOW: ["B"]}}
    scene.send(given)

    assert scene.send(given).json()["unchanged"] == 1
    assert scene.send({**given, "answers": {SHADOW: ["C"]}}).json()["stored"] == 1
    assert scene.send(given, source="model 2").json()["stored"] == 1
    assert Annotation.objects.count() == 3


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(scene: Scene) -> None:
    outside = {"slot": "B", "aspect": SHADOW, "box": [60, 0, 30, 10]}
    reply = scene.send(
        {"sample": "s-18", "answers": {SHADOW: []}},
        {"sample": "s-17", "answers": {"colour": ["Z"]}},
        {"sample": "s-17", "verdicts": {"E": {SHADOW: "minor"}}},
        {"sample": "s-17", "regions": [outside]},
        {"sample": "s-17"},
        {"sample": "s-17", "answers": {SHADOW: []}},
        {"sample": "s-17", "answers": {SHADOW: ["A"]}},
    ).json()

    assert reply["stored"] == 1
    assert [(each["index"], each["field"]) for each in reply["refused"]] == [
        (0, "sample"),
        (1, "answers.colour"),
        (1, "answers.colour"),
        (2, "verdicts.E"),
        (3, "regions[0]"),
        (4, "sample"),
        (6, "sample"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"source": "", "prelabels": []},
        {"source": "x" * 81, "prelabels": []},
        {"source": "m", "prelabels": [{"sample": "s-17", "answers": {}}] * 1001},
        {"source": "m", "prelabels": [{"sample": "s-17", "verdicts": {"A": {"physical_shadow": "dreadful"}}}]},
        {"source": "m", "prelabels": [{"sample": "s-17", "regions": [{"slot": "A", "aspect": "x"}]}]},
        {"source": "m"},
    ],
)
def test_a_request_that_cannot_be_read_is_refused_whole(scene: Scene, body: dict[str, Any]) -> None:
    reply = scene.client.post("/projects/p/prelabels", body)

    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_input")
    assert not Annotation.objects.exists()


def test_a_reviewer_may_not(scene: Scene, api: Callable[[], ApiClient]) -> None:
    reviewer = accounts.member(scene.project, Role.REVIEWER)

    assert api().signed_in_as(reviewer).post("/projects/p/prelabels", {}).status_code == 403


def test_a_thousand_cost_as_many_questions_to_the_database_as_one(
    scene: Scene, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    samples = catalog.samples(scene.project.pk, 40)
    given = [
        prelabels.Prelabel(each.external_id, {SHADOW: ["A"]}, {}, [Region(slot="A", aspect=SHADOW, point=(1, 1))])
        for each in samples
    ]

    with django_assert_max_num_queries(11):
        stored = prelabels.store(
            project_id=scene.project.pk, source="m", prelabels=given, actor_id=scene.lead.pk, now=timezone.now()
        )
    assert stored.stored == 40
