"""What people may do with a piece they hold, apart from claim and submit (hot.py): leave, skip, give back, look back.

Belongs here: typed arguments in, one call, a reply out.
Does not: rules that hold for every caller (services).
"""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from annotation.api import requests, responses
from annotation.api.shared import external_ids, uuid_of
from annotation.selectors import opinions
from annotation.services import leases


class LeaveView(ProjectAPIView):
    """The page closes: what the caller holds in the batch goes back."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=None, responses={200: responses.LeaveReply})
    def post(self, request: Request, slug: str, batch_id: UUID) -> Response:
        returned = leases.leave(user_id=self.project.user_id, project_id=self.project.project_id, batch_id=batch_id)
        return Response(responses.LeaveReply(returned))


class SkipView(ProjectAPIView):
    """Pass on a piece, with a reason."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=requests.SkipRequest, responses={204: None})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.SkipRequest.parse(request.data)
        leases.skip(
            user_id=self.project.user_id,
            project_id=self.project.project_id,
            assignment_id=assignment_id,
            fence=body.fence,
            reason=body.reason,
            note=body.note,
        )
        return Response(status=204)


class ReturnView(ProjectAPIView):
    """Give a piece back unjudged."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=requests.FencedRequest, responses={204: None})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.FencedRequest.parse(request.data)
        leases.give_back(
            user_id=self.project.user_id,
            project_id=self.project.project_id,
            assignment_id=assignment_id,
            fence=body.fence,
        )
        return Response(status=204)


class ReclaimView(ProjectAPIView):
    """A lead takes a held piece back for others."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        leases.reclaim(project_id=self.project.project_id, assignment_id=assignment_id)
        return Response(status=204)


class DecisionsView(ProjectAPIView):
    """The caller's own last ten opinions."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.DecisionList}, parameters=[OpenApiParameter("batch", OpenApiTypes.UUID)])
    def get(self, request: Request, slug: str) -> Response:
        found = opinions.last_decisions(
            project_id=self.project.project_id, user_id=self.project.user_id, batch_id=uuid_of(request, "batch")
        )
        names = external_ids([each.sample_id for each in found])
        return Response(
            responses.DecisionList([responses.DecisionRow.of(each, sample=names[each.sample_id]) for each in found])
        )
