"""Cascades: made, watched, cancelled."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from config.base.errors import InvalidInput
from cot_generation.api import requests, responses
from cot_generation.api.runs import questions_in
from cot_generation.choices import Way
from cot_generation.selectors import cascades as selectors
from cot_generation.selectors import prompts as prompt_selectors
from cot_generation.services import cascades
from cot_generation.shapes import Rung


class CascadesView(ProjectAPIView):
    """The project's cascades, newest first."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    @extend_schema(responses={200: responses.CascadeList})
    def get(self, request: Request, slug: str) -> Response:
        found = selectors.of_project(self.project.project_id)
        return Response(responses.CascadeList([responses.CascadeRow.of(each) for each in found]))

    @extend_schema(request=requests.CascadeCreateRequest, responses={201: responses.CascadeRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.CascadeCreateRequest.parse(request.data)
        project_id = self.project.project_id
        if not body.rungs:
            raise InvalidInput("A cascade needs at least one rung.")
        first = prompt_selectors.one(project_id=project_id, prompt_id=body.rungs[0].prompt_id)
        made = cascades.create(
            project_id=project_id,
            name=body.name,
            rungs=[Rung(each.prompt_id, each.endpoint_id, each.draws, each.batched) for each in body.rungs],
            then_people=body.then_people,
            questions=questions_in(project_id, body.scope, way=Way(first.way)),
            cap=body.cap,
            actor_id=self.project.user_id,
            now=timezone.now(),
            seed=body.scope.seed,
        )
        found = selectors.one(project_id=project_id, cascade_id=made.pk)
        return Response(responses.CascadeRow.of(found), status=201)


class CascadeView(ProjectAPIView):
    """One cascade as it stands."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.CascadeRow})
    def get(self, request: Request, slug: str, cascade_id: UUID) -> Response:
        found = selectors.one(project_id=self.project.project_id, cascade_id=cascade_id)
        return Response(responses.CascadeRow.of(found))


class CascadeCancelView(ProjectAPIView):
    """Ends a cascade for good; what was written stays."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.CascadeRow})
    def post(self, request: Request, slug: str, cascade_id: UUID) -> Response:
        project_id = self.project.project_id
        cascades.cancel(project_id=project_id, cascade_id=cascade_id, actor_id=self.project.user_id, now=timezone.now())
        return Response(responses.CascadeRow.of(selectors.one(project_id=project_id, cascade_id=cascade_id)))
