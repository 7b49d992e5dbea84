"""What was planted in the pictures, read from `truth.jsonl` files.

Belongs here: finding and reloading the files, looking up one question.
Does not: how well the sandbox sees it (writer.py adds its errors).
"""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

LOOK_AGAIN_S = 2.0


class Planted(msgspec.Struct):
    """One defect. `kind` names how it was made ("missing", "turned"), where the drawer tells."""

    slot: str
    aspect: str
    severity: str = "major"
    kind: str = ""
    box: tuple[float, float, float, float] | None = None


class Line(msgspec.Struct):
    """As much of a line as is needed: the answers, and where there are any the planted defects one by one."""

    id: str
    answers: dict[str, list[str]] = {}
    planted: list[Planted] = []
    regions: list[Planted] = []


@dataclass(frozen=True)
class Truth:
    """The truth about one question."""

    slots: frozenset[str]
    planted: Mapping[str, Planted]


class TruthFiles:
    """Every named file or folder, looked at again when it changed. `slug=path` holds for one project only."""

    def __init__(self, names: Sequence[str]) -> None:
        self._sources = [self._source(name) for name in names]
        self._seen: dict[Path, tuple[int, int]] = {}
        self._lines: dict[tuple[str, str], Line] = {}
        self._looked_at = float("-inf")

    @staticmethod
    def _source(name: str) -> tuple[str, Path]:
        slug, equals, path = name.partition("=")
        return (slug, Path(path)) if equals and os.sep not in slug else ("", Path(name))

    def _refresh(self) -> None:
        for slug, source in self._sources:
            files = sorted(source.rglob("truth.jsonl")) if source.is_dir() else [source]
            for file in files:
                try:
                    stat = file.stat()
                except FileNotFoundError:
                    continue  # it may be drawn later; until then the sandbox guesses
                mark = (stat.st_mtime_ns, stat.st_size)
                if self._seen.get(file) != mark:
                    self._read(slug, file)
                    self._seen[file] = mark

    def _read(self, slug: str, file: Path) -> None:
        with file.open("rb") as lines:
            for raw in lines:
                try:
                    line = msgspec.json.decode(raw, type=Line)
                except msgspec.DecodeError:
                    continue  # the last line of a file that is still being written
                self._lines[slug, line.id] = line

    def of(self, project: str, sample: str, aspect: str) -> Truth | None:
        """None where no file knows the sample."""
        now = time.monotonic()
        if now - self._looked_at > LOOK_AGAIN_S:
            self._refresh()
            self._looked_at = now
        line = self._lines.get((project, sample)) or self._lines.get(("", sample))
        if line is None:
            return None
        planted = {each.slot: each for each in (*line.regions, *line.planted) if each.aspect == aspect}
        answer = line.answers.get(aspect)
        slots = answer if answer is not None else [slot for slot, each in planted.items() if each.severity != "none"]
        return Truth(frozenset(slots), planted)

    def __len__(self) -> int:
        return len(self._lines)
