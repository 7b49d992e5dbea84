"""Raw statements by name: run one, take its first row; prepare those that run all day.

Belongs here: the few lines that the SQL of claim, submit and their kin share.
Does not: any statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

Row = dict[str, Any]
PARAMETER = re.compile(r"%\((\w+)\)s")
# Which statements each database connection has prepared; forgotten with the connection.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Prepared:
    """A statement that is planned once a connection: planning cost as much as running it (decision 5).

    Its plan must not depend on its values: every table in it is reached by an index. `types` names each parameter's.
    """

    name: str
    text: str
    types: Mapping[str, str]

    @property
    def preparation(self) -> str:
        """PREPARE, with numbered parameters."""
        places = {name: place for place, name in enumerate(self.types, start=1)}
        text = PARAMETER.sub(lambda found: f"${places[found[1]]}", self.text).replace("%%", "%")
        return f"prepare {self.name} ({', '.join(self.types.values())}) as {text}"

    @property
    def execution(self) -> str:
        """EXECUTE, with the driver's named parameters."""
        return f"execute {self.name} ({', '.join(f'%({name})s' for name in self.types)})"


def first(statement: str | Prepared, values: Mapping[str, Any]) -> Row | None:
    """The first row by column name; None when there is none."""
    with connection.cursor() as cursor:
        if isinstance(statement, Prepared):
            _prepare(cursor, statement)
            statement = statement.execution
        cursor.execute(statement, values)
        found = cursor.fetchone()
        return dict(zip([column[0] for column in cursor.description], found, strict=True)) if found else None


def _prepare(cursor: Any, statement: Prepared) -> None:
    known = _prepared.setdefault(connection.connection, set())
    if statement.name in known:
        return
    if not known:
        # Else PostgreSQL plans the first five executions anew, and may go on doing so.
        cursor.execute("set plan_cache_mode = force_generic_plan")
    cursor.execute(statement.preparation)
    known.add(statement.name)


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
