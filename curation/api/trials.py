"""Workflow trials: planned, started, looked at, ended."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from catalog.selectors import aspects
from config.base.api.requests import StructRequest
from config.base.errors import InvalidInput
from curation.api import requests, responses
from curation.choices import StoppingRule
from curation.selectors import trials as selectors
from curation.services import trials
from curation.services.trials import ArmPlan


class PlanQuery(StructRequest):
    """`rate`: the accept rate that is expected of both."""

    arms: int = 2
    per_arm: int = 100
    margin: float = 0.1
    confidence: float = 0.95
    rule: StoppingRule = StoppingRule.OBRIEN_FLEMING
    looks: int = 4
    rate: float = 0.85


class TrialsView(ProjectAPIView):
    """The project's trials; a lead starts one."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.TrialList})
    def get(self, request: Request, slug: str) -> Response:
        found = selectors.of_project(self.project.project_id)
        return Response(responses.TrialList([responses.TrialRow.of(row) for row in found]))

    @extend_schema(request=requests.TrialStartRequest, responses={201: responses.TrialDetail})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.TrialStartRequest.parse(request.data)
        known = {each.key: each.id for each in aspects.of_project(self.project.project_id)}
        if unknown := [key for key in body.aspects if key not in known]:
            raise InvalidInput("There is no aspect {aspect!r} in this project.", aspect=unknown[0])
        trial = trials.start(
            project_id=self.project.project_id,
            name=body.name,
            arms=[ArmPlan(each.label, each.prompt_id, each.endpoint_id, each.cap) for each in body.arms],
            reference=body.reference,
            margin=body.margin,
            confidence=body.confidence,
            rule=body.rule,
            looks=body.looks,
            per_arm=body.per_arm,
            aspect_ids=[known[key] for key in body.aspects],
            seed=body.seed,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(responses.TrialDetail.of(selectors.one(self.project.project_id, trial.pk)), status=201)


class TrialPlanView(ProjectAPIView):
    """What a trial of this size could show; nothing is stored."""

    minimum_role = Role.LEAD

    @extend_schema(
        parameters=[
            OpenApiParameter("arms", OpenApiTypes.INT),
            OpenApiParameter("per_arm", OpenApiTypes.INT),
            OpenApiParameter("margin", OpenApiTypes.FLOAT),
            OpenApiParameter("confidence", OpenApiTypes.FLOAT),
            OpenApiParameter("rule", OpenApiTypes.STR, enum=StoppingRule.values),
            OpenApiParameter("looks", OpenApiTypes.INT),
            OpenApiParameter("rate", OpenApiTypes.FLOAT),
        ],
        responses={200: responses.TrialPlan},
    )
    def get(self, request: Request, slug: str) -> Response:
        query = PlanQuery.parse(request.query_params.dict())
        chance, bounds = trials.plan(
            arms=query.arms,
            per_arm=query.per_arm,
            margin=query.margin,
            confidence=query.confidence,
            rule=query.rule,
            looks=query.looks,
            rate=query.rate,
        )
        return Response(responses.TrialPlan(chance, bounds, query.arms * query.per_arm))


class TrialView(ProjectAPIView):
    """One trial."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.TrialDetail})
    def get(self, request: Request, slug: str, trial_id: UUID) -> Response:
        return Response(responses.TrialDetail.of(selectors.one(self.project.project_id, trial_id)))


class TrialLookView(ProjectAPIView):
    """The next step: a lot for the next look, or counting the one that is judged."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.TrialDetail})
    def post(self, request: Request, slug: str, trial_id: UUID) -> Response:
        project_id = self.project.project_id
        trials.look(project_id=project_id, trial_id=trial_id, actor_id=self.project.user_id, now=timezone.now())
        return Response(responses.TrialDetail.of(selectors.one(project_id, trial_id)))


class TrialCancelView(ProjectAPIView):
    """Ends a trial without a decision."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.TrialDetail})
    def post(self, request: Request, slug: str, trial_id: UUID) -> Response:
        project_id = self.project.project_id
        trials.cancel(project_id=project_id, trial_id=trial_id, actor_id=self.project.user_id, now=timezone.now())
        return Response(responses.TrialDetail.of(selectors.one(project_id, trial_id)))
