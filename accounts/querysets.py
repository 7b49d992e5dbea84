"""Filters that chain."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Invitation, Project, ResetLink, User


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> Self:
        """Projects the user is a member of. An administrator who is no member sees none of the content."""
        return self.filter(memberships__user=user)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, at: datetime) -> Self:
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class ResetLinkQuerySet(models.QuerySet["ResetLink"]):
    def open(self, *, at: datetime) -> Self:
        return self.filter(used_at__isnull=True, expires_at__gt=at)
