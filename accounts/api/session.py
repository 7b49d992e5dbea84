"""Signing in and out, one's own profile, password, browsers and tokens."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import requests, responses
from accounts.api.access import user_of
from accounts.choices import Locale
from accounts.errors import TooManyAttempts, WrongCredentials
from accounts.models import Session, Token, User
from accounts.selectors import people as people_selectors
from accounts.selectors import projects
from accounts.services import keys, people, phrases
from config.base.errors import InvalidInput, NotFound


def session_detail(request: HttpRequest, user: User) -> responses.SessionDetail:
    """What the frontend asks first."""
    return responses.SessionDetail(
        user=responses.SessionUser(
            id=user.pk,
            username=user.username,
            name=user.name,
            is_administrator=user.is_administrator,
            locale=user.locale,
            keys=user.keys,
            phrases=user.phrases,
        ),
        projects=[responses.ProjectBrief.of(each) for each in projects.memberships_of(user.pk)],
        csrf=get_token(request),
    )


def sign_in(request: HttpRequest, *, username: str, password: str) -> User:
    """Through allauth, which slows guessing down. Raises WrongCredentials or TooManyAttempts."""
    form = LoginForm(data={"login": username, "password": password}, request=request)
    if not form.is_valid():
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        raise TooManyAttempts if "too_many_login_attempts" in codes else WrongCredentials
    form.login(request)
    request.session["user_agent"] = request.headers.get("User-Agent", "")[:200]
    user = form.user
    if not isinstance(user, User):
        raise ImproperlyConfigured(f"AUTH_USER_MODEL is {settings.AUTH_USER_MODEL}, yet allauth signed in {type(user)}")
    return user


class SessionView(APIView):
    """The browser's session."""

    def get_permissions(self) -> Sequence[BasePermission]:
        return [AllowAny()] if self.request.method == "POST" else [IsAuthenticated()]

    @extend_schema(responses={200: responses.SessionDetail})
    def get(self, request: Request) -> Response:
        return Response(session_detail(request._request, user_of(request)))

    @extend_schema(request=requests.SignInRequest, responses={200: responses.SessionDetail})
    def post(self, request: Request) -> Response:
        body = requests.SignInRequest.parse(request.data)
        user = sign_in(request._request, username=body.username, password=body.password)
        return Response(session_detail(request._request, user))

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=204)


class ProfileView(APIView):
    """One's own name and language."""

    @extend_schema(request=requests.ProfileRequest, responses={200: responses.SessionDetail})
    def patch(self, request: Request) -> Response:
        body = requests.ProfileRequest.parse(request.data)
        user = user_of(request)
        if body.name is not None:
            user.name = body.name.strip()[:120]
        if body.locale is not None:
            if body.locale not in Locale.values:
                raise InvalidInput("The pages speak {known}.", known=Locale.values)
            user.locale = body.locale
        user.save(update_fields=["name", "locale"])
        return Response(session_detail(request._request, user))


class KeysView(APIView):
    """One's own keys, the same in every browser."""

    @extend_schema(request=requests.KeysRequest, responses={200: responses.SessionDetail})
    def put(self, request: Request) -> Response:
        body = requests.KeysRequest.parse(request.data)
        user = user_of(request)
        keys.own(user=user, keys=body.keys)
        return Response(session_detail(request._request, user))


class PhrasesView(APIView):
    """One's own phrases, the same in every browser."""

    @extend_schema(request=requests.PhrasesRequest, responses={200: responses.SessionDetail})
    def put(self, request: Request) -> Response:
        body = requests.PhrasesRequest.parse(request.data)
        user = user_of(request)
        phrases.own(user=user, phrases=body.phrases)
        return Response(session_detail(request._request, user))


class PasswordView(APIView):
    """Changing one's own password."""

    @extend_schema(request=requests.PasswordChangeRequest, responses={204: None})
    def post(self, request: Request) -> Response:
        body = requests.PasswordChangeRequest.parse(request.data)
        user = user_of(request)
        people.change_password(user=user, old=body.old, new=body.new, keep_session=request.session.session_key)
        update_session_auth_hash(request._request, user)
        return Response(status=204)


def _digest(session: Session) -> str:
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:24]


class BrowsersView(APIView):
    """Where one is signed in."""

    @extend_schema(responses={200: responses.BrowserList})
    def get(self, request: Request) -> Response:
        current = request.session.session_key
        rows = [
            responses.BrowserRow(
                _digest(row), row.user_agent, row.created_at, row.expire_date, row.session_key == current
            )
            for row in people_selectors.sessions(user_of(request).pk)
        ]
        return Response(responses.BrowserList(rows))


class BrowserView(APIView):
    """One signed-in browser."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, browser: str) -> Response:
        user = user_of(request)
        for row in people_selectors.sessions(user.pk):
            if _digest(row) == browser:
                people.end_session(user_id=user.pk, session_key=row.session_key)
                return Response(status=204)
        raise NotFound


class TokensView(APIView):
    """Keys for programs that act as this person."""

    @extend_schema(responses={200: responses.TokenList})
    def get(self, request: Request) -> Response:
        rows = Token.objects.filter(user=user_of(request)).order_by("-created_at", "pk")
        return Response(
            responses.TokenList([responses.TokenRow(row.pk, row.name, row.created_at, row.revoked_at) for row in rows])
        )

    @extend_schema(request=requests.TokenCreateRequest, responses={201: responses.TokenSecret})
    def post(self, request: Request) -> Response:
        body = requests.TokenCreateRequest.parse(request.data)
        token, secret = people.create_token(user=user_of(request), name=body.name.strip()[:80] or "token")
        return Response(responses.TokenSecret(token.pk, token.name, secret), status=201)


class TokenView(APIView):
    """One token."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, token_id: UUID) -> Response:
        people.revoke_token(user=user_of(request), token_id=str(token_id), now=timezone.now())
        return Response(status=204)
