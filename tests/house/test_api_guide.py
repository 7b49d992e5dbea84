"""The program in docs/guide/api.md does what the page says, against the real routes over a socket."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pytest

from accounts.choices import Role
from accounts.services import people
from annotation.models import Annotation, Batch
from config.launcher.paths import ROOT
from curation.services import projection
from tests.builders import accounts, catalog

pytestmark = pytest.mark.django_db(transaction=True)


def program() -> str:
    text = (ROOT / "docs" / "guide" / "api.md").read_text()
    (found,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return str(found)


def run(url: str, token: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LOUPE_URL": url, "LOUPE_TOKEN": token, "LOUPE_PROJECT": "shop"}
    argv = [sys.executable, "-I", "-c", program()]
    return subprocess.run(argv, capture_output=True, text=True, timeout=60, env=environment, check=False)


def test_the_program_sends_prelabels_and_makes_a_batch(live_server: Any) -> None:
    project = accounts.project(slug="shop")
    catalog.samples(project.pk, 3)
    projection.rebuild(project.pk)
    _, secret = people.create_token(user=accounts.member(project, Role.LEAD), name="test")

    done = run(live_server.url, secret)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["3 stored, 0 unchanged", "batch 1: 0 of 3 places filled"]
    assert set(Annotation.objects.values_list("imported_from", "counts")) == {("my model 1", False)}
    assert Batch.objects.get().place_count == 3
    assert run(live_server.url, secret).stdout.splitlines()[0] == "0 stored, 3 unchanged"


def test_it_says_why_it_may_not(live_server: Any) -> None:
    project = accounts.project(slug="shop")
    _, secret = people.create_token(user=accounts.member(project, Role.ANNOTATOR), name="test")

    done = run(live_server.url, secret)

    assert done.returncode == 1
    assert "forbidden" in done.stderr
    assert "Traceback" not in done.stderr
