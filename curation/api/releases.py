"""Releases: cut, read, verified, compared.

Belongs here: typed arguments in, one call, a reply out. Does not: what a release holds (curation.releases).
"""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from config.base.api.pagination import limit_of
from config.base.errors import Conflict, InvalidInput
from config.base.words import retold
from curation.api import requests, responses
from curation.errors import ReleaseDamaged, ReleaseUnknown
from curation.releases import card
from curation.releases.splits import Shares
from curation.selectors import differences
from curation.selectors import releases as release_selectors
from curation.services import releases, verifying


class ReleasesView(ProjectAPIView):
    """Releases, newest first; a lead cuts one."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.ReleaseList})
    def get(self, request: Request, slug: str) -> Response:
        project_id = self.project.project_id
        found = [responses.ReleaseDetail.of(each) for each in release_selectors.of_project(project_id)]
        return Response(responses.ReleaseList(found, retold(releases.waits_for(project_id) or "") or None))

    @extend_schema(request=requests.ReleaseCutRequest, responses={201: responses.ReleaseDetail})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.ReleaseCutRequest.parse(request.data)
        project_id = self.project.project_id
        if reason := releases.waits_for(project_id):
            raise Conflict("{reason!t} Cut the release when that has settled.", reason=reason)
        found = releases.cut(
            project_id=project_id,
            name=body.name.strip(),
            seed=body.seed,
            shares=Shares.parse(body.splits),
            allow_sandbox=body.allow_sandbox,
            locale=body.locale,
            actor_id=self.project.user_id,
        )
        return Response(responses.ReleaseDetail.of(found), status=201)


class ReleaseView(ProjectAPIView):
    """One release by its name."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.ReleaseDetail})
    def get(self, request: Request, slug: str, name: str) -> Response:
        return Response(responses.ReleaseDetail.of(release_selectors.by_name(self.project.project_id, name)))


class ReleaseVerifyView(ProjectAPIView):
    """Reading every byte again."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.Verified})
    def post(self, request: Request, slug: str, name: str) -> Response:
        try:
            count = verifying.verify(project_id=self.project.project_id, name=name)
        except ReleaseDamaged as damaged:
            faults = damaged.details["faults"]
            return Response(responses.Verified(False, 0, faults if isinstance(faults, list) else []))
        return Response(responses.Verified(True, count, []))


class ReleaseCardView(ProjectAPIView):
    """The data card of a release."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: card.Card})
    def get(self, request: Request, slug: str, name: str) -> Response:
        return Response(release_selectors.data_card(release_selectors.by_name(self.project.project_id, name)))


class ReleaseChangesView(ProjectAPIView):
    """What changed since another release; the one cut before, unless said."""

    minimum_role = Role.LEAD

    @extend_schema(parameters=[OpenApiParameter("against", str)], responses={200: responses.DifferenceDetail})
    def get(self, request: Request, slug: str, name: str) -> Response:
        before, after = self._pair(request, name)
        found = differences.difference(before, after)
        return Response(responses.DifferenceDetail.of(found, before=before.name, after=after.name))

    def _pair(self, request: Request, name: str) -> tuple[release_selectors.ReleaseInfo, release_selectors.ReleaseInfo]:
        project_id = self.project.project_id
        after = release_selectors.by_name(project_id, name)
        if against := request.query_params.get("against"):
            return release_selectors.by_name(project_id, against), after
        before = differences.previous(release_selectors.of_project(project_id), after.id)
        if before is None:
            raise ReleaseUnknown("This is the first release of the project; there is none to compare it with.")
        return before, after


class ChangedRowsView(ReleaseChangesView):
    """The questions of one kind of change, by name."""

    @extend_schema(
        operation_id="changedRowsGet",
        parameters=[
            OpenApiParameter("against", str),
            OpenApiParameter("kind", str, enum=list(differences.KINDS)),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
        responses={200: responses.ChangedPage},
    )
    def get(self, request: Request, slug: str, name: str) -> Response:
        before, after = self._pair(request, name)
        asked = request.query_params.get("kind", "changed")
        kind = next((each for each in differences.KINDS if each == asked), None)
        if kind is None:
            raise InvalidInput("A change is one of {known}.", known=list(differences.KINDS))
        limit = limit_of(request)
        found = differences.listed(
            before, after, kind=kind, limit=limit, after_question=request.query_params.get("after", "")
        )
        more = found[-1].question if len(found) == limit else None
        return Response(responses.ChangedPage([responses.ChangedRow.of(each) for each in found], more))
