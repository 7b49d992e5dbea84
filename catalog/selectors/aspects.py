"""A project's aspects."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from catalog.models import Aspect
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


def of_project(project_id: UUID) -> list[AspectInfo]:
    """In the order of the verdict matrix; retired aspects are left out."""
    rows = Aspect.objects.filter(project_id=project_id, retired_at__isnull=True).order_by("position", "pk")
    return [_info(row) for row in rows]


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
    )


def _texts(names: Names) -> dict[str, str]:
    return {"en": names.en, "zh": names.zh or names.en}
