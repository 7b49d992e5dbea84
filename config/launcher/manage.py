"""`manage` and `bench`: Django's command line and the benchmarks, with services behind them.

Belongs here: finding the services that run, or starting the databases for as long as one command takes.
Does not: what a command does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from config.launcher import paths, servers, state, up
from config.launcher.say import Problem


def run(words: list[str]) -> int:
    """`manage.py` against the running services; where none run, the databases alone are started for this command."""
    services = up.addresses(state.load())
    python = str(paths.VENV / "bin" / "python")
    caller = Path.cwd()
    env = {**services.env, "PYTHONPATH": str(paths.ROOT)}
    argv = [python, str(paths.ROOT / "manage.py"), *words]
    if state.running() is not None or "DATABASE_URL" in os.environ:
        return subprocess.run(argv, cwd=caller, env=env, check=False).returncode
    state.take_lock()
    try:
        services.start_databases()
        return subprocess.run(argv, cwd=caller, env=env, check=False).returncode
    finally:
        services.stop()


def bench(words: list[str]) -> int:
    """A benchmark from `benchmarks/`, with a database of its own."""
    known = sorted(file.stem for file in (paths.ROOT / "benchmarks").glob("*.py") if not file.stem.startswith("_"))
    if not words or words[0] not in known:
        raise Problem(f"Name a benchmark: {', '.join(known) or 'there is none yet'}.")
    paths.make_folders()
    databases = servers.throwaway(paths.TMP / f"bench-{os.getpid()}")
    try:
        env = {
            **paths.contained(),
            "DATABASE_URL": databases.database_url,
            "BROKER_URL": databases.broker_url,
            "STORAGE_URL": (databases.folder / "media").as_uri(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        argv = [sys.executable, "-m", f"benchmarks.{words[0]}", *words[1:]]
        return subprocess.run(argv, cwd=paths.ROOT, env=env, check=False).returncode
    finally:
        databases.stop()
