"""A clone of the launcher alone, in a folder with a space in its name: what it does there touches nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What would make the copy look elsewhere than in itself.
ELSEWHERE = ("DATABASE_URL", "BROKER_URL", "STORAGE_URL", "SECRET_KEY", "ENCRYPTION_KEY", "UV_CACHE_DIR", "RUNS_DIR")

# Standard library only, as the launcher itself: what tells whether a training run lives.
LAUNCHERS = (
    "config/__init__.py",
    "config/base/__init__.py",
    "config/base/processes.py",
    "training_bridge/__init__.py",
    "training_bridge/launchers/__init__.py",
    "training_bridge/launchers/local.py",
)


@dataclass(frozen=True)
class Clone:
    """The folder, and ways to run something in it."""

    folder: Path

    @classmethod
    def make(cls, where: Path) -> Clone:
        folder = where / "a clone of Loupe"
        shutil.copytree(
            ROOT / "config" / "launcher", folder / "config" / "launcher", ignore=shutil.ignore_patterns("__pycache__")
        )
        for needed in LAUNCHERS:
            (folder / needed).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / needed, folder / needed)
        shutil.copytree(ROOT / "requirements", folder / "requirements")
        shutil.copy(ROOT / "loupe", folder / "loupe")
        return cls(folder)

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def loupe(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """`./loupe …`, called from another folder, as a person would."""
        argv = [sys.executable, str(self.folder / "loupe"), *words]
        return subprocess.run(
            argv, cwd="/", env=clean(**environ), capture_output=True, text=True, check=False, timeout=120
        )

    def python(self, code: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """A few lines with this copy's launcher on the path."""
        argv = [sys.executable, "-c", code]
        return subprocess.run(
            argv, cwd=self.folder, env=clean(**environ), capture_output=True, text=True, check=False, timeout=120
        )

    def background(self, code: str) -> subprocess.Popen[str]:
        """The same, left running; its standard input keeps it alive."""
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=self.folder,
            env=clean(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def clean(**environ: str) -> dict[str, str]:
    """This process's environment without what names places."""
    return {**{name: value for name, value in os.environ.items() if name not in ELSEWHERE}, **environ}
