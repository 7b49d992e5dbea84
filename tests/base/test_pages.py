"""The built pages, as the web process hands them out."""

from __future__ import annotations

from pathlib import Path

from django.test import Client
from pytest_django.fixtures import Settings

from config.settings import development


def test_pages_that_are_built_again_are_served_by_a_development_site_that_runs_already(
    tmp_path: Path, settings: Settings
) -> None:
    settings.FRONTEND_DIST = settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = development.WHITENOISE_AUTOREFRESH
    (tmp_path / "assets").mkdir()
    page, before, after = (tmp_path / name for name in ("index.html", "assets/one.js", "assets/two.js"))
    page.write_text('<script src="/static/assets/one.js">')
    before.write_text("1")
    browser = Client()
    assert b"one.js" in browser.get("/").content
    assert browser.get("/static/assets/one.js").status_code == 200

    before.unlink()
    after.write_text("2")
    page.write_text('<script src="/static/assets/two.js">')

    assert b"two.js" in browser.get("/").content
    served = browser.get("/static/assets/two.js")
    assert (served.status_code, served.getvalue()) == (200, b"2")
    assert "immutable" in served["Cache-Control"]
    assert browser.get("/static/assets/one.js").status_code == 404
    assert browser.get("/static/assets/%2e%2e/%2e%2e/secret").status_code == 404
