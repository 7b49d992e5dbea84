"""Training over HTTP: for leads."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from config.base import idempotency
from config.base.api.pagination import limit_of, page
from config.base.errors import InvalidInput
from config.base.words import retold
from cot_generation.selectors import evaluations as endpoint_selectors
from training_bridge import recipes
from training_bridge.api import requests, responses
from training_bridge.choices import RETURNABLE, ExportFormat
from training_bridge.models import TrainingRun
from training_bridge.selectors import evaluations, returns, runs
from training_bridge.selectors import exports as export_selectors
from training_bridge.services import exports, logs, returning
from training_bridge.services import runs as run_services

EVENTS_AT_ONCE = 2000


class TrainingOptionsView(ProjectAPIView):
    """What a run can be started with."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.TrainingOptions})
    def get(self, request: Request, slug: str) -> Response:
        endpoints = endpoint_selectors.endpoints(self.project.project_id)
        return Response(
            responses.TrainingOptions(
                recipes=recipes.names(),
                endpoints=[
                    responses.EndpointChoice(each.id, each.name, each.model, each.sandbox) for each in endpoints
                ],
            )
        )


class TrainingRunsView(ProjectAPIView):
    """Runs, newest first, and starting one."""

    minimum_role = Role.LEAD

    @extend_schema(
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses={200: responses.TrainingRunList},
    )
    def get(self, request: Request, slug: str) -> Response:
        found = page(runs.of_project(self.project.project_id), request, key="number", newest_first=True)
        exact = evaluations.exact_of([run.pk for run in found.rows])
        rows = [responses.TrainingRunRow.of(run, exact.get(run.pk)) for run in found.rows]
        return Response(responses.TrainingRunList(rows, found.after))

    @extend_schema(request=requests.TrainingRunCreateRequest, responses={201: responses.TrainingRunRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.TrainingRunCreateRequest.parse(request.data)

        def make() -> responses.TrainingRunRow:
            run = run_services.start(
                project_id=self.project.project_id,
                release_name=body.release,
                recipe=body.recipe,
                seed=body.seed,
                smoke=body.smoke,
                endpoint_id=body.endpoint_id,
                actor_id=self.project.user_id,
                now=timezone.now(),
            )
            run.refresh_from_db()
            return responses.TrainingRunRow.of(run, None)

        key = idempotency.key_of(request)
        return Response(idempotency.once(user_id=self.project.user_id, key=key, request=body, make=make), status=201)


class TrainingRunView(ProjectAPIView):
    """One run."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.TrainingRunDetail})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        return Response(detail(runs.one(self.project.project_id, run_id)))


def detail(run: TrainingRun) -> responses.TrainingRunDetail:
    """A run with its figures."""
    measured = evaluations.of_run(run)
    return responses.TrainingRunDetail(
        run=responses.TrainingRunRow.of(run, evaluations.exact_of([run.pk]).get(run.pk)),
        release_hash=run.release_hash,
        step=run.step,
        steps=run.steps,
        cancel_asked_at=run.cancel_asked_at,
        launched_at=run.launched_at,
        standings=runs.standing_counts(run.pk),
        evaluation=[responses.EvaluationRow.of(row) for row in measured],
        best_trivial=run.best_trivial,
        comparisons=comparisons(run),
        endpoint=run.endpoint_name,
        endpoint_sandbox=run.endpoint_sandbox,
        endpoint_note=retold(run.endpoint_note),
        endpoint_answered=run.endpoint_written_at is not None,
        returned=[responses.ReturnedBatch.of(each) for each in returns.batches_of(run)],
    )


def comparisons(run: TrainingRun) -> list[responses.ComparisonRow]:
    """Against everybody but the sandbox, which is never compared."""
    return [
        responses.ComparisonRow(each.name, each.difference, each.low, each.high, each.mcnemar_p)
        for each in run.comparisons
        if not (run.endpoint_sandbox and each.name == run.endpoint_name)
    ]


class TrainingRunCancelView(ProjectAPIView):
    """Stopping a run."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.TrainingRunDetail})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        run = run_services.cancel(
            project_id=self.project.project_id, run_id=run_id, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(detail(run))


class TrainingRunResumeView(ProjectAPIView):
    """Going on with a cancelled or failed run."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={200: responses.TrainingRunDetail})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        run = run_services.resume(
            project_id=self.project.project_id, run_id=run_id, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(detail(run))


class TrainingRunEventsView(ProjectAPIView):
    """What a run has told, for its curves; ask again with `after` for what is new."""

    minimum_role = Role.LEAD

    @extend_schema(parameters=[OpenApiParameter("after", int)], responses={200: responses.RunEventList})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        run = runs.one(self.project.project_id, run_id)
        raw = request.query_params.get("after", "0")
        if not raw.isdigit():
            raise InvalidInput("after must be the value that the last page gave.")
        found = runs.events(run, after=int(raw), limit=EVENTS_AT_ONCE + 1)
        more, found = len(found) > EVENTS_AT_ONCE, found[:EVENTS_AT_ONCE]
        rows = [responses.RunEventRow.of(event) for event in found]
        return Response(responses.RunEventList(rows, found[-1].n if more else None))


class TrainingRunLogView(ProjectAPIView):
    """The end of the process's output, for when something failed."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.LogTail})
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        run = runs.one(self.project.project_id, run_id)
        return Response(responses.LogTail(logs.tail(run)))


class DoubtsView(ProjectAPIView):
    """Suspect, then blocked, then hard questions with their evidence; by `order=loss` the highest losses."""

    minimum_role = Role.LEAD

    @extend_schema(
        parameters=[
            OpenApiParameter("standing", str),
            OpenApiParameter("order", str, enum=["standing", "loss"]),
            OpenApiParameter("limit", int),
        ],
        responses={200: responses.DoubtList},
    )
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        run = runs.one(self.project.project_id, run_id)
        standing = request.query_params.get("standing")
        if standing and standing not in RETURNABLE:
            raise InvalidInput("standing is one of {known}.", known=list(RETURNABLE))
        order = request.query_params.get("order", "standing")
        if order not in {"standing", "loss"} or (order == "loss" and standing):
            raise InvalidInput("order is standing or loss, and loss takes questions of every standing.")
        limit = limit_of(request)
        if order == "loss":
            found = returns.by_loss(run, limit=limit)
        else:
            found = returns.of_run(run, standings=[standing] if standing else RETURNABLE, limit=limit)
        return Response(
            responses.DoubtList(
                results=[responses.DoubtRow.of(doubt) for doubt in found],
                counts=returns.counts(run),
                still_here=returns.counts(run, still_here=True),
                measured=returns.measured(run),
                measured_still_here=returns.measured(run, still_here=True),
            )
        )


class ReturnBatchesView(ProjectAPIView):
    """Giving questions back to people."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.ReturnBatchRequest, responses={201: responses.ReturnBatchReply})
    def post(self, request: Request, slug: str, run_id: UUID) -> Response:
        body = requests.ReturnBatchRequest.parse(request.data)

        def make() -> responses.ReturnBatchReply:
            batch_id, questions = returning.make_batch(
                project_id=self.project.project_id,
                run_id=run_id,
                question_ids=body.question_ids,
                standings=body.standings,
                highest_losses=body.highest_losses,
                wanted=body.wanted,
                name=body.name,
                actor_id=self.project.user_id,
                now=timezone.now(),
            )
            return responses.ReturnBatchReply(batch_id, questions)

        key = idempotency.key_of(request)
        return Response(idempotency.once(user_id=self.project.user_id, key=key, request=body, make=make), status=201)


class LeaderboardView(ProjectAPIView):
    """Everybody on the test split of one release."""

    minimum_role = Role.LEAD

    @extend_schema(parameters=[OpenApiParameter("release", str)], responses={200: responses.Leaderboard})
    def get(self, request: Request, slug: str) -> Response:
        known = evaluations.releases_measured(self.project.project_id)
        release = request.query_params.get("release") or (known[0] if known else "")
        rows = evaluations.leaderboard(self.project.project_id, release) if release else []
        measured = {row.run.pk: row.run for row in rows}
        return Response(
            responses.Leaderboard(
                release=release,
                releases=known,
                results=[responses.EvaluationRow.of(row) for row in rows],
                comparisons={str(run.pk): comparisons(run) for run in measured.values()},
                human_ceiling=next(
                    (responses.FigureValue.of(run.human_ceiling) for run in measured.values() if run.human_ceiling),
                    None,
                ),
            )
        )


class ExportsView(ProjectAPIView):
    """Exports of a release, and asking for one."""

    minimum_role = Role.LEAD

    @extend_schema(parameters=[OpenApiParameter("release", str, required=True)], responses={200: responses.ExportList})
    def get(self, request: Request, slug: str) -> Response:
        name = request.query_params.get("release", "")
        found = export_selectors.of_release(self.project.project_id, name)
        return Response(responses.ExportList([responses.ExportRow.of(export) for export in found]))

    @extend_schema(request=requests.ExportCreateRequest, responses={202: responses.ExportRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.ExportCreateRequest.parse(request.data)
        export = exports.ask(
            project_id=self.project.project_id,
            release_name=body.release,
            fmt=ExportFormat(body.format),
            seed=body.seed,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        export.refresh_from_db()
        return Response(responses.ExportRow.of(export), status=202)


class ExportFileView(ProjectAPIView):
    """The archive of a finished export."""

    minimum_role = Role.LEAD

    @extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, slug: str, export_id: UUID) -> FileResponse:
        name, file = export_selectors.archive(self.project.project_id, export_id)
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
