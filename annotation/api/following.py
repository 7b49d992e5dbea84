"""What follows from a change of settings: answers that are voted on again, questions judged under older words.

Belongs here: progress and the batch that asks again. Does not: the settings themselves (catalog.api).
"""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from annotation.api import requests, responses
from annotation.api.batches import made_row
from annotation.selectors import guideline_age, recounts
from annotation.services import recounting, rejudging
from catalog.selectors import guidelines as catalog_guidelines
from config.base import idempotency


class RecountView(ProjectAPIView):
    """How far answers have followed the newest rule; ranges that failed can be asked for again."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.RecountReply})
    def get(self, request: Request, slug: str) -> Response:
        return Response(self._reply())

    @extend_schema(request=None, responses={200: responses.RecountReply})
    def post(self, request: Request, slug: str) -> Response:
        recounting.again(project_id=self.project.project_id, now=timezone.now())
        return Response(self._reply())

    def _reply(self) -> responses.RecountReply:
        found = recounts.progress(self.project.project_id)
        return responses.RecountReply(None if found is None else responses.RecountDetail.of(found))


class OutdatedView(ProjectAPIView):
    """Questions judged under words that have changed since, and a batch of them."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.OutdatedReply})
    def get(self, request: Request, slug: str) -> Response:
        project_id = self.project.project_id
        found = [
            responses.OutdatedAspectRow(each.key, each.questions, each.waiting, each.by_version)
            for each in guideline_age.by_aspect(project_id)
        ]
        return Response(responses.OutdatedReply(catalog_guidelines.current(project_id).version, found))

    @extend_schema(request=requests.OutdatedBatchRequest, responses={201: responses.BatchRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.OutdatedBatchRequest.parse(request.data)

        def make() -> responses.BatchRow:
            made = rejudging.make_batch(
                project_id=self.project.project_id,
                keys=body.aspects,
                wanted=body.wanted,
                name=body.name,
                actor_id=self.project.user_id,
                now=timezone.now(),
            )
            return made_row(made, self)

        reply = idempotency.once(user_id=self.project.user_id, key=idempotency.key_of(request), request=body, make=make)
        return Response(reply, status=201)
