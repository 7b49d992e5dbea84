"""One supervised process: started, watched, stopped.

Belongs here: what every child needs (own session, a log, readiness by use, a stop signal, death with the launcher).
Does not: which children there are (services.py).
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from config.launcher import paths, say
from config.launcher.say import Problem

PR_SET_PDEATHSIG = 1
START_SECONDS = 90
LOG_BYTES = 20_000_000
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(number: int) -> Callable[[], None]:
    """A `preexec_fn`: on Linux the kernel sends the child this signal when the launcher is killed outright."""

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number)

    return prepare


@dataclass
class Child:
    """A process and how to treat it. `ready` is asked until it answers True: a real use, never a pause."""

    name: str
    argv: list[str]
    ready: Callable[[], bool]
    env: dict[str, str] = field(default_factory=dict)
    stop_signal: int = signal.SIGTERM
    death_signal: int = 0  # what it gets when the launcher is killed outright; 0: the stop signal
    grace: float = 30
    once: bool = False
    idle_until_ready: bool = False  # a worker that is still starting holds nothing, and may be deaf: it is killed
    needed: bool = False  # without it nothing works: when it keeps ending, everything is stopped
    address: str = ""
    cwd: Path = paths.ROOT
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)
    asked_at: float | None = None

    def start(self, *, wait: bool = True) -> None:
        """Start it and wait until it is ready. Raises Problem with the end of its log when it does not come up."""
        self.kill_remains()
        self.starts.append(time.monotonic())
        self.asked_at = None
        self._turn_log_over()
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.cwd,
                env=self.env,
                start_new_session=True,  # Ctrl-C reaches the launcher alone, which stops the children in order
                preexec_fn=die_with_parent(self.death_signal or self.stop_signal),
            )
        if wait:
            self.wait_ready()

    def wait_ready(self) -> None:
        """Until `ready`, or Problem."""
        until = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.ended or time.monotonic() > until:
                raise Problem(f"{self.name} did not start. The end of {self.log}:\n{self.log_end()}")
            time.sleep(0.03)

    @property
    def log(self) -> Path:
        return paths.LOGS / f"{self.name}.log"

    def log_end(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""

    def _turn_log_over(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def recent_starts(self, seconds: float) -> int:
        """How often it was started within the last `seconds`."""
        return sum(1 for at in self.starts if at > time.monotonic() - seconds)

    def kill_remains(self) -> None:
        """End what a killed process left in its session: they would hold its port or its queue."""
        if self.ended and self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def ask_to_stop(self) -> None:
        """The signal alone; `stop` waits for what it does."""
        if self.process is None or self.process.poll() is not None or self.asked_at is not None:
            return
        self.asked_at = time.monotonic()
        if self.idle_until_ready and not self.ready():
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.send_signal(self.stop_signal)

    def stop(self, *, quiet: bool = False) -> None:
        """Ask, wait, then insist."""
        if self.process is None:
            return
        self.ask_to_stop()
        begun = self.asked_at or time.monotonic()
        try:
            self.process.wait(max(0.1, begun + self.grace - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.kill_remains()
        if not quiet:
            say.line(f"{self.name} stopped in {time.monotonic() - begun:.1f} s")
