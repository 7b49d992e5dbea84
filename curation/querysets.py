"""Filters that chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from curation.models import AuditLot, Release, SampleRow, Slice


class SampleRowQuerySet(models.QuerySet["SampleRow"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)


class SliceQuerySet(models.QuerySet["Slice"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)


class AuditLotQuerySet(models.QuerySet["AuditLot"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)


class ReleaseQuerySet(models.QuerySet["Release"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)
