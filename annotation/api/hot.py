"""The requests that every annotator sends all day, past DRF's machinery.

Belongs here: saying who asks in one statement, a msgspec body, a msgspec reply; claim, submit, draft and beat.
Does not: everything else (views.py), which takes DRF's way.

The classes are APIViews only so that the OpenAPI file describes them like all others.
"""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.authentication import SessionAuthentication, TokenAuthentication
from accounts.choices import ProjectState, Role
from accounts.errors import ProjectArchived
from accounts.selectors import hot as who
from accounts.selectors import projects
from annotation.api import requests, responses
from annotation.services import drafts, hot, leases
from config.base.api.problems import status_of
from config.base.api.requests import StructRequest, decode
from config.base.errors import DomainError, Forbidden, InvalidInput, NotFound

KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.UUID, OpenApiParameter.HEADER, required=True, description="New for each judgement."
)


class HotAPIView(APIView):
    """Authenticates by one statement, or by a token; answers as every other view does."""

    body: ClassVar[type[StructRequest]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" and request.method != "PUT":
            return _problem(405, "method_not_allowed", _("This address takes another method."))
        serve = getattr(self, request.method.lower(), None)
        if serve is None:
            return HttpResponseNotAllowed([name.upper() for name in ("post", "put") if hasattr(self, name)])
        try:
            access = _access(request, slug=str(kwargs["slug"]))
            if access is None:
                return _problem(401, "not_signed_in", _("Sign in first."))
            reply = serve(request, access=access, body=decode(request.body, self.body), **kwargs)
        except DomainError as error:
            return _problem(status_of(error), error.code, error.told(), error.details)
        if reply is None:
            return HttpResponse(status=204)
        return HttpResponse(msgspec.json.encode(reply), content_type="application/json")


class ClaimView(HotAPIView):
    """Next pieces of a batch, under a lease."""

    body = requests.ClaimRequest

    @extend_schema(request=requests.ClaimRequest, responses={200: responses.ClaimReply})
    def post(
        self, request: Request, slug: str, batch_id: UUID, *, access: who.HotAccess, body: requests.ClaimRequest
    ) -> hot.Claimed:
        return hot.claim(access=access, slug=slug, batch_id=batch_id, count=body.count, known=body.known)


class SubmitView(HotAPIView):
    """One judgement, once."""

    body = requests.SubmitRequest

    @extend_schema(request=requests.SubmitRequest, responses={200: hot.SubmittedReply}, parameters=[KEY])
    def post(
        self, request: Request, slug: str, assignment_id: int, *, access: who.HotAccess, body: requests.SubmitRequest
    ) -> hot.SubmittedReply:
        return hot.submit(
            access=access,
            assignment_id=assignment_id,
            fence=body.fence,
            key=key_of(request),
            cells=body.cells,
            regions=body.regions,
            active_ms=body.active_ms,
        )


class DraftView(HotAPIView):
    """Unsent input. An older version never replaces a newer one."""

    body = requests.DraftRequest

    @extend_schema(request=requests.DraftRequest, responses={200: responses.DraftReply})
    def put(
        self, request: Request, slug: str, assignment_id: int, *, access: who.HotAccess, body: requests.DraftRequest
    ) -> responses.DraftReply:
        drafts.save(
            user_id=access.user_id,
            project_id=access.project_id,
            assignment_id=assignment_id,
            version=body.version,
            body=body.body,
        )
        return responses.DraftReply(body.version)


class HeartbeatView(HotAPIView):
    """Hold on to a piece, and count active time."""

    body = requests.HeartbeatRequest

    @extend_schema(request=requests.HeartbeatRequest, responses={200: responses.BeatReply})
    def post(
        self, request: Request, slug: str, assignment_id: int, *, access: who.HotAccess, body: requests.HeartbeatRequest
    ) -> responses.BeatReply:
        return responses.BeatReply.of(
            leases.beat(
                user_id=access.user_id,
                project_id=access.project_id,
                assignment_id=assignment_id,
                fence=body.fence,
                active_ms=body.active_ms,
            )
        )


def key_of(request: HttpRequest | Request) -> UUID:
    """The submission's key. Raises InvalidInput unless there is one."""
    try:
        return UUID(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        raise InvalidInput("Send an Idempotency-Key with a UUID of your own, so that resending is harmless.") from None


def _access(request: HttpRequest, *, slug: str) -> who.HotAccess | None:
    """Who asks. None: nobody. Raises NotFound for strangers, Forbidden for a forged request."""
    if "Authorization" in request.headers:
        return _by_token(request, slug=slug)
    session_key = request.session.session_key
    access = who.access(session_key=session_key, slug=slug)
    if access is None:
        if not who.signed_in(session_key=session_key):
            return None
        raise NotFound
    try:
        SessionAuthentication().enforce_csrf(request)  # type: ignore[arg-type]  # a DRF Request would parse the body
    except PermissionDenied:
        raise Forbidden("This page is out of date; reload it and try again.") from None
    if access.archived:
        raise ProjectArchived
    return access


def _by_token(request: HttpRequest, *, slug: str) -> who.HotAccess | None:
    try:
        found = TokenAuthentication().authenticate(Request(request))
    except AuthenticationFailed:
        return None
    if found is None:
        return None
    access = projects.access(user_id=found[0].pk, slug=slug)
    if access.state == ProjectState.ARCHIVED:
        raise ProjectArchived
    return who.HotAccess(user_id=access.user_id, project_id=access.project_id, archived=False, role=Role(access.role))


def _problem(status: int, code: str, title: str, details: dict[str, object] | None = None) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "code": code, "title": title, "details": details or {}}
    return HttpResponse(msgspec.json.encode(body), status=status, content_type="application/problem+json")
