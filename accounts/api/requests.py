"""Bodies this app accepts."""

from __future__ import annotations

from accounts.choices import ProjectState, Role
from config.base.api.requests import StructRequest


class SignInRequest(StructRequest):
    username: str
    password: str


class PasswordChangeRequest(StructRequest):
    old: str
    new: str


class ProfileRequest(StructRequest):
    name: str | None = None
    locale: str | None = None


class ProjectCreateRequest(StructRequest):
    slug: str
    name: str
    lead: str | None = None


class ProjectChangeRequest(StructRequest):
    name: str | None = None
    state: ProjectState | None = None


class InvitationCreateRequest(StructRequest):
    role: Role
    note: str = ""


class InvitationAcceptRequest(StructRequest):
    username: str = ""
    name: str = ""
    password: str = ""


class MemberChangeRequest(StructRequest):
    role: Role


class PersonCreateRequest(StructRequest):
    username: str
    password: str
    name: str = ""
    is_administrator: bool = False


class PersonChangeRequest(StructRequest):
    is_active: bool | None = None
    is_administrator: bool | None = None


class PasswordResetRequest(StructRequest):
    password: str


class TokenCreateRequest(StructRequest):
    name: str


class KeysRequest(StructRequest):
    """One's own keys, all of them: page, then Loupe's chord, then the one that takes its place."""

    keys: dict[str, dict[str, str]]


class PhrasesRequest(StructRequest):
    """One's own phrases, all of them, by place; "" leaves a place free."""

    phrases: list[str]


class TeamRequest(StructRequest):
    name: str
    people: list[int]
