"""The recipes that the trainer brings, as the platform offers them."""

from __future__ import annotations

from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "trainer" / "recipes"


def names() -> list[str]:
    """Every recipe, by its file."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def begins_from_nothing(name: str) -> bool:
    """Whether the recipe's model starts without a checkpoint, and so learns to see on drawn scenes first."""
    recipe = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return not recipe.get("model", {}).get("source")
