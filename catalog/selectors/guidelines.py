"""The words people judge by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from catalog.models import Guideline
from catalog.shapes import GuidelineText
from config.base.errors import NotFound


@dataclass(frozen=True)
class GuidelineInfo:
    """One version; `texts` by aspect key."""

    version: int
    texts: dict[str, GuidelineText]
    note: str
    created_at: datetime


def current(project_id: UUID) -> GuidelineInfo:
    """The newest version. Raises NotFound for a project that was never set up."""
    row = Guideline.objects.filter(project_id=project_id).order_by("-version").first()
    if row is None:
        raise NotFound("This project has no guideline yet.")
    return _info(row)


def version(project_id: UUID, number: int) -> GuidelineInfo:
    """Raises NotFound."""
    row = Guideline.objects.filter(project_id=project_id, version=number).first()
    if row is None:
        raise NotFound
    return _info(row)


def versions(project_id: UUID) -> list[GuidelineInfo]:
    """Newest first."""
    return [_info(row) for row in Guideline.objects.filter(project_id=project_id).order_by("-version")]


def _info(row: Guideline) -> GuidelineInfo:
    return GuidelineInfo(version=row.version, texts=row.texts, note=row.note, created_at=row.created_at)
