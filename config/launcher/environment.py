"""The virtual environments: ours, and the trainer's.

Belongs here: making them from the locks, again only when a lock changed.
Does not: what runs inside.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.launcher import paths, say, state
from config.launcher.child import die_with_parent
from config.launcher.say import Problem

GB = 1_000_000_000
TORCH = "torch==2.13.0"
# How pip, uv and npm say that nothing answers.
NO_NETWORK = (
    "temporary failure in name resolution",
    "name or service not known",
    "dns error",
    "failed to lookup address",
    "nodename nor servname",
    "network is unreachable",
    "no route to host",
    "connection refused",
    "connecttimeout",
    "tcp connect error",
    "error sending request",
    "newconnectionerror",
    "max retries exceeded",
    "eai_again",
    "enotfound",
    "econnrefused",
    "enetunreach",
    "etimedout",
    "(from versions: none)",  # pip, when it was told not to try twice
)
NO_SPACE = ("no space left on device", "enospc", "os error 28")


def need_disk(gigabytes: int) -> None:
    """Raises Problem when less is free than the installation needs."""
    free = shutil.disk_usage(paths.ROOT).free
    if free < gigabytes * GB:
        raise Problem(
            f"Only {free / GB:.1f} GB are free where this clone lies; {gigabytes} GB are needed. "
            "Free some space, or move the clone, and run this again."
        )


def run_logged(
    argv: list[str], *, log: str, what: str, cwd: Path | None = None, env: dict[str, str] | None = None
) -> None:
    """Run a step of the installation with its output in `var/log`. Raises Problem with the end of that output."""
    paths.make_folders()
    file = paths.LOGS / f"{log}.log"
    with file.open("ab") as out:
        start = out.tell()
        done = subprocess.run(
            argv,
            cwd=cwd or paths.ROOT,
            env=env or paths.contained(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            check=False,
            preexec_fn=die_with_parent(signal.SIGTERM),  # an installation ends with the command that asked for it
        )
    if done.returncode:
        with file.open("rb") as written:
            written.seek(start)
            output = written.read().decode(errors="replace").strip()
        if any(word in output.lower() for word in NO_NETWORK):
            raise Problem(
                f"{what} failed because the network does not answer; check it and run this again, what is installed "
                f"already is kept (details: {file})."
            )
        if any(word in output.lower() for word in NO_SPACE):
            raise Problem(f"{what} failed because the disk is full; free some space and run this again.")
        raise Problem(f"{what} failed. The whole output is in {file}. Its end:\n{output[-800:]}")


def _digest(folder: Path, *files: Path) -> str:
    """Changes with the locks, the environment's Python, and the clone's place (scripts name it)."""
    made_by = folder / "pyvenv.cfg"
    content = b"".join(file.read_bytes() for file in files) + (made_by.read_bytes() if made_by.exists() else b"")
    return hashlib.sha256(content + str(folder).encode()).hexdigest()


def _python(folder: Path) -> str:
    return str(folder / "bin" / "python")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One installation at a time into one environment; the second waits and then finds the work done."""
    paths.make_folders()
    with (paths.VAR / f"{folder.name.strip('.')}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line(f"Another ./loupe is installing into {folder.name}; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bare(folder: Path, log: str) -> None:
    """An environment with pip and uv."""
    made_here = folder / ".made-in"  # a moved environment's scripts point to where it was
    if not (folder / "bin" / "python").exists() or not made_here.exists() or made_here.read_text() != str(folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.update(paths.contained())  # it starts pip in this process's own environment
        try:
            venv.create(folder, with_pip=True, symlinks=True)
        except (subprocess.CalledProcessError, ImportError):
            shutil.rmtree(folder, ignore_errors=True)
            raise Problem(
                "This Python cannot make virtual environments: its modules venv and ensurepip are incomplete. "
                "Install them (on Debian and Ubuntu: apt install python3-venv) and run this again."
            ) from None
        made_here.write_text(str(folder))
    if not (folder / "bin" / "uv").exists():
        run_logged([_python(folder), "-m", "pip", "install", "-q", "uv"], log=log, what="Installing uv")


def ensure(which: str) -> None:
    """Our environment with the `platform` or the `dev` lock installed; `dev` holds `platform`, so it serves both."""
    if _present(which):
        return
    with _alone(paths.VENV):
        if not _present(which):
            _install(which)


def _wanted(which: str) -> str:
    return f"{which} {_digest(paths.VENV, paths.REQUIREMENTS / f'{which}.txt')}"


def _stamp(folder: Path) -> str:
    file = folder / ".loupe"
    return file.read_text() if file.exists() else ""


def _present(which: str) -> bool:
    return _stamp(paths.VENV) in {_wanted(which), _wanted("dev")}


def _install(which: str) -> None:
    if _stamp(paths.VENV).startswith("dev "):
        which = "dev"  # a lock changed; do not take the checks' tools away
    need_disk(3)
    with say.step(f"Python packages ({which})"):
        (paths.VENV / ".loupe").unlink(missing_ok=True)
        _bare(paths.VENV, "install")
        uv = str(paths.VENV / "bin" / "uv")
        lock = str(paths.REQUIREMENTS / f"{which}.txt")
        argv = [uv, "pip", "sync", "--python", _python(paths.VENV), lock]
        run_logged(argv, log="install", what="Installing Python packages")
        (paths.VENV / ".loupe").write_text(_wanted(which))


def ensure_trainer() -> str:
    """The trainer's environment; returns its Python. Raises Problem where it cannot be made."""
    lock = paths.REQUIREMENTS / "trainer.txt"
    folder = paths.TRAINER_VENV
    with _alone(folder):
        if _stamp(folder) != f"{TORCH} {_digest(folder, lock)}":
            _install_trainer(folder, lock)
    return _python(folder)


def _install_trainer(folder: Path, lock: Path) -> None:
    need_disk(12)
    (folder / ".loupe").unlink(missing_ok=True)
    _bare(folder, "install-trainer")
    # torch's build depends on the machine (CPU, CUDA), so it is in no lock: pip picks it in a step of its own.
    with say.step(f"Trainer: {TORCH}"):
        argv = [_python(folder), "-m", "pip", "install", "-q", TORCH]
        run_logged(argv, log="install-trainer", what=f"Installing {TORCH}")
    with say.step("Trainer: locked packages"):
        # Without dependencies: the lock names them all except torch's own, which came with torch.
        uv = [str(folder / "bin" / "uv"), "pip", "install", "-q", "--python", _python(folder)]
        argv = [*uv, "--no-deps", "-r", str(lock)]
        run_logged(argv, log="install-trainer", what="Installing the trainer's packages")
    (folder / ".loupe").write_text(f"{TORCH} {_digest(folder, lock)}")


def enter() -> None:
    """Go on inside our environment: the same command again, by its Python."""
    if Path(sys.prefix).resolve() != paths.VENV.resolve():
        env = paths.contained()
        state.carry_lock(env)
        argv = [_python(paths.VENV), str(paths.ROOT / "loupe"), *sys.argv[1:]]
        os.execve(argv[0], argv, env)  # noqa: S606  (no shell is wanted)
