"""The label workspace in a real browser: keys, drawing, drafts, no network, a lost lease."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.choices import Role
from annotation.models import Annotation, Assignment, Batch, Draft
from annotation.services import leases
from tests.builders import accounts as people
from tests.builders import annotation as build
from tests.builders import catalog

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"


class Desk:
    """A batch of three samples, an annotator, and the page they are at."""

    def __init__(self, site: str, page: Page, folder: Path | None = None) -> None:
        self.page, self.site = page, site
        self.project = people.project(slug="shop")
        self.annotator = people.member(self.project, Role.ANNOTATOR)
        self.annotator.set_password(PASSWORD)
        self.annotator.save()
        names = ("s-1", "s-2", "s-3")
        if folder is None:
            samples = [catalog.sample(self.project.pk, external_id=name) for name in names]
        else:
            samples = [catalog.stored(self.project.pk, folder / name, external_id=name) for name in names]
        self.batch: Batch = build.batch(self.project, samples)

    def open(self) -> None:
        """Sign in by coming to the workspace's address."""
        self.page.goto(f"{self.site}/p/shop/annotate/{self.batch.pk}")
        self.page.get_by_label("Name", exact=True).fill(self.annotator.username)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", name="Verdicts")).to_be_visible()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def shows(self, sample: str) -> None:
        """Which sample is on the desk."""
        expect(self.page.get_by_text(sample, exact=True).first).to_be_visible()

    def letter_slots(self) -> str:
        return Assignment.objects.filter(annotator=self.annotator).order_by("pk")[0].letters


@pytest.fixture
def desk(site: str, page: Page) -> Desk:
    """Without picture files, which most promises do not need."""
    return Desk(site, page)


def saved(page: Page) -> None:
    expect(page.get_by_role("status").first).to_contain_text("All saved")


def test_a_sample_is_judged_by_the_keyboard_alone_and_a_region_lies_in_pixels_of_the_picture(desk: Desk) -> None:
    refused: list[str] = []
    desk.page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    desk.open()
    desk.shows("s-1")
    slots = desk.letter_slots()

    desk.press("KeyQ", "Enter")
    expect(desk.page.get_by_text("15 things to settle")).to_be_visible()
    expect(desk.page.get_by_role("button", name=re.compile("Submit"))).to_be_disabled()
    desk.press("?", "Escape", "KeyS", "Escape")
    desk.shows("s-1")

    desk.press("Digit2", "KeyW", "KeyW", "KeyX")
    box = desk.page.get_by_role("img", name="Candidate B", exact=True).bounding_box()
    assert box is not None
    scale = box["width"] / 64  # the picture's side
    desk.page.mouse.move(box["x"] + 22 * scale, box["y"] + 24 * scale)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + 42 * scale, box["y"] + 40 * scale, steps=4)
    desk.page.mouse.up()
    desk.press("KeyA", "Enter")

    desk.shows("s-2")
    saved(desk.page)
    said = Annotation.objects.get()
    keys = list(build.aspect_ids(desk.project))
    assert said.cells[slots[0]][keys[0]] == "minor"
    assert said.cells[slots[1]][keys[1]] == "major"
    assert sum(severity == "none" for row in said.cells.values() for severity in row.values()) == 14
    region = said.regions[0]
    assert (region.slot, region.aspect, region.box) == (slots[1], keys[1], (22, 24, 20, 16))
    heights = desk.page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert heights == [768, 1366]  # nothing scrolls
    assert refused == []


def test_the_focused_candidate_stands_large_beside_the_others_until_told_otherwise(desk: Desk) -> None:
    def widths() -> list[float]:
        boxes = (desk.page.get_by_role("img", name=f"Candidate {each}", exact=True).bounding_box() for each in "AB")
        return [box["width"] if box else 0 for box in boxes]

    desk.open()
    alike = widths()
    assert alike[0] == alike[1]

    desk.press("KeyV")
    large, small = widths()
    assert large > 1.9 * alike[0]
    assert small < 0.5 * alike[0]
    desk.press("Digit2")
    assert widths() == [small, large]
    # A region drawn on the large picture lies in the picture's pixels as everywhere.
    desk.press("KeyX")
    box = desk.page.get_by_role("img", name="Candidate B", exact=True).bounding_box()
    assert box is not None
    desk.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.press("KeyQ", "KeyA", "Enter")
    desk.shows("s-2")
    saved(desk.page)
    assert Annotation.objects.get().regions[0].point == (32, 32)  # of 64
    heights = desk.page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert heights == [768, 1366]

    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="Verdicts")).to_be_visible()
    assert widths() == [large, small]
    desk.press("KeyV")
    assert widths() == alike


def test_pictures_of_the_storage_are_there_before_they_are_asked_for(site: str, page: Page, tmp_path: Path) -> None:
    fetched: set[str] = set()
    page.on("response", lambda reply: fetched.add(reply.url) if "/pictures/" in reply.url and reply.ok else None)
    desk = Desk(site, page, tmp_path)
    desk.open()
    page.wait_for_load_state("networkidle")
    assert len(fetched) == 15  # three samples of five pictures, one of them on the desk
    desk.press("KeyA", "Enter")
    desk.shows("s-2")
    expect(page.get_by_text("cannot be loaded")).to_have_count(0)


def test_drafts_outlive_a_reload_and_work_goes_on_without_network_until_nothing_is_left(desk: Desk) -> None:
    desk.open()
    desk.press("KeyQ", "Digit3", "KeyW", "KeyW")
    expect(desk.page.get_by_text("2 of 16 judged")).to_be_visible()
    saved(desk.page)
    assert Draft.objects.count() == 1

    desk.page.reload()
    desk.shows("s-1")
    expect(desk.page.get_by_text("2 of 16 judged")).to_be_visible()

    desk.page.context.set_offline(True)
    desk.press("KeyA", "Enter")
    expect(desk.page.get_by_text("0 of 16 judged")).to_be_visible()
    desk.press("KeyA", "Enter")
    expect(desk.page.get_by_role("status").first).to_contain_text("2 waiting")
    assert not Annotation.objects.exists()

    desk.page.context.set_offline(False)
    saved(desk.page)
    assert Annotation.objects.count() == 2

    desk.press("KeyA", "Enter")
    expect(desk.page.get_by_text("Nothing is left for you in this batch.")).to_be_visible()
    saved(desk.page)
    assert Annotation.objects.count() == 3


def test_a_lease_that_was_taken_back_is_said_and_what_was_entered_is_kept(desk: Desk) -> None:
    desk.open()
    desk.press("KeyQ")
    saved(desk.page)
    held = Assignment.objects.filter(annotator=desk.annotator).order_by("pk")[0]
    leases.reclaim(project_id=desk.project.pk, assignment_id=held.pk)

    desk.press("KeyA", "Enter")

    expect(desk.page.get_by_role("alert").first).to_contain_text("was not accepted")
    assert not Annotation.objects.exists()
    assert Draft.objects.filter(assignment=held).exists()


def test_a_stranger_to_the_project_meets_no_workspace(desk: Desk) -> None:
    stranger = people.user(username="eve", password=PASSWORD)
    desk.page.goto(f"{desk.site}/p/shop/annotate/{desk.batch.pk}")
    desk.page.get_by_label("Name", exact=True).fill(stranger.username)
    desk.page.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("You are not a member of a project at this address.")).to_be_visible()
