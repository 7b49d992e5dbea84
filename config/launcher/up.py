"""`up` and `demo`: start everything, say where it is, watch over it, stop it; `down` and `status` from elsewhere.

Belongs here: the life of one start, and what is printed about it.
Does not: which processes there are (services.py).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from config.launcher import paths, runs, say, state
from config.launcher.child import Child
from config.launcher.say import Problem
from config.launcher.services import ADDRESSES, Services, seconds_since_the_command

PATIENCE_SECONDS = 120
PATIENCE_STARTS = 5
STOP_SECONDS = 150


class Interrupted(Exception):
    """Ctrl-C or a stop signal."""


def run(*, demo: bool) -> int:
    """Set up what is missing, start everything, watch it until told to stop."""
    word = "demo" if demo else "up"
    services = Services(state.load(), demo=demo)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Set all: a launcher started in the background of a script inherits an ignored SIGINT.
        signal.signal(number, _interrupt)
    try:
        services.start()
        _announce(services, word)
        _watch(services, word)
    except Interrupted:
        say.line("Stopping")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        services.stop()
        runs.end_all(Path(services.env.get("RUNS_DIR", paths.VAR / "runs")))
        state.note_running(None)
    return 0


def _interrupt(*_: object) -> None:
    raise Interrupted


def _note(services: Services, word: str, **report: object) -> None:
    state.note_running(
        {
            "pid": os.getpid(),
            "word": word,
            "url": services.url,
            "env": {name: services.env[name] for name in ADDRESSES if name in services.env},
            "children": services.report(),
            **report,
        }
    )


def _announce(services: Services, word: str) -> None:
    report: dict[str, Any] = {"seconds": seconds_since_the_command()}
    if services.demo:
        passwords = services.held["accounts"]
        report["accounts"] = {name: {"username": name, "password": passwords[name]} for name in state.DEMO_ACCOUNTS}
    say.line(f"Ready after {report['seconds']} s")
    print(f"\n  Open  {services.url}\n", flush=True)
    if services.demo:
        for name, account in report["accounts"].items():
            print(f"  {name:<14} user {account['username']:<14} password {account['password']}", flush=True)
        print("\n  The demo fills itself meanwhile; its overview shows how far it is.", flush=True)
    else:
        print("  The first administrator is made by: ./loupe manage create_administrator", flush=True)
    print("  Ctrl-C stops everything; logs are in var/log.\n", flush=True)
    _note(services, word, ready=True, **report)


def _watch(services: Services, word: str) -> None:
    """Start again what ends. Raises Problem when something needed keeps ending."""
    kept = json.loads(state.RUNNING.read_text())
    while True:
        time.sleep(0.5)
        changed = False
        for child in services.started:
            if child.ended:
                changed = _see_to(child) or changed
        if changed:
            _note(services, word, **{key: kept[key] for key in ("ready", "seconds", "accounts") if key in kept})


def _see_to(child: Child) -> bool:
    """Whether something about it changed."""
    code = child.process.returncode if child.process else None
    if child.once:
        child.process = None
        if code:
            say.line(f"{child.name} failed; see {child.log}. Start again to go on where it stopped.")
        else:
            say.line(f"{child.name} is done.")
        return True
    recent = child.recent_starts(PATIENCE_SECONDS)
    if recent >= PATIENCE_STARTS:
        if child.needed:
            raise Problem(f"{child.name} keeps ending. The end of {child.log}:\n{child.log_end()}")
        if recent == PATIENCE_STARTS and time.monotonic() - child.starts[-1] < PATIENCE_SECONDS / 2:
            return False  # give it a rest; it is tried again when the last tries lie back far enough
    say.line(f"{child.name} ended (status {code}); starting it again (log: {child.log})")
    child.start(wait=child.needed)
    return True


def detach(word: str) -> int:
    """Start in the background, show its progress, return once the page answers; the last line is a JSON report."""
    if (other := state.running()) is not None:
        raise Problem(state.refusal(other))
    state.note_running(None)
    log = paths.LOGS / "loupe.log"
    with log.open("wb") as out:
        argv = [sys.executable, str(paths.ROOT / "loupe"), word]
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
    with log.open("r", errors="replace") as shown:
        try:
            while True:
                report = _report(process.pid)
                sys.stdout.write(shown.read())
                sys.stdout.flush()
                if report is not None:
                    print(json.dumps(report), flush=True)
                    return 0
                if process.poll() is not None:
                    sys.stdout.write(shown.read())
                    return process.returncode or 1
                time.sleep(0.05)
        except KeyboardInterrupt:
            print("It goes on in the background; ./loupe status says how far, ./loupe down stops it.", file=sys.stderr)
            return 130


def _report(pid: int) -> dict[str, Any] | None:
    try:
        found = json.loads(state.RUNNING.read_text())
    except (OSError, ValueError):
        return None
    if not found.get("ready") or found.get("pid") != pid:
        return None
    return {key: found[key] for key in ("url", "seconds", "accounts") if key in found}


def down() -> int:
    """Stop what runs in this folder, in order."""
    other = state.running()
    if other is None:
        print("Nothing runs in this folder.")
        return 0
    if not other.get("pid"):
        raise Problem("Something holds this folder but has not said what it is yet; try again in a moment.")
    os.kill(other["pid"], signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while state.running() is not None:
        if time.monotonic() > until:
            raise Problem(
                f"Process {other['pid']} does not stop; see var/log/loupe.log. End it with: kill -9 {other['pid']}"
            )
        time.sleep(0.1)
    print("Stopped.")
    return 0


def status() -> int:
    """What runs where."""
    other = state.running()
    if other is None:
        print("Nothing runs in this folder. Start with ./loupe demo or ./loupe up.")
        return 0
    where = other.get("url") if other.get("ready") else "not ready yet"
    print(f"./loupe {other.get('word', '')} runs as process {other.get('pid')}: {where}")
    memory = _memory()
    total = 0
    for child in other.get("children", []):
        megabytes = memory.get(child["pid"], 0) // 1024
        total += megabytes
        again = f"  started {child['starts']} times" if child["starts"] > 1 else ""
        print(f"  {child['name']:<11} process {child['pid']:>7}  {megabytes:>5} MB  {child['address']}{again}")
    print(f"  in all {total} MB of memory (shared parts counted in each process)")
    print(f"  logs: {paths.LOGS}")
    return 0


def _memory() -> dict[int, int]:
    """Resident KiB of each process together with everything below it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=False)
    parents, own = {}, {}
    for row in listed.stdout.splitlines():
        pid, parent, resident = (int(word) for word in row.split())
        parents[pid], own[pid] = parent, resident
    sums = dict.fromkeys(own, 0)
    for pid, resident in own.items():
        above = pid
        while above in sums:
            sums[above] += resident
            above = parents.get(above, 0)
    return sums
