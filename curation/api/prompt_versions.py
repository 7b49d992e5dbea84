"""Two versions of a prompt side by side."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from config.base.api.requests import StructRequest
from curation.api import responses
from curation.selectors import prompt_versions


class PairQuery(StructRequest):
    before: UUID
    after: UUID


class PromptVersionsView(ProjectAPIView):
    """What changed between two versions, and what each led to."""

    minimum_role = Role.LEAD

    @extend_schema(
        parameters=[
            OpenApiParameter("before", OpenApiTypes.UUID, required=True),
            OpenApiParameter("after", OpenApiTypes.UUID, required=True),
        ],
        responses={200: responses.PromptVersions},
    )
    def get(self, request: Request, slug: str) -> Response:
        query = PairQuery.parse(request.query_params.dict())
        found = prompt_versions.compared(
            self.project.project_id, before=query.before, after=query.after, today=timezone.now().date()
        )
        return Response(responses.PromptVersions.of(found))
