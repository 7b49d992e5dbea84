"""Finding a Chromium for the browser tests, or bringing one.

Belongs here: the chain $CHROMIUM, PATH, the locked npm package unpacked into `var/`.
Does not: what the tests do with it (tests/browser).
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys

from config.launcher import node, paths, say
from config.launcher.environment import run_logged
from config.launcher.report import tool
from config.launcher.say import Problem

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LOCK = paths.REQUIREMENTS / "browser"
UNPACK = (
    "const c = (await import('@sparticuz/chromium')).default;process.stdout.write('\\n' + await c.executablePath())"
)


def environment() -> dict[str, str]:
    """What tells tests/browser which Chromium to use. Raises Problem where there is none and none can be brought."""
    if given := os.environ.get("CHROMIUM"):
        if not shutil.which(given):
            raise Problem(f"CHROMIUM names {given}, which cannot be run. Correct it, or unset it to have one found.")
        return {"CHROMIUM": given}
    for name in ON_PATH:
        if found := shutil.which(name):
            return {"CHROMIUM": found}
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise Problem(
            "No Chromium is on PATH, and one can be brought for Linux on x86_64 only. "
            "Install Chromium or Chrome, or name one in CHROMIUM."
        )
    return _brought()


def _brought() -> dict[str, str]:
    folder = paths.CACHE / "browser"
    stamp = folder / ".loupe"
    wanted = hashlib.sha256((LOCK / "package-lock.json").read_bytes()).hexdigest()
    env = {**node.environment(), "TMPDIR": str(folder / "unpacked"), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
    # With that name set the package also unpacks the libraries that a bare machine lacks, not the browser alone.
    if not stamp.exists() or stamp.read_text().splitlines()[0] != wanted:
        with say.step("Browser for the tests"):
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "unpacked").mkdir(parents=True)
            for name in (".npmrc", "package.json", "package-lock.json"):
                shutil.copy(LOCK / name, folder / name)
            argv = [*node.npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            run_logged(argv, log="browser", what="Installing a browser for the tests", cwd=folder, env=env)
            unpacked = tool(node.npm()[0], "--input-type=module", "-e", UNPACK, cwd=folder, env=env)
            path = (unpacked.output.strip().splitlines() or [""])[-1]
            if unpacked.code or not os.access(path, os.X_OK):
                raise Problem(f"The browser for the tests could not be unpacked:\n{unpacked.output[-600:]}")
            shutil.rmtree(folder / "node_modules")
            stamp.write_text(f"{wanted}\n{path}\n")
    path = stamp.read_text().splitlines()[1]
    libraries = sorted(str(file.parent) for file in (folder / "unpacked").rglob("libnss3.so"))
    return {"CHROMIUM": path, "CHROMIUM_LIBRARIES": os.pathsep.join(libraries)}
