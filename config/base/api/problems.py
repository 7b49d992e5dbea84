"""Refusals as problem+json (RFC 9457) with a stable `code`; the one place that knows HTTP statuses.

Their sentences are in the language of the request, their details as the error has them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from config.base import errors

STATUS: dict[type[errors.DomainError], int] = {
    errors.NotFound: status.HTTP_404_NOT_FOUND,
    errors.Forbidden: status.HTTP_403_FORBIDDEN,
    errors.InvalidInput: status.HTTP_400_BAD_REQUEST,
    errors.Conflict: status.HTTP_409_CONFLICT,
    errors.LimitReached: status.HTTP_429_TOO_MANY_REQUESTS,
    errors.UpstreamUnavailable: status.HTTP_503_SERVICE_UNAVAILABLE,
    errors.UpstreamRefused: status.HTTP_502_BAD_GATEWAY,
}


class Problem(Response):
    """A reply that says what was refused, why, and what to do."""

    def __init__(self, http_status: int, code: str, title: str, details: dict[str, object] | None = None) -> None:
        body = {"type": "about:blank", "status": http_status, "code": code, "title": title, "details": details or {}}
        super().__init__(body, status=http_status, content_type="application/problem+json")


def status_of(error: errors.DomainError) -> int:
    """The status of the kind that `error` belongs to."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    raise TypeError(f"{type(error).__name__} belongs to no kind in config.base.errors")


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Map refusals to replies. None lets a bug rise."""
    if isinstance(error, errors.DomainError):
        reply: Response = Problem(status_of(error), error.code, error.told(), error.details)
        if isinstance(error, errors.UpstreamUnavailable) and "retry_after" in error.details:
            reply["Retry-After"] = str(error.details["retry_after"])
        return reply
    if isinstance(error, Http404):
        return Problem(404, errors.NotFound.code, errors.NotFound().told())
    if isinstance(error, PermissionDenied):
        return Problem(403, errors.Forbidden.code, errors.Forbidden().told())
    if isinstance(error, exceptions.ValidationError):
        return Problem(400, "invalid_input", _("Some fields do not fit."), {"fields": error.get_full_details()})
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return Problem(401, "not_signed_in", _("Sign in first."))
    if isinstance(error, exceptions.APIException):
        code = str(error.default_code)
        reply = Problem(error.status_code, code, str(error.detail))
        wait = getattr(error, "wait", None)
        if wait is not None:
            reply["Retry-After"] = str(int(wait) + 1)
        return reply
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """What Django's CSRF middleware answers."""
    body = {
        "type": "about:blank",
        "status": 403,
        "code": "csrf_failed",
        "title": _("This page is out of date; reload it and try again."),
        "details": {"reason": reason},
    }
    return JsonResponse(body, status=403, content_type="application/problem+json")
