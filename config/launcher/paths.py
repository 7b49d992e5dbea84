"""Where things lie. Everything the commands write is below the clone."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
LOGS = VAR / "log"
CACHE = VAR / "cache"
TMP = VAR / "tmp"
VENV = ROOT / ".venv"
TRAINER_VENV = ROOT / ".venv-trainer"
FRONTEND = ROOT / "frontend"
REQUIREMENTS = ROOT / "requirements"

# A Unix socket's path has at most 107 bytes, and Chromium and Python put theirs some 43 below TMPDIR. Where the clone
# lies deeper than that leaves room for, short-lived files go where the system keeps them.
ROOM_FOR_SOCKETS = 64


def contained(environ: dict[str, str] | None = None) -> dict[str, str]:
    """The environment for every child: caches and temporary files inside `var/`, unless the caller chose a place."""
    env = dict(os.environ if environ is None else environ)
    env.setdefault("UV_CACHE_DIR", str(CACHE / "uv"))
    env.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    env.setdefault("npm_config_cache", str(CACHE / "npm"))
    env.setdefault("HF_HOME", str(CACHE / "huggingface"))
    env.setdefault("RUSTUP_HOME", str(CACHE / "rustup"))  # pip asks rustc for its version, which makes a folder
    env["XDG_CACHE_HOME"] = str(CACHE / "xdg")
    env["XDG_CONFIG_HOME"] = str(CACHE / "config")
    if len(str(TMP)) <= ROOM_FOR_SOCKETS:
        env["TMPDIR"] = str(TMP)
    env["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    env["npm_config_update_notifier"] = "false"
    env["PYTHONUNBUFFERED"] = "1"
    # Some images switch byte code off; ten processes that each compile Django anew would cost every start seconds.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    # A Python that started us may have left traces that belong to it, not to our environment's Python.
    for name in ("PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"):
        env.pop(name, None)
    return env


def make_folders() -> None:
    """The folders below `var/`."""
    for folder in (LOGS, CACHE, TMP):
        folder.mkdir(parents=True, exist_ok=True)
