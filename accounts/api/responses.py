"""Replies of this app."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from accounts.choices import ProjectState, Role
from accounts.models import Invitation
from accounts.selectors.people import MemberInfo, PersonInfo, TeamInfo
from accounts.selectors.projects import ProjectAccess, ProjectInfo


class ProjectBrief(msgspec.Struct):
    """A project in a list; `role` is null for an administrator who is no member."""

    id: UUID
    slug: str
    name: str
    state: ProjectState
    role: Role | None

    @classmethod
    def of(cls, info: ProjectInfo) -> ProjectBrief:
        role = info.role if isinstance(info, ProjectAccess) else None
        return cls(id=info.project_id, slug=info.slug, name=info.name, state=info.state, role=role)


class SessionUser(msgspec.Struct):
    """The person; `keys` are their own: page, then Loupe's chord, then theirs. `phrases` too, "" where one is free."""

    id: int
    username: str
    name: str
    is_administrator: bool
    locale: str
    keys: dict[str, dict[str, str]]
    phrases: list[str]


class SessionDetail(msgspec.Struct):
    """Who is signed in, and the token that unsafe requests send as X-CSRFToken."""

    user: SessionUser
    projects: list[ProjectBrief]
    csrf: str


class ProjectList(msgspec.Struct):
    results: list[ProjectBrief]


class MemberRow(msgspec.Struct):
    user_id: int
    username: str
    name: str
    role: Role
    is_active: bool
    joined_at: datetime

    @classmethod
    def of(cls, info: MemberInfo) -> MemberRow:
        return cls(info.user_id, info.username, info.name, info.role, info.is_active, info.joined_at)


class MemberList(msgspec.Struct):
    results: list[MemberRow]


class InvitationRow(msgspec.Struct):
    id: UUID
    role: Role
    note: str
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: Invitation) -> InvitationRow:
        return cls(row.pk, Role(row.role), row.note, row.expires_at, row.accepted_at, row.revoked_at)


class InvitationList(msgspec.Struct):
    results: list[InvitationRow]


class LinkReply(msgspec.Struct):
    """A link to copy; it is shown this once."""

    url: str
    expires_at: datetime


class InvitationOffer(msgspec.Struct):
    """What an invitation link offers, before anybody signs in."""

    project: str
    role: Role


class PersonRow(msgspec.Struct):
    user_id: int
    username: str
    name: str
    is_active: bool
    is_administrator: bool
    joined_at: datetime

    @classmethod
    def of(cls, info: PersonInfo) -> PersonRow:
        return cls(info.user_id, info.username, info.name, info.is_active, info.is_administrator, info.joined_at)


class PersonList(msgspec.Struct):
    results: list[PersonRow]


class TokenRow(msgspec.Struct):
    id: UUID
    name: str
    created_at: datetime
    revoked_at: datetime | None


class TokenList(msgspec.Struct):
    results: list[TokenRow]


class TokenSecret(msgspec.Struct):
    """A new token; its secret is shown this once."""

    id: UUID
    name: str
    secret: str


class BrowserRow(msgspec.Struct):
    """A signed-in browser. `id` is a digest: the key itself never leaves the server."""

    id: str
    user_agent: str
    created_at: datetime
    expires_at: datetime
    current: bool


class BrowserList(msgspec.Struct):
    results: list[BrowserRow]


class AuditLogRow(msgspec.Struct):
    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, object]


class AuditLogPage(msgspec.Struct):
    results: list[AuditLogRow]
    after: str | None


class TeamRow(msgspec.Struct):
    """`people`: user ids, all of them members of the project."""

    id: UUID
    name: str
    people: list[int]

    @classmethod
    def of(cls, info: TeamInfo) -> TeamRow:
        return cls(info.team_id, info.name, list(info.user_ids))


class TeamList(msgspec.Struct):
    results: list[TeamRow]
