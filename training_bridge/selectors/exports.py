"""Exports that were asked for, and their archives."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import storages

from config.base.choices import WorkState
from config.base.errors import NotFound
from curation.selectors import releases
from training_bridge.errors import ExportNotReady
from training_bridge.models import Export


def of_release(project_id: UUID, release_name: str) -> list[Export]:
    """By format. Raises NotFound for an unknown release."""
    release = releases.by_name(project_id, release_name)
    return list(Export.objects.in_project(project_id).filter(release_id=release.id).order_by("format", "seed", "pk"))


def archive(project_id: UUID, export_id: UUID) -> tuple[str, File[bytes]]:
    """What to call the file, and the file. Raises NotFound, ExportNotReady."""
    export = Export.objects.in_project(project_id).filter(pk=export_id).first()
    if export is None:
        raise NotFound
    if export.state != WorkState.DONE:
        raise ExportNotReady(state=export.state)
    release = releases.by_id(export.release_id)
    return f"{release.name}-{export.format}.zip", storages["media"].open(export.key)
