"""Aspects, guidelines, imports, a sample's pictures."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people
from catalog.api import ranges, requests, responses
from catalog.imports.manifest import Refusal
from catalog.models import Import, PictureWork
from catalog.selectors import aspects, guidelines, pictures, rules, samples
from catalog.services import aspects as aspect_services
from catalog.services import assets, imports
from config.base.api.pagination import page
from config.base.errors import InvalidInput, NotFound
from config.base.words import retold

FITS = {"320": 320, "512": 512, "768": 768, "1024": 1024}


class AspectsView(ProjectAPIView):
    """The project's aspects and its answer rule; a lead adds an aspect or puts them in another order."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.ANNOTATOR}

    @extend_schema(responses={200: responses.AspectList})
    def get(self, request: Request, slug: str) -> Response:
        return Response(_aspect_list(self.project.project_id))

    @extend_schema(request=requests.AspectAddRequest, responses={201: responses.AspectList})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.AspectAddRequest.parse(request.data)
        aspect_services.add(
            project_id=self.project.project_id,
            key=body.key,
            words=aspect_services.AspectWords(body.names, body.description, body.severities),
            text=body.text,
            actor_id=self.project.user_id,
        )
        return Response(_aspect_list(self.project.project_id), status=201)

    @extend_schema(request=requests.AspectOrderRequest, responses={200: responses.AspectList})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.AspectOrderRequest.parse(request.data)
        aspect_services.reorder(
            project_id=self.project.project_id, keys=body.keys, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(_aspect_list(self.project.project_id))


class AspectView(ProjectAPIView):
    """One aspect's words and severities; DELETE retires it and loses nothing."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.AspectChangeRequest, responses={204: None})
    def patch(self, request: Request, slug: str, key: str) -> Response:
        body = requests.AspectChangeRequest.parse(request.data)
        severities = body.severities
        if severities is None:
            known = {each.key: each.severities for each in aspects.of_project(self.project.project_id)}
            severities = list(known.get(key, ()))
        aspect_services.change(
            project_id=self.project.project_id,
            key=key,
            words=aspect_services.AspectWords(body.names, body.description, tuple(severities)),
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, key: str) -> Response:
        aspect_services.retire(
            project_id=self.project.project_id, key=key, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(status=204)


class AspectRestoreView(ProjectAPIView):
    """Ask about a retired aspect again."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, slug: str, key: str) -> Response:
        aspect_services.restore(
            project_id=self.project.project_id, key=key, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(status=204)


class RuleView(ProjectAPIView):
    """The answer rule's next version; answers are voted on again in the background."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.RuleChangeRequest, responses={200: responses.AspectList})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.RuleChangeRequest.parse(request.data)
        aspect_services.change_rule(
            project_id=self.project.project_id,
            threshold=body.threshold,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(_aspect_list(self.project.project_id))


class SettingsHistoryView(ProjectAPIView):
    """Who changed rule and aspects when, and what they were before."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.SettingsHistory})
    def get(self, request: Request, slug: str) -> Response:
        found, former = rules.versions(self.project.project_id), aspects.history(self.project.project_id)
        ids = {each.created_by for each in found} | {each.replaced_by for each in former}
        names = people.names(each for each in ids if each is not None)
        return Response(
            responses.SettingsHistory(
                rules=[
                    responses.RuleRow(
                        each.version, each.threshold, names.get(each.created_by or 0, ""), each.created_at
                    )
                    for each in found
                ],
                aspects=[
                    responses.FormerAspectRow(
                        key=each.key,
                        revision=each.revision,
                        names=each.names,
                        description=each.description,
                        severities=list(each.severities),
                        retired=each.retired,
                        by=names.get(each.replaced_by or 0, ""),
                        replaced_at=each.replaced_at,
                    )
                    for each in former
                ],
            )
        )


def _aspect_list(project_id: UUID) -> responses.AspectList:
    rule = rules.current(project_id)
    return responses.AspectList(
        results=[responses.AspectRow.of(each) for each in aspects.of_project(project_id)],
        retired=[responses.AspectRow.of(each) for each in aspects.retired(project_id)],
        threshold=rule.threshold,
        rule_version=rule.version,
    )


class GuidelinesView(ProjectAPIView):
    """Every version of the guideline, newest first; a lead publishes the next."""

    minimum_role_by_method = {"GET": Role.ANNOTATOR, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.GuidelineList})
    def get(self, request: Request, slug: str) -> Response:
        found = guidelines.versions(self.project.project_id)
        return Response(responses.GuidelineList([responses.GuidelineDetail.of(each) for each in found]))

    @extend_schema(request=requests.GuidelinePublishRequest, responses={201: responses.GuidelineDetail})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.GuidelinePublishRequest.parse(request.data)
        published = aspect_services.publish_guideline(
            project_id=self.project.project_id, texts=body.texts, note=body.note[:200], actor_id=self.project.user_id
        )
        return Response(responses.GuidelineDetail.of(published), status=201)


class ImportsView(ProjectAPIView):
    """Imports, newest first; a lead uploads a manifest with an archive of its pictures."""

    minimum_role = Role.LEAD
    parser_classes = [MultiPartParser]

    @extend_schema(responses={200: responses.ImportPage})
    def get(self, request: Request, slug: str) -> Response:
        rows = Import.objects.in_project(self.project.project_id).select_related("started_by")
        return Response(page(rows, request, newest_first=True).body(_import_row))

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
        run = imports.upload(
            project_id=self.project.project_id,
            name=manifest.name or "",
            manifest=manifest,
            archive=archive,
            actor_id=self.project.user_id,
            how=imports.How(update=_said(request, "update"), strict=_said(request, "strict")),
        )
        run.refresh_from_db()
        return Response(_import_row(run), status=201)


def _said(request: Request, name: str) -> bool:
    """A yes or no of a form, in which everything is text."""
    word = request.POST.get(name, "false")
    if word not in ("true", "false"):
        raise InvalidInput("{name} is true or false.", name=name)
    return word == "true"


def _import_row(row: Import) -> responses.ImportRow:
    progress = imports.picture_progress(row.pk)
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
        return Response(_import_row(self.found(import_id)))


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
        count = imports.retry_pictures(
            project_id=self.project.project_id,
            import_id=import_id,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(responses.Retried(count))


class SampleView(ProjectAPIView):
    """One sample by its external id."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.SampleDetail})
    def get(self, request: Request, slug: str, external_id: str) -> Response:
        info = samples.by_external_id(self.project.project_id, external_id)
        shown = pictures.of_samples([info.id]).get(info.id, [])
        return Response(responses.SampleDetail.of(info, shown, slug))


class PictureView(ProjectAPIView):
    """One stored picture. Its address holds its hash, so browsers may keep it for good, each for its own person."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(
        parameters=[OpenApiParameter("fit", str, enum=[*FITS, "full"], description="Longest side in pixels.")],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, slug: str, sha256: str) -> HttpResponse:
        etag = f'"{sha256}-{request.query_params.get("fit", "full")}"'
        asset = pictures.of_project(self.project.project_id, sha256)
        if asset is None:
            raise NotFound
        if request.headers.get("If-None-Match") == etag:
            return _keep(HttpResponse(status=304), etag)
        fit = request.query_params.get("fit", "full")
        if fit == "full":
            return _keep(ranges.reply(request, assets.read(asset.pk), media_type=asset.media_type, etag=etag), etag)
        if fit not in FITS:
            raise InvalidInput("fit is one of {known} and full.", known=list(FITS))
        small = assets.fitted_by_hash(asset.sha256, asset.media_type, FITS[fit])
        return _keep(HttpResponse(small, content_type="image/jpeg"), etag)


def _keep(reply: HttpResponse, etag: str) -> HttpResponse:
    reply["Cache-Control"] = "private, max-age=31536000, immutable"
    reply["ETag"] = etag
    reply["Content-Disposition"] = "inline"
    return reply
