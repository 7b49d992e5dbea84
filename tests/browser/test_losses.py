"""A lead sees on a run's page which answers the trained model finds least likely, and gives the first of them back."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.choices import Role
from annotation.models import Piece
from tests.browser.test_known_answers import open_as, person
from tests.builders import accounts as people
from tests.builders import catalog
from tests.builders import training_bridge as build
from training_bridge.models import QuestionState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_gives_the_highest_losses_back(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    lead = person(project, Role.LEAD)
    samples = catalog.samples(project.pk, 4)
    run = build.finished_run(project, [sample.external_id for sample in samples], at=timezone.now())
    for place, (sample, standing) in enumerate(
        zip(samples, ("mastered", "suspect", "blocked", "hard"), strict=True), start=1
    ):
        QuestionState.objects.create(
            run=run,
            question=f"{sample.external_id}/physical_shadow",
            sample_external_id=sample.external_id,
            aspect="physical_shadow",
            standing=standing,
            answer=["B"],
            answer_source="majority",
            visits=3,
            rollouts=12,
            right=12 if standing == "mastered" else 0,
            loss=3 - place / 2,
            loss_rank=place,
        )

    open_as(page, f"{site}/p/shop/training/{run.pk}", lead)
    rows = page.locator("table tbody tr").filter(has=page.get_by_role("checkbox"))
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Suspect")
    page.get_by_text("By loss", exact=True).click()
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Mastered")
    page.get_by_label("How many").fill("2")
    page.get_by_role("button", name="Make a batch of the first 2").click()

    expect(page.get_by_text("Open the batch")).to_be_visible()
    assert set(Piece.objects.values_list("sample__external_id", flat=True)) == {
        sample.external_id for sample in samples[:2]
    }
