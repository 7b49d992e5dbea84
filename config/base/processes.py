"""Names of processes, by which others on the same machine know for certain that one has ended.

Belongs here: naming, and that certainty; standard library only, for the launcher looks here too. Does not: starting or
ending any.

A number alone says little: it is given again, and every container counts for itself. So a name also holds a sign of the
machine's start and of its space of numbers, and when the process began. Of a process elsewhere nobody here knows
anything, nor where no such sign can be read: it is never called gone.
"""

from __future__ import annotations

import os
import socket
from hashlib import blake2b
from pathlib import Path


def this() -> str:
    """The name of this process, at most 50 characters: machine, place, number, birth."""
    return f"{socket.gethostname()[:20]}:{_place()}:{os.getpid()}:{born(os.getpid()) or ''}"


def gone(name: str) -> bool:
    """Whether the process of this name, of which more may follow, is known to have ended. One that is stopped lives."""
    parts = name.split(":")
    if len(parts) < 4 or not parts[1] or parts[1] != _place() or not parts[2].isdigit():
        return False
    try:
        os.kill(int(parts[2]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # somebody else's, who may also hide when it began
        return False
    return born(int(parts[2])) != parts[3]


def born(pid: int) -> str | None:
    """When the process with this number started, in ticks since the machine did; None when there is none (any more)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None if Path("/proc/self/stat").exists() else _born_elsewhere(pid)
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else fields[19]


def _born_elsewhere(pid: int) -> str | None:
    # Systems without /proc: the number alone has to do.
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    return ""


def _place() -> str:
    """A sign of this start of this machine and of the space in which process numbers count; empty: cannot be told."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text()
        numbers = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return ""
    return blake2b(f"{socket.gethostname()} {start} {numbers}".encode(), digest_size=4).hexdigest()
