"""Telling the person at the terminal what happens, how long it took, and what to do when it fails."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

# The command goes on in the environment's Python: the clock started before that.
START = time.monotonic() - max(0.0, time.time() - float(os.environ.get("LOUPE_STARTED_AT") or time.time()))


class Problem(Exception):
    """Something the person can mend: one sentence with its remedy. Ends the command with status 1."""


_aside: list[bool] = []


def aside() -> None:
    """From now on progress goes to standard error: standard output belongs to the command that is run."""
    _aside.append(True)


def line(text: str) -> None:
    """One line of progress with the seconds since the command began."""
    print(f"[{time.monotonic() - START:6.1f} s] {text}", file=sys.stderr if _aside else sys.stdout, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    begun = time.monotonic()
    line(f"{name} …")
    yield
    line(f"{name}: done in {time.monotonic() - begun:.1f} s")


def error(text: str) -> None:
    """To standard error."""
    print(text, file=sys.stderr, flush=True)
