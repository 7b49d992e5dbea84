"""Adjudication, review and revision over HTTP.

Belongs here: typed arguments in, one call, a reply out.
Does not: claiming such pieces (hot.py), figures about them (quality.py), rules that hold for every caller (services).
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
from annotation.api.hot import KEY, key_of
from annotation.api.shared import external_ids
from annotation.errors import AssignmentNotFound
from annotation.selectors import consensus as consensus_selectors
from annotation.selectors import opinions, quality
from annotation.services import adjudication, reviews, revisions
from annotation.services.hot import SubmittedReply
from catalog.selectors import aspects as catalog_aspects
from config.base import idempotency


class ReviseView(ProjectAPIView):
    """Change one's own submitted opinion."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=requests.ReviseRequest, responses={200: SubmittedReply}, parameters=[KEY])
    def post(self, request: Request, slug: str, annotation_id: int) -> Response:
        body = requests.ReviseRequest.parse(request.data)
        return Response(
            revisions.revise(
                project_id=self.project.project_id,
                user_id=self.project.user_id,
                annotation_id=annotation_id,
                key=key_of(request),
                cells=body.cells,
                regions=body.regions,
                now=timezone.now(),
            )
        )


class AdjudicationsView(ProjectAPIView):
    """Disputed questions that nobody adjudicates yet, and a batch of them."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    @extend_schema(responses={200: responses.DisputeList})
    def get(self, request: Request, slug: str) -> Response:
        found = consensus_selectors.disputed(project_id=self.project.project_id)
        keys = {aspect.id: aspect.key for aspect in catalog_aspects.of_project(self.project.project_id)}
        shown = sorted(found)[:200]
        names = external_ids(shown)
        return Response(
            responses.DisputeList(
                samples=len(found),
                questions=sum(map(len, found.values())),
                results=[
                    responses.DisputedQuestion(names[each], [keys[aspect] for aspect in found[each] if aspect in keys])
                    for each in shown
                ],
            )
        )

    @extend_schema(request=requests.AdjudicationBatchRequest, responses={201: responses.BatchRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.AdjudicationBatchRequest.parse(request.data)

        def make() -> responses.BatchRow:
            made = adjudication.make_batch(
                project_id=self.project.project_id,
                actor_id=self.project.user_id,
                now=timezone.now(),
                name=body.name,
                people=body.people,
            )
            return made_row(made, self)

        key = idempotency.key_of(request)
        return Response(idempotency.once(user_id=self.project.user_id, key=key, request=body, make=make), status=201)


class AdjudicationView(ProjectAPIView):
    """One disputed sample, held by the caller: its opinions, and the ruling."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.AdjudicationDetail})
    def get(self, request: Request, slug: str, assignment_id: int) -> Response:
        turn = held(self, assignment_id, kind=adjudication.KIND)
        dispute = opinions.dispute(turn)
        aspects = catalog_aspects.by_ids(set(dispute.questions))
        return Response(
            responses.AdjudicationDetail(
                assignment_id=assignment_id,
                fence=turn.fence,
                opinions=[
                    responses.OpinionShown(f"Opinion {number}", each.cells, list(each.regions))
                    for number, each in enumerate(dispute.opinions, start=1)
                ],
                questions=[
                    responses.QuestionStanding.of(info, aspect=aspects[aspect_id].key)
                    for aspect_id, info in sorted(dispute.questions.items(), key=lambda each: aspects[each[0]].position)
                ],
                precedents=quality.precedents(self.project.project_id),
            )
        )

    @extend_schema(request=requests.RulingRequest, responses={200: SubmittedReply}, parameters=[KEY])
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.RulingRequest.parse(request.data)
        return Response(
            adjudication.rule(
                project_id=self.project.project_id,
                user_id=self.project.user_id,
                assignment_id=assignment_id,
                fence=body.fence,
                key=key_of(request),
                cells=body.cells,
                regions=body.regions,
                reason=body.reason,
                active_ms=body.active_ms,
                now=timezone.now(),
            )
        )


class ReviewsView(ProjectAPIView):
    """A batch of opinions to look at a second time."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.ReviewBatchRequest, responses={201: responses.BatchRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.ReviewBatchRequest.parse(request.data)

        def make() -> responses.BatchRow:
            made = reviews.make_batch(
                project_id=self.project.project_id,
                batch_id=body.batch_id,
                share=body.share,
                actor_id=self.project.user_id,
                now=timezone.now(),
                name=body.name,
            )
            return made_row(made, self)

        key = idempotency.key_of(request)
        return Response(idempotency.once(user_id=self.project.user_id, key=key, request=body, make=make), status=201)


class ReviewView(ProjectAPIView):
    """One opinion under review, held by the caller: accept it, accept it corrected, or send it back."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: responses.ReviewDetail})
    def get(self, request: Request, slug: str, assignment_id: int) -> Response:
        turn = held(self, assignment_id, kind=reviews.KIND)
        found = opinions.under_review(turn)
        return Response(
            responses.ReviewDetail(
                assignment_id=assignment_id,
                fence=turn.fence,
                annotation_id=found.annotation_id,
                revision=found.revision,
                letters=found.letters,
                cells=found.cells,
                regions=list(found.regions),
                aspects=list(found.aspects),
                active_ms=found.active_ms,
                submitted_at=found.submitted_at,
                earlier=[
                    responses.EarlierReview(each.round, each.reason, list(each.regions), each.reviewed_at)
                    for each in found.earlier
                ],
            )
        )

    @extend_schema(request=requests.ReviewRequest, responses={200: responses.ReviewReply})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.ReviewRequest.parse(request.data)
        decided = reviews.decide(
            project_id=self.project.project_id,
            user_id=self.project.user_id,
            assignment_id=assignment_id,
            fence=body.fence,
            verdict=body.verdict,
            reason=body.reason,
            regions=body.regions,
            cells=body.cells,
            fixed_regions=body.fixed_regions,
            active_ms=body.active_ms,
            now=timezone.now(),
        )
        return Response(responses.ReviewReply(decided.annotation_id, decided.verdict, decided.reviewed_at))


def held(view: ProjectAPIView, assignment_id: int, *, kind: str) -> opinions.Turn:
    """The caller's piece of this kind. Raises AssignmentNotFound, LeaseLost."""
    turn = opinions.held(project_id=view.project.project_id, assignment_id=assignment_id, user_id=view.project.user_id)
    if turn.kind != kind:
        raise AssignmentNotFound
    return turn
