"""What a lead sees and does afterwards: on a person's page, and on the page of a sample's life."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.choices import Role
from accounts.models import Project, User
from annotation.models import Batch, PersonTurn
from annotation.services import leases
from annotation.services.quality import work
from curation.services import projection
from tests.builders import accounts as people
from tests.builders import annotation as build
from tests.builders import catalog
from tests.builders import training_bridge as training
from training_bridge.models import QuestionState, TrainingRun
from training_bridge.shapes import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHADOW = "physical_shadow"


def open_as(page: Page, address: str, user: User) -> None:
    page.goto(address)
    page.get_by_label("Name", exact=True).fill(user.username)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.keyboard.press("Enter")


def test_a_lead_lifts_a_pause_and_asks_for_second_opinions_on_a_persons_page(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    annotator, lead = people.member(project, Role.ANNOTATOR), people.member(project, Role.LEAD)
    build.opinion(build.batch(project, catalog.samples(project.pk, 2)), annotator)
    PersonTurn.objects.update(
        paused_at=timezone.now(), paused_why="gold", paused_aspect_id=build.aspect_ids(project)[SHADOW]
    )
    work.compute(project.pk, now=timezone.now())

    open_as(page, f"{site}/p/shop/agreement/people", lead)
    expect(page.get_by_text("paused on Physical shadow, batch 1").first).to_be_visible()
    page.get_by_role("button", name="Lift the pause").click()
    expect(page.get_by_role("button", name="Lift the pause")).to_be_hidden()
    assert PersonTurn.objects.get().paused_at is None

    page.get_by_role("button", name="Ask for a second on 1").click()
    page.wait_for_url(lambda url: "/batches/" in url)
    second = Batch.objects.latest("number")
    expect(page.get_by_role("heading", name=second.name)).to_be_visible()
    assert (second.piece_count, second.maximum, second.people) == (1, 2, [lead.pk])


def trained(project: Project, sample: str) -> TrainingRun:
    """A run that visited one question of the sample three times."""
    run = training.finished_run(project, [sample], at=timezone.now())
    QuestionState.objects.create(
        run=run,
        question=f"{sample}/{SHADOW}",
        sample_external_id=sample,
        aspect=SHADOW,
        standing="suspect",
        answer=["B"],
        visits=3,
        rollouts=12,
        right=1,
        seen=[Visit(stage="grpo", step=8, right=1, of=4), Visit(stage="grpo", step=16, right=0, of=4)],
    )
    return run


def test_a_samples_life_says_who_opened_it_and_how_training_saw_it(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    one, two, lead = (people.member(project, role) for role in (Role.ANNOTATOR, Role.ANNOTATOR, Role.LEAD))
    sample = catalog.sample(project.pk, external_id="s-17")
    batch = build.batch(project, [sample], wanted=2)
    (opened,) = build.claim(batch, one)
    leases.beat(
        user_id=one.pk,
        project_id=project.pk,
        assignment_id=opened.assignment_id,
        fence=opened.fence,
        active_ms=0,
    )
    build.claim(batch, two)
    run = trained(project, "s-17")
    projection.sample_changed({"project_id": str(project.pk), "sample_ids": [sample.pk]})

    open_as(page, f"{site}/p/shop/samples/s-17", lead)

    panel = page.locator("section").filter(has=page.get_by_role("heading", name="Training"))
    expect(panel).to_contain_text("Physical shadow")
    expect(panel).to_contain_text("Suspect")
    expect(panel.get_by_title("grpo").first).to_contain_text("1")
    expect(panel.get_by_title("grpo")).to_have_count(2)
    lines = page.get_by_role("listitem")
    expect(lines.filter(has_text=one.username)).to_contain_text("opened")
    expect(lines.filter(has_text=two.username)).to_contain_text("fetched ahead, not opened")
    panel.get_by_role("link").click()
    page.wait_for_url(f"**/training/{run.pk}")
