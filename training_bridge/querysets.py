"""Filters that chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from training_bridge.choices import LIVE, RunState

if TYPE_CHECKING:
    from training_bridge.models import Export, QuestionState, TrainingRun


class TrainingRunQuerySet(models.QuerySet["TrainingRun"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def running_on(self, host: str) -> Self:
        """Whose process, if it lives, lives on this machine."""
        return self.filter(state=RunState.RUNNING, host=host)


class ExportQuerySet(models.QuerySet["Export"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)


class QuestionStateQuerySet(models.QuerySet["QuestionState"]):
    def of_run(self, run_id: UUID) -> Self:
        return self.filter(run_id=run_id)

    def by_loss(self) -> Self:
        """Those whose loss was measured, the highest first."""
        return self.filter(loss_rank__isnull=False).order_by("loss_rank", "pk")
