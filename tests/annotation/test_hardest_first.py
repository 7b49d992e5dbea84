"""The hardest first: an order of what is known when the batch is made, drawn once and stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.choices import Role
from accounts.models import Project
from annotation.choices import BatchOrder
from annotation.models import Piece
from annotation.selectors import difficulty
from annotation.selectors.targets import Target
from catalog.models import Sample
from curation.models import QuestionState
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
FLAWED = {"B/physical_shadow": "major"}


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


def judged(project: Project, sample: Sample, *opinions: dict[str, str]) -> None:
    """One opinion each of so many people."""
    batch = build.batch(project, [sample], wanted=len(opinions))
    for flagged in opinions:
        build.opinion(batch, accounts.member(project, Role.ANNOTATOR), build.verdicts(flagged))  # type: ignore[arg-type]


def order_of(project: Project, samples: list[Sample], **more: object) -> list[str]:
    batch = build.batch(project, samples, order=BatchOrder.HARDEST, **more)  # type: ignore[arg-type]  # each test names the settings it needs
    return [each.sample.external_id for each in Piece.objects.filter(batch=batch).order_by("position")]


def noted(sample: Sample, *, state: str, exact_rate: float | None, aspect: str = "physical_shadow") -> None:
    QuestionState.objects.create(sample=sample, aspect_key=aspect, run="run 1", state=state, exact_rate=exact_rate)


def test_where_people_differ_and_models_fail_comes_before_what_all_agree_on(project: Project) -> None:
    names = ("agreed", "quarrelled", "two-to-one", "half-right")
    agreed, quarrelled, two_to_one, half_right = (catalog.sample(project.pk, external_id=name) for name in names)
    judged(project, agreed, {}, {})
    judged(project, quarrelled, {}, FLAWED)
    judged(project, two_to_one, {}, {}, FLAWED)
    noted(half_right, state="learnable", exact_rate=0.5)

    order = order_of(project, [agreed, quarrelled, two_to_one, half_right])

    assert order == ["quarrelled", "half-right", "two-to-one", "agreed"]


def test_a_suspect_label_is_as_hard_as_a_quarrel_and_the_unknown_stand_in_the_middle(project: Project) -> None:
    agreed, unknown, suspect = (
        catalog.sample(project.pk, external_id=name) for name in ("agreed", "unknown", "suspect")
    )
    judged(project, agreed, {}, {})
    noted(suspect, state="suspect", exact_rate=0.9)

    assert order_of(project, [agreed, unknown, suspect]) == ["suspect", "unknown", "agreed"]
    targets = [Target(each.pk) for each in (agreed, unknown, suspect)]
    assert difficulty.of_targets(project_id=project.pk, targets=targets) == [0.0, None, 1.0]


def test_only_the_aspects_that_are_asked_about_count(project: Project) -> None:
    keys = build.aspect_ids(project)
    one, other = (catalog.sample(project.pk, external_id=name) for name in ("one", "other"))
    noted(one, state="hard", exact_rate=0.0, aspect="placement_layout")
    noted(other, state="hard", exact_rate=0.25, aspect="physical_shadow")
    noted(one, state="mastered", exact_rate=1.0, aspect="physical_shadow")

    assert order_of(project, [one, other]) == ["one", "other"]
    assert order_of(project, [one, other], aspect_ids=[keys["physical_shadow"]]) == ["other", "one"]


def test_equally_hard_ones_are_drawn_by_the_seed(project: Project) -> None:
    samples = catalog.samples(project.pk, 12)

    first, again = (order_of(project, samples, seed=5) for _ in range(2))

    assert first == again
    assert first != order_of(project, samples, seed=6)


def test_the_preview_says_of_how_many_it_is_known(project: Project, api: Callable[[], ApiClient]) -> None:
    lead = api().signed_in_as(accounts.member(project, Role.LEAD))
    known, _ = catalog.samples(project.pk, 2)
    noted(known, state="hard", exact_rate=0.0)

    def preview(order: str) -> object:
        reply = lead.post("/projects/p/batches/preview", {"what": {"everything": True}, "order": order})
        return reply.json()["known_difficulty"]

    assert (preview("hardest"), preview("drawn")) == (1, None)
