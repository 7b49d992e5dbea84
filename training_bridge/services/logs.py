"""What a run's process printed."""

from __future__ import annotations

from training_bridge.launchers import local
from training_bridge.models import TrainingRun
from training_bridge.services.runs import folder_of

LAST = 16_000


def tail(run: TrainingRun) -> str:
    """The end of it; empty before it printed anything."""
    try:
        with (folder_of(run) / local.LOG).open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - LAST))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
