"""Endpoints: where models answer, with their keys, limits and prices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from cot_generation.api import requests, responses
from cot_generation.models import Endpoint
from cot_generation.selectors import endpoints as selectors
from cot_generation.services import endpoints
from cot_generation.services.endpoints import EndpointFields
from cot_generation.shapes import EndpointTest


def rows(found: list[Endpoint]) -> list[responses.EndpointRow]:
    now = timezone.now()
    ids = [endpoint.pk for endpoint in found]
    prices, traffic = selectors.prices(ids), selectors.traffic(ids, now=now)
    return [responses.EndpointRow.of(each, prices.get(each.pk, []), traffic[each.pk], now=now) for each in found]


def _fields(body: msgspec.Struct) -> EndpointFields:
    given: dict[str, Any] = {name: value for name, value in msgspec.structs.asdict(body).items() if name != "key"}
    return EndpointFields(**{name: value for name, value in given.items() if value is not None})


class EndpointsView(ProjectAPIView):
    """The project's endpoints."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.EndpointList})
    def get(self, request: Request, slug: str) -> Response:
        found = rows(selectors.of_project(self.project.project_id))
        return Response(responses.EndpointList(found, sorted(endpoints.allowed_hosts())))

    @extend_schema(request=requests.EndpointCreateRequest, responses={201: responses.EndpointRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.EndpointCreateRequest.parse(request.data)
        made = endpoints.add(
            project_id=self.project.project_id, fields=_fields(body), key=body.key, actor_id=self.project.user_id
        )
        return Response(rows([made])[0], status=201)


class EndpointView(ProjectAPIView):
    """One endpoint."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.EndpointRow})
    def get(self, request: Request, slug: str, endpoint_id: UUID) -> Response:
        return Response(rows([selectors.one(project_id=self.project.project_id, endpoint_id=endpoint_id)])[0])

    @extend_schema(request=requests.EndpointChangeRequest, responses={200: responses.EndpointRow})
    def patch(self, request: Request, slug: str, endpoint_id: UUID) -> Response:
        body = requests.EndpointChangeRequest.parse(request.data)
        changed = endpoints.change(
            project_id=self.project.project_id,
            endpoint_id=endpoint_id,
            fields=_fields(body),
            key=body.key,
            actor_id=self.project.user_id,
        )
        return Response(rows([changed])[0])


class EndpointTestView(ProjectAPIView):
    """Sends one tiny picture and tells what came back; half a minute at most."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: EndpointTest})
    def post(self, request: Request, slug: str, endpoint_id: UUID) -> Response:
        made = endpoints.test(project_id=self.project.project_id, endpoint_id=endpoint_id, now=timezone.now())
        return Response(responses.told_test(made))


class EndpointPricesView(ProjectAPIView):
    """A further price."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.PriceRequest, responses={201: responses.EndpointRow})
    def post(self, request: Request, slug: str, endpoint_id: UUID) -> Response:
        body = requests.PriceRequest.parse(request.data)
        endpoints.price(
            project_id=self.project.project_id,
            endpoint_id=endpoint_id,
            input_per_million=body.input_per_million,
            output_per_million=body.output_per_million,
            cached_per_million=body.cached_per_million,
            batch_share=body.batch_share,
            valid_from=body.valid_from or timezone.now(),
            actor_id=self.project.user_id,
        )
        found = selectors.one(project_id=self.project.project_id, endpoint_id=endpoint_id)
        return Response(rows([found])[0], status=201)
