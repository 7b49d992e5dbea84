"""The recipes that the trainer brings, as the platform offers them."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "trainer" / "recipes"


def names() -> list[str]:
    """Every recipe, by its file."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))
