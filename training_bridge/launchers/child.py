"""The first thing a run's process does: make the trainer's environment if it is missing, then become the trainer.

Belongs here: what must happen outside the platform's workers because it may take minutes. Standard library only.
Does not: training; by `exec` this process turns into `python -m training_bridge.trainer recipe FOLDER`, same number.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import sys
from pathlib import Path

from config.base.processes import born
from config.launcher import environment, paths
from config.launcher.say import Problem

LAUNCH = "launch.json"
POLITENESS = 5


def main(arguments: list[str]) -> int:
    """Does not return when all is well."""
    parser = argparse.ArgumentParser(prog="training_bridge.launchers.child")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--trainer-python", default="")
    parser.add_argument("--resume", action="store_true")
    asked = parser.parse_args(arguments)
    folder: Path = asked.folder.resolve()
    say(folder, phase="environment", failure="")
    try:
        python = asked.trainer_python or trainer_environment()
    except Problem as problem:
        say(folder, phase="failed", failure=str(problem))
        return 1
    argv = [python, "-m", "training_bridge.trainer", "recipe", str(folder), *(["--resume"] if asked.resume else [])]
    # Package indexes may have passwords in their addresses; training fetches nothing.
    kept = {name: value for name, value in paths.contained().items() if not name.startswith(("PIP_", "UV_"))}
    env = {**kept, "PYTHONPATH": str(folder / "code")}
    say(folder, phase="training", failure="")
    os.nice(POLITENESS)  # people at the pages come first
    try:
        os.execve(argv[0], argv, env)  # noqa: S606  (no shell is wanted)
    except OSError as error:
        say(folder, phase="failed", failure=f"{argv[0]} cannot be started: {error.strerror}. Check TRAINER_PYTHON.")
        return 1


def trainer_environment() -> str:
    """The Python of `.venv-trainer`, made on first use; a second run that starts meanwhile waits here."""
    paths.make_folders()
    with (paths.VAR / "trainer-environment.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return environment.ensure_trainer()


def say(folder: Path, **values: str) -> None:
    """Where the start stands, for the platform; whole or not at all."""
    part = folder / f".{LAUNCH}.part"
    own = {"pid": os.getpid(), "born": born(os.getpid())}
    part.write_text(json.dumps({**own, **values}), encoding="utf-8")
    part.replace(folder / LAUNCH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
