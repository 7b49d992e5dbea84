"""Unsent input, kept until it is submitted.

Belongs here: storing a draft so that an older one never wins; keeping what came too late.
Does not: what is in it (the page's own business).
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.db import connection

from annotation.errors import AssignmentNotFound, DraftOutdated
from annotation.models import Draft
from config.base.errors import InvalidInput

LARGEST_BYTES = 256 * 1024

SAVE = """
insert into annotation_draft (assignment_id, version, body)
select a.id, %(version)s, %(body)s::jsonb from annotation_assignment a join annotation_batch b on b.id = a.batch_id
where a.id = %(a)s and a.annotator_id = %(u)s and b.project_id = %(p)s and a.state <> 'submitted'
on conflict (assignment_id) do update set version = excluded.version, body = excluded.body, saved_at = now()
where annotation_draft.version < excluded.version
"""

# What came too late to be submitted goes on top of whatever is stored.
KEEP = """
insert into annotation_draft (assignment_id, version, body)
select a.id, 1, %(body)s::jsonb from annotation_assignment a join annotation_batch b on b.id = a.batch_id
where a.id = %(a)s and a.annotator_id = %(u)s and b.project_id = %(p)s and a.state <> 'submitted'
on conflict (assignment_id) do update
set version = annotation_draft.version + 1, body = annotation_draft.body || excluded.body, saved_at = now()
"""


def save(*, user_id: int, project_id: UUID, assignment_id: int, version: int, body: Mapping[str, object]) -> None:
    """Store this version unless a newer one is there. A lease that ran out does not matter: input is never lost.

    Raises DraftOutdated with the stored version, AssignmentNotFound (not yours, or submitted already).
    """
    encoded = _encode(body)
    with connection.cursor() as cursor:
        cursor.execute(SAVE, {"a": assignment_id, "u": user_id, "p": project_id, "version": version, "body": encoded})
        if cursor.rowcount:
            return
    stored = Draft.objects.filter(
        assignment_id=assignment_id, assignment__annotator_id=user_id, assignment__batch__project_id=project_id
    ).first()
    if stored is None:
        raise AssignmentNotFound("This piece is not yours, or it was submitted already.")
    if stored.version == version and stored.body == dict(body):
        return  # the same save, repeated
    raise DraftOutdated(version=stored.version)


def keep(*, user_id: int, project_id: UUID, assignment_id: int, body: Mapping[str, object]) -> None:
    """Keep what was submitted after the lease ran out. Raises AssignmentNotFound unless the turn is this person's."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"a": assignment_id, "u": user_id, "p": project_id, "body": _encode(body)})
        if cursor.rowcount:
            return
        cursor.execute(
            "select 1 from annotation_assignment a join annotation_batch b on b.id = a.batch_id "
            "where a.id = %s and a.annotator_id = %s and b.project_id = %s",
            [assignment_id, user_id, project_id],
        )
        if cursor.fetchone() is None:
            raise AssignmentNotFound


def _encode(body: Mapping[str, object]) -> str:
    encoded = msgspec.json.encode(body).decode()
    if len(encoded) > LARGEST_BYTES:
        raise InvalidInput("A draft has at most {most} bytes.", most=LARGEST_BYTES)
    if "\\u0000" in encoded:
        raise InvalidInput("Text cannot hold the character U+0000.")
    return encoded
