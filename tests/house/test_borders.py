"""The import borders hold, and the linter that holds them does see a violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "accounts", "catalog", "annotation", "cot_generation", "curation", "training_bridge")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Our packages and their contracts, in a folder where something may be planted."""
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """Exit status and output of the linter there, with nothing of this clone on the path."""
    command = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_borders_hold(copy: Path) -> None:
    status, output = lint(copy)

    assert status == 0, output


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("catalog/apps.py", "import curation.choices", "Apps depend only on the apps below them"),
        ("annotation/apps.py", "import catalog.models", "Only catalog touches the tables of catalog"),
        ("accounts/selectors/people.py", "import accounts.services.people", "Inside an app"),
        ("curation/apps.py", "import torch", "start without the training stack"),
        ("training_bridge/trainer/__init__.py", "import django", "The trainer knows no Django"),
    ],
)
def test_a_planted_violation_is_caught(copy: Path, file: str, line: str, contract: str) -> None:
    module = line.removeprefix("import ").replace(".", "/")
    if module.partition("/")[0] in PACKAGES and not (copy / f"{module}.py").exists():
        (copy / f"{module}.py").write_text("")
    with (copy / file).open("a") as source:
        source.write(f"\n{line}\n")

    status, output = lint(copy)

    broken = [row for row in output.splitlines() if "BROKEN" in row]
    assert status == 1, output
    assert any(contract in row for row in broken), output


@pytest.mark.parametrize("app", [name for name in PACKAGES if name != "config"])
def test_every_inner_module_of_an_app_is_protected(app: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (protected,) = [each["protected_modules"] for each in contracts if each.get("allowed_importers") == [app]]
    inner = ["models", "querysets", "dispatch", "tasks", "api"]
    if app == "accounts":
        inner.remove("api")  # accounts.api.access is the base class of every view of a project
    present = {
        f"{app}.{name}" for name in inner if (ROOT / app / name).is_dir() or (ROOT / app / f"{name}.py").exists()
    }

    assert present <= set(protected)
