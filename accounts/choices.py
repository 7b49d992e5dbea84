"""Stored codes and what they mean to a person."""

from django.db import models


class Role(models.TextChoices):
    """What a member may do in a project. Each may do what the one before may."""

    ANNOTATOR = "annotator", "Annotator"
    REVIEWER = "reviewer", "Reviewer"
    LEAD = "lead", "Lead"

    @property
    def rank(self) -> int:
        """Higher may do more."""
        return list(Role).index(self)

    def covers(self, other: "Role") -> bool:
        """Whether this role may do what `other` may."""
        return self.rank >= other.rank


class ProjectState(models.TextChoices):
    """An archived project can be read by its leads and changed by nobody."""

    ACTIVE = "active", "Active"
    ARCHIVED = "archived", "Archived"


class Locale(models.TextChoices):
    """Languages of the pages."""

    ENGLISH = "en", "English"
    CHINESE = "zh-CN", "中文"
