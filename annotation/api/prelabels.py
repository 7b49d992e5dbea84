"""Pre-labels in bulk: what models and other tools say of samples that are here."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from annotation.api import requests, responses
from annotation.services import prelabels
from config.base.words import retold


class PrelabelsView(ProjectAPIView):
    """Keep opinions of models and tools; assisted batches show the newest of a sample. They are never counted.

    Sending the same again changes nothing, so no idempotency key is needed.
    """

    minimum_role = Role.LEAD

    @extend_schema(request=requests.PrelabelRequest, responses={200: responses.PrelabelReply})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.PrelabelRequest.parse(request.data)
        found = prelabels.store(
            project_id=self.project.project_id,
            source=body.source.strip(),
            prelabels=[
                prelabels.Prelabel(each.sample, each.answers, each.verdicts, each.regions) for each in body.prelabels
            ],
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        refused = [
            responses.PrelabelRefusalRow(each.index, each.sample, each.field, retold(each.reason))
            for each in found.refused
        ]
        return Response(responses.PrelabelReply(found.stored, found.unchanged, refused))
