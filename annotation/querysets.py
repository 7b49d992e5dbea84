"""Filters that chain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from annotation.choices import AnnotationOrigin, AssignmentState, BatchState, Purpose

if TYPE_CHECKING:
    from annotation.models import Annotation, Assignment, Batch, Consensus, Gold, GoldResult, Piece


class BatchQuerySet(models.QuerySet["Batch"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def workable_by(self, user_id: int) -> Self:
        """Open, and either for everybody or for this person among others."""
        return self.filter(Q(people=[]) | Q(people__contains=[user_id]), state=BatchState.OPEN)


class PieceQuerySet(models.QuerySet["Piece"]):
    def open(self) -> Self:
        """With a place that nobody holds or has filled."""
        return self.filter(wanted__gt=F("held") + F("accepted"))

    def unfinished(self) -> Self:
        return self.filter(wanted__gt=F("accepted"))


class GoldQuerySet(models.QuerySet["Gold"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def live(self) -> Self:
        return self.filter(retired_at__isnull=True)


class GoldResultQuerySet(models.QuerySet["GoldResult"]):
    def measured(self) -> Self:
        """Hidden gold only, without what was taken back: practice is there to learn from, not to measure by."""
        return self.filter(purpose=Purpose.GOLD, is_void=False)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def overdue(self, *, at: datetime) -> Self:
        return self.filter(state=AssignmentState.LEASED, lease_expires_at__lte=at)


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def newest(self) -> Self:
        """The latest revision of each assignment; what came without an assignment is always its own newest."""
        later = self.model._default_manager.filter(assignment=OuterRef("assignment"), revision__gt=OuterRef("revision"))
        return self.filter(Q(assignment__isnull=True) | ~Exists(later))

    def counted(self) -> Self:
        """Opinions the vote counts: the newest of each turn, unless it was sent back."""
        return self.newest().filter(
            origin=AnnotationOrigin.OPINION, counts=True, assignment__state=AssignmentState.SUBMITTED
        )


class ConsensusQuerySet(models.QuerySet["Consensus"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def of_samples(self, sample_ids: Iterable[int]) -> Self:
        return self.filter(sample_id__in=list(sample_ids))

    def disputed(self) -> Self:
        return self.filter(disputed=True)
