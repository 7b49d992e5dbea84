"""Filters that chain."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Invitation, ResetLink


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, at: datetime) -> Self:
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class ResetLinkQuerySet(models.QuerySet["ResetLink"]):
    def open(self, *, at: datetime) -> Self:
        return self.filter(used_at__isnull=True, expires_at__gt=at)
