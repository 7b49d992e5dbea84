"""A lead's pages of rationales and money: where there is nothing yet, and where people alone have written."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.choices import Role
from cot_generation.choices import Way
from cot_generation.models import Rationale
from cot_generation.services import handwork
from curation.services import audits
from tests.browser.test_known_answers import open_as, person
from tests.builders import accounts as people
from tests.builders import annotation, catalog, cot_generation
from tests.platform import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_project_without_rationales_says_what_comes_next(site: str, page: Page, settings: Any) -> None:
    settings.ENDPOINT_HOSTS = ["127.0.0.1:9"]
    project = people.project(slug="shop")
    cot_generation.endpoint(project.pk, url="http://127.0.0.1:9/v1", name="Model")

    open_as(page, f"{site}/p/shop/rationales", person(project, Role.LEAD))
    expect(page.get_by_text("No run yet.")).to_be_visible()
    page.get_by_role("link", name="New run").last.click()

    expect(page.get_by_text("No question fits.")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_be_disabled()
    expect(page.get_by_role("link", name="Go to the batches")).to_be_visible()
    page.goto(f"{site}/p/shop/rationales/all")
    expect(page.get_by_text("No rationale yet.")).to_be_visible()
    page.goto(f"{site}/p/shop/rationales/all?way=manual&sample=s-1")
    expect(page.get_by_text("No rationale fits.")).to_be_visible()
    page.get_by_role("button", name="s-1").click()
    expect(page).to_have_url(f"{site}/p/shop/rationales/all?way=manual")


def test_what_people_wrote_has_its_cost_by_prompt_and_model(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    (sample,) = catalog.samples(project.pk, 1)
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    writer = people.member(project, Role.ANNOTATOR)
    cot_generation.rationale(project.pk, sample_id=sample.pk, aspect_id=aspect, author_id=writer.pk, active_ms=60_000)
    lead = person(project, Role.LEAD)
    lot = audits.draw(project_id=project.pk, way=Way.MANUAL, sample_size=1, actor_id=None)
    audits.judge(project_id=project.pk, entry_id=lot.entries.get().pk, auditor_id=lead.pk, accepted=True, active_ms=0)

    open_as(page, f"{site}/p/shop/economics", lead)
    for by in ("Prompt", "Model"):
        page.get_by_text(by, exact=True).first.click()
        expect(page.locator("table").first).to_contain_text("no run: by hand or imported")
    page.get_by_label("Quality compared").first.click()
    page.get_by_role("option", name="no run").click()
    expect(page).to_have_url(f"{site}/p/shop/economics?by=model&quality_of=people")
    page.get_by_text("Aspect", exact=True).first.click()
    expect(page.locator("table").first).to_contain_text("Physical shadow")


def test_a_writer_inserts_an_own_phrase_and_chooses_the_candidate_without_leaving_the_sentence(
    site: str, page: Page
) -> None:
    project = people.project(slug="shop")
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    samples = catalog.samples(project.pk, 2)
    batch = annotation.batch(
        project, samples, kind="write_rationale", aspect_ids=[aspect], terms=handwork.IN_SLOT_ORDER
    )

    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", person(project, Role.ANNOTATOR))
    page.get_by_text("Add phrases of your own").click()
    page.get_by_label("Own phrase 2").press_sequentially("points towards the light")
    page.get_by_label("Own phrase 2").press("Enter")
    expect(page.get_by_role("button", name="points towards the light")).to_be_visible()
    field = page.get_by_label("Rationale 1")
    field.click()
    page.keyboard.press("Alt+Shift+Digit2")
    expect(page.get_by_label("About B")).to_have_attribute("data-on", "true")
    page.keyboard.type("In B it , clearly.")
    for _ in range(len(", clearly.")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+Digit2")
    expect(field).to_have_value("In B it points towards the light, clearly.")
    page.keyboard.press("Control+KeyZ")
    expect(field).to_have_value("In B it , clearly.")
    page.keyboard.press("Alt+Digit2")
    page.keyboard.press("Control+Enter")

    wait_until(lambda: Rationale.objects.exists(), what="the rationale")
    written = Rationale.objects.get()
    assert written.sentences[0].text == "In {{B}} it points towards the light, clearly."
    assert written.sentences[0].slot == "B"
    assert (written.trace.typed, written.trace.phrased, written.trace.phrases) == (18, 48, 2)
    assert written.pasted_share == 0.0


def test_a_writer_puts_a_removed_sentence_back_and_the_time_it_took_is_counted(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    batch = annotation.batch(project, catalog.samples(project.pk, 2), kind="write_rationale", aspect_ids=[aspect])
    text = "Every shadow in the picture falls away from the window."

    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", person(project, Role.ANNOTATOR))
    field = page.get_by_label("Rationale 1")
    field.fill(text)
    page.get_by_label("Remove this sentence").click()
    expect(field).to_be_hidden()
    page.keyboard.press("Backspace")
    expect(field).to_have_value(text)
    page.wait_for_timeout(1500)
    page.keyboard.press("Control+Enter")

    wait_until(lambda: Rationale.objects.exists(), what="the rationale")
    written = Rationale.objects.get()
    assert written.active_ms >= 1500, "the next piece's first beat takes nothing from it"
