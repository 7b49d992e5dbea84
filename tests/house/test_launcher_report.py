"""The last lines of `./loupe test` count what ran and name what did not."""

from __future__ import annotations

import pytest

from config.launcher.report import Outcome, Report

PYTEST = "....F\nSKIPPED [1] tests/x.py:3: needs a GPU\n1 failed, 12 passed, 1 skipped, 2 errors in 3.21s\n"
VITEST = " Test Files  3 passed (3)\n      Tests  1 failed | 41 passed (42)\n   Start at  10:00:00\n"


@pytest.mark.parametrize(
    ("output", "counts"),
    [
        (PYTEST, {"failed": 3, "passed": 12, "skipped": 1}),
        ("\x1b[32m7 passed\x1b[0m in 0.5s\n", {"passed": 7}),
        ("== 7 passed, 2 warnings in 0.5s ==\n", {"passed": 7}),
        (VITEST, {"failed": 1, "passed": 41}),
        ("Success: no issues found in 12 source files\n", {}),
    ],
)
def test_counts_are_read_from_the_runners_own_last_lines(output: str, counts: dict[str, int]) -> None:
    assert Outcome(0, output).counts() == counts


def test_the_last_line_counts_and_the_table_names_everything(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.add("lint", lambda: Outcome(0, "All checks passed!"))
    report.add("tests", lambda: Outcome(1, PYTEST), counted=True)
    report.left_out.append("anything on a GPU")

    status = report.close()

    lines = capsys.readouterr().out.splitlines()
    assert (status, lines[-1]) == (1, "13 passed, 3 failed")
    assert any("failed" in line and "tests" in line for line in lines)
    assert "  not run here: anything on a GPU" in lines
    assert "  not run here: tests: [1] tests/x.py:3: needs a GPU" in lines


def test_a_check_that_ends_badly_without_counting_is_one_failure(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.add("tests", lambda: Outcome(2, "ImportError\n"), counted=True)

    assert (report.close(), report.failed) == (1, 1)


def test_what_should_have_run_and_could_not_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    report.could_not_run("browser tests", "no Chromium")

    assert report.close() == 1
    assert "no Chromium" in capsys.readouterr().out
