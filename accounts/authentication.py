"""How a request says who it is: the browser's session, or a program's token. Both answer 401 when it is nobody."""

from __future__ import annotations

import hashlib

from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts.models import Token, User


class SessionAuthentication(authentication.SessionAuthentication):
    """DRF's, with CSRF enforced, answering 401 instead of 403 to strangers."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer lpt_…`."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = (
            Token.objects.select_related("user")
            .filter(token_hash=hash_secret(secret.strip()), revoked_at__isnull=True, user__is_active=True)
            .first()
        )
        if token is None:
            raise exceptions.AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def hash_secret(secret: str) -> bytes:
    """SHA-256: our secrets are 256 random bits, so a slow hash would protect nothing more."""
    return hashlib.sha256(secret.encode()).digest()
