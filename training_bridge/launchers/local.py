"""A run as a process of this machine, in a session of its own: it outlives whoever started it.

Belongs here: starting it with an argument vector and a short list of environment variables, whether it lives, signals.
Does not: what the process does first (child.py).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.base.processes import born

ROOT = Path(__file__).resolve().parents[2]
LOG = "trainer.log"
# What a trainer may know of the environment: no address of ours, no secret.
PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "TZ",
    "TMPDIR",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "LD_LIBRARY_PATH",
    "OMP_NUM_THREADS",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
)
# How packages are fetched, which cards there are.
PASSED_ON_PREFIXES = ("PIP_", "UV_", "LC_", "CUDA_", "NVIDIA_")


@dataclass(frozen=True)
class Process:
    """One process; `born` tells it from a later one that got the same number."""

    host: str
    pid: int
    born: str


def this_host() -> str:
    """This machine's name, as it stands on runs that live here."""
    return socket.gethostname()[:120]


def allowed(environ: Mapping[str, str]) -> dict[str, str]:
    """What of our environment a run's process is given."""
    return {name: value for name, value in environ.items() if name in PASSED_ON or name.startswith(PASSED_ON_PREFIXES)}


def start(folder: Path, *, trainer_python: str, resume: bool, environ: Mapping[str, str]) -> Process:
    """Start the run of this folder; what it prints is appended to `trainer.log` there."""
    argv = [sys.executable, "-m", "training_bridge.launchers.child", str(folder)]
    argv += ["--trainer-python", trainer_python] if trainer_python else []
    argv += ["--resume"] if resume else []
    with (folder / LOG).open("ab") as log:
        process = subprocess.Popen(
            argv,
            cwd=folder,
            env={**allowed(environ), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return Process(this_host(), process.pid, born(process.pid) or "")


def lives(process: Process) -> bool:
    """Whether this very process still runs."""
    return born(process.pid) == process.born


def end(process: Process, *, kill: bool = False) -> None:
    """Ask the process and its children to end, or end them."""
    if lives(process):
        try:
            os.killpg(process.pid, signal.SIGKILL if kill else signal.SIGTERM)
        except ProcessLookupError:
            return
