"""What one person alone has said, asked of others; and from what size on a signal is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from accounts.choices import Role
from accounts.models import AuditLogEntry
from annotation.models import Batch, Consensus, Piece, QualityWork
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW, LAYOUT = "physical_shadow", "placement_layout"


class Scene:
    """Three samples: on two of them only one person was heard."""

    def __init__(self, api: Callable[[], ApiClient]) -> None:
        self.project = accounts.project(slug="p")
        self.lead = accounts.member(self.project, Role.LEAD)
        self.person, self.other = (accounts.member(self.project, Role.ANNOTATOR) for _ in range(2))
        self.samples = catalog.samples(self.project.pk, 3)
        mine = build.batch(self.project, self.samples)
        for _ in self.samples:
            build.opinion(mine, self.person)
        build.opinion(build.batch(self.project, self.samples[:1]), self.other)
        self.client = api().signed_in_as(self.lead)
        self.path = f"/projects/p/agreement/people/{self.person.pk}/second-opinions"

    def ask(self, **body: object) -> Any:
        return self.client.post(self.path, body, **{"Idempotency-Key": str(uuid4())})


@pytest.fixture
def scene(api: Callable[[], ApiClient]) -> Scene:
    return Scene(api)


def test_what_somebody_else_was_heard_on_is_not_alone(scene: Scene) -> None:
    found = scene.client.get(scene.path).json()

    assert (found["pieces"], found["by_aspect"][SHADOW], len(found["by_aspect"])) == (2, 2, 4)


def test_the_batch_goes_to_everybody_but_this_person_the_newest_first(scene: Scene) -> None:
    made = scene.ask(aspects=[SHADOW, LAYOUT], most=1)

    assert (made.status_code, made.json()["pieces"], made.json()["wanted"], made.json()["maximum"]) == (201, 1, 1, 2)
    keys = build.aspect_ids(scene.project)
    piece = Piece.objects.get(batch=made.json()["id"])
    assert (piece.sample_id, piece.aspects) == (scene.samples[2].pk, sorted([keys[SHADOW], keys[LAYOUT]]))
    assert sorted(made.json()["people"]) == sorted([scene.lead.pk, scene.other.pk])


def test_a_second_opinion_that_differs_makes_the_question_disputed(scene: Scene) -> None:
    batch = Batch.objects.get(pk=scene.ask(aspects=[SHADOW], most=1).json()["id"])
    cells = build.verdicts({"B/physical_shadow": "major"}, aspects=[SHADOW])

    build.opinion(batch, scene.other, cells)

    standing = Consensus.objects.get(sample=scene.samples[2], aspect__key=SHADOW)
    assert (standing.disputed, standing.tied, standing.opinions) == (True, "B", 2)


def test_what_is_asked_already_is_not_asked_twice(scene: Scene) -> None:
    assert scene.ask().json()["pieces"] == 2

    again = scene.ask()

    assert (again.status_code, again.json()["code"]) == (409, "nothing_alone")
    assert scene.client.get(scene.path).json() == {"pieces": 0, "by_aspect": {}}


def test_signals_have_the_sizes_that_a_lead_gave_them(scene: Scene, api: Callable[[], ApiClient]) -> None:
    path = "/projects/p/agreement/signals"
    usual = scene.client.get(path).json()

    put = scene.client.put(path, {"sizes": {"run": 9}})

    assert (put.status_code, put.json()) == (200, {**usual, "run": 9})
    assert scene.client.get(path).json()["run"] == 9
    assert QualityWork.objects.get().asked  # the figures are made again with it
    assert AuditLogEntry.objects.get(action="signals.sizes_changed").details["to"]["run"] == 9
    for sizes in ({"run": 1}, {"fast": 0}, {"rate": 0.5}, {"haste": 3}):
        assert scene.client.put(path, {"sizes": sizes}).status_code == 400
    reviewer = api().signed_in_as(accounts.member(scene.project, Role.REVIEWER))
    assert (reviewer.get(path).status_code, reviewer.put(path, {"sizes": {}}).status_code) == (200, 403)
