"""A sample and the bytes of its pictures."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from catalog.api import ranges, responses
from catalog.selectors import pictures, samples
from catalog.services import assets
from config.base.errors import InvalidInput, NotFound

FITS = {"320": 320, "512": 512, "768": 768, "1024": 1024}


class SampleView(ProjectAPIView):
    """One sample by its external id."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.SampleDetail})
    def get(self, request: Request, slug: str, external_id: str) -> Response:
        info = samples.by_external_id(self.project.project_id, external_id)
        shown = pictures.of_samples([info.id]).get(info.id, [])
        return Response(responses.SampleDetail.of(info, shown, slug))


class PictureView(ProjectAPIView):
    """One stored picture. Its address holds its hash, so browsers may keep it for good, each for its own person."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(
        parameters=[OpenApiParameter("fit", str, enum=[*FITS, "full"], description="Longest side in pixels.")],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str, sha256: str) -> HttpResponse:
        etag = f'"{sha256}-{request.query_params.get("fit", "full")}"'
        asset = pictures.of_project(self.project.project_id, sha256)
        if asset is None:
            raise NotFound
        if request.headers.get("If-None-Match") == etag:
            return _keep(HttpResponse(status=304), etag)
        fit = request.query_params.get("fit", "full")
        if fit == "full":
            return _keep(ranges.reply(request, assets.read(asset.pk), media_type=asset.media_type, etag=etag), etag)
        if fit not in FITS:
            raise InvalidInput("fit is one of {known} and full.", known=list(FITS))
        small = assets.fitted_by_hash(asset.sha256, asset.media_type, FITS[fit])
        return _keep(HttpResponse(small, content_type="image/jpeg"), etag)


def _keep(reply: HttpResponse, etag: str) -> HttpResponse:
    reply["Cache-Control"] = "private, max-age=31536000, immutable"
    reply["ETag"] = etag
    reply["Content-Disposition"] = "inline"
    return reply
