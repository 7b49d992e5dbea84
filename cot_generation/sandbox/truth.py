"""What was planted in the pictures, read from `truth.jsonl` files.

Belongs here: finding and reloading the files, looking up one question.
Does not: how well the sandbox sees it (writer.py adds its errors).
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

LOOK_AGAIN_S = 2.0
DEFECTS = frozenset({"minor", "major"})


class Line(msgspec.Struct):
    """As much of a line as is needed: slot -> aspect -> severity; a cell that is not there is clean."""

    id: str
    cells: dict[str, dict[str, str]]


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

    def of(self, project: str, sample: str, aspect: str) -> frozenset[str] | None:
        """The slots with a planted defect of the aspect, None where no file knows the sample."""
        now = time.monotonic()
        if now - self._looked_at > LOOK_AGAIN_S:
            self._refresh()
            self._looked_at = now
        line = self._lines.get((project, sample)) or self._lines.get(("", sample))
        if line is None:
            return None
        return frozenset(slot for slot, by_aspect in line.cells.items() if by_aspect.get(aspect) in DEFECTS)

    def __len__(self) -> int:
        return len(self._lines)
