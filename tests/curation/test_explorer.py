"""The projection follows every change, and every count equals counting by hand."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Project
from config.base import outbox
from curation.models import SampleRow
from curation.selectors import explorer
from curation.services import projection
from tests.builders import accounts, annotation, catalog
from tests.platform import ApiClient


def follow() -> None:
    while outbox.deliver_due(now=timezone.now()):
        pass


@pytest.fixture
def project() -> Project:
    """Six samples: two judged with a shadow defect, two judged clean, two untouched."""
    made = accounts.project(slug="p")
    samples = catalog.samples(made.pk, 6)
    batch = annotation.batch(made, samples)
    person = accounts.member(made, Role.ANNOTATOR)
    for number in range(4):
        cells = annotation.verdicts({"B/physical_shadow": "major"}) if number < 2 else annotation.verdicts({})
        annotation.opinion(batch, person, cells)
    projection.rebuild(made.pk)
    return made


@pytest.mark.django_db
def test_rows_follow_what_people_say(project: Project) -> None:
    sample = catalog.sample(project.pk)
    projection.follow([sample.pk])
    assert SampleRow.objects.get(pk=sample.pk).opinion_count == 0

    person = accounts.member(project, Role.ANNOTATOR)
    annotation.opinion(annotation.batch(project, [sample]), person, annotation.verdicts({}))
    follow()

    row = SampleRow.objects.get(pk=sample.pk)
    assert (row.opinion_count, row.answered_count) == (1, 4)
    assert row.answers == {aspect: [] for aspect in annotation.ASPECTS}


@pytest.mark.django_db
def test_following_twice_changes_nothing(project: Project) -> None:
    before = list(SampleRow.objects.order_by("pk").values("answers", "opinion_count", "disputed"))

    projection.rebuild(project.pk)

    assert list(SampleRow.objects.order_by("pk").values("answers", "opinion_count", "disputed")) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 6),
        ({"judged": "yes"}, 4),
        ({"judged": "no"}, 2),
        ({"answer.physical_shadow": "any"}, 2),
        ({"answer.physical_shadow": "none"}, 2),
        ({"answer.physical_shadow": "open"}, 2),
        ({"answer.physical_shadow": "B"}, 2),
        ({"answer.physical_shadow": "A"}, 0),
        ({"answer.placement_layout": "none", "judged": "yes"}, 4),
        ({"disputed": "yes"}, 0),
        ({"rationale": "none"}, 6),
        ({"state": "ready"}, 6),
    ],
)
def test_a_filter_counts_what_counting_by_hand_counts(project: Project, asked: dict[str, str], count: int) -> None:
    assert explorer.count(project.pk, explorer.Filters(asked)) == count


@pytest.mark.django_db
def test_a_facet_leaves_its_own_filter_out(project: Project) -> None:
    filters = explorer.Filters({"judged": "yes", "answer.physical_shadow": "any"})

    found = explorer.facets(project.pk, filters)

    assert found["answer.physical_shadow"] == {"any": 2, "none": 2, "open": 0}
    assert found["judged"] == {"yes": 2, "no": 0}
    for facet, counts in found.items():
        for value, counted in counts.items():
            if facet != "training":
                again = explorer.Filters({**filters.asked, facet: value})
                assert counted == explorer.count(project.pk, again), (facet, value)


@pytest.mark.django_db
def test_pages_go_on_by_key_and_an_unknown_filter_is_refused(project: Project) -> None:
    client = ApiClient().signed_in_as(accounts.member(project, Role.REVIEWER))

    first = client.get("/projects/p/samples", limit=4).json()
    second = client.get("/projects/p/samples", limit=4, after=first["after"]).json()
    unknown = client.get("/projects/p/samples", owner__password="x")

    ids = [row["id"] for row in [*first["results"], *second["results"]]]
    assert ids == sorted(ids)
    assert len(set(ids)) == 6
    assert second["after"] is None
    assert (unknown.status_code, unknown.json()["code"]) == (400, "filter_unknown")


@pytest.mark.django_db
def test_the_overview_counts_the_loop(project: Project) -> None:
    found = ApiClient().signed_in_as(accounts.member(project, Role.LEAD)).get("/projects/p/overview").json()

    assert (found["samples"], found["judged"], found["questions"], found["answered"]) == (6, 4, 24, 16)
    assert found["open_places"] == 2


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["samples", "samples/facets", "slices"])
def test_annotators_cannot_read_answers_where_others_search(project: Project, address: str) -> None:
    reviewer, annotator = (accounts.member(project, role) for role in (Role.REVIEWER, Role.ANNOTATOR))

    assert ApiClient().signed_in_as(reviewer).get(f"/projects/p/{address}").status_code == 200
    assert ApiClient().signed_in_as(annotator).get(f"/projects/p/{address}").status_code == 403


@pytest.mark.django_db
def test_what_needs_a_person_is_told_to_those_who_can_free_it(project: Project) -> None:
    lead, annotator, other = (accounts.member(project, role) for role in (Role.LEAD, Role.ANNOTATOR, Role.ANNOTATOR))
    batch = annotation.batch(project, [catalog.sample(project.pk, external_id="differs")], wanted=2)
    annotation.opinion(batch, annotator, annotation.verdicts({"B/physical_shadow": "major"}))
    annotation.opinion(batch, other, annotation.verdicts({}))
    follow()

    told = ApiClient().signed_in_as(lead).get("/projects/p/overview").json()["needs"]

    assert [need["key"] for need in told] == ["to_adjudicate"]
    assert ApiClient().signed_in_as(annotator).get("/projects/p/overview").json()["needs"] == []
