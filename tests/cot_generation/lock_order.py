"""Watching that transactions lock rows in the one order that cot_generation.services.locks names.

Belongs here: reading locks out of statements. Does not: what a test does (the fixture `in_lock_order` watches all).

A `SELECT … FOR UPDATE` must name a table at or behind all that its transaction locked before; so must an `UPDATE` or a
`DELETE` of a table of which nothing is locked yet. Whoever skips locked rows waits for nobody and comes when it likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

ORDER = ("cascade", "budget", "endpoint", "run", "callbatch", "runquestion", "call", "rationale", "budgetday")
_SELECTED = re.compile(
    r'^SELECT .*? FROM "cot_generation_(\w+)" .*FOR (?:NO KEY )?UPDATE(?! *(?:OF "\w+" *)?SKIP)', re.S
)
_WRITTEN = re.compile(r'^\s*(?:UPDATE|DELETE FROM) "cot_generation_(\w+)"')


def found_in(sql: str) -> tuple[str, bool] | None:
    """The table of which the statement locks rows, and whether it does nothing else."""
    for pattern, only_locks in ((_SELECTED, True), (_WRITTEN, False)):
        found = pattern.match(sql)
        if found is not None and found[1] in ORDER:
            return found[1], only_locks
    return None


class Watched:
    """The transactions of every connection while the block lasts; `wrong` says which statements came out of turn."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._held: dict[int, list[str]] = {}

    def see(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        connection = context["connection"]
        found = found_in(sql) if connection.in_atomic_block else None
        if found is not None:
            table, only_locks = found
            held = self._held.setdefault(id(connection), [])
            late = held and ORDER.index(table) < max(map(ORDER.index, held))
            if late and (only_locks or table not in held):
                self.wrong.append(f"{table} after {', '.join(held)}: {sql[:200]}")
            held.append(table)
        return execute(sql, params, many, context)

    def ended(self, connection: BaseDatabaseWrapper) -> None:
        self._held.pop(id(connection), None)


@contextmanager
def watched() -> Iterator[Watched]:
    """Watch all connections, those of other threads too, until the block ends."""
    from django.db import connection

    seen = Watched()
    set_autocommit = BaseDatabaseWrapper.set_autocommit

    def begins_or_ends(self: BaseDatabaseWrapper, *given: Any, **named: Any) -> None:
        seen.ended(self)
        set_autocommit(self, *given, **named)

    def watch(connection: BaseDatabaseWrapper, **_: object) -> None:
        if seen.see not in connection.execute_wrappers:
            connection.execute_wrappers.append(seen.see)

    watch(connection)
    connection_created.connect(watch)
    BaseDatabaseWrapper.set_autocommit = begins_or_ends  # type: ignore[method-assign]  # the one place every transaction passes
    try:
        yield seen
    finally:
        BaseDatabaseWrapper.set_autocommit = set_autocommit  # type: ignore[method-assign]  # as it was
        connection_created.disconnect(watch)
        connection.execute_wrappers.remove(seen.see)
