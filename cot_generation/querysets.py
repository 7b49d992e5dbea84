"""Chainable filters of this app's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef

from cot_generation.choices import CallState, CascadeState, EndpointState, RunPurpose, RunState

if TYPE_CHECKING:
    from cot_generation.models import Call, Cascade, Endpoint, Prompt, Rationale, Run


# A text names a slot as `{{A}}`, people search for A; and no text holds a NUL.
UNSEARCHED = str.maketrans("", "", "{}\0")


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def active(self) -> Self:
        return self.filter(state=EndpointState.ACTIVE)


class PromptQuerySet(models.QuerySet["Prompt"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)


class CascadeQuerySet(models.QuerySet["Cascade"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def running(self) -> Self:
        return self.filter(state=CascadeState.RUNNING)


class RunQuerySet(models.QuerySet["Run"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def running(self) -> Self:
        return self.filter(state=RunState.RUNNING)

    def for_rationales(self) -> Self:
        return self.filter(purpose=RunPurpose.RATIONALE)


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> Self:
        return self.filter(state=CallState.SENT)


class RationaleQuerySet(models.QuerySet["Rationale"]):
    def in_project(self, project_id: UUID) -> Self:
        return self.filter(project_id=project_id)

    def newest(self) -> Self:
        """Without those that a person has revised since."""
        # A left join that finds nothing says the same, but PostgreSQL expects one row of it, reads all and then sorts.
        return self.filter(~Exists(self.model._base_manager.filter(revises=OuterRef("pk"))))

    def saying(self, words: str) -> Self:
        """In whose text all of these stand, each whole or as a part of a word, in any order, in capitals or not.

        What a space divides is looked for by itself, so a phrase of Chinese stands as it is written.
        """
        found = self
        for word in words.lower().translate(UNSEARCHED).split():
            found = found.filter(search_text__text__contains=word)
        return found
