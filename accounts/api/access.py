"""The one place where a request for a project is let in or not.

Belongs here: the base class of every view below `/projects/<slug>/`.
Does not: rules that hold for every caller (services).
"""

from __future__ import annotations

from typing import ClassVar

from django.urls import register_converter
from django.urls.converters import SlugConverter
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.choices import ProjectState, Role
from accounts.errors import ProjectArchived
from accounts.models import User
from accounts.selectors import projects
from config.base.errors import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ProjectSlugConverter(SlugConverter):
    """`<project:slug>` in a route."""


register_converter(ProjectSlugConverter, "project")


class ProjectAPIView(APIView):
    """A view of one project. A subclass states its `minimum_role`, or one for each method; without, nobody gets in.

    Handlers find who asks for what in `self.project`. Strangers get the same 404 as for a project that is not there.
    """

    permission_classes = [IsAuthenticated]
    minimum_role: ClassVar[Role | None] = None
    minimum_role_by_method: ClassVar[dict[str, Role]] = {}
    project: projects.ProjectAccess

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        # Routes hand the slug to the handlers as well, so it stays in kwargs.
        self.project = projects.access(user_id=user_of(request).pk, slug=str(self.kwargs["slug"]))
        needed = self.minimum_role_by_method.get(request.method or "", self.minimum_role)
        if needed is None or not self.project.role.covers(needed):
            raise Forbidden
        if request.method not in SAFE and self.project.state == ProjectState.ARCHIVED and not self.open_when_archived:
            raise ProjectArchived

    open_when_archived: ClassVar[bool] = False


class IsAdministrator(BasePermission):
    """Runs the instance."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(getattr(request.user, "is_administrator", False))


class AdministratorAPIView(APIView):
    """A view for instance administrators."""

    permission_classes = [IsAuthenticated, IsAdministrator]


def user_of(request: Request) -> User:
    """The signed-in person; only views behind IsAuthenticated may ask."""
    user = request.user
    if not isinstance(user, User):
        raise Forbidden
    return user
