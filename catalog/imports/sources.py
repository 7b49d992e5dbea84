"""Where rows come from. A source gives numbered lines of the manifest contract, without holding them all.

Belongs here: one class a format. JSONL is here; CSV, folder trees, S3 prefixes and Label Studio exports become
further classes with the same two methods.
Does not: what a line means (manifest.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from catalog.errors import ManifestUnreadable

MAX_LINE = 4_000_000


class Source(Protocol):
    """A stream of rows that can be read again from the start."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def folder(self) -> str:
        """Where its relative paths start: `file:///…`, `storage://…` or `s3://bucket/prefix`."""
        ...

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Line number from 1, and one row's JSON. Raises ManifestUnreadable."""
        ...


class JsonLines:
    """A `manifest.jsonl`. Empty lines are passed over; a byte order mark is forgiven."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def folder(self) -> str:
        return f"file://{self.path.resolve().parent}"

    def lines(self) -> Iterator[tuple[int, bytes]]:
        try:
            with self.path.open("rb") as file:
                for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), start=1):
                    text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
                    if text:
                        yield number, text
        except OSError as error:
            raise ManifestUnreadable(f"{self.path} cannot be read: {error.strerror}.", path=str(self.path)) from None
