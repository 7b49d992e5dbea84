"""`./loupe test`: every check, or those that are named.

Belongs here: which suites there are, what each needs, in which order they run.
Does not: the suites (tests/, frontend/), the static checks (checks.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from config.launcher import browser, checks, environment, node, paths, servers
from config.launcher.report import Outcome, Report, tool
from config.launcher.say import Problem

TRAINER_TESTS = "tests/training_bridge/trainer"
BROWSER_TESTS = "tests/browser"
FAST = "--fast"
WITH_A_VALUE = ("-k", "-m", "-n", "-p", "-o", "-W", "--maxfail", "--durations", "--ignore")
REAL_RUN = "one real training run (smoke)"
NEVER_HERE = (
    "docker-compose.yml inside a container engine (it is checked against its schema only)",
    "training on a GPU (the trainer's tests run on the CPU)",
    "torture tests (run by hand: ./loupe test tests/torture -m torture)",
)


def run(words: list[str]) -> int:
    """The exit status. Words that start with a dash go to pytest."""
    paths.make_folders()
    servers.sweep_left_over()
    fast = FAST in words
    asked, options = split([word for word in words if word != FAST])
    report = Report()
    if asked:
        _chosen(report, asked, options)
    else:
        _everything(report, options, fast=fast)
    return report.close()


def split(words: list[str]) -> tuple[list[str], list[str]]:
    """Paths, and pytest's options with their values."""
    asked: list[str] = []
    options: list[str] = []
    for before, word in pairwise(["", *words]):
        (options if word.startswith("-") or before in WITH_A_VALUE else asked).append(word)
    return [path.rstrip("/") for path in asked], options


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


def _chosen(report: Report, paths_asked: list[str], options: list[str]) -> None:
    """Paths by the suite they belong to; options go to each. A folder above a suite of its own includes that suite."""
    trainer, in_browser = of_suite(TRAINER_TESTS, paths_asked), of_suite(BROWSER_TESTS, paths_asked)
    pages = [word for word in paths_asked if word.startswith("frontend")]
    rest = [word for word in paths_asked if word not in {*trainer, *in_browser, *pages}]
    if in_browser or rest:
        with _databases() as env:
            if rest:
                apart = ["--ignore", TRAINER_TESTS, "--ignore", BROWSER_TESTS]
                report.add(f"tests ({' '.join(rest)})", lambda: pytest([*rest, *apart, *options], env), counted=True)
            if in_browser:
                node.build()
                _browser(report, [*in_browser, *options], env)
    if pages:
        node.install()
        report.add("frontend tests (Vitest)", lambda: checks.npm("test", live=True), counted=True)
    if trainer:
        _trainer(report, [*trainer, *options])


def of_suite(suite: str, asked: list[str]) -> list[str]:
    """What was asked of a suite: paths inside it, or all of it where a folder above it was named."""
    if any(f"{suite}/".startswith(f"{path}/") for path in asked):
        return [suite]
    return [path for path in asked if path.startswith(f"{suite}/")]


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
    try:
        environment.ensure_trainer()
    except Problem as problem:
        report.could_not_run("the walk through the whole loop, which trains", str(problem))
        words = [*words, "-m", "not torture and not training"]
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
