"""Where in the loop work is stuck.

Belongs here: one call, a reply out. Does not: counting (selectors.overview).
"""

from __future__ import annotations

import dataclasses

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from curation.api import responses
from curation.selectors import overview


class OverviewView(ProjectAPIView):
    """Where in the loop work is stuck."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.OverviewDetail})
    def get(self, request: Request, slug: str) -> Response:
        found = overview.of_project(self.project.project_id)
        if not self.project.role.covers(Role.REVIEWER):
            found = dataclasses.replace(found, needs=[])  # who is paused, and for what, is not for colleagues
        return Response(responses.OverviewDetail.of(found))
