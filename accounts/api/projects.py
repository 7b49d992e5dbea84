"""Projects, their members and invitations."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import requests, responses
from accounts.api.access import AdministratorAPIView, ProjectAPIView, user_of
from accounts.api.session import session_detail, sign_in
from accounts.choices import Role
from accounts.models import Invitation, User
from accounts.selectors import people as people_selectors
from accounts.selectors import projects as project_selectors
from accounts.services import projects
from config.base.errors import InvalidInput


class ProjectsView(APIView):
    """The caller's projects."""

    @extend_schema(responses={200: responses.ProjectList})
    def get(self, request: Request) -> Response:
        found = project_selectors.memberships_of(user_of(request).pk)
        return Response(responses.ProjectList([responses.ProjectBrief.of(each) for each in found]))


class ProjectView(ProjectAPIView):
    """One project as its member meets it; a lead renames, archives and restores it."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.ANNOTATOR}
    open_when_archived = True

    @extend_schema(responses={200: responses.ProjectBrief})
    def get(self, request: Request, slug: str) -> Response:
        return Response(responses.ProjectBrief.of(self.project))

    @extend_schema(request=requests.ProjectChangeRequest, responses={200: responses.ProjectBrief})
    def patch(self, request: Request, slug: str) -> Response:
        body = requests.ProjectChangeRequest.parse(request.data)
        change(self.project.project_id, body, actor_id=self.project.user_id)
        return Response(responses.ProjectBrief.of(project_selectors.access(user_id=self.project.user_id, slug=slug)))


def change(project_id: UUID, body: requests.ProjectChangeRequest, *, actor_id: int) -> None:
    """Name and state, each only when given."""
    if body.name is not None:
        projects.rename(project_id=project_id, name=body.name, actor_id=actor_id)
    if body.state is not None:
        projects.set_state(project_id=project_id, state=body.state, actor_id=actor_id)


class InstanceProjectsView(AdministratorAPIView):
    """All projects, by name only; administrators make new ones and name a lead."""

    @extend_schema(responses={200: responses.ProjectList})
    def get(self, request: Request) -> Response:
        found = project_selectors.all_projects()
        return Response(responses.ProjectList([responses.ProjectBrief.of(each) for each in found]))

    @extend_schema(request=requests.ProjectCreateRequest, responses={201: responses.ProjectBrief})
    def post(self, request: Request) -> Response:
        body = requests.ProjectCreateRequest.parse(request.data)
        lead = people_selectors.by_username(body.lead) if body.lead else user_of(request)
        project = projects.create(slug=body.slug, name=body.name, lead_id=lead.pk, actor_id=user_of(request).pk)
        return Response(responses.ProjectBrief.of(project_selectors.by_slug(project.slug)), status=201)


class InstanceProjectView(AdministratorAPIView):
    """Archiving and restoring by an administrator."""

    @extend_schema(request=requests.ProjectChangeRequest, responses={200: responses.ProjectBrief})
    def patch(self, request: Request, slug: str) -> Response:
        body = requests.ProjectChangeRequest.parse(request.data)
        found = project_selectors.by_slug(slug)
        change(found.project_id, body, actor_id=user_of(request).pk)
        return Response(responses.ProjectBrief.of(project_selectors.by_slug(slug)))


class MembersView(ProjectAPIView):
    """Who is in the project."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.MemberList})
    def get(self, request: Request, slug: str) -> Response:
        found = people_selectors.members(self.project.project_id)
        return Response(responses.MemberList([responses.MemberRow.of(each) for each in found]))


class MemberView(ProjectAPIView):
    """One member's role, or leaving."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.MemberChangeRequest, responses={204: None})
    def patch(self, request: Request, slug: str, user_id: int) -> Response:
        body = requests.MemberChangeRequest.parse(request.data)
        projects.change_role(
            project_id=self.project.project_id, user_id=user_id, role=body.role, actor_id=self.project.user_id
        )
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, user_id: int) -> Response:
        projects.remove_member(project_id=self.project.project_id, user_id=user_id, actor_id=self.project.user_id)
        return Response(status=204)


class InvitationsView(ProjectAPIView):
    """Links by which people join."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.InvitationList})
    def get(self, request: Request, slug: str) -> Response:
        rows = Invitation.objects.filter(project_id=self.project.project_id).order_by("-created_at", "pk")[:200]
        return Response(responses.InvitationList([responses.InvitationRow.of(row) for row in rows]))

    @extend_schema(request=requests.InvitationCreateRequest, responses={201: responses.LinkReply})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.InvitationCreateRequest.parse(request.data)
        invitation, secret = projects.invite(
            project_id=self.project.project_id,
            role=body.role,
            note=body.note.strip()[:120],
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        link = responses.LinkReply(url=f"{settings.PUBLIC_URL}/invitation/{secret}", expires_at=invitation.expires_at)
        return Response(link, status=201)


class InvitationView(ProjectAPIView):
    """Withdrawing a link."""

    minimum_role = Role.LEAD

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, invitation_id: UUID) -> Response:
        projects.revoke_invitation(
            project_id=self.project.project_id,
            invitation_id=invitation_id,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(status=204)


class InvitationOfferView(APIView):
    """What a link offers, and taking it; open to strangers, who hold the secret."""

    permission_classes = [AllowAny]

    @extend_schema(responses={200: responses.InvitationOffer})
    def get(self, request: Request, secret: str) -> Response:
        invitation = projects.look_at_invitation(secret=secret, now=timezone.now())
        return Response(responses.InvitationOffer(project=invitation.project.name, role=Role(invitation.role)))

    @extend_schema(request=requests.InvitationAcceptRequest, responses={200: responses.SessionDetail})
    def post(self, request: Request, secret: str) -> Response:
        body = requests.InvitationAcceptRequest.parse(request.data)
        present = request.user if isinstance(request.user, User) else None
        if present is None and not (body.username and body.password):
            raise InvalidInput("Choose a user name and a password.")
        user = projects.accept_invitation(
            secret=secret,
            user=present,
            username=body.username.strip(),
            name=body.name.strip(),
            password=body.password,
            now=timezone.now(),
        )
        if present is None:
            user = sign_in(request._request, username=user.username, password=body.password)
        return Response(session_detail(request._request, user))
