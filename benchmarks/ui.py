"""What a person at the desk waits for: `ui.key_to_paint_p95_ms` and `ui.submit_to_paint_p95_ms`.

Belongs here: a batch of drawn scenes, the shipped web server, a Chromium at 1366 × 768, keys, and the time from a key
event to the end of the frame that follows it (to the frame that names the next sample, for a submit).
Does not: the server's part (`annotate`).

`--slow N` slows the browser's processor down N times, which says more about a small machine than a busy fast one does.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import django

from benchmarks._figures import Figures
from benchmarks.annotate import Web, migrate
from config.launcher import browser as browser_finding
from config.launcher import node

PASSWORD = "correct horse battery"  # noqa: S105  (of a throw-away database)
KEYS = ("KeyQ", "KeyW", "KeyE", "KeyR", "KeyQ", "KeyW", "Backspace", "Backspace")
# The frame's end: a message posted from its callback is delivered after style, layout and paint.
LISTEN = """() => {
  const after = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  });
  const sample = () => document.querySelector("section.panel h2 + .mono")?.textContent;
  window.painted = { key: [], submit: [] };
  addEventListener("keydown", (event) => {
    const begun = event.timeStamp, before = sample();
    const look = () => event.code === "Enter" && sample() === before
      ? after(look)
      : window.painted[event.code === "Enter" ? "submit" : "key"].push(performance.now() - begun);
    after(look);
  }, true);
}"""


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=20, help="samples, each of them judged and submitted")
    parser.add_argument("--slow", type=int, default=1, help="how many times slower the browser's processor is")
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    given = parser.parse_args()
    # Playwright's synchronous interface runs an event loop in this thread; Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    node.build()
    django.setup()
    migrate()
    with tempfile.TemporaryDirectory() as name:
        batch = furnish(given.size, Path(name))
        with Web() as web:
            painted = walk(f"http://127.0.0.1:{web.port}", batch, size=given.size, slow=given.slow)
    figures = Figures(f"ui-slow{given.slow}" if given.slow > 1 else "ui", write=given.write)
    for what, times in painted.items():
        about = {"size": given.size, "slow": given.slow, "n": len(times)}
        for share in (50, 95):
            figures.add(f"ui.{what}_to_paint_p{share}_ms", round(percentile(times, share), 1), "ms", **about)
    figures.close()
    return 0


def furnish(size: int, folder: Path) -> UUID:
    """A project of `size` drawn samples with their pictures in the storage, an annotator, and a batch of them all."""
    from django.core.management import call_command

    from accounts.choices import Role
    from accounts.selectors import projects
    from accounts.services import people
    from accounts.services import projects as membership
    from annotation.choices import BatchOrder
    from annotation.services import batches
    from catalog.ingestion.run import ingest_due
    from catalog.selectors import samples

    call_command("synthesise_samples", count=size, out=folder, stdout=sys.stderr)
    call_command(
        "import_samples", folder / "manifest.jsonl", project="bench", create=True, no_wait=True, stdout=sys.stderr
    )
    ingest_due(until=now() + timedelta(minutes=10), clock=now)
    project = projects.by_slug("bench")
    annotator = people.create(username="annotator", password=PASSWORD)
    membership.add_member(project_id=project.project_id, user_id=annotator.pk, role=Role.ANNOTATOR)
    batch = batches.create(
        project_id=project.project_id,
        kind="label",
        name="Desk",
        targets=[batches.Target(each) for each in samples.ids(project.project_id)],
        wanted=1,
        order=BatchOrder.GIVEN,
        actor_id=None,
        now=now(),
    )
    return batch.pk


def walk(site: str, batch: UUID, *, size: int, slow: int) -> dict[str, list[float]]:
    """Judge every sample but the last by the keyboard; the milliseconds of each key and of each submit."""
    from playwright.sync_api import sync_playwright

    found = browser_finding.environment()
    libraries = {"LD_LIBRARY_PATH": found["CHROMIUM_LIBRARIES"]} if "CHROMIUM_LIBRARIES" in found else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found["CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            env={**os.environ, **libraries},
        )
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
        page = context.new_page()
        page.goto(f"{site}/p/bench/annotate/{batch}")
        page.locator("input[autocomplete=username]").fill("annotator")
        page.locator("input[autocomplete=current-password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Verdicts").wait_for()
        page.wait_for_timeout(2_000)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
        page.evaluate(LISTEN)
        pause = 60 * slow
        for done in range(1, size):
            for candidate in range(1, 5):
                for key in (f"Digit{candidate}", *KEYS):
                    page.keyboard.press(key)
                    page.wait_for_timeout(pause)
            page.keyboard.press("KeyA")
            page.wait_for_timeout(pause)
            page.keyboard.press("Enter")
            page.wait_for_function("n => window.painted.submit.length === n", arg=done)
            page.wait_for_timeout(10 * pause)  # as one looks before one speaks; the next pictures are fetched
        painted: dict[str, list[float]] = page.evaluate("() => window.painted")
        browser.close()
    return painted


def now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


def percentile(values: Sequence[float], share: int) -> float:
    """The nearest rank."""
    ranked = sorted(values)
    return ranked[math.ceil(len(ranked) * share / 100) - 1]


if __name__ == "__main__":
    raise SystemExit(main())
