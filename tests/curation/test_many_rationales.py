"""Pages about rationales ask the database as often for a hundred and twenty of them as for six."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import Project
from cot_generation.choices import Way
from curation.services import audits
from tests.builders import accounts, annotation, catalog
from tests.builders import cot_generation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Filled:
    """A project with so many rationales by hand, some of them failed, and an open lot over them."""

    project: Project
    lot: UUID
    rationale: int


def filled(count: int) -> Filled:
    project = accounts.project()
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    author = accounts.member(project, Role.ANNOTATOR)
    written = [
        build.rationale(project.pk, sample_id=sample.pk, aspect_id=aspect, author_id=author.pk, passed=number % 3 > 0)
        for number, sample in enumerate(catalog.samples(project.pk, count))
    ]
    lot = audits.draw(project_id=project.pk, way=Way.MANUAL, sample_size=count // 2, actor_id=None, seed=1)
    return Filled(project, lot.pk, written[-1].pk)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/rationales?limit=200", 10),
        ("/rationales?limit=200&passed=false", 10),
        ("/rationales/summary", 10),
        ("/rationales/{rationale}", 20),
        ("/prompts", 10),
        ("/economics", 25),
        ("/economics?by=aspect", 25),
        ("/audits", 12),
        ("/audits/{lot}", 12),
        ("/audits/{lot}/entries", 16),
    ],
)
def test_a_page_costs_the_same_for_few_and_for_many(api: Callable[[], ApiClient], path: str, most: int) -> None:
    def statements(of: Filled) -> int:
        lead = api().signed_in_as(accounts.member(of.project, Role.LEAD))
        address = f"/projects/{of.project.slug}" + path.format(lot=of.lot, rationale=of.rationale)
        assert lead.get(address).status_code == 200  # whatever is read once a process is read
        with CaptureQueriesContext(connection) as captured:
            assert lead.get(address).status_code == 200
        return len(captured)

    few, many = statements(filled(6)), statements(filled(120))

    assert many == few
    assert few <= most
