"""PostgreSQL's COPY text format, for this app and for absorbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


class Cursor(Protocol):
    """What of a psycopg2 cursor this needs."""

    def copy_expert(self, sql: str, file: Any, size: int = ...) -> Any: ...


def text(value: str) -> str:
    """A string, escaped."""
    return value.translate(ESCAPES)


def json(value: object) -> str:
    """Anything msgspec encodes, escaped, for a JSONB column."""
    return msgspec.json.encode(value).decode().translate(ESCAPES)


def bytea(value: bytes) -> str:
    """Bytes in hexadecimal."""
    return "\\\\x" + value.hex()


def copy(cursor: Cursor, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """COPY rows whose values are escaped strings, numbers or None. Table and columns are ours, never a user's."""
    lines = "\n".join("\t".join(NULL if value is None else str(value) for value in row) for row in rows)
    if lines:
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.copy_expert(f"copy {table} ({names}) from stdin", io.BytesIO(lines.encode()), 1 << 20)
