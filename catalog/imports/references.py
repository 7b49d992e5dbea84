"""Foreign keys of new rows, held once a chunk instead of looked up twenty times a sample.

Belongs here: locking what a chunk's new rows refer to, and leaving out the checks that this makes superfluous.
Does not: rows that refer to anything else; updates run with every check on.

New rows of a chunk name four things: their project, their import, the project's aspects, and samples of the same
transaction. The first three are locked here as a foreign key's own check would lock them; the fourth nobody else can
see yet. Where the database's user may not leave checks out (any but a superuser, unless granted), they simply run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError

MAY = "select has_parameter_privilege(current_user, 'session_replication_role', 'set')"

PROJECT = "select id from accounts_project where id = any(%s) for key share"
IMPORT = "select id from catalog_import where id = any(%s) for key share"
ASPECTS = "select id from catalog_aspect where id = any(%s) for key share"


@contextmanager
def held(cursor: Any, project_id: UUID, run_id: UUID | None, aspect_ids: Iterable[int]) -> Iterator[None]:
    """Inside the chunk's transaction, around its COPYs. Raises IntegrityError where something is gone."""
    _lock(cursor, PROJECT, [project_id])
    _lock(cursor, IMPORT, [run_id])
    _lock(cursor, ASPECTS, list(aspect_ids))
    cursor.execute(MAY)
    if not cursor.fetchone()[0]:
        yield
        return
    cursor.execute("set local session_replication_role = replica")
    yield
    cursor.execute("set local session_replication_role = origin")  # after an error the rollback does it


def _lock(cursor: Any, statement: str, keys: list[Any]) -> None:
    cursor.execute(statement, [keys])
    if len(cursor.fetchall()) != len(keys):
        raise IntegrityError(f"A row that the import refers to is gone: {statement}.")
