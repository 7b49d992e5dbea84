"""Opinions that a reviewer returned, for those who review and for their author.

Belongs here: typed arguments in, one call, a reply out; whose name may be told.
Does not: sending back (judging.py).
"""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people as accounts_people
from annotation.api.quality_responses import ReturnedList, ReturnedRow, SentBackList, SentBackRow
from annotation.api.shared import external_ids
from annotation.selectors import opinions, quality


class SentBackListView(ProjectAPIView):
    """What was sent back and is not settled yet; `all=true` for everything."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: SentBackList}, parameters=[OpenApiParameter("all", OpenApiTypes.BOOL)])
    def get(self, request: Request, slug: str) -> Response:
        found = quality.sent_back(self.project.project_id, only_open=not request.query_params.get("all"))
        # Reviewers judge without knowing the author, and may get the answer before them again.
        told = found if self.project.role.covers(Role.LEAD) else []
        names = accounts_people.names({person for each in told for person in (each.author_id, each.reviewer_id)})
        return Response(SentBackList(sent_back_rows(found, names)))


class SentBackView(ProjectAPIView):
    """What the caller's own turn was sent back for, with the places to look at."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: ReturnedList})
    def get(self, request: Request, slug: str, assignment_id: int) -> Response:
        turn = opinions.held(
            project_id=self.project.project_id, assignment_id=assignment_id, user_id=self.project.user_id
        )
        return Response(
            ReturnedList(
                [
                    ReturnedRow(each.round, each.reason, list(each.regions), each.reviewed_at)
                    for each in opinions.returned(turn.assignment_id)
                ]
            )
        )


def sent_back_rows(found: list[quality.SentBack], names: dict[int, str]) -> list[SentBackRow]:
    """Rows with the samples' names; people's only where given."""
    samples = external_ids([each.sample_id for each in found])
    return [
        SentBackRow(
            assignment_id=each.assignment_id,
            batch_id=each.batch_id,
            sample=samples[each.sample_id],
            author=names.get(each.author_id, ""),
            reviewer=names.get(each.reviewer_id, ""),
            round=each.round,
            reason=each.reason,
            regions=list(each.regions),
            letters=each.letters,
            state=each.state,
            reviewed_at=each.reviewed_at,
            closed_at=each.closed_at,
        )
        for each in found
    ]
