"""What survives between starts: secrets, ports, demo passwords; and the lock that allows one start a folder.

Belongs here: reading and writing `var/state.json` and `var/running.json`.
Does not: the processes themselves.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
import socket
import sys
import time
from pathlib import Path
from typing import Any

from config.launcher import paths, say
from config.launcher.say import Problem

STATE = paths.VAR / "state.json"
RUNNING = paths.VAR / "running.json"
LOCK = paths.VAR / "lock"
CARRIED = "LOUPE_LOCK"
DEMO_ACCOUNTS = ("annotator", "annotator_2", "newcomer", "reviewer", "lead", "administrator")
WORDS = ("amber", "basil", "cedar", "dune", "ember", "fjord", "grove", "heron", "inlet", "juniper", "kelp", "larch")


_held: list[int] = []  # the descriptor that holds the lock, for as long as this process lives
_claims: dict[int, socket.socket] = {}  # ports that this process has chosen, by what tells other starts of it


def load() -> dict[str, Any]:
    """The state, with fresh secrets where there are none yet. Raises Problem when `var/` is damaged."""
    if paths.VAR.exists() and not paths.VAR.is_dir():
        raise Problem(f"{paths.VAR} is a file, but must be a folder. Move it away and run this again.")
    try:
        paths.make_folders()
        if not os.access(paths.VAR, os.W_OK):
            raise Problem(f"{paths.VAR} cannot be written to; change its owner, or move it away, and run this again.")
        state = json.loads(STATE.read_text()) if STATE.exists() else {}
        if not isinstance(state, dict):
            raise ValueError("not an object")
    except (OSError, ValueError) as error:
        raise Problem(
            f"{STATE} is damaged ({error}). It holds the keys of what lies in var/: restore it from a backup, "
            "or move the whole of var/ away to start afresh."
        ) from None
    if not STATE.exists() and (paths.VAR / "postgres" / "PG_VERSION").exists():
        raise Problem(
            "var/ is damaged: there is a database, but var/state.json with its password is gone. "
            "Restore that file from a backup, or move the whole of var/ away to start afresh."
        )
    state.setdefault("password", secrets.token_hex(16))
    state.setdefault("secret_key", secrets.token_urlsafe(48))
    state.setdefault("encryption_key", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    state.setdefault("sandbox_key", f"sandbox-{secrets.token_hex(12)}")
    state.setdefault("ports", {})
    accounts = state.setdefault("accounts", {})
    for name in DEMO_ACCOUNTS:  # one by one: an older state may know fewer
        accounts.setdefault(name, _phrase())
    save(state)
    return state


def _phrase() -> str:
    return "-".join([secrets.choice(WORDS), secrets.choice(WORDS), secrets.token_hex(4)])


def save(state: dict[str, Any]) -> None:
    """Whole or not at all, and readable by its owner alone."""
    _write(STATE, state)


def _write(file: Path, content: dict[str, Any]) -> None:
    temporary = file.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        json.dump(content, out, indent=1)
    temporary.replace(file)


def note_running(content: dict[str, Any] | None) -> None:
    """What runs, for `status`, `down` and a second start; None when nothing does any more."""
    if content is None:
        RUNNING.unlink(missing_ok=True)
    else:
        _write(RUNNING, content)


def running() -> dict[str, Any] | None:
    """What another launcher noted, if it still holds the lock."""
    if not LOCK.exists():
        return None
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _noted()
    return None


def _noted() -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(RUNNING.read_text())
    except (OSError, ValueError):
        return {}
    return found


def take_lock(*, word: str, wait_for: frozenset[str] = frozenset()) -> None:
    """Hold the folder until this process ends, also through `exec`.

    Raises Problem, saying where it runs, when another start holds it; `wait_for` names words that end by themselves.
    """
    if _held_through_exec():
        return
    paths.make_folders()
    descriptor = os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    tries, said = 0, False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            tries += 1
            other = _noted()
            if other.get("word") in wait_for:
                if not said:
                    say.line(f"./loupe {other['word']} (process {other.get('pid')}) holds the databases; waiting …")
                    said = True
            elif tries > 10:  # whoever only asks whether something runs holds it for an instant
                raise Problem(refusal(other)) from None
            time.sleep(0.05)
    _held.append(descriptor)
    note_running({"pid": os.getpid(), "word": word})


def carry_lock(env: dict[str, str]) -> None:
    """Let the lock survive the `exec` into our environment's Python."""
    if _held:
        os.set_inheritable(_held[0], True)
        env[CARRIED] = str(_held[0])


def _held_through_exec() -> bool:
    carried = os.environ.pop(CARRIED, "")
    if not carried.isdigit():
        return False
    descriptor = int(carried)
    try:
        if not os.path.samestat(os.fstat(descriptor), LOCK.stat()):
            return False
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # granted when it is ours already
    except OSError:
        return False
    os.set_inheritable(descriptor, False)
    _held.append(descriptor)
    return True


def refusal(other: dict[str, Any]) -> str:
    """Where the first start runs, and what to do."""
    pid = f"process {other['pid']}" if other.get("pid") else "a process that has not said its number yet"
    if other.get("url"):
        return f"Loupe already runs in this folder: {other['url']} ({pid}). Open that, or stop it with ./loupe down."
    return (
        f"./loupe {other.get('word', 'up')} is at work in this folder ({pid}). "
        "Wait until it is done, or stop it with ./loupe down."
    )


def claimed_port(preferred: int) -> int:
    """A free port that no other folder's start chooses as well while its server is still on the way there."""
    while not _claim(port := free_port(preferred)):
        preferred = 0
    return port


def _claim(port: int) -> bool:
    # A name in Linux's abstract space leaves no file and goes with its process. Elsewhere nothing is claimed.
    if port in _claims or sys.platform != "linux":
        return True
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0loupe-port-{port}")
    except OSError:
        claim.close()
        return False
    _claims[port] = claim
    return True


def free_port(preferred: int) -> int:
    """The preferred port, or any free one when it is taken."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Problem("No port is free on 127.0.0.1. End some program that listens, and run this again.")
