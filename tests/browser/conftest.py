"""Any Chromium for pytest-playwright. A conftest, because a plugin's fixture loses against pytest-playwright's own."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def pytest_configure() -> None:
    # Playwright's synchronous interface runs an event loop in this thread; Django would refuse the database there.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """$CHROMIUM, else one on PATH, else Playwright's own; `./loupe test` sets the first."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    chosen = {**browser_type_launch_args, "args": FLAGS}
    if path:
        chosen["executable_path"] = path
    if libraries := os.environ.get("CHROMIUM_LIBRARIES"):
        chosen["env"] = {**os.environ, "LD_LIBRARY_PATH": libraries}
    return chosen


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The screen that the pages are laid out for."""
    return {**browser_context_args, "viewport": {"width": 1366, "height": 768}, "locale": "en-GB"}
