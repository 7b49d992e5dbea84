"""`./loupe test`: every check, or those that are named.

Belongs here: which suites there are, what each needs, in which order they run.
Does not: the suites (tests/, frontend/), the static checks (checks.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config.launcher import browser, checks, environment, node, paths, servers
from config.launcher.report import Outcome, Report, tool
from config.launcher.say import Problem

TRAINER_TESTS = "tests/training_bridge/trainer"
BROWSER_TESTS = "tests/browser"
FAST = "--fast"
REAL_RUN = "one real training run (smoke)"
NEVER_HERE = (
    "docker-compose.yml inside a container engine (it is checked against its schema only)",
    "training on a GPU (the trainer's tests run on the CPU)",
    "torture tests (run by hand: ./loupe test tests -m torture)",
)


def run(words: list[str]) -> int:
    """The exit status. Words that start with a dash go to pytest."""
    paths.make_folders()
    servers.sweep_left_over()
    fast = FAST in words
    words = [word for word in words if word != FAST]
    report = Report()
    if any(not word.startswith("-") for word in words):
        _chosen(report, words)
    else:
        _everything(report, words, fast=fast)
    return report.close()


def _everything(report: Report, options: list[str], *, fast: bool) -> None:
    node.build()
    checks.static(report)
    with _databases() as env:
        parallel = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
        without = ["--ignore", TRAINER_TESTS, "--ignore", BROWSER_TESTS]
        words = ["tests", *parallel, "-m", "not browser and not torture and not training", *without, *options]
        report.add("platform tests (pytest)", lambda: pytest(words, env), counted=True)
        report.add("frontend tests (Vitest)", lambda: checks.npm("test", live=True), counted=True)
        if not fast:
            _browser(report, [BROWSER_TESTS, "-m", "not torture", *options], env)
            _real_run(report, options, env)
    if fast:
        report.left_out += [f"{part} ({FAST})" for part in ("browser tests", "trainer tests", REAL_RUN)]
    else:
        _trainer(report, [TRAINER_TESTS, *options])
    report.left_out += NEVER_HERE


def _chosen(report: Report, words: list[str]) -> None:
    """Paths by the suite they belong to; options go to each."""
    options = [word for word in words if word.startswith("-")]
    trainer = [word for word in words if word.startswith(TRAINER_TESTS)]
    in_browser = [word for word in words if word.startswith(BROWSER_TESTS)]
    pages = [word for word in words if word.startswith("frontend")]
    rest = [word for word in words if word not in {*trainer, *in_browser, *pages}]
    if in_browser or set(rest) - set(options):
        with _databases() as env:
            if set(rest) - set(options):
                report.add(f"tests ({' '.join(rest)})", lambda: pytest(rest, env), counted=True)
            if in_browser:
                node.build()
                _browser(report, [*in_browser, *options], env)
    if pages:
        node.install()
        report.add("frontend tests (Vitest)", lambda: checks.npm("test", live=True), counted=True)
    if trainer:
        _trainer(report, [*trainer, *options])


@contextmanager
def _databases() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey for this run alone, and the environment that names them."""
    databases = servers.throwaway(paths.TMP / f"test-{os.getpid()}")
    try:
        yield {
            **node.environment(),
            "DATABASE_URL": databases.database_url,
            "BROKER_URL": databases.broker_url,
            "HF_HUB_OFFLINE": "1",
        }
    finally:
        databases.stop()


def pytest(words: list[str], env: dict[str, str], python: str = sys.executable) -> Outcome:
    """A selection that finds nothing is a failure (pytest's status 5): it is a mistake."""
    return tool(python, "-m", "pytest", "-q", *words, env=env, live=True)


def _browser(report: Report, words: list[str], env: dict[str, str]) -> None:
    try:
        found = browser.environment()
    except Problem as problem:
        report.could_not_run("browser tests (Chromium)", str(problem))
        return
    report.add("browser tests (Chromium)", lambda: pytest(words, env | found), counted=True)


def _real_run(report: Report, options: list[str], env: dict[str, str]) -> None:
    try:
        environment.ensure_trainer()
    except Problem as problem:
        report.could_not_run(REAL_RUN, str(problem))
        return
    words = ["tests/training_bridge", "--ignore", TRAINER_TESTS, "-m", "training", *options]
    report.add(REAL_RUN, lambda: pytest(words, env), counted=True)


def _trainer(report: Report, words: list[str]) -> None:
    try:
        python = environment.ensure_trainer()
    except Problem as problem:
        report.could_not_run("trainer tests", str(problem))
        return
    settings = ["-c", f"{TRAINER_TESTS}/pytest.ini", "--rootdir", str(paths.ROOT)]
    env = {**paths.contained(), "PYTHONPATH": str(paths.ROOT), "HF_HUB_OFFLINE": "1"}
    report.add("trainer tests (CPU)", lambda: pytest([*settings, *words], env, python), counted=True)
