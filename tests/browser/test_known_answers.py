"""Practice, hidden gold, a pause and imported verdicts, as somebody at the desk and a lead meet them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.choices import Role
from accounts.models import User
from annotation.choices import AssistPolicy, GoldSource, Purpose
from annotation.models import Annotation, GoldResult, PersonTurn
from annotation.services import golds
from annotation.services.batches import Terms
from tests.builders import accounts as people
from tests.builders import annotation as build
from tests.builders import catalog
from tests.platform import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery"
FLAWED = build.verdicts({"B/physical_shadow": "major"})


def person(project: object, role: Role) -> User:
    made = people.member(project, role)  # type: ignore[arg-type]  # a project
    made.set_password(PASSWORD)
    made.save()
    return made


def open_as(page: Page, address: str, user: User) -> None:
    page.goto(address)
    page.get_by_label("Name", exact=True).fill(user.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")


def test_practice_says_what_was_wrong_then_gold_pauses_and_a_lead_lets_go_on(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    annotator, lead = person(project, Role.ANNOTATOR), person(project, Role.LEAD)
    for purpose, count in ((Purpose.TRAINING, 1), (Purpose.GOLD, 4)):
        golds.make(
            project_id=project.pk,
            questions=[
                golds.NewGold(each.pk, FLAWED, "The shadow falls towards the light.")
                for each in catalog.samples(project.pk, count)
            ],
            purpose=purpose,
            source=GoldSource.BY_HAND,
            tolerance={},
            actor_id=None,
        )
    terms = Terms(training_count=1, gold_share=0.5, gold_window=1, gold_floor=1.0)
    batch = build.batch(project, catalog.samples(project.pk, 6), terms=terms)

    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", annotator)
    expect(page.get_by_text("Practice", exact=True)).to_be_visible()
    page.keyboard.press("KeyA")
    page.keyboard.press("Enter")

    told = page.get_by_role("dialog")
    expect(told).to_contain_text("15 of 16 as known")
    expect(told).to_contain_text("Physical shadow")
    expect(told).to_contain_text("The shadow falls towards the light.")
    page.keyboard.press("Enter")
    expect(told).to_be_hidden()
    paused = page.get_by_text("Your work in this batch is paused")
    for _ in range(8):
        if paused.is_visible():
            break
        page.keyboard.press("KeyA")
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
    expect(paused).to_contain_text("Physical shadow")
    assert PersonTurn.objects.get(annotator=annotator).paused_at is not None
    assert GoldResult.objects.filter(purpose="gold", is_right=False).exists()

    page.context.clear_cookies()
    open_as(page, f"{site}/p/shop/batches/{batch.pk}", lead)
    page.get_by_role("button", name="Let go on").click()
    expect(page.get_by_role("button", name="Let go on")).to_be_hidden()
    assert PersonTurn.objects.get(annotator=annotator).paused_at is None


def test_below_the_floor_practice_goes_on_until_a_lead_lets_one_through(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    annotator, lead = person(project, Role.ANNOTATOR), person(project, Role.LEAD)
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(each.pk, FLAWED) for each in catalog.samples(project.pk, 2)],
        purpose=Purpose.TRAINING,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )
    terms = Terms(training_count=1, training_floor=1.0)
    batch = build.batch(project, catalog.samples(project.pk, 6), terms=terms)

    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", annotator)
    told = page.get_by_role("dialog")
    for counted in ("Practice 0 of 1", "Practice again 0 of 1"):
        expect(page.get_by_text(counted)).to_be_visible()
        page.keyboard.press("KeyA")
        page.keyboard.press("Enter")
        expect(told).to_contain_text("15 of 16 as known")
        page.keyboard.press("Enter")
        expect(told).to_be_hidden()
    expect(page.get_by_text("no practice is left")).to_contain_text("Physical shadow")

    page.context.clear_cookies()
    open_as(page, f"{site}/p/shop/agreement/people", lead)
    expect(page.get_by_text("1 person below the practice floor")).to_be_visible()
    page.get_by_role("button", name="Let through").click()
    expect(page.get_by_role("button", name="Let through")).to_be_hidden()

    page.context.clear_cookies()
    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", annotator)
    expect(page.get_by_text("0 of 6")).to_be_visible()


def test_imported_verdicts_come_after_the_submit_and_may_change_ones_mind(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    annotator = person(project, Role.ANNOTATOR)
    sample, other = catalog.samples(project.pk, 2)
    Annotation.objects.create(sample=sample, origin="imported", counts=False, cells=FLAWED)
    batch = build.batch(project, [sample, other], terms=Terms(assist=AssistPolicy.AFTER_COMMIT, shuffled=False))

    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", annotator)
    expect(page.get_by_role("heading", name="Verdicts")).to_be_visible()
    page.keyboard.press("KeyA")
    page.keyboard.press("Enter")
    compared = page.get_by_role("dialog")
    expect(compared).to_contain_text("The import differs in 1 cell")
    expect(compared).to_contain_text("B · Physical shadow")
    page.keyboard.press("KeyC")
    expect(page.get_by_text("Changing your decision")).to_be_visible()
    page.keyboard.press("Digit2")
    page.keyboard.press("KeyW")
    page.keyboard.press("KeyW")
    page.keyboard.press("KeyW")
    page.keyboard.press("KeyW")
    expect(page.get_by_role("button", name=re.compile("B Physical shadow: ")).first).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Changing your decision")).to_be_hidden()
    said = Annotation.objects.filter(annotator=annotator).order_by("revision")
    wait_until(lambda: said.count() == 2, seconds=20, what="the revision")
    assert [each.shown.assisted for each in said] == [False, True]
    assert said[0].cells["B"]["physical_shadow"] == "none"


def test_imported_verdicts_fill_in_what_is_not_judged_where_they_are_shown_at_once(site: str, page: Page) -> None:
    project = people.project(slug="shop")
    annotator = person(project, Role.ANNOTATOR)
    (sample,) = catalog.samples(project.pk, 1)
    Annotation.objects.create(sample=sample, origin="imported", counts=False, cells=FLAWED)
    batch = build.batch(project, [sample], terms=Terms(assist=AssistPolicy.FROM_START, shuffled=False))

    open_as(page, f"{site}/p/shop/annotate/{batch.pk}", annotator)
    expect(page.get_by_text("Assisted")).to_be_visible()
    page.keyboard.press("Digit1")
    page.keyboard.press("KeyQ")
    page.keyboard.press("KeyI")
    expect(page.get_by_text("Everything is judged")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is left for you in this batch.")).to_be_visible()
    wait_until(lambda: Annotation.objects.filter(annotator=annotator).exists(), seconds=20, what="the submit")

    said = Annotation.objects.get(annotator=annotator)
    assert said.cells["A"]["appearance_deformation"] == "minor"
    assert said.cells["B"]["physical_shadow"] == "major"
    assert said.shown.assisted
