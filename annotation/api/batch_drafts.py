"""Batches in the making, shared by a project's leads."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people
from annotation.api import requests
from annotation.api.responses import BatchDraftDetail, BatchDraftList, BatchDraftRow
from annotation.models import BatchDraft
from annotation.selectors import batches
from annotation.services import batch_drafts


class BatchDraftsView(ProjectAPIView):
    """Drafts of the project's leads, the one saved last first."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: BatchDraftList})
    def get(self, request: Request, slug: str) -> Response:
        found = batches.drafts(self.project.project_id)
        names = people.names(each.saved_by_id for each in found)
        return Response(BatchDraftList([BatchDraftRow.of(each, names=names) for each in found]))

    @extend_schema(request=requests.BatchDraftRequest, responses={201: BatchDraftDetail})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.BatchDraftRequest.parse(request.data)
        kept = batch_drafts.keep(
            project_id=self.project.project_id,
            name=body.name,
            body=body.body,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(detail(kept), status=201)


class BatchDraftView(ProjectAPIView):
    """One draft."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: BatchDraftDetail})
    def get(self, request: Request, slug: str, draft_id: UUID) -> Response:
        return Response(detail(batches.draft(project_id=self.project.project_id, draft_id=draft_id)))

    @extend_schema(request=requests.BatchDraftRequest, responses={200: BatchDraftDetail})
    def put(self, request: Request, slug: str, draft_id: UUID) -> Response:
        body = requests.BatchDraftRequest.parse(request.data)
        saved = batch_drafts.save(
            project_id=self.project.project_id,
            draft_id=draft_id,
            version=body.version,
            name=body.name,
            body=body.body,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(detail(saved))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, draft_id: UUID) -> Response:
        batch_drafts.discard(project_id=self.project.project_id, draft_id=draft_id)
        return Response(status=204)


def detail(draft: BatchDraft) -> BatchDraftDetail:
    """With the name of who saved it last."""
    return BatchDraftDetail(BatchDraftRow.of(draft, names=people.names([draft.saved_by_id])), draft.body)
