"""The explorer: matching samples, facets, and filters kept under a name.

Belongs here: a query's parameters as filters, one call, a reply out.
Does not: what a filter means (selectors.explorer), one sample's own page (sample_life.py).
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from catalog.selectors import pictures
from config.base.api.pagination import page
from config.base.errors import Conflict, NotFound
from curation.api import requests, responses
from curation.models import Slice
from curation.selectors import explorer

PAGING = {"after", "limit"}


def filters_of(request: Request) -> explorer.Filters:
    """Every query parameter but paging is a filter."""
    asked = request.query_params
    return explorer.Filters({name: str(asked[name]) for name in asked if name not in PAGING})


class SamplesView(ProjectAPIView):
    """One page of matching samples, by key. Not for annotators: it shows answers, and with them what is gold."""

    minimum_role = Role.REVIEWER

    @extend_schema(
        parameters=[
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
            *(OpenApiParameter(name, str) for name in explorer.FLAGS),
        ],
        responses={200: responses.SampleListPage},
    )
    def get(self, request: Request, slug: str) -> Response:
        found = page(explorer.rows(self.project.project_id, filters_of(request)), request, key="sample_id")
        shown = pictures.of_samples([row.pk for row in found.rows])
        rows = [responses.SampleListRow.of(row, shown.get(row.pk, [])) for row in found.rows]
        return Response(responses.SampleListPage(rows, found.after))


class FacetsView(ProjectAPIView):
    """How many match, and what every other choice would give. Not for annotators: the counts give answers away."""

    minimum_role = Role.REVIEWER

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in explorer.FLAGS], responses={200: responses.Facets}
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = filters_of(request)
        project_id = self.project.project_id
        return Response(responses.Facets(explorer.count(project_id, asked), explorer.facets(project_id, asked)))


class MatchView(ProjectAPIView):
    """Every matching sample by its external id, to make a batch or a run of them."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.MatchRequest, responses={200: responses.MatchedSamples})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.MatchRequest.parse(request.data)
        found = explorer.names(self.project.project_id, explorer.Filters(body.query))
        return Response(responses.MatchedSamples(found))


class SlicesView(ProjectAPIView):
    """Saved filters."""

    minimum_role_by_method = {"GET": Role.REVIEWER, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.SliceList})
    def get(self, request: Request, slug: str) -> Response:
        rows = Slice.objects.in_project(self.project.project_id).order_by("name")
        return Response(responses.SliceList([responses.SliceRow.of(row) for row in rows]))

    @extend_schema(request=requests.SliceCreateRequest, responses={201: responses.SliceRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.SliceCreateRequest.parse(request.data)
        explorer.Filters(body.query).q()
        try:
            with transaction.atomic():
                row = Slice.objects.create(
                    project_id=self.project.project_id,
                    name=body.name.strip()[:120],
                    query=body.query,
                    created_by_id=self.project.user_id,
                )
        except IntegrityError:
            raise Conflict("A slice with this name exists; choose another.") from None
        return Response(responses.SliceRow.of(row), status=201)


class SliceView(ProjectAPIView):
    """One saved filter."""

    minimum_role = Role.LEAD

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, slice_id: UUID) -> Response:
        if not Slice.objects.in_project(self.project.project_id).filter(pk=slice_id).delete()[0]:
            raise NotFound
        return Response(status=204)
