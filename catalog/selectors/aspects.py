"""A project's aspects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from catalog.models import Aspect, AspectRevision
from catalog.shapes import Names


@dataclass(frozen=True)
class AspectInfo:
    """An aspect as upper apps know it. `names` and `description` map `en` and `zh` to text."""

    id: int
    key: str
    names: dict[str, str]
    description: dict[str, str]
    severities: tuple[str, ...]
    position: int
    revision: int = 1
    retired_at: datetime | None = None


def of_project(project_id: UUID) -> list[AspectInfo]:
    """In the order of the verdict matrix; retired aspects are left out."""
    rows = Aspect.objects.filter(project_id=project_id, retired_at__isnull=True).order_by("position", "pk")
    return [_info(row) for row in rows]


def retired(project_id: UUID) -> list[AspectInfo]:
    """What is no longer judged, the newest retirement first. Old annotations and releases still name them."""
    rows = Aspect.objects.filter(project_id=project_id, retired_at__isnull=False).order_by("-retired_at", "pk")
    return [_info(row) for row in rows]


@dataclass(frozen=True)
class FormerAspect:
    """What an aspect was up to a moment, and who changed it then."""

    key: str
    revision: int
    names: dict[str, str]
    description: dict[str, str]
    severities: tuple[str, ...]
    retired: bool
    replaced_by: int | None
    replaced_at: datetime


def history(project_id: UUID, *, limit: int = 100) -> list[FormerAspect]:
    """Earlier revisions of the project's aspects, newest first."""
    rows = AspectRevision.objects.filter(aspect__project_id=project_id).select_related("aspect").order_by("-pk")
    return [
        FormerAspect(
            key=row.aspect.key,
            revision=row.revision,
            names=_texts(row.names),
            description=_texts(row.description),
            severities=tuple(row.severities),
            retired=row.retired_at is not None,
            replaced_by=row.replaced_by_id,
            replaced_at=row.replaced_at,
        )
        for row in rows[:limit]
    ]


def by_ids(aspect_ids: set[int]) -> dict[int, AspectInfo]:
    """Including retired ones: old annotations still name them."""
    return {row.pk: _info(row) for row in Aspect.objects.filter(pk__in=aspect_ids)}


def _info(row: Aspect) -> AspectInfo:
    return AspectInfo(
        id=row.pk,
        key=row.key,
        names=_texts(row.names),
        description=_texts(row.description),
        severities=tuple(row.severities),
        position=row.position,
        revision=row.revision,
        retired_at=row.retired_at,
    )


def _texts(names: Names) -> dict[str, str]:
    return {"en": names.en, "zh": names.zh or names.en}
