"""Locks install anywhere: no addresses in them, every package with its hashes, every platform's parts there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM_LOCKS = [ROOT / "frontend" / "package-lock.json", ROOT / "requirements" / "browser" / "package-lock.json"]
PACKAGE = re.compile(r"^[A-Za-z0-9][\w.\-]*(\[[^\]]*\])?==", re.M)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=name)
def test_a_python_lock_names_no_address(lock: Path) -> None:
    assert re.findall(r"\w+://\S+", lock.read_text()) == []


@pytest.mark.parametrize("lock", [lock for lock in PYTHON_LOCKS if "overrides" not in lock.name], ids=name)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text().strip())
    packages = [block for block in blocks if PACKAGE.match(block)]

    assert packages
    assert [block.splitlines()[0] for block in packages if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=name)
def test_an_npm_lock_names_no_registry(lock: Path) -> None:
    packages = json.loads(lock.read_text())["packages"]

    assert [path for path, entry in packages.items() if "resolved" in entry] == []


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=name)
def test_every_platforms_part_of_a_package_is_locked(lock: Path) -> None:
    """npm leaves out silently what it cannot find, and the next `npm ci` on that platform refuses the lock."""
    packages = json.loads(lock.read_text())["packages"]
    present = {path.rpartition("node_modules/")[2] for path in packages}
    missing = {
        f"{path} wants {wanted}"
        for path, entry in packages.items()
        for wanted in entry.get("optionalDependencies", {})
        if wanted not in present
    }

    assert missing == set()


def test_the_checks_lock_holds_the_platforms() -> None:
    def pins(lock: str) -> set[str]:
        return {
            line.split(" ")[0]
            for line in (ROOT / "requirements" / lock).read_text().splitlines()
            if PACKAGE.match(line)
        }

    assert pins("platform.txt") <= pins("dev.txt")
