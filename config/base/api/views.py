"""Health, the page that carries the whole frontend, and the answer to unknown API routes."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.base.errors import NotFound

NO_PAGES = "The pages are not built yet. Run ./loupe up, which builds them."


class HealthView(APIView):
    """Whether this process can reach its database."""

    permission_classes = [AllowAny]
    authentication_classes = []

    @extend_schema(responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return Response({"status": "ok"})


class NoSuchRoute(APIView):
    """Deny by default: whoever is not signed in learns nothing, not even which routes exist."""

    schema = None

    def dispatch_refusal(self, request: Request) -> Response:
        raise NotFound

    get = post = put = patch = delete = dispatch_refusal


def index(request: HttpRequest) -> HttpResponse:
    """The single page; its routes live in the frontend. The nonce lets Mantine's style element through the CSP."""
    try:
        page = (settings.FRONTEND_DIST / "index.html").read_text(encoding="utf-8")
    except FileNotFoundError:
        return HttpResponse(NO_PAGES, status=503, content_type="text/plain")
    nonce: str = request.csp_nonce  # type: ignore[attr-defined]  # set by ContentSecurityPolicy
    return HttpResponse(page.replace("__CSP_NONCE__", nonce))
