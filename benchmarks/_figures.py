"""How a figure is printed and recorded.

Belongs here: the one JSON line of a figure, the file it may be written to.
Does not: measuring.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def arguments(description: str, *, size: int | None = None) -> argparse.Namespace:
    """What the command line says of a benchmark without arguments of its own."""
    return argument_parser(description, size=size).parse_args()


def argument_parser(description: str, *, size: int | None = None) -> argparse.ArgumentParser:
    """`--size` (where the benchmark has one) and `--write`."""
    parser = argparse.ArgumentParser(description=description)
    if size is not None:
        parser.add_argument("--size", type=int, default=size)
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    return parser


class Figures:
    """What one run of a benchmark found."""

    def __init__(self, name: str, *, write: bool) -> None:
        self.name = name
        self.write = write
        self.found: list[dict[str, object]] = []

    def add(self, figure: str, value: float, unit: str, **more: object) -> None:
        """One JSON line on standard output, at once."""
        line = {"figure": figure, "value": value, "unit": unit, **more}
        self.found.append(line)
        print(json.dumps(line), flush=True)

    def close(self) -> None:
        """Record them beside what they were measured on, when asked to."""
        if not self.write:
            return
        record = {"measured_at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(), "figures": self.found}
        file = ROOT / "docs" / "experiments" / f"{self.name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(record, indent=1) + "\n")
        print(f"Recorded in {file.relative_to(ROOT)}", file=sys.stderr)


def machine() -> dict[str, object]:
    """What it was measured on, without naming the machine."""
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return {
        "revision": revision.stdout.strip(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1),  # others may have been at work on the same cores
    }
