"""Runs of rationales and evaluations: made, watched, paused, cancelled."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import samples as sample_selectors
from config.base.api.pagination import page
from config.base.errors import InvalidInput
from cot_generation.api import requests, responses
from cot_generation.choices import RunPurpose, Stage, Way
from cot_generation.models import Run
from cot_generation.selectors import progress
from cot_generation.selectors import prompts as prompt_selectors
from cot_generation.selectors import questions as question_selectors
from cot_generation.services import estimating, new_runs, runs

PAGING = [
    OpenApiParameter("after", OpenApiTypes.STR, description="Where the last page ended."),
    OpenApiParameter("limit", OpenApiTypes.INT, description="At most 200."),
]


def questions_in(project_id: UUID, body: requests.ScopeBody, *, way: Way) -> list[tuple[int, int]]:
    """The (sample, aspect) pairs that the scope means."""
    known = {aspect.key: aspect.id for aspect in aspect_selectors.of_project(project_id)}
    unknown = sorted(set(body.aspects) - set(known))
    if unknown:
        raise InvalidInput("There is no aspect {aspect!r} in this project.", aspect=unknown[0])
    if body.limit is not None and body.limit < 1:
        raise InvalidInput("limit must be at least 1.")
    scope = question_selectors.Scope(
        aspect_ids=[known[key] for key in body.aspects],
        only_settled=body.only_settled,
        only_without=body.only_without,
        limit=None if body.samples else body.limit,
        seed=body.seed,
    )
    found = question_selectors.open_for(project_id, way=way, scope=scope)
    if not body.samples:
        return found
    wanted = set(sample_selectors.named(project_id, body.samples).values())
    return [pair for pair in found if pair[0] in wanted][: body.limit]


class RationaleRunsView(ProjectAPIView):
    """The project's runs, newest first."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    @extend_schema(parameters=PAGING, responses={200: responses.RunPage})
    def get(self, request: Request, slug: str) -> Response:
        rows = Run.objects.in_project(self.project.project_id).select_related("endpoint", "prompt")
        found = page(rows, request, key="number", newest_first=True)
        lines = progress.lines(found.rows)
        return Response(responses.RunPage([responses.RunRow.of(line) for line in lines], found.after))

    @extend_schema(request=requests.RunCreateRequest, responses={201: responses.RunRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.RunCreateRequest.parse(request.data)
        project_id = self.project.project_id
        prompt = prompt_selectors.one(project_id=project_id, prompt_id=body.prompt_id)
        way = Way(prompt.way)
        run = new_runs.create(
            project_id=project_id,
            purpose=RunPurpose(body.purpose),
            way=way,
            stage=Stage(prompt.stage),
            prompt_id=prompt.pk,
            endpoint_id=body.endpoint_id,
            questions=questions_in(project_id, body.scope, way=way),
            cap=body.cap,
            actor_id=self.project.user_id,
            now=timezone.now(),
            seed=body.scope.seed,
            start_now=body.start,
            draws=body.draws,
            pilot=body.pilot,
            ask_again=body.ask_again,
            batched=body.batched,
            max_tokens=body.max_tokens,
        )
        made = progress.one(project_id=project_id, run_id=run.pk)
        return Response(responses.RunRow.of(progress.lines([made])[0]), status=201)


class RationaleRunEstimateView(ProjectAPIView):
    """A dry run: what the run would cost. Nothing is sent."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.RunEstimateRequest, responses={200: responses.RunEstimate})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.RunEstimateRequest.parse(request.data)
        project_id = self.project.project_id
        prompt = prompt_selectors.one(project_id=project_id, prompt_id=body.prompt_id)
        way = Way(prompt.way)
        found = estimating.estimate(
            project_id=project_id,
            prompt_id=prompt.pk,
            endpoint_id=body.endpoint_id,
            way=way,
            stage=Stage(prompt.stage),
            questions=questions_in(project_id, body.scope, way=way),
            now=timezone.now(),
            batched=body.batched,
            draws=body.draws,
            max_tokens=body.max_tokens,
            ask_again=body.ask_again,
            seed=body.scope.seed,
        )
        return Response(responses.RunEstimate.of(found))


class RationaleRunView(ProjectAPIView):
    """One run as it stands now."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    def _detail(self, run_id: UUID) -> Response:
        now = timezone.now()
        found = progress.of_run(project_id=self.project.project_id, run_id=run_id, now=now)
        return Response(responses.RunDetail.of(found, now=now))

    @extend_schema(responses={200: responses.RunDetail})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        return self._detail(run_id)

    @extend_schema(request=requests.RunChangeRequest, responses={200: responses.RunDetail})
    def patch(self, request: Request, slug: str, run_id: UUID) -> Response:
        body = requests.RunChangeRequest.parse(request.data)
        runs.set_cap(project_id=self.project.project_id, run_id=run_id, cap=body.cap, actor_id=self.project.user_id)
        return self._detail(run_id)


class RationaleRunChecksView(ProjectAPIView):
    """Looking at a run's rationales by further calls, which are a run of their own."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.RunCheckRequest, responses={201: responses.RunRow})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        body = requests.RunCheckRequest.parse(request.data)
        project_id = self.project.project_id
        run = new_runs.create_check(
            project_id=project_id,
            probe=body.probe,
            run_id=run_id,
            limit=body.limit,
            cap=body.cap,
            actor_id=self.project.user_id,
            now=timezone.now(),
            endpoint_id=body.endpoint_id,
            prompt_id=body.prompt_id,
            batched=body.batched,
        )
        made = progress.one(project_id=project_id, run_id=run.pk)
        return Response(responses.RunRow.of(progress.lines([made])[0]), status=201)


class RationaleRunStartView(RationaleRunView):
    """Starts a planned run or lets a paused one go on."""

    http_method_names = ["post", "options"]
    minimum_role_by_method = {}

    @extend_schema(request=None, responses={200: responses.RunDetail})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        runs.start(project_id=self.project.project_id, run_id=run_id, actor_id=self.project.user_id, now=timezone.now())
        return self._detail(run_id)


class RationaleRunPauseView(RationaleRunView):
    """Nothing more is sent until it is started again."""

    http_method_names = ["post", "options"]
    minimum_role_by_method = {}

    @extend_schema(request=None, responses={200: responses.RunDetail})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        runs.pause(project_id=self.project.project_id, run_id=run_id, actor_id=self.project.user_id)
        return self._detail(run_id)


class RationaleRunStopWaitingView(RationaleRunView):
    """Questions that wait for another run's replies are asked by this run; what is answered already is read on."""

    http_method_names = ["post", "options"]
    minimum_role_by_method = {}

    @extend_schema(request=None, responses={200: responses.RunDetail})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        runs.stop_waiting(
            project_id=self.project.project_id, run_id=run_id, actor_id=self.project.user_id, now=timezone.now()
        )
        return self._detail(run_id)


class RationaleRunCancelView(RationaleRunView):
    """Ends the run for good; what was written stays."""

    http_method_names = ["post", "options"]
    minimum_role_by_method = {}

    @extend_schema(request=None, responses={200: responses.RunDetail})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        runs.cancel(
            project_id=self.project.project_id, run_id=run_id, actor_id=self.project.user_id, now=timezone.now()
        )
        return self._detail(run_id)
