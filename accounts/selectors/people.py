"""Who somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.choices import Role
from accounts.models import Membership, Session, Team, User
from config.base.errors import NotFound


@dataclass(frozen=True)
class PersonInfo:
    """A person as pages show them."""

    user_id: int
    username: str
    name: str
    is_active: bool
    is_administrator: bool
    joined_at: datetime


@dataclass(frozen=True)
class MemberInfo:
    """A person in a project."""

    user_id: int
    username: str
    name: str
    role: Role
    is_active: bool
    joined_at: datetime


@dataclass(frozen=True)
class TeamInfo:
    """Some members of a project under one name."""

    team_id: UUID
    name: str
    user_ids: tuple[int, ...]


def names(user_ids: Iterable[int]) -> dict[int, str]:
    """Display name by id: the name, or the user name where none was given."""
    rows = User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name", "username")
    return {pk: name or username for pk, name, username in rows}


def by_username(username: str) -> User:
    """Raises NotFound."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound("There is no user named {username!r}.", username=username)
    return user


def everybody() -> list[PersonInfo]:
    """For administrators."""
    return [
        PersonInfo(user.pk, user.username, user.name, user.is_active, user.is_administrator, user.date_joined)
        for user in User.objects.order_by("username")
    ]


def members(project_id: UUID) -> list[MemberInfo]:
    """A project's people, by name."""
    rows = Membership.objects.select_related("user").filter(project_id=project_id).order_by("user__username")
    return [
        MemberInfo(row.user.pk, row.user.username, row.user.name, Role(row.role), row.user.is_active, row.joined_at)
        for row in rows
    ]


def teams(project_id: UUID) -> list[TeamInfo]:
    """A project's teams, by name."""
    rows = Team.objects.filter(project_id=project_id).prefetch_related("members").order_by("name", "pk")
    return [TeamInfo(team.pk, team.name, tuple(sorted(each.user_id for each in team.members.all()))) for team in rows]


def sessions(user_id: int) -> list[Session]:
    """A person's signed-in browsers, newest first."""
    return list(Session.objects.filter(user_id=user_id).order_by("-created_at", "session_key"))
