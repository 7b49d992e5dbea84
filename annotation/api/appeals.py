"""Words against the expected answer of a practice piece, and a lead's decision.

Belongs here: typed arguments in, one call, a reply out; cells by the letters that their author saw.
Does not: what a decision changes (services.appeals).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people as accounts_people
from annotation.api import requests
from annotation.api.quality_responses import AppealList, AppealReply, AppealRow, PractisedRow, WrongCellRow
from annotation.api.shared import external_ids
from annotation.choices import AppealState
from annotation.selectors import appeals as appeal_selectors
from annotation.services import appeals

LETTERS = "ABCDEFGH"


class AppealView(ProjectAPIView):
    """The caller says that the expected answer of their own practice piece is wrong."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(request=requests.AppealRequest, responses={201: AppealReply})
    def post(self, request: Request, slug: str, assignment_id: int) -> Response:
        body = requests.AppealRequest.parse(request.data)
        made = appeals.appeal(
            project_id=self.project.project_id,
            user_id=self.project.user_id,
            assignment_id=assignment_id,
            reason=body.reason,
            now=timezone.now(),
        )
        return Response(AppealReply(made.pk, AppealState(made.state)), status=201)


class AppealsView(ProjectAPIView):
    """Appeals that wait for a lead; `all=true` for decided ones too."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: AppealList}, parameters=[OpenApiParameter("all", OpenApiTypes.BOOL)])
    def get(self, request: Request, slug: str) -> Response:
        found = appeal_selectors.of_project(self.project.project_id, only_open=not request.query_params.get("all"))
        names = accounts_people.names({each.person_id for each in found})
        samples = external_ids([each.sample_id for each in found])
        return Response(
            AppealList(
                [
                    AppealRow(
                        id=each.id,
                        sample=samples[each.sample_id],
                        person=names.get(each.person_id, ""),
                        letters=each.letters,
                        reason=each.reason,
                        wrong=wrong_cells(each.wrong, letters=each.letters),
                        state=each.state,
                        reply=each.reply,
                        appealed_at=each.appealed_at,
                        decided_at=each.decided_at,
                    )
                    for each in found
                ]
            )
        )


class AppealDecisionView(ProjectAPIView):
    """Uphold or decline; upheld, the question leaves everybody's figures."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.AppealDecisionRequest, responses={200: AppealReply})
    def post(self, request: Request, slug: str, appeal_id: int) -> Response:
        body = requests.AppealDecisionRequest.parse(request.data)
        decided = appeals.decide(
            project_id=self.project.project_id,
            appeal_id=appeal_id,
            uphold=body.uphold,
            correct=body.correct,
            reply=body.reply,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(AppealReply(decided.pk, AppealState(decided.state)))


def practised_rows(found: Sequence[appeal_selectors.Practised]) -> list[PractisedRow]:
    """With the samples' names, and letters as the person saw them."""
    samples = external_ids([each.sample_id for each in found])
    return [
        PractisedRow(
            assignment_id=each.assignment_id,
            sample=samples[each.sample_id],
            note=each.note,
            wrong=wrong_cells(each.wrong, letters=each.letters),
            judged_at=each.judged_at,
            appeal=each.state,
            reply=each.reply,
        )
        for each in found
    ]


def wrong_cells(cells: Sequence[appeal_selectors.WrongCell], *, letters: str) -> list[WrongCellRow]:
    """`letters`: slots in the order shown; a candidate that is not among them goes by its slot."""
    return [
        WrongCellRow(
            slot=each.slot,
            letter=LETTERS[letters.index(each.slot)] if each.slot in letters else each.slot,
            aspect=each.aspect,
            expected=each.expected,
            said=each.said,
        )
        for each in cells
    ]
