"""Projects and who is in them."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from accounts.authentication import hash_secret
from accounts.choices import ProjectState, Role
from accounts.errors import LastLead, LinkSpent, SlugTaken
from accounts.models import Invitation, Membership, Project, User
from accounts.services import audit_log, people
from config.base.errors import InvalidInput, NotFound

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def create(*, slug: str, name: str, lead_id: int | None = None, actor_id: int | None = None) -> Project:
    """A new project, with what settings.PROJECT_FOUNDERS put into it. Raises SlugTaken or InvalidInput."""
    try:
        validate_slug(slug)
    except ValidationError:
        raise InvalidInput(
            "A project's short name has letters, digits, hyphens and underscores only.", slug=slug
        ) from None
    try:
        with transaction.atomic():
            project = Project.objects.create(slug=slug, name=name or slug)
    except IntegrityError:
        raise SlugTaken(slug=slug) from None
    if lead_id is not None:
        Membership.objects.create(project=project, user_id=lead_id, role=Role.LEAD)
    for founder in settings.PROJECT_FOUNDERS:
        import_string(founder)(project_id=project.id)
    audit_log.record(actor_id=actor_id, project_id=project.id, action="project.created", subject=slug)
    return project


@transaction.atomic
def rename(*, project_id: UUID, name: str, actor_id: int) -> None:
    """The slug stays: links and commands name it."""
    if not name.strip():
        raise InvalidInput("A project needs a name.")
    Project.objects.filter(pk=project_id).update(name=name.strip())
    audit_log.record(actor_id=actor_id, project_id=project_id, action="project.renamed", subject=name)


@transaction.atomic
def set_state(*, project_id: UUID, state: ProjectState, actor_id: int) -> None:
    """Archive or restore. An archived project is read-only."""
    if not Project.objects.filter(pk=project_id).update(state=state):
        raise NotFound
    audit_log.record(actor_id=actor_id, project_id=project_id, action=f"project.{state}", subject=str(project_id))


@transaction.atomic
def add_member(*, project_id: UUID, user_id: int, role: Role, actor_id: int | None = None) -> None:
    """Make the person a member, or give a member this role."""
    Membership.objects.update_or_create(project_id=project_id, user_id=user_id, defaults={"role": role})
    audit_log.record(
        actor_id=actor_id, project_id=project_id, action="member.added", subject=str(user_id), details={"role": role}
    )


@transaction.atomic
def change_role(*, project_id: UUID, user_id: int, role: Role, actor_id: int) -> None:
    """Raises LastLead when the project would have none."""
    membership = _member(project_id, user_id)
    if membership.role == Role.LEAD and role != Role.LEAD:
        _refuse_last_lead(project_id, user_id)
    membership.role = role
    membership.save(update_fields=["role"])
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="member.role_changed",
        subject=str(user_id),
        details={"role": role},
    )


@transaction.atomic
def remove_member(*, project_id: UUID, user_id: int, actor_id: int) -> None:
    """The person's work stays. Raises LastLead."""
    membership = _member(project_id, user_id)
    if membership.role == Role.LEAD:
        _refuse_last_lead(project_id, user_id)
    membership.delete()
    audit_log.record(actor_id=actor_id, project_id=project_id, action="member.removed", subject=str(user_id))


@transaction.atomic
def invite(*, project_id: UUID, role: Role, note: str, actor_id: int, now: datetime) -> tuple[Invitation, str]:
    """An invitation and the secret part of its link, which is shown this once; it lasts a week and works once."""
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        project_id=project_id,
        role=role,
        note=note,
        invited_by_id=actor_id,
        token_hash=hash_secret(secret),
        expires_at=now + INVITATION_LASTS,
    )
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="invitation.made",
        subject=note or str(invitation.pk),
        details={"role": role},
    )
    return invitation, secret


@transaction.atomic
def revoke_invitation(*, project_id: UUID, invitation_id: UUID, actor_id: int, now: datetime) -> None:
    """Raises NotFound unless it is open."""
    if not Invitation.objects.open(at=now).filter(project_id=project_id, pk=invitation_id).update(revoked_at=now):
        raise NotFound
    audit_log.record(actor_id=actor_id, project_id=project_id, action="invitation.revoked", subject=str(invitation_id))


def look_at_invitation(*, secret: str, now: datetime) -> Invitation:
    """What a link offers. Raises LinkSpent."""
    offered = Invitation.objects.open(at=now).select_related("project")
    found: Invitation | None = offered.filter(token_hash=hash_secret(secret)).first()
    if found is None:
        raise LinkSpent
    return found


@transaction.atomic
def accept_invitation(
    *, secret: str, user: User | None, username: str, name: str, password: str, now: datetime
) -> User:
    """Join by a link: as the person signed in, or as a new one. A member keeps the higher role. Raises LinkSpent."""
    invitation = Invitation.objects.open(at=now).select_for_update().filter(token_hash=hash_secret(secret)).first()
    if invitation is None:
        raise LinkSpent
    if user is None:
        user = people.create(username=username, name=name, password=password, actor_id=invitation.invited_by_id)
    present = Membership.objects.filter(project_id=invitation.project_id, user=user).first()
    if present is None:
        Membership.objects.create(project_id=invitation.project_id, user=user, role=invitation.role)
    elif Role(invitation.role).rank > Role(present.role).rank:
        present.role = invitation.role
        present.save(update_fields=["role"])
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit_log.record(
        actor_id=user.pk, project_id=invitation.project_id, action="invitation.accepted", subject=user.username
    )
    return user


def _member(project_id: UUID, user_id: int) -> Membership:
    found = Membership.objects.select_for_update().filter(project_id=project_id, user_id=user_id).first()
    if found is None:
        raise NotFound
    return found


def _refuse_last_lead(project_id: UUID, user_id: int) -> None:
    leads = (
        Membership.objects.select_for_update().filter(project_id=project_id, role=Role.LEAD).exclude(user_id=user_id)
    )
    if not leads.exists():
        raise LastLead
