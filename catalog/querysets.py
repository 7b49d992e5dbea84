"""Filters that chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from catalog.models import Import, Sample


class SampleQuerySet(models.QuerySet["Sample"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)


class ImportQuerySet(models.QuerySet["Import"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)
