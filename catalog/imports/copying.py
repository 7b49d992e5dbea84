"""PostgreSQL's COPY text format, for this app and for absorbers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"
_encode = msgspec.json.Encoder().encode


class Cursor(Protocol):
    """What of a psycopg2 cursor this needs."""

    def copy_expert(self, sql: str, file: Any, size: int = ...) -> Any: ...


def text(value: str) -> str:
    """A string, escaped."""
    return value if value.isalnum() else value.translate(ESCAPES)


def json(value: object) -> str:
    """Anything msgspec encodes, escaped, for a JSONB column."""
    # JSON holds no raw control character, so the backslash is all there is to escape.
    return _encode(value).decode().replace("\\", "\\\\")


def bytea(value: bytes) -> str:
    """Bytes in hexadecimal."""
    return "\\\\x" + value.hex()


TRUE, FALSE = "t", "f"


def array(values: Sequence[str]) -> str:
    """Our own words (slots, names of checks: letters, digits, `_` and `-` only) as an array's literal."""
    return "{" + ",".join(values) + "}"


def lines(cursor: Cursor, table: str, columns: Sequence[str], written: Iterable[str]) -> None:
    """COPY rows that the caller wrote: escaped values parted by tabs. Table and columns are ours, never a user's."""
    content = "\n".join(written)
    if content:
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.copy_expert(f"copy {table} ({names}) from stdin", io.BytesIO(content.encode()), 1 << 20)
