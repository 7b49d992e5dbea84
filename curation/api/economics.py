"""What work and calls cost, the rates of people's time, and the month's budget.

Belongs here: typed arguments in, one call, a reply out. Does not: the books (services.books).
"""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from config.base.errors import InvalidInput
from curation.api import requests, responses
from curation.selectors import books, economics, months
from curation.services import books as book_services


class EconomicsView(ProjectAPIView):
    """Which way is cheapest at equal quality, and whether the books close."""

    minimum_role = Role.LEAD

    @extend_schema(
        parameters=[
            OpenApiParameter("by", str, enum=[each.value for each in economics.By]),
            OpenApiParameter("quality_of", str, description="Key of a group: costs at its accept rate too."),
        ],
        responses={200: responses.EconomicsDetail},
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = request.query_params.get("by", economics.By.WAY.value)
        dimension = next((each for each in economics.By if each.value == asked), None)
        if dimension is None:
            raise InvalidInput("Costs are grouped by one of {known}.", known=list(economics.By))
        project_id, today = self.project.project_id, timezone.now().date()
        found = economics.by(project_id, dimension, today=today)
        if quality_of := request.query_params.get("quality_of"):
            found = economics.at_quality_of(found, quality_of)
        return Response(
            responses.EconomicsDetail(
                by=dimension,
                results=[responses.GroupEconomicsRow.of(each) for each in found],
                rates=[
                    responses.RateRow(each.work, each.usd_per_hour, each.since)
                    for each in books.rates(project_id, day=today)
                ],
                days=[responses.DayRow.of(each) for each in books.last_days(project_id)],
            )
        )


class RatesView(ProjectAPIView):
    """A rate of people's time, from a day on."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.RateRequest, responses={201: responses.RateRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.RateRequest.parse(request.data)
        today = timezone.now().date()
        row = book_services.enter_rate(
            project_id=self.project.project_id,
            work=body.work,
            usd_per_hour=body.usd_per_hour,
            valid_from=body.valid_from or today,
            actor_id=self.project.user_id,
            today=today,
        )
        return Response(responses.RateRow(body.work, row.usd_per_hour, row.valid_from), status=201)


class PeopleBudgetView(ProjectAPIView):
    """What people's work has cost this month, and what it may cost."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.MonthDetail})
    def get(self, request: Request, slug: str) -> Response:
        return self._month()

    @extend_schema(request=requests.PeopleBudgetRequest, responses={200: responses.MonthDetail})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.PeopleBudgetRequest.parse(request.data)
        book_services.set_budget(
            project_id=self.project.project_id, monthly_usd=body.monthly_usd, actor_id=self.project.user_id
        )
        return self._month()

    def _month(self) -> Response:
        found = months.of_people(self.project.project_id, today=timezone.now().date())
        return Response(responses.MonthDetail.of(found))
