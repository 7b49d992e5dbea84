"""Raw statements by name: run one, take its first row.

Belongs here: the few lines that the SQL of claim, submit and their kin share.
Does not: any statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

Row = dict[str, Any]


def first(statement: str, values: Mapping[str, Any]) -> Row | None:
    """The first row by column name; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
        return dict(zip([column[0] for column in cursor.description], found, strict=True)) if found else None


def run(statement: str, values: Mapping[str, Any]) -> int:
    """How many rows the statement changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def rows(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
