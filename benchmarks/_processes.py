"""Processor time of the processes that a benchmark drives.

Belongs here: reading it from /proc. Does not: starting them.
"""

from __future__ import annotations

import os
import time
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and its children so far: says more than the clock while others use the cores."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    ticks = 0
    for each in [pid, *map(int, listed.split())]:
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        # User and system time; the parent's also of children that have ended.
        ticks += sum(int(field) for field in fields[11 : 15 if each == pid else 13])
    return ticks / os.sysconf("SC_CLK_TCK")


def postgres_seconds(postmaster: int) -> float:
    """The same of PostgreSQL, once it has seen the connections end that have ended: only then does it add them up."""
    time.sleep(0.5)
    return cpu_seconds(postmaster)


def postmaster_pid() -> int:
    """The parent of our own database connection's process."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        row = cursor.fetchone()
    assert row is not None
    return int(Path(f"/proc/{row[0]}/stat").read_text().rsplit(")", 1)[1].split()[1])
