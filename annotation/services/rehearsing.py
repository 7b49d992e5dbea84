"""People who do not exist: what the demo and nobody else needs so that its pages look like life.

Belongs here: letting time pass for a turn that a program works off within milliseconds.
Does not: saying so (the demo's own notes do); how time is counted, which stays the same for everybody (statements.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from annotation.querying import run

TURNS = """
update annotation_personturn set beat_at = now() - %(ago)s where annotator_id = %(u)s and beat_at > now() - %(ago)s
"""
ASSIGNMENT = """
update annotation_assignment set leased_at = now() - %(ago)s, lease = 'work'
where id = %(a)s and annotator_id = %(u)s and state = 'leased'
"""
# Else a sample's life would tell that somebody had it before it was imported.
AS_IT_WAS = """
update annotation_assignment set leased_at = now() where id = %(a)s and annotator_id = %(u)s
"""


@contextmanager
def let_pass(*, user_id: int, assignment_id: int, ms: int) -> Iterator[None]:
    """As if this person had opened the piece `ms` ago: a submit inside may be believed so much active time.

    The caller answers for telling people that the time is made up.
    """
    values = {"a": assignment_id, "u": user_id, "ago": timedelta(milliseconds=ms)}
    with transaction.atomic():
        run(TURNS, values)
        run(ASSIGNMENT, values)
    yield
    run(AS_IT_WAS, values)
