"""The round that finds what is due and what went quiet, every five seconds.

Belongs here: one pass over every table in settings.WORK, and over settings.SWEEPERS.
Does not: working anything off; it only sends hints.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from config.base import work
from config.base.models import WorkRow

log = structlog.get_logger()

# Any constant will do, as long as nothing else in this database takes the same advisory lock.
SWEEP_LOCK = 7_201_533


def sweep(*, now: datetime) -> bool:
    """One round. False when another process is in the middle of one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [SWEEP_LOCK])
            row = cursor.fetchone()
        if not row or not row[0]:
            return False
        for label, (task, queue) in settings.WORK.items():
            model = apps.get_model(label)
            if not issubclass(model, WorkRow):
                raise TypeError(f"settings.WORK names {label}, which is no WorkRow")
            for why, given_back in (
                ("work.went_quiet", work.give_back_expired(model, now=now)),
                ("work.worker_gone", work.give_back_from_gone(model, now=now)),
            ):
                if any(given_back):
                    log.warning(why, table=label, due=given_back[0], failed=given_back[1])
            if work.is_due(model, now=now):
                work.send(task, queue)
    for dotted in settings.SWEEPERS:
        import_string(dotted)(now=now)
    return True
