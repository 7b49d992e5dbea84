"""Teams of a project's members."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import requests, responses
from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people
from accounts.services import teams


class TeamsView(ProjectAPIView):
    """Members under one name, to be chosen together."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.TeamList})
    def get(self, request: Request, slug: str) -> Response:
        return Response(
            responses.TeamList([responses.TeamRow.of(each) for each in people.teams(self.project.project_id)])
        )

    @extend_schema(request=requests.TeamRequest, responses={201: responses.TeamRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.TeamRequest.parse(request.data)
        made = teams.create(
            project_id=self.project.project_id, name=body.name, user_ids=body.people, actor_id=self.project.user_id
        )
        made.refresh_from_db()
        return Response(responses.TeamRow(made.pk, made.name, sorted(set(body.people))), status=201)


class TeamView(ProjectAPIView):
    """One team."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.TeamRequest, responses={200: responses.TeamRow})
    def put(self, request: Request, slug: str, team_id: UUID) -> Response:
        body = requests.TeamRequest.parse(request.data)
        changed = teams.change(
            project_id=self.project.project_id,
            team_id=team_id,
            name=body.name,
            user_ids=body.people,
            actor_id=self.project.user_id,
        )
        return Response(responses.TeamRow(changed.pk, changed.name, sorted(set(body.people))))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, team_id: UUID) -> Response:
        teams.dissolve(project_id=self.project.project_id, team_id=team_id, actor_id=self.project.user_id)
        return Response(status=204)
