"""A `manifest.jsonl`: the contract as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from catalog.errors import ManifestUnreadable
from catalog.imports.sources.base import MAX_LINE, Line, beside


class JsonLines:
    """Empty lines are passed over; a byte order mark is forgiven."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def folder(self) -> str:
        return beside(self.path)

    def count(self) -> int:
        """Lines, for a progress bar's length."""
        with self.path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) or 1

    def lines(self) -> Iterator[Line]:
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), start=1):
                    text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
                    if text:
                        yield number, text
        except OSError as error:
            raise ManifestUnreadable("{path} cannot be read: {why}.", why=error.strerror, path=str(self.path)) from None
