"""Gold over HTTP, for leads: what there is, making more, retiring some, and letting a paused person go on.

Belongs here: typed arguments in, one call, a reply out.
Does not: handing gold out and judging it (services.statements, services.golds).
"""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from annotation.api import requests, responses
from annotation.api.shared import AFTER, external_ids, gold_scores
from annotation.choices import GoldSource, Purpose
from annotation.errors import UnknownSamples
from annotation.selectors import golds as gold_selectors
from annotation.services import golds
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import samples as catalog_samples
from config.base import idempotency
from config.base.api.pagination import page


class GoldsView(ProjectAPIView):
    """The project's gold questions, and making more."""

    minimum_role = Role.LEAD

    @extend_schema(
        responses={200: responses.GoldList},
        parameters=[
            *AFTER,
            OpenApiParameter("purpose", OpenApiTypes.STR, enum=[Purpose.GOLD.value, Purpose.TRAINING.value]),
            OpenApiParameter("retired", OpenApiTypes.BOOL, description="Only retired ones, or only live ones."),
        ],
    )
    def get(self, request: Request, slug: str) -> Response:
        rows = gold_selectors.of_project(self.project.project_id)
        if "purpose" in request.query_params:
            rows = rows.filter(purpose=request.query_params["purpose"])
        if "retired" in request.query_params:
            rows = rows.filter(retired_at__isnull=request.query_params["retired"] != "true")
        found = page(rows, request, newest_first=True)
        names = external_ids([row.sample_id for row in found.rows])
        keys = {aspect.id: aspect.key for aspect in catalog_aspects.of_project(self.project.project_id)}
        scores = gold_selectors.accuracy_of([row.pk for row in found.rows])
        return Response(
            responses.GoldList(
                [
                    responses.GoldRow.of(
                        row, sample=names[row.sample_id], scores=gold_scores(scores.get(row.pk, {}), keys)
                    )
                    for row in found.rows
                ],
                found.after,
            )
        )

    @extend_schema(request=requests.GoldRequest, responses={201: responses.GoldMade})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.GoldRequest.parse(request.data)
        key = idempotency.key_of(request)
        return Response(
            idempotency.once(user_id=self.project.user_id, key=key, request=body, make=lambda: self._make(body)),
            status=201,
        )

    def _make(self, body: requests.GoldRequest) -> responses.GoldMade:
        names = [*body.samples, *(each.sample for each in body.questions)]
        known = catalog_samples.by_external_ids(self.project.project_id, names)
        unknown = sorted({name for name in names if name not in known})
        if unknown:
            raise UnknownSamples(samples=unknown[:20], count=len(unknown))
        if body.questions or body.source == GoldSource.BY_HAND:
            made = golds.make(
                project_id=self.project.project_id,
                questions=[golds.NewGold(known[each.sample], each.expected, each.note) for each in body.questions],
                purpose=body.purpose,
                source=body.source,
                tolerance=body.tolerance,
                most_judged=body.most_judged,
                actor_id=self.project.user_id,
            )
        else:
            made = golds.make_from_answers(
                project_id=self.project.project_id,
                source=body.source,
                purpose=body.purpose,
                tolerance=body.tolerance,
                sample_ids=[known[name] for name in body.samples] or None,
                most=body.most,
                most_judged=body.most_judged,
                actor_id=self.project.user_id,
            )
        return responses.GoldMade(len(made))


class GoldSummaryView(ProjectAPIView):
    """How much gold there is, and how many answers could become some."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.GoldSummary})
    def get(self, request: Request, slug: str) -> Response:
        found = gold_selectors.stock(self.project.project_id)
        candidates = responses.GoldCandidates(**found.candidates)
        return Response(responses.GoldSummary(found.training, found.hidden, found.retired, candidates))


class GoldRetireView(ProjectAPIView):
    """Give one out no more."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.GoldRetireRequest, responses={204: None})
    def post(self, request: Request, slug: str, gold_id: UUID) -> Response:
        body = requests.GoldRetireRequest.parse(request.data)
        golds.retire(project_id=self.project.project_id, gold_id=gold_id, why=body.why, actor_id=self.project.user_id)
        return Response(status=204)


class ResumePersonView(ProjectAPIView):
    """Let somebody go on who is paused by hidden gold, or whose practice is below the batch's floor."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, slug: str, batch_id: UUID, user_id: int) -> Response:
        golds.let_go_on(
            project_id=self.project.project_id, batch_id=batch_id, user_id=user_id, actor_id=self.project.user_id
        )
        return Response(status=204)
