"""Processor time, memory and writing of the processes that a benchmark drives.

Belongs here: reading them from /proc. Does not: starting them.
"""

from __future__ import annotations

import os
import threading
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


def tree(pid: int) -> list[int]:
    """A process and all below it, as far as they live."""
    found = [pid]
    for each in found:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue  # it has just ended
    return found


class Watch:
    """Samples a process and all below it until the block ends: the most memory at once, bytes written, CPU seconds.

    Memory is the proportional share, so pages that processes share count once. What a process did in the last moments
    before it ended is missed by at most one sample.
    """

    EVERY_S = 0.5

    def __init__(self, pid: int) -> None:
        self.pid, self.peak_bytes = pid, 0
        self._written: dict[int, int] = {}
        self._seconds: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._look()
        self._before = (self.written_bytes, self.cpu_s)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    @property
    def written_bytes(self) -> int:
        """Since each process began."""
        return sum(self._written.values())

    @property
    def cpu_s(self) -> float:
        """Since each process began."""
        return sum(self._seconds.values())

    def since(self) -> tuple[int, float]:
        """Bytes written and CPU seconds since the watch began."""
        return self.written_bytes - self._before[0], self.cpu_s - self._before[1]

    def _run(self) -> None:
        while not self._over.wait(self.EVERY_S):
            self._look()

    def _look(self) -> None:
        held = 0
        for pid in tree(self.pid):
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                io = Path(f"/proc/{pid}/io").read_text()
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it has just ended
            held += 1024 * int(rollup.partition("Pss:")[2].split()[0])
            self._written[pid] = int(io.partition("write_bytes: ")[2].split()[0])
            self._seconds[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        self.peak_bytes = max(self.peak_bytes, held)
