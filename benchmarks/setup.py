"""A fresh clone until its page answers: `setup.first_page_s`, `.second_start_s`, `.stop_s`, `.memory_mib`.

Belongs here: a clone of the committed state in a folder of its own, with empty caches and an empty home.
Does not: what the clone does (config.launcher).

The network is whatever this machine has; the caches of uv and npm start empty, so everything is downloaded.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks._figures import ROOT, Figures, arguments

KEPT = {"PATH", "LANG", "TERM", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT", "NODE_EXTRA_CA_CERTS"}
KEPT_PREFIXES = ("http", "HTTP", "https", "HTTPS", "no_proxy", "NO_PROXY", "PIP_INDEX", "PIP_FIND", "UV_INDEX")


def main() -> int:
    """The exit status."""
    given = arguments(__doc__ or "")
    figures = Figures("setup", write=given.write)
    with tempfile.TemporaryDirectory(prefix="setup ") as folder:  # a path with a space, as it may be
        clone, home = Path(folder) / "clone", Path(folder) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        env = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith(KEPT_PREFIXES)}
        env["HOME"] = str(home)
        try:
            first = start(clone, env)
            figures.add("setup.first_page_s", first["seconds"], "s", wall_s=first["wall"])
            time.sleep(10)  # until the workers are up as well
            figures.add("setup.memory_mib", memory(clone, env), "MiB", what="all processes, while the demo fills")
            began = time.monotonic()
            loupe(clone, env, "down")
            figures.add("setup.stop_s", round(time.monotonic() - began, 1), "s")
            second = start(clone, env)
            figures.add("setup.second_start_s", second["seconds"], "s", wall_s=second["wall"])
            began = time.monotonic()
            loupe(clone, env, "down")
            figures.add("setup.stop_at_once_s", round(time.monotonic() - began, 1), "s", what="right after the start")
            outside = sorted(str(path.relative_to(home)) for path in home.rglob("*"))
            figures.add("setup.files_outside", len(outside), "files", what=outside[:5])
        finally:
            loupe(clone, env, "down", check=False)
            shutil.rmtree(clone, ignore_errors=True)
    figures.close()
    return 0


def start(clone: Path, env: dict[str, str]) -> dict[str, float]:
    """`./loupe demo --detach` until its page answers a browser's first request."""
    began = time.monotonic()
    done = loupe(clone, env, "demo", "--detach")
    report = json.loads(done.stdout.strip().splitlines()[-1])
    with urllib.request.urlopen(report["url"], timeout=10) as reply:  # noqa: S310  (the address it printed)
        page = reply.read()
    if b"<!doctype html>" not in page.lower():
        raise SystemExit("The printed address does not answer with the page.")
    return {"seconds": report["seconds"], "wall": round(time.monotonic() - began, 1)}


def loupe(clone: Path, env: dict[str, str], *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """One call; what it says goes to standard error when it fails."""
    done = subprocess.run(
        [str(clone / "loupe"), *words], cwd="/", env=env, capture_output=True, text=True, check=False, timeout=600
    )
    if check and done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise SystemExit(done.returncode)
    return done


def memory(clone: Path, env: dict[str, str]) -> int:
    """What `./loupe status` adds up."""
    said = loupe(clone, env, "status").stdout
    (line,) = [line for line in said.splitlines() if line.strip().startswith("in all")]
    return int(line.split()[2])


if __name__ == "__main__":
    raise SystemExit(main())
