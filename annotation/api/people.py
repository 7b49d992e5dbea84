"""What each person did, seen by a lead and by themselves, and second opinions on one person's work.

Belongs here: typed arguments in, one call, a reply out; names beside ids.
Does not: the figures (annotation.figures), agreement between people (quality.py).
"""

from __future__ import annotations

import msgspec
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people as accounts_people
from annotation.api import requests
from annotation.api.appeals import practised_rows
from annotation.api.batches import made_row
from annotation.api.quality_responses import (
    MirrorReply,
    PauseRow,
    PeopleAtWork,
    PersonAtWork,
    PractisingRow,
    SecondOpinionsReply,
    Standing,
)
from annotation.api.responses import BatchRow, GoldScore
from annotation.api.sent_back import sent_back_rows
from annotation.figures import PersonFigures
from annotation.selectors import alone, practice, quality
from annotation.selectors import appeals as appeal_selectors
from annotation.services import rejudging
from config.base import idempotency

LEAST_GOLD_TOLD = 10


class PeopleAtWorkView(ProjectAPIView):
    """What each person did, and what looks unusual: evidence for a talk, never a verdict."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: PeopleAtWork})
    def get(self, request: Request, slug: str) -> Response:
        project_id = self.project.project_id
        found = quality.people(project_id)
        rows = found.people if found else []
        below = practice.below(project_id=project_id)
        names = accounts_people.names({*(each.user_id for each in rows), *(each.user_id for each in below)})
        at_work = quality.at_work(project_id, now=timezone.now())
        paused = quality.pauses(project_id)
        return Response(
            PeopleAtWork(
                standing=Standing.of(quality.standing(project_id)),
                people=[
                    PersonAtWork(
                        name=names.get(each.user_id, ""),
                        in_batch=at_work.get(each.user_id),
                        paused=[
                            PauseRow(pause.batch_id, pause.number, pause.why, pause.aspect, pause.since)
                            for pause in paused.get(each.user_id, [])
                        ],
                        figures=each,
                    )
                    for each in rows
                ],
                practising=[
                    PractisingRow(
                        user_id=each.user_id,
                        name=names.get(each.user_id, ""),
                        batch_id=each.batch_id,
                        number=each.number,
                        floor=each.floor,
                        waiting=each.is_waiting,
                        below=[score.aspect for score in each.scores if score.aspect_id in each.below],
                        scores=[GoldScore(score.aspect, score.right, score.of) for score in each.scores],
                    )
                    for each in below
                ],
                pace=found.pace if found else None,
                right=found.right if found else {},
                gold=found.gold if found else {},
            )
        )


class SecondOpinionsView(ProjectAPIView):
    """What one person alone has said, and a batch in which others say it again."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: SecondOpinionsReply})
    def get(self, request: Request, slug: str, user_id: int) -> Response:
        found = alone.of_person(project_id=self.project.project_id, user_id=user_id)
        return Response(SecondOpinionsReply(len(found.questions), found.by_aspect))

    @extend_schema(request=requests.SecondOpinionsRequest, responses={201: BatchRow})
    def post(self, request: Request, slug: str, user_id: int) -> Response:
        body = requests.SecondOpinionsRequest.parse(request.data)

        def make() -> BatchRow:
            made = rejudging.ask_for_second_opinions(
                project_id=self.project.project_id,
                user_id=user_id,
                keys=body.aspects,
                most=body.most,
                name=body.name,
                actor_id=self.project.user_id,
                now=timezone.now(),
            )
            return made_row(made, self)

        reply = idempotency.once(user_id=self.project.user_id, key=idempotency.key_of(request), request=body, make=make)
        return Response(reply, status=201)


class MirrorView(ProjectAPIView):
    """The caller's own figures beside the project's, and what came back to them."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: MirrorReply})
    def get(self, request: Request, slug: str) -> Response:
        project_id, user_id = self.project.project_id, self.project.user_id
        found = quality.people(project_id)
        mine = next((each for each in found.people if each.user_id == user_id), None) if found else None
        return Response(
            MirrorReply(
                standing=Standing.of(quality.standing(project_id)),
                figures=None if mine is None else without_few_gold(mine),
                people=len(found.people) if found else 0,
                pace=found.pace if found else None,
                right=found.right if found else {},
                gold=found.gold if found else {},
                sent_back=sent_back_rows(quality.sent_back(project_id, author_id=user_id), {}),
                practised=practised_rows(appeal_selectors.practised(project_id=project_id, user_id=user_id)),
            )
        )


def without_few_gold(figures: PersonFigures) -> PersonFigures:
    """A person's own figures as that person may see them."""
    gold = {key: share for key, share in figures.gold.items() if share.of >= LEAST_GOLD_TOLD}
    weeks = [msgspec.structs.replace(week, gold={}) for week in figures.weeks]
    signals = [each for each in figures.signals if not each.code.startswith("gold")]
    return msgspec.structs.replace(figures, gold=gold, weeks=weeks, signals=signals)
