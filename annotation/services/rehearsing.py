"""People who do not exist: what the demo and nobody else needs so that its pages look like life.

Belongs here: letting time pass for a turn that a program works off within milliseconds.
Does not: saying so (the demo's own notes do); how time is counted, which stays the same for everybody (statements.py).
"""

from __future__ import annotations

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


@transaction.atomic
def let_pass(*, user_id: int, assignment_id: int, ms: int) -> None:
    """As if this person had opened the piece `ms` ago: the next submit may be believed so much active time.

    The caller answers for telling people that the time is made up.
    """
    values = {"a": assignment_id, "u": user_id, "ago": timedelta(milliseconds=ms)}
    run(TURNS, values)
    run(ASSIGNMENT, values)
