"""Training runs that live on this machine: processes of their own, not to be forgotten when everything stops.

Belongs here: ending them when everything in this folder stops.
Does not: starting or watching them (training_bridge).
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from config.launcher import say
from training_bridge.launchers import local

GRACE = 20.0


def living(folder: Path) -> list[local.Process]:
    """The processes of the run folders below `folder` that live."""
    found = []
    for launch in sorted(folder.glob("*/launch.json")):
        try:
            said = json.loads(launch.read_text(encoding="utf-8"))
            process = local.Process(local.this_host(), int(said["pid"]), str(said["born"]))
        except (OSError, ValueError, KeyError):
            continue  # of a run that another version started, or half gone: nothing that could be ended safely
        if local.lives(process):
            found.append(process)
    return found


def end_all(folder: Path) -> None:
    """Ask every run to end, then insist. They can be resumed from their page."""
    asked = living(folder)
    if not asked:
        return
    say.line(f"Training runs on their way: {len(asked)}; asking them to end (they can be resumed)")
    for process in asked:
        local.end(process)
    until = time.monotonic() + GRACE
    while (left := [process for process in asked if local.lives(process)]) and time.monotonic() < until:
        time.sleep(0.1)
    for process in left:
        local.end(process, kill=True)
