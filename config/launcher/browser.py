"""Finding a Chromium for the browser tests, or bringing one.

Belongs here: the chain $CHROMIUM, PATH, the locked npm package unpacked into `var/`.
Does not: what the tests do with it (tests/browser).
"""

from __future__ import annotations

import os
import platform
import shutil
import sys

from config.launcher import node, say
from config.launcher.report import tool
from config.launcher.say import Problem

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
UNPACK = "await (await import('@sparticuz/chromium')).default.executablePath()"


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
    with say.step("Browser for the tests"):
        unpacked = node.locked("browser") / "unpacked"
        path = unpacked / "chromium"
        if not (unpacked / ".loupe").exists():
            shutil.rmtree(unpacked, ignore_errors=True)
            unpacked.mkdir()
            # By that name the package also unpacks the libraries that a bare machine lacks.
            env = {**node.environment(), "TMPDIR": str(unpacked), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
            done = tool(node.npm()[0], "--input-type=module", "-e", UNPACK, cwd=unpacked.parent, env=env)
            if done.code or not os.access(path, os.X_OK):
                raise Problem(f"The browser for the tests could not be unpacked:\n{done.output[-600:]}")
            (unpacked / ".loupe").touch()
    libraries = sorted(str(file.parent) for file in unpacked.rglob("libnss3.so"))
    return {"CHROMIUM": str(path), "CHROMIUM_LIBRARIES": os.pathsep.join(libraries)}
