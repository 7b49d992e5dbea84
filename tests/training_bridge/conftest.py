"""A project with a release, and a trainer that behaves as a test says."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

FAKE = Path(__file__).resolve().parents[1] / "fakes" / "trainer.py"


@pytest.fixture
def trainer(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """`trainer("wait")`: runs that start from now on behave so. Processes that a test leaves are ended."""
    from training_bridge.launchers import local
    from training_bridge.models import TrainingRun
    from training_bridge.services import pool, supervision

    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" "$@"\n')
    python.chmod(0o755)
    settings.TRAINER_PYTHON = str(python)
    settings.RUNS_DIR = tmp_path / "runs"
    settings.RUNS_DIR.mkdir()
    monkeypatch.setattr(pool, "COUNT", 3)
    monkeypatch.setattr(pool, "SMOKE_COUNT", 2)
    monkeypatch.setitem(os.environ, "SECRET_KEY", "must not reach the trainer")

    def behave(behaviour: str) -> None:
        (settings.RUNS_DIR / "fake.json").write_text(json.dumps({"behaviour": behaviour}))

    behave("finish")
    yield behave
    for run in TrainingRun.objects.filter(pid__isnull=False):
        process = supervision.process_of(run)
        if process is not None:
            local.end(process, kill=True)
