"""The loop in a real browser, from a manifest to an exported release, walked by a lead and two annotators.

Workers, broker, database and the sandbox endpoint are real processes. Training has a test of its own, in the trainer's
environment.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.choices import Role
from accounts.models import User
from annotation.models import Annotation, Batch, Consensus
from catalog.models import Sample
from catalog.scenes import dataset
from cot_generation.models import Rationale
from curation.models import AuditLot, Release
from tests.builders import accounts as build
from tests.platform import Process, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLES = 5
PATIENT = 60_000  # ms: a bound for a busy machine, not a measurement


def scenes(folder: Path) -> tuple[Path, Path]:
    """A manifest and a zip of its pictures."""
    list(dataset.write(count=SAMPLES, seed=4, folder=folder, side=96, with_answers=False, processes=1))
    archive = folder / "pictures.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for picture in sorted((folder / "images").rglob("*.jpg")):
            packed.write(picture, picture.relative_to(folder))
    return folder / "manifest.jsonl", archive


def sign_in(browser: Browser, site: str, person: User) -> Page:
    """A browser window of this person's own."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENT)
    page.goto(f"{site}/sign-in")
    page.get_by_label("Name", exact=True).fill(person.username)
    page.get_by_label("Password", exact=True).fill(build.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def judge_all(page: Page, site: str, batch: Batch, person: User, *, first: str) -> None:
    """Every sample by the keyboard alone: the rest is clean, Enter. `first` are further keys on the first sample."""
    page.goto(f"{site}/p/shop/annotate/{batch.pk}")
    for number in range(SAMPLES):
        expect(page.get_by_text("0 of 16 judged")).to_be_visible(timeout=PATIENT)
        for key in first if number == 0 else "":
            page.keyboard.press(key)
        page.keyboard.press("a")
        expect(page.get_by_text("16 of 16 judged")).to_be_visible(timeout=PATIENT)
        page.keyboard.press("Enter")
        wait_until(
            lambda number=number: Annotation.objects.filter(annotator=person).count() == number + 1,  # type: ignore[misc]  # bound per turn
            what=f"submit {number + 1} of {person.username}",
        )


def test_a_lead_and_two_annotators_walk_from_a_manifest_to_a_release(
    sandbox_url: str, site: str, browser: Browser, start_worker: Callable[..., Process], tmp_path: Path
) -> None:
    project = build.project(slug="shop", name="Shop scenes")
    lead, ann, ben = (build.member(project, role) for role in (Role.LEAD, Role.ANNOTATOR, Role.ANNOTATOR))
    start_worker("media,export,upkeep", beat=True)
    start_worker("llm")
    manifest, archive = scenes(tmp_path / "scenes")
    desk = sign_in(browser, site, lead)

    desk.goto(f"{site}/p/shop/imports")
    desk.get_by_role("button", name="Import samples").first.click()
    files = desk.locator("input[type=file]")
    files.nth(0).set_input_files(manifest)
    files.nth(1).set_input_files(archive)
    desk.get_by_role("button", name="Upload and import").click()
    expect(desk.get_by_text("Nothing was refused.")).to_be_visible(timeout=PATIENT)
    assert Sample.objects.filter(project=project, state="ready").count() == SAMPLES

    desk.goto(f"{site}/p/shop/batches/new")
    desk.get_by_label("Name", exact=True).fill("First look")
    desk.get_by_label("At most, when they differ").fill("2")
    desk.get_by_role("button", name="Start").click()
    desk.wait_for_url(lambda url: "/batches/" in url and not url.endswith("/new"))
    batch = Batch.objects.get(project=project)
    assert (batch.wanted, batch.maximum, batch.piece_count) == (2, 2, SAMPLES)

    judge_all(sign_in(browser, site, ann), site, batch, ann, first="1w")
    judge_all(sign_in(browser, site, ben), site, batch, ben, first="")
    assert Consensus.objects.filter(project=project, disputed=True).count() == 1

    desk.goto(f"{site}/p/shop/batches")
    desk.get_by_role("button", name="Make an adjudication batch").click()
    desk.wait_for_url(lambda url: "/batches/" in url)
    desk.goto(f"{site}/p/shop/adjudicate/{Batch.objects.get(project=project, kind='adjudicate').pk}")
    expect(desk.get_by_text("1 cell to rule")).to_be_visible()
    desk.keyboard.press("o")
    desk.keyboard.press("t")
    desk.keyboard.type("The shadow is plausible.")
    desk.keyboard.press("Control+Enter")
    wait_until(lambda: not Consensus.objects.filter(project=project, disputed=True).exists(), what="the ruling")

    desk.goto(f"{site}/p/shop/rationales/new")
    desk.get_by_role("button", name="Start").click()
    desk.wait_for_url(lambda url: "/rationales/" in url and not url.endswith("/new"))
    wait_until(lambda: Rationale.objects.filter(project=project).count() == SAMPLES * 4, what="the run's rationales")

    desk.goto(f"{site}/p/shop/audits")
    desk.get_by_role("button", name="Draw a lot").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Way").click()
    desk.get_by_role("option", name="Automated").click()
    dialog.get_by_role("button", name="Draw a lot").click()
    desk.wait_for_url(lambda url: "/audits/" in url)
    lot = AuditLot.objects.get(project=project)
    drawn = lot.entries.count()
    for number in range(drawn):
        expect(desk.get_by_text(f"{number} of {drawn} judged")).to_be_visible(timeout=PATIENT)
        desk.keyboard.press("a")
    desk.get_by_role("button", name="Accept the lot").click()
    expect(desk.get_by_text("This lot is accepted.")).to_be_visible()

    desk.goto(f"{site}/p/shop/releases")
    desk.get_by_role("button", name="Cut a release").first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Name").fill("v1")
    dialog.get_by_role("button", name="Cut a release").click()
    expect(dialog.get_by_text("come from a sandbox endpoint")).to_be_visible()
    dialog.get_by_label("Let sandbox rationales through").check()
    dialog.get_by_role("button", name="Cut a release").click()
    desk.wait_for_url("**/releases/v1")
    release = Release.objects.get(project=project, name="v1")
    assert (release.sandbox, release.counts.samples) == (True, SAMPLES)
    assert release.counts.rationales == Rationale.objects.filter(project=project, passed=True).count()
    desk.get_by_role("button", name="Verify").click()
    expect(desk.get_by_text("Every byte is as it was frozen")).to_be_visible()

    desk.get_by_role("button", name="Export").first.click()
    expect(desk.get_by_role("link", name="Download")).to_be_visible(timeout=PATIENT)
