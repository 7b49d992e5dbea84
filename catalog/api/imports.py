"""Imports: uploading one, how far it is, what it did not take and why."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from catalog.api import responses
from catalog.imports.manifest import Refusal
from catalog.models import Import, PictureWork
from catalog.selectors import imports
from catalog.services import imports as services
from catalog.services import uploads
from config.base.api.pagination import page
from config.base.errors import InvalidInput, NotFound
from config.base.words import retold


class ImportsView(ProjectAPIView):
    """Imports, newest first; a lead uploads a manifest with an archive of its pictures."""

    minimum_role = Role.LEAD
    parser_classes = [MultiPartParser]

    @extend_schema(responses={200: responses.ImportPage})
    def get(self, request: Request, slug: str) -> Response:
        rows = Import.objects.in_project(self.project.project_id).select_related("started_by")
        found = page(rows, request, newest_first=True)
        progress = imports.picture_progress([row.pk for row in found.rows])
        return Response(found.body(lambda row: _import_row(row, progress[row.pk])))

    @extend_schema(
        request={
            "multipart/form-data": {
                "type": "object",
                "required": ["manifest"],
                "properties": {
                    "manifest": {"type": "string", "format": "binary"},
                    "archive": {"type": "string", "format": "binary"},
                    "update": {"type": "boolean", "description": "Take rows that differ from what is stored."},
                    "strict": {"type": "boolean", "description": "One refused row keeps everything out."},
                },
            }
        },
        responses={201: responses.ImportRow},
    )
    def post(self, request: Request, slug: str) -> Response:
        manifest = request.FILES.get("manifest")
        if manifest is None:
            raise InvalidInput("Choose a manifest: JSON lines, a CSV table or a Label Studio export.")
        archive = request.FILES.get("archive")
        run = uploads.upload(
            project_id=self.project.project_id,
            name=manifest.name or "",
            manifest=manifest,
            archive=archive,
            actor_id=self.project.user_id,
            how=services.How(update=_said(request, "update"), strict=_said(request, "strict")),
        )
        run.refresh_from_db()
        return Response(_import_row(run, imports.PictureProgress(0, 0, 0)), status=201)


def _said(request: Request, name: str) -> bool:
    """A yes or no of a form, in which everything is text."""
    word = request.POST.get(name, "false")
    if word not in ("true", "false"):
        raise InvalidInput("{name} is true or false.", name=name)
    return word == "true"


def _import_row(row: Import, progress: imports.PictureProgress) -> responses.ImportRow:
    by = "" if row.started_by is None else row.started_by.name or row.started_by.username
    return responses.ImportRow.of(row, by=by, ready=progress.ready, failed=progress.failed, waiting=progress.waiting)


class ImportAPIView(ProjectAPIView):
    """A view of one import of the project."""

    minimum_role = Role.LEAD

    def found(self, import_id: UUID) -> Import:
        """Raises NotFound for another project's import."""
        row = Import.objects.in_project(self.project.project_id).filter(pk=import_id).first()
        if row is None:
            raise NotFound
        return row


class ImportView(ImportAPIView):
    """One import and how far it is."""

    @extend_schema(responses={200: responses.ImportRow})
    def get(self, request: Request, slug: str, import_id: UUID) -> Response:
        found = self.found(import_id)
        return Response(_import_row(found, imports.picture_progress([found.pk])[found.pk]))


class ImportRefusalsView(ImportAPIView):
    """Reasons against rows, page by page."""

    @extend_schema(
        parameters=[
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("field", str, description="The first word of a field: `candidates`, `verdicts`, `line`."),
            OpenApiParameter("text", str, description="In the id, the field or the reason."),
        ],
        responses={200: responses.RefusalPage},
    )
    def get(self, request: Request, slug: str, import_id: UUID) -> Response:
        found = self.found(import_id).pk
        asked = request.query_params
        rows = imports.refusals(found, field=asked.get("field", ""), text=asked.get("text", ""))
        body = page(rows, request).body(responses.RefusalRow.of)
        return Response({**body, "fields": imports.refused_fields(found)})


class ImportReportView(ImportAPIView):
    """Everything that was not taken as a file: one JSON object a line, rows first, then samples with a bad picture."""

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.STR})
    def get(self, request: Request, slug: str, import_id: UUID) -> StreamingHttpResponse:
        found = self.found(import_id)
        lines = (msgspec.json.encode(each) + b"\n" for each in _refused(found.pk))
        reply = StreamingHttpResponse(lines, content_type="application/x-ndjson")
        reply["Content-Disposition"] = f'attachment; filename="import-{found.pk}.jsonl"'
        return reply


def _refused(import_id: UUID) -> Iterator[Refusal]:
    yield from imports.row_refusals(import_id)
    yield from imports.picture_refusals(import_id)


def _picture_row(row: PictureWork) -> responses.RefusalRow:
    refusal = imports.picture_refusal(row)
    return responses.RefusalRow(refusal.line, refusal.id, refusal.field, retold(refusal.reason))


class ImportPicturesView(ImportAPIView):
    """Samples with a bad picture, and asking for all of them again."""

    @extend_schema(
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses={200: responses.PictureRefusals},
    )
    def get(self, request: Request, slug: str, import_id: UUID) -> Response:
        found = page(imports.failed_pictures(self.found(import_id).pk), request)
        return Response(found.body(_picture_row))

    @extend_schema(request=None, responses={200: responses.Retried})
    def post(self, request: Request, slug: str, import_id: UUID) -> Response:
        count = services.retry_pictures(
            project_id=self.project.project_id,
            import_id=import_id,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(responses.Retried(count))
