"""What a source is, and how it says that a row cannot even be handed on.

Belongs here: the protocol and the shared way of writing a row.
Does not: any format.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from catalog.imports.manifest import Refusal

MAX_LINE = 4_000_000
Line = tuple[int, bytes | Refusal]
encode = msgspec.json.Encoder().encode


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

    def lines(self) -> Iterator[Line]:
        """A number from 1 that people find the row by, and its JSON or the reason against it.

        Raises ManifestUnreadable.
        """
        ...


def beside(path: Path) -> str:
    """The folder of a file, as `Source.folder` writes it."""
    return f"file://{path.resolve().parent}"
