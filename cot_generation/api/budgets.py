"""A project's caps on the money of its calls."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from cot_generation.api import requests, responses
from cot_generation.selectors import budgets as selectors
from cot_generation.services import caps


class BudgetView(ProjectAPIView):
    """What was spent today and in all, under which caps; and setting those."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    def _standing(self) -> Response:
        found = selectors.standing(self.project.project_id, now=timezone.now())
        return Response(responses.BudgetRow.of(found))

    @extend_schema(responses={200: responses.BudgetRow})
    def get(self, request: Request, slug: str) -> Response:
        return self._standing()

    @extend_schema(request=requests.BudgetRequest, responses={200: responses.BudgetRow})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.BudgetRequest.parse(request.data)
        caps.set_caps(
            project_id=self.project.project_id,
            total_cap=body.total_cap,
            daily_cap=body.daily_cap,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return self._standing()
