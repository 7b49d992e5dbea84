"""Writing columns of many rows in one statement.

Belongs here: `UPDATE … FROM (VALUES …)`. Django's bulk_update builds a CASE for every row and column, which took three
quarters of the worker's time on settling (measured by `benchmarks/generate.py`).
Does not: deciding what is written; whoever calls holds the rows' locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, models
from psycopg2.extras import execute_values


def write(rows: Iterable[models.Model], columns: Sequence[str]) -> None:
    """Write these fields of these rows, all of one model, by primary key."""
    found = list(rows)
    if not found:
        return
    meta = type(found[0])._meta
    fields = [meta.get_field(name) for name in columns]
    concrete = [field for field in fields if isinstance(field, models.Field)]
    if len(concrete) != len(columns):
        raise TypeError(f"only columns of {meta.label} can be written, not {columns}")
    types = [field.db_type(connection) for field in concrete]
    key = meta.pk
    column = key.column
    if column is None:
        raise TypeError(f"{meta.label} has no primary key column")
    quote = connection.ops.quote_name
    assigned = ", ".join(f"{quote(str(field.column))} = v.c{place}" for place, field in enumerate(concrete))
    names = ", ".join(["k", *(f"c{place}" for place in range(len(concrete)))])
    statement = (
        f"UPDATE {quote(meta.db_table)} AS t SET {assigned} FROM (VALUES %s) AS v ({names}) "  # noqa: S608  (our own column names)
        f"WHERE t.{quote(column)} = v.k"
    )
    template = "(" + ", ".join([f"%s::{key.rel_db_type(connection)}", *(f"%s::{kind}" for kind in types)]) + ")"
    values = [
        (
            key.get_db_prep_save(row.pk, connection),
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in concrete),
        )
        for row in found
    ]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, statement, values, template, page_size=1000)
