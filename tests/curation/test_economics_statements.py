"""How many statements the pages of cost ask for, however much there is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import UUID

import pytest

from cot_generation.models import Prompt
from cot_generation.selectors import costs
from curation.selectors import economics, prompt_versions
from curation.selectors.economics import By
from tests.builders import accounts, annotation, catalog, cot_generation

pytestmark = pytest.mark.django_db

Counted = Callable[[int], AbstractContextManager[object]]
TODAY = datetime(2026, 3, 9, 12, tzinfo=UTC).date()


def written(count: int) -> UUID:
    """A project with so many rationales of several ways."""
    project = accounts.project()
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    for place, sample in enumerate(catalog.samples(project.pk, count)):
        way = ["manual", "automated", "answer_driven"][place % 3]
        cot_generation.rationale(project.pk, sample_id=sample.pk, aspect_id=aspect, way=way)  # type: ignore[arg-type]  # as the column has it
    return project.pk


@pytest.mark.parametrize("count", [3, 30])
@pytest.mark.parametrize(("dimension", "statements"), [(By.WAY, 0), (By.MODEL, 0), (By.PROMPT, 0), (By.ASPECT, 1)])
def test_economics_asks_for_a_fixed_number_of_statements(
    count: int, dimension: By, statements: int, django_assert_num_queries: Counted
) -> None:
    project_id = written(count)

    with django_assert_num_queries(4 + statements):
        economics.by(project_id, dimension, today=TODAY)


@pytest.mark.parametrize("count", [3, 30])
def test_two_prompts_side_by_side_ask_for_a_fixed_number_of_statements(
    count: int, django_assert_num_queries: Counted
) -> None:
    project_id = written(count)
    before, after = Prompt.objects.filter(project_id=project_id).order_by("pk").values_list("pk", flat=True)[:2]

    with django_assert_num_queries(8):
        prompt_versions.compared(project_id, before=before, after=after, today=TODAY)


@pytest.mark.parametrize("count", [3, 30])
def test_the_summary_by_way_asks_for_two_statements(count: int, django_assert_num_queries: Counted) -> None:
    project_id = written(count)

    with django_assert_num_queries(2):
        costs.by_way(project_id)
