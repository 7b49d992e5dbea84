"""`test`, `check`, `fix` and `types`: the same checks for a person and for CI.

Belongs here: which checks there are, in which order, and the summary at the end.
Does not: the checks' own rules (pyproject.toml, frontend/biome.json, tests/).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from config.launcher import environment, node, paths, say, servers
from config.launcher.say import Problem

BIN = paths.VENV / "bin"
SCHEMA = paths.ROOT / "docs" / "reference" / "openapi.json"
GENERATED = paths.FRONTEND / "src" / "api" / "generated"
TRAINER_TESTS = "tests/training_bridge/trainer"
BROWSER_TESTS = "tests/browser"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)")


@dataclass
class Report:
    """What ran, how it ended, and what could not run here, by name."""

    rows: list[tuple[str, str, float]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    passed: int = 0
    failed: int = 0

    def add(self, name: str, check: Callable[[], tuple[int, str]]) -> bool:
        """Run one check; its output is shown when it fails, and counted."""
        say.line(f"{name} …")
        begun = time.monotonic()
        code, output = check()
        seconds = time.monotonic() - begun
        counts = {word: int(number) for number, word in COUNT.findall("\n".join(output.strip().splitlines()[-3:]))}
        self.passed += counts.get("passed", 0 if code else 1)
        self.failed += counts.get("failed", 0) + counts.get("errors", 0) + counts.get("error", 0)
        if code and not (counts.get("failed") or counts.get("errors") or counts.get("error")):
            self.failed += 1
        if counts.get("skipped"):
            self.left_out += [row.strip() for row in output.splitlines() if row.startswith("SKIPPED")]
        verdict = "failed" if code else "passed"
        if code:
            print(output, flush=True)
        said = ", ".join(f"{number} {word}" for word, number in counts.items())
        say.line(f"{name}: {verdict} in {seconds:.1f} s{f' ({said})' if said else ''}")
        self.rows.append((name, verdict, seconds))
        return not code

    def close(self) -> int:
        """The table, what was left out, and the counts as the last line."""
        print("\n" + "-" * 72)
        for name, verdict, seconds in self.rows:
            print(f"  {verdict:<8} {seconds:>7.1f} s  {name}")
        for reason in self.left_out or ["nothing"]:
            print(f"  not run here: {reason}")
        print("-" * 72)
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0


def run(word: str, rest: list[str]) -> int:
    """One of the four words."""
    paths.make_folders()
    if word == "fix":
        return _fix()
    if word == "types":
        write_types()
        return 0
    report = Report()
    if word == "check":
        static(report)
        return report.close()
    return _test(report, rest)


def tool(*argv: str, cwd: Path = paths.ROOT, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run one, keep its output."""
    done = subprocess.run(
        argv,
        cwd=cwd,
        env=env or paths.contained(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def venv(name: str, *words: str) -> tuple[int, str]:
    """A tool of our environment."""
    return tool(str(BIN / name), *words)


def has_frontend() -> bool:
    return (paths.FRONTEND / "package-lock.json").exists()


def static(report: Report) -> None:
    """Everything that needs no service and changes nothing."""
    report.add("format (ruff)", lambda: venv("ruff", "format", "--check", "."))
    report.add("lint (ruff)", lambda: venv("ruff", "check", "."))
    report.add("types (mypy)", lambda: venv("mypy", "."))
    report.add("borders (import-linter)", lambda: venv("lint-imports", "--no-cache"))
    report.add("migrations", lambda: django("makemigrations", "--check", "--dry-run"))
    report.add("OpenAPI file", _schema_is_current)
    if has_frontend():
        node.install()
        report.add("frontend lint (Biome)", lambda: npm("lint"))
        report.add("frontend types (tsc)", lambda: npm("typecheck"))
        report.add("TypeScript types", _types_are_current)


def npm(script: str) -> tuple[int, str]:
    return tool(*node.npm(), "run", "--silent", script, cwd=paths.FRONTEND, env=node.environment())


def django(*words: str) -> tuple[int, str]:
    env = {**paths.contained(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return tool(str(BIN / "python"), "-W", "ignore", "manage.py", *words, env=env)


def _schema(to: Path) -> None:
    code, output = django("spectacular", "--format", "openapi-json", "--file", str(to))
    if code:
        raise Problem(f"The OpenAPI file cannot be written:\n{output[-2000:]}")
    # Sorted and with a closing newline, so that a change reads as a change.
    to.write_text(json.dumps(json.loads(to.read_text()), indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def write_types() -> None:
    """The OpenAPI file and the TypeScript types made from it."""
    with say.step("OpenAPI file"):
        _schema(SCHEMA)
    if has_frontend():
        node.install()
        with say.step("TypeScript types"):
            code, output = npm("types")
            if code:
                raise Problem(f"The TypeScript types cannot be written:\n{output[-2000:]}")


def _schema_is_current() -> tuple[int, str]:
    fresh = paths.TMP / "openapi.json"
    _schema(fresh)
    same = SCHEMA.exists() and SCHEMA.read_text() == fresh.read_text()
    return (0, "") if same else (1, "docs/reference/openapi.json is out of date: run ./loupe types and commit it.")


def _types_are_current() -> tuple[int, str]:
    kept = {file: file.read_bytes() for file in GENERATED.rglob("*") if file.is_file()}
    code, output = npm("types")
    fresh = {file: file.read_bytes() for file in GENERATED.rglob("*") if file.is_file()}
    for file, content in kept.items():
        file.write_bytes(content)
    if code:
        return code, output
    return (0, "") if kept == fresh else (1, f"{GENERATED} is out of date: run ./loupe types and commit it.")


def _fix() -> int:
    for words in (["ruff", "format", "."], ["ruff", "check", "--fix", "."]):
        print(venv(*words)[1], end="")
    if has_frontend():
        node.install()
        print(npm("fix")[1], end="")
    return 0


def _test(report: Report, rest: list[str]) -> int:
    fast = "--fast" in rest
    chosen = [word for word in rest if word != "--fast"]
    selected = [word for word in chosen if not word.startswith("-")]
    trainer = [word for word in selected if word.startswith(TRAINER_TESTS)]
    if has_frontend():
        node.build()
    if not selected:
        static(report)
    databases = servers.throwaway(paths.TMP / f"test-{os.getpid()}")
    env = {**paths.contained(), "DATABASE_URL": databases.database_url, "BROKER_URL": databases.broker_url}
    try:
        if not selected:
            _platform(report, env, fast=fast)
        elif set(selected) - set(trainer):
            words = [word for word in chosen if word not in trainer]
            browser = any(word.startswith(BROWSER_TESTS) for word in selected)
            report.add(f"tests ({' '.join(words)})", lambda: pytest(words, env | (_browser() if browser else {})))
    finally:
        databases.stop()
    if not selected and has_frontend():
        report.add("frontend tests (Vitest)", lambda: npm("test"))
    if fast:
        report.left_out += ["browser tests (--fast)", "trainer tests (--fast)"]
    elif (not selected or trainer) and (paths.ROOT / TRAINER_TESTS).is_dir():
        _trainer(report, trainer or [TRAINER_TESTS])
    if not selected:
        report.left_out += [
            "docker-compose.yml in a container engine (only checked against its schema)",
            "anything on a GPU",
        ]
    return report.close()


def _platform(report: Report, env: dict[str, str], *, fast: bool) -> None:
    parallel = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
    words = [
        "tests",
        *parallel,
        "-m",
        "not browser and not torture",
        "--ignore",
        TRAINER_TESTS,
        "--ignore",
        BROWSER_TESTS,
    ]
    report.add("platform tests (pytest)", lambda: pytest(words, env))
    if not fast and (paths.ROOT / BROWSER_TESTS).is_dir():
        found = _browser()
        if not found:
            report.left_out.append("browser tests: no Chromium here. Set CHROMIUM to one, or install chromium.")
            report.failed += 1  # a check that should run and cannot is no success
            return
        report.add("browser tests (Chromium)", lambda: pytest([BROWSER_TESTS, "-m", "not torture"], env | found))


def pytest(words: list[str], env: dict[str, str]) -> tuple[int, str]:
    """Status 5 (nothing collected) counts as failure: a selection that finds nothing is a mistake."""
    return tool(str(BIN / "python"), "-m", "pytest", "-q", *words, env=env)


def _trainer(report: Report, words: list[str]) -> None:
    python = environment.ensure_trainer()
    report.add("trainer tests", lambda: tool(python, "-m", "pytest", "-q", "-c", f"{TRAINER_TESTS}/pytest.ini", *words))


def _browser() -> dict[str, str]:
    """The environment that names a Chromium: $CHROMIUM, PATH, or the npm package's own, unpacked into `var/`."""
    for name in ("CHROMIUM",):
        if os.environ.get(name):
            return {"CHROMIUM": os.environ[name]}
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return {"CHROMIUM": path}
    if not has_frontend():
        return {}
    unpacked = paths.CACHE / "chromium"
    script = "const c=(await import('@sparticuz/chromium')).default;process.stdout.write(await c.executablePath())"
    unpacked.mkdir(parents=True, exist_ok=True)
    env = {**node.environment(), "TMPDIR": str(unpacked)}
    argv = [node.npm()[0], "--input-type=module", "-e", script]
    code, output = tool(*argv, cwd=paths.FRONTEND, env=env)
    path = output.strip().splitlines()[-1] if output.strip() else ""
    if code or not Path(path).is_file():
        say.error(f"No Chromium could be unpacked:\n{output[-400:]}")
        return {}
    return {"CHROMIUM": path, "LD_LIBRARY_PATH": os.pathsep.join([str(unpacked), str(unpacked / "al2023" / "lib")])}
