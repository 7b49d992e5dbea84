"""Batches in the making: kept on the server, picked up again by any lead, or discarded.

Belongs here: keeping and discarding. Does not: starting one (batches.create, which takes the draft away).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from annotation.errors import BatchDraftMoved
from annotation.models import BatchDraft
from config.base.errors import LimitReached, NotFound

MOST = 100  # in one project


@transaction.atomic
def keep(*, project_id: UUID, name: str, body: dict[str, Any], actor_id: int, now: datetime) -> BatchDraft:
    """A new draft. Raises LimitReached."""
    if BatchDraft.objects.filter(project_id=project_id).count() >= MOST:
        raise LimitReached("A project keeps at most {most} drafts; discard one first.", most=MOST)
    made = BatchDraft.objects.create(
        project_id=project_id, name=name.strip()[:160], body=body, saved_by_id=actor_id, saved_at=now
    )
    made.refresh_from_db()
    return made


@transaction.atomic
def save(
    *, project_id: UUID, draft_id: UUID, version: int, name: str, body: dict[str, Any], actor_id: int, now: datetime
) -> BatchDraft:
    """The next version. Raises NotFound, and BatchDraftMoved unless `version` is the one stored."""
    draft = BatchDraft.objects.select_for_update().filter(project_id=project_id, pk=draft_id).first()
    if draft is None:
        raise NotFound("This draft was started or discarded.")
    if draft.version != version:
        raise BatchDraftMoved(version=draft.version)
    draft.name, draft.body, draft.version = name.strip()[:160], body, version + 1
    draft.saved_by_id, draft.saved_at = actor_id, now
    draft.save(update_fields=["name", "body", "version", "saved_by", "saved_at"])
    return draft


def discard(*, project_id: UUID, draft_id: UUID) -> None:
    """Twice is harmless."""
    BatchDraft.objects.filter(project_id=project_id, pk=draft_id).delete()
