"""What ran, how it ended, and what could not run here: the last lines of `./loupe test` and `./loupe check`.

Belongs here: running one check with its output on the screen, counting, the closing table.
Does not: which checks there are (checks.py, testing.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from config.launcher import paths, say

# pytest: "12 passed, 1 failed, 2 errors in 3.2s"; Vitest: "      Tests  1 failed | 12 passed (13)".
SUMMARY = re.compile(r"^(?:=* ?(?=\d+ \w)|\s+Tests\s+)(?P<counts>(?:\d+ \w+(?:, | \| )?)+)")
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|errors)\b")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How one tool ended, and all it said."""

    code: int
    output: str

    def counts(self) -> dict[str, int]:
        """The tests a runner counted, by pytest's and Vitest's own last lines; empty where nothing was counted."""
        for line in reversed(COLOURS.sub("", self.output).splitlines()):
            if found := SUMMARY.match(line):
                counts: dict[str, int] = {}
                for number, word in COUNT.findall(found["counts"]):
                    word = "failed" if word.startswith("error") else word
                    counts[word] = counts.get(word, 0) + int(number)
                if counts:
                    return counts
        return {}


def tool(*argv: str, cwd: Path = paths.ROOT, env: dict[str, str] | None = None, live: bool = False) -> Outcome:
    """Run one and keep its output; `live` shows it as it comes."""
    process = subprocess.Popen(
        argv,
        cwd=cwd,
        env=env or paths.contained(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        bufsize=1,
    )
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if live:
            sys.stdout.write(line)
            sys.stdout.flush()
    return Outcome(process.wait(), "".join(lines))


@dataclass
class Report:
    """Counts tests one by one, and every other check as one."""

    rows: list[tuple[str, str, float, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    passed: int = 0
    failed: int = 0

    def add(self, name: str, check: Callable[[], Outcome], *, counted: bool = False) -> bool:
        """Run one check. `counted`: its tests are counted, and its output was on the screen already."""
        say.line(f"{name} …")
        begun = time.monotonic()
        outcome = check()
        seconds = time.monotonic() - begun
        counts = outcome.counts() if counted else {}
        self.passed += counts.get("passed", 0) if counts else int(outcome.code == 0)
        self.failed += max(counts.get("failed", 0), int(outcome.code != 0))
        if outcome.code and not counted:
            print(outcome.output, flush=True)
        self.left_out += [f"{name}: {row[8:]}" for row in outcome.output.splitlines() if row.startswith("SKIPPED ")]
        verdict = "failed" if outcome.code else "passed"
        said = ", ".join(f"{number} {word}" for word, number in counts.items())
        say.line(f"{name}: {verdict} in {seconds:.1f} s{f' ({said})' if said else ''}")
        self.rows.append((name, verdict, seconds, said))
        return outcome.code == 0

    def could_not_run(self, name: str, reason: str) -> None:
        """A check that should have run here and could not: that is no success."""
        self.rows.append((name, "failed", 0.0, reason))
        self.failed += 1

    def close(self) -> int:
        """The table, what was left out, and the counts as the last line. Returns the exit status."""
        print("\n" + "-" * 88)
        for name, verdict, seconds, said in self.rows:
            print(f"  {verdict:<7}{seconds:>7.1f} s  {name}{f'  ({said})' if said else ''}")
        for reason in self.left_out:
            print(f"  not run here: {reason}")
        print("-" * 88)
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
