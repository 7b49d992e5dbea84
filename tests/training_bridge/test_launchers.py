"""A run's process and everything stopping."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.base import processes
from config.launcher import runs
from tests.platform import wait_until
from training_bridge.launchers import local


def sleeping(folder: Path, name: str) -> local.Process:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    run = folder / name
    run.mkdir()
    born = processes.born(process.pid)
    assert born is not None
    (run / "launch.json").write_text(json.dumps({"pid": process.pid, "born": born, "phase": "training"}))
    return local.Process(local.this_host(), process.pid, born)


def test_stopping_everything_ends_the_runs_of_this_folder_and_no_other_process(tmp_path: Path) -> None:
    ours = sleeping(tmp_path, "run")
    other = sleeping(tmp_path, "reused")
    # The number of an old run, taken by somebody else's process since.
    (tmp_path / "reused" / "launch.json").write_text(json.dumps({"pid": other.pid, "born": "1"}))
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "launch.json").write_text('{"pid": ')
    assert runs.living(tmp_path) == [ours]

    runs.end_all(tmp_path)

    assert not local.lives(ours)
    assert local.lives(other)
    local.end(other, kill=True)
    wait_until(lambda: not local.lives(other), seconds=20, what="the end of the other process")


def test_nothing_runs_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs.end_all(tmp_path / "missing")

    assert capsys.readouterr().out == ""


def test_a_run_is_given_no_secret_but_what_installing_needs() -> None:
    environ = {
        "PATH": "/bin",
        "SECRET_KEY": "s",
        "DATABASE_URL": "d",
        "STORAGE_URL": "s3://key:secret@bucket",
        "PIP_INDEX_URL": "https://packages.example",
        "CUDA_VISIBLE_DEVICES": "0",
    }

    assert set(local.allowed(environ)) == {"PATH", "PIP_INDEX_URL", "CUDA_VISIBLE_DEVICES"}
