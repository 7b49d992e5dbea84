"""Which projects there are, and what a person is in one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.choices import ProjectState, Role
from accounts.models import Membership, Project
from config.base.errors import NotFound


@dataclass(frozen=True)
class ProjectInfo:
    """A project, whoever asks."""

    project_id: UUID
    slug: str
    name: str
    state: ProjectState
    created_at: datetime


@dataclass(frozen=True)
class ProjectAccess(ProjectInfo):
    """A project as one member meets it."""

    role: Role
    user_id: int


def access(*, user_id: int, slug: str) -> ProjectAccess:
    """The user's place in the project. Raises NotFound for a missing project and a stranger alike."""
    membership = (
        Membership.objects.select_related("project")
        .filter(user_id=user_id, project__slug=slug, user__is_active=True)
        .first()
    )
    if membership is None:
        raise NotFound
    project = membership.project
    return ProjectAccess(
        project_id=project.id,
        slug=project.slug,
        name=project.name,
        state=ProjectState(project.state),
        created_at=project.created_at,
        role=Role(membership.role),
        user_id=user_id,
    )


def memberships_of(user_id: int) -> list[ProjectAccess]:
    """Every project of this person, archived ones last."""
    rows = (
        Membership.objects.select_related("project")
        .filter(user_id=user_id)
        .order_by("project__state", "project__name", "pk")
    )
    return [
        ProjectAccess(
            project_id=row.project.id,
            slug=row.project.slug,
            name=row.project.name,
            state=ProjectState(row.project.state),
            created_at=row.project.created_at,
            role=Role(row.role),
            user_id=user_id,
        )
        for row in rows
    ]


def _info(project: Project) -> ProjectInfo:
    return ProjectInfo(
        project_id=project.id,
        slug=project.slug,
        name=project.name,
        state=ProjectState(project.state),
        created_at=project.created_at,
    )


def by_slug(slug: str) -> ProjectInfo:
    """For commands, which act for the instance. Raises NotFound."""
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise NotFound("There is no project with the slug {slug!r}.", slug=slug)
    return _info(project)


def by_id(project_id: UUID) -> ProjectInfo:
    """For workers, which meet ids only. Raises NotFound."""
    project = Project.objects.filter(pk=project_id).first()
    if project is None:
        raise NotFound(project_id=str(project_id))
    return _info(project)


def all_projects() -> list[ProjectInfo]:
    """For administrators: names and states, no content."""
    return [_info(project) for project in Project.objects.order_by("state", "name", "pk")]
