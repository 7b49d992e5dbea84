"""What instance administrators do: people, reset links, the audit log."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import requests, responses
from accounts.api.access import AdministratorAPIView, user_of
from accounts.models import AuditLogEntry
from accounts.selectors import people as people_selectors
from accounts.services import people
from accounts.services.people import RESET_LINK_LASTS
from config.base.api.pagination import page


class PeopleView(AdministratorAPIView):
    """Everybody who can sign in."""

    @extend_schema(responses={200: responses.PersonList})
    def get(self, request: Request) -> Response:
        return Response(responses.PersonList([responses.PersonRow.of(each) for each in people_selectors.everybody()]))

    @extend_schema(request=requests.PersonCreateRequest, responses={201: responses.PersonRow})
    def post(self, request: Request) -> Response:
        body = requests.PersonCreateRequest.parse(request.data)
        user = people.create(
            username=body.username.strip(),
            password=body.password,
            name=body.name.strip(),
            is_administrator=body.is_administrator,
            actor_id=user_of(request).pk,
        )
        user.refresh_from_db()
        info = people_selectors.PersonInfo(
            user.pk, user.username, user.name, user.is_active, user.is_administrator, user.date_joined
        )
        return Response(responses.PersonRow.of(info), status=201)


class PersonView(AdministratorAPIView):
    """Activating, deactivating, making or unmaking an administrator."""

    @extend_schema(request=requests.PersonChangeRequest, responses={204: None})
    def patch(self, request: Request, user_id: int) -> Response:
        body = requests.PersonChangeRequest.parse(request.data)
        actor_id = user_of(request).pk
        if body.is_active is not None:
            people.set_active(user_id=user_id, active=body.is_active, actor_id=actor_id)
        if body.is_administrator is not None:
            people.set_administrator(user_id=user_id, administrator=body.is_administrator, actor_id=actor_id)
        return Response(status=204)


class ResetLinkView(AdministratorAPIView):
    """A link that an administrator copies to somebody who forgot a password."""

    @extend_schema(request=None, responses={201: responses.LinkReply})
    def post(self, request: Request, user_id: int) -> Response:
        now = timezone.now()
        secret = people.make_reset_link(user_id=user_id, actor_id=user_of(request).pk, now=now)
        link = responses.LinkReply(url=f"{settings.PUBLIC_URL}/reset/{secret}", expires_at=now + RESET_LINK_LASTS)
        return Response(link, status=201)


class PasswordResetView(APIView):
    """Setting a new password by a reset link; open to strangers, who hold the secret."""

    permission_classes = [AllowAny]

    @extend_schema(request=requests.PasswordResetRequest, responses={204: None})
    def post(self, request: Request, secret: str) -> Response:
        body = requests.PasswordResetRequest.parse(request.data)
        people.reset_password(secret=secret, password=body.password, now=timezone.now())
        return Response(status=204)


class AuditLogView(AdministratorAPIView):
    """Who did what, newest first."""

    @extend_schema(responses={200: responses.AuditLogPage})
    def get(self, request: Request) -> Response:
        found = page(AuditLogEntry.objects.all(), request, newest_first=True)
        names = people_selectors.names([row.actor_id for row in found.rows if row.actor_id])
        rows = [
            responses.AuditLogRow(
                id=row.pk,
                at=row.at,
                actor=names.get(row.actor_id, "") if row.actor_id else "",
                action=row.action,
                subject=row.subject,
                details=row.details,
            )
            for row in found.rows
        ]
        return Response(responses.AuditLogPage(results=rows, after=found.after))
