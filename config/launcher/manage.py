"""`manage` and `bench`: Django's command line and the benchmarks, with services behind them.

Belongs here: finding the services that run, or starting the databases for as long as one command takes.
Does not: what a command does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from config.launcher import node, paths, servers, state
from config.launcher.say import Problem
from config.launcher.services import WITHOUT_TABLES, Services, check_given


def run(words: list[str]) -> int:
    """`manage.py` against the running services; where none run, the databases alone are started for this command."""
    running = state.running()
    if running is not None and running.get("env"):
        return _command(words, {**running["env"], **paths.contained()})
    state.take_lock(word="manage", wait_for=frozenset({"manage"}))
    services = Services(state.load(), demo=False)
    try:
        services.choose_addresses()
        check_given(os.environ)
        services.start_databases()
        if words and words[0] not in WITHOUT_TABLES:
            services.migrate()
        return _command(words, services.env)
    finally:
        services.stop(quiet=True)
        state.note_running(None)


def _command(words: list[str], env: dict[str, str]) -> int:
    argv = [str(paths.VENV / "bin" / "python"), str(paths.ROOT / "manage.py"), *words]
    try:
        return subprocess.run(argv, cwd=Path.cwd(), env=env, check=False).returncode
    except KeyboardInterrupt:  # the command heard it too, and has said what it has to say
        return 130


def bench(words: list[str]) -> int:
    """A benchmark from `benchmarks/`, with a database of its own."""
    known = sorted(file.stem for file in (paths.ROOT / "benchmarks").glob("*.py") if not file.stem.startswith("_"))
    if not words or words[0] not in known:
        raise Problem(f"Name a benchmark: {', '.join(known) or 'there is none yet'}.")
    paths.make_folders()
    servers.sweep_left_over()
    databases = servers.throwaway(paths.TMP / f"bench-{os.getpid()}", durable=True)
    try:
        env = {
            **node.environment(),
            "DATABASE_URL": databases.database_url,
            "BROKER_URL": databases.broker_url,
            "STORAGE_URL": (databases.folder / "media").as_uri(),
            "RUNS_DIR": str(databases.folder / "runs"),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        argv = [sys.executable, "-m", f"benchmarks.{words[0]}", *words[1:]]
        return subprocess.run(argv, cwd=paths.ROOT, env=env, check=False).returncode
    finally:
        databases.stop()
