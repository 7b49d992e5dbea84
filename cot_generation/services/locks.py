"""The one order in which rows are locked, so that no two transactions wait for each other.

Belongs here: that order, and taking the locks of one kind. Does not: what is read or written under them.

A transaction that holds a lock asks only for locks further along in this line, and for all of one kind at once:

    cascade, budget, endpoint, run, call batch, question, call, rationale, budget day

A project's batches (annotation.services.batches.lock) stand behind all of these.

Claiming, and giving back what a lease ran out on (config.base.work), pass over rows that somebody holds and so wait for
nobody. A foreign key never waits either: no lock here keeps a row's key from being named by another row. The tests of
this app watch every transaction for it.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def take(rows: models.QuerySet[Row], *, at_most: int | None = None) -> dict[Any, Row]:
    """Lock these rows, or the first of them, in the order of their keys, until the transaction ends; key -> row."""
    ordered = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    return {row.pk: row for row in ordered[:at_most]}
