"""People, projects and who belongs where.

Belongs here: tables and constraints.
Does not: workflow (services), what one may see (selectors).
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.core.validators import validate_slug
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.choices import Locale, ProjectState, Role
from accounts.querysets import InvitationQuerySet, ResetLinkQuerySet
from config.base.fields import StructField, uuid7_key


class UserManager(BaseUserManager["User"]):
    """Django's natural-key lookup; people are made by accounts.services.people."""


class User(AbstractBaseUser):
    """A person who signs in. Administrators run the instance; a project's rights come from memberships."""

    username = models.CharField(max_length=64, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    locale = models.CharField(max_length=8, choices=Locale, default=Locale.ENGLISH)
    # Page -> Loupe's chord -> the person's own.
    keys = StructField(dict[str, dict[str, str]], default=dict, db_default={}, blank=True)
    # By place, "" where one is free: the place is the key that inserts the phrase.
    phrases = StructField(list[str], default=list, db_default=[], blank=True)
    date_joined = models.DateTimeField(db_default=Now())

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class Session(AbstractBaseSession):
    """A signed-in browser, with its person as a column so that sessions can be listed and ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    user_agent = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[BaseSessionManager[Session]] = BaseSessionManager()  # type: ignore[assignment]  # the stub's manager is generic over the base

    @classmethod
    def get_session_store_class(cls) -> type:
        from accounts.sessions import SessionStore  # the store imports this module

        return SessionStore


class Project(models.Model):
    """One body of samples with its aspects and people."""

    id = uuid7_key()
    slug = models.CharField(max_length=64, unique=True, validators=[validate_slug])
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=ProjectState, default=ProjectState.ACTIVE)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="project_slug_is_a_slug", condition=Q(slug__regex=r"^[-a-zA-Z0-9_]+$")),
        ]


class Membership(models.Model):
    """One person's role in one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=9, choices=Role)
    joined_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="membership_once_per_project")]


class Team(models.Model):
    """Members of a project under one name, to be chosen with one click. Right to nothing by itself."""

    id = uuid7_key()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    members = models.ManyToManyField(Membership, related_name="teams")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="team_name_once_per_project")]


class Invitation(models.Model):
    """A link that makes whoever opens it a member. Only its token's hash is stored."""

    id = uuid7_key()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=9, choices=Role)
    token_hash = models.BinaryField(max_length=32, unique=True)
    note = models.CharField(max_length=120, blank=True, default="")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = InvitationQuerySet.as_manager()


class ResetLink(models.Model):
    """A link by which one person sets a new password; an administrator copies it, no mail server is needed."""

    id = uuid7_key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = ResetLinkQuerySet.as_manager()


class Token(models.Model):
    """A key for programs, acting as its person. Shown once; only its hash is stored."""

    id = uuid7_key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(max_length=32, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())


class AuditLogEntry(models.Model):
    """Who did what to what. Appended, never changed (a trigger refuses updates and deletes)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=160)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["project", "id"], name="audit_log_of_project")]
