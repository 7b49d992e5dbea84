"""What holds for every request: its language, an enforced content security policy, no caching of what is a person's."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """Enforced, not reported. Mantine writes a style element, which gets this request's nonce (see the index view)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]  # read by the index view alone
        reply = self.get_response(request)
        reply.headers.setdefault(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; "
            f"style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
            "img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; "
            "worker-src 'self' blob:; manifest-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        )
        return reply


class PrivateByDefault:
    """`Cache-Control: private, no-store` unless the view decided (pictures do: their address holds their hash)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reply = self.get_response(request)
        reply.headers.setdefault("Cache-Control", "private, no-store")
        return reply


class Language:
    """Sentences in the language that `Accept-Language` wants. Pages send their own, which follows the profile.

    Not Django's LocaleMiddleware: its `Vary` on pictures would keep each twice, as pages and as browsers ask for it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            return self.get_response(request)
