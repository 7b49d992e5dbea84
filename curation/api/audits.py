"""Lots of an audit, and verdicts on their entries.

Belongs here: typed arguments in, one call, a reply out. Does not: plans and risks (services.audits).
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from catalog.selectors import aspects, pictures, samples
from cot_generation.selectors import rationales, readings
from curation.api import requests, responses
from curation.selectors import audits
from curation.services import audits as audit_services


class LotsView(ProjectAPIView):
    """Audit lots; a lead draws one."""

    minimum_role_by_method = {"GET": Role.REVIEWER, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.LotList})
    def get(self, request: Request, slug: str) -> Response:
        found = audits.lots(self.project.project_id)
        return Response(responses.LotList([responses.LotRow.of(each) for each in found]))

    @extend_schema(request=requests.LotDrawRequest, responses={201: responses.LotRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.LotDrawRequest.parse(request.data)
        lot = audit_services.draw(
            project_id=self.project.project_id,
            way=body.way,
            sample_size=body.sample_size,
            actor_id=self.project.user_id,
        )
        return Response(responses.LotRow.of(audits.lot(self.project.project_id, lot.pk)), status=201)


class LotView(ProjectAPIView):
    """One lot, and deciding it."""

    minimum_role_by_method = {"GET": Role.REVIEWER, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.LotRow})
    def get(self, request: Request, slug: str, lot_id: UUID) -> Response:
        return Response(responses.LotRow.of(audits.lot(self.project.project_id, lot_id)))

    @extend_schema(request=requests.LotDecideRequest, responses={200: responses.LotRow})
    def post(self, request: Request, slug: str, lot_id: UUID) -> Response:
        body = requests.LotDecideRequest.parse(request.data)
        audit_services.decide(
            project_id=self.project.project_id,
            lot_id=lot_id,
            accept=body.accept,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(responses.LotRow.of(audits.lot(self.project.project_id, lot_id)))


class LotEntriesView(ProjectAPIView):
    """The drawn sample, blind to the way."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.EntryList})
    def get(self, request: Request, slug: str, lot_id: UUID) -> Response:
        lot = audits.lot(self.project.project_id, lot_id)
        entries = audits.entries(lot.id)
        texts = rationales.by_ids([entry.rationale_id for entry in entries])
        sample_ids = {text.sample_id for text in texts.values()}
        infos, shown = samples.infos(sample_ids), pictures.of_samples(sample_ids)
        keys = aspects.by_ids({text.aspect_id for text in texts.values()})
        read = readings.behind(texts)
        rows = []
        for entry in entries:
            text = texts[entry.rationale_id]
            rows.append(
                responses.EntryRow.of(
                    entry,
                    text,
                    sample=infos[text.sample_id].external_id,
                    aspect=keys[text.aspect_id].key,
                    pictures=shown.get(text.sample_id, []),
                    read=read.get(entry.rationale_id, ()),
                )
            )
        return Response(responses.EntryList(rows))


class VerdictView(ProjectAPIView):
    """One verdict more on one entry."""

    minimum_role = Role.REVIEWER

    @extend_schema(request=requests.VerdictRequest, responses={204: None})
    def post(self, request: Request, slug: str, entry_id: int) -> Response:
        body = requests.VerdictRequest.parse(request.data)
        audit_services.judge(
            project_id=self.project.project_id,
            entry_id=entry_id,
            auditor_id=self.project.user_id,
            accepted=body.accepted,
            reason=body.reason or "",
            note=body.note,
            first_fault=body.first_fault,
            active_ms=body.active_ms,
        )
        return Response(status=204)
