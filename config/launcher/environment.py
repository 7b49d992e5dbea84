"""The virtual environments: ours, and the trainer's.

Belongs here: making them from the locks, again only when a lock changed.
Does not: what runs inside.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from config.launcher import paths, say
from config.launcher.say import Problem

GB = 1_000_000_000
TORCH = "torch==2.13.0"


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
            argv, cwd=cwd or paths.ROOT, env=env or paths.contained(), stdout=out, stderr=out, check=False
        )
    if done.returncode:
        with file.open("rb") as written:
            written.seek(start)
            tail = written.read().decode(errors="replace").strip()[-600:]
        hint = ""
        if any(
            word in tail.lower()
            for word in ("resolve", "connect", "network", "timed out", "temporary failure", "dns", "unreachable")
        ):
            hint = " The network seems to be missing; check it and run this again: what is installed already is kept."
        raise Problem(f"{what} failed.{hint} The whole output is in {file}. Its end:\n{tail}")


def _digest(*files: Path) -> str:
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def _python(folder: Path) -> str:
    return str(folder / "bin" / "python")


def _bare(folder: Path, log: str) -> None:
    """An environment with pip and uv."""
    if not (folder / "bin" / "python").exists():
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True, symlinks=True)
    if not (folder / "bin" / "uv").exists():
        run_logged([_python(folder), "-m", "pip", "install", "-q", "uv"], log=log, what="Installing uv")


def ensure(which: str) -> None:
    """Our environment with the `platform` or the `dev` lock installed; `dev` holds `platform`, so it serves both."""
    stamp = paths.VENV / ".loupe"
    wanted = {name: f"{name} {_digest(paths.REQUIREMENTS / f'{name}.txt')}" for name in ("platform", "dev")}
    present = stamp.read_text() if stamp.exists() else ""
    if present == wanted["dev"] or present == wanted[which]:
        return
    if present.startswith("dev "):
        which = "dev"  # a lock changed; do not take the checks' tools away
    need_disk(3)
    with say.step(f"Python packages ({which})"):
        stamp.unlink(missing_ok=True)
        _bare(paths.VENV, "install")
        uv = str(paths.VENV / "bin" / "uv")
        lock = str(paths.REQUIREMENTS / f"{which}.txt")
        run_logged(
            [uv, "pip", "sync", "--python", _python(paths.VENV), lock], log="install", what="Installing Python packages"
        )
        stamp.write_text(wanted[which])


def ensure_trainer() -> str:
    """The trainer's environment; returns its Python. Raises Problem where it cannot be made."""
    lock = paths.REQUIREMENTS / "trainer.txt"
    stamp = paths.TRAINER_VENV / ".loupe"
    wanted = f"{TORCH} {_digest(lock)}"
    if not stamp.exists() or stamp.read_text() != wanted:
        need_disk(12)
        _bare(paths.TRAINER_VENV, "install-trainer")
        # The CPU or GPU build of torch depends on the machine, so it has no hash in the lock and a step of its own.
        with say.step(f"Trainer: {TORCH}"):
            argv = [_python(paths.TRAINER_VENV), "-m", "pip", "install", "-q", TORCH]
            run_logged(argv, log="install-trainer", what=f"Installing {TORCH}")
        with say.step("Trainer: locked packages"):
            uv = str(paths.TRAINER_VENV / "bin" / "uv")
            argv = [uv, "pip", "install", "-q", "--python", _python(paths.TRAINER_VENV), "-r", str(lock)]
            run_logged(argv, log="install-trainer", what="Installing the trainer's packages")
        stamp.write_text(wanted)
    return _python(paths.TRAINER_VENV)


def enter() -> None:
    """Go on inside our environment: the same command again, by its Python."""
    if Path(sys.prefix).resolve() != paths.VENV.resolve():
        env = paths.contained()
        env["LOUPE_STARTED_AT"] = os.environ.get("LOUPE_STARTED_AT", "")
        argv = [_python(paths.VENV), str(paths.ROOT / "loupe"), *sys.argv[1:]]
        os.execve(argv[0], argv, env)  # noqa: S606  (no shell is wanted)
