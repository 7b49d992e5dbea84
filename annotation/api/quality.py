"""Agreement, people, the choice of consensus, what was sent back, one's own figures, and appeals.

Belongs here: typed arguments in, one call, a reply out; names beside ids.
Does not: the figures (annotation.figures), making them (services.quality).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people as accounts_people
from annotation.api import requests
from annotation.api.quality_responses import (
    AgreementReply,
    AppealList,
    AppealReply,
    AppealRow,
    BehindReply,
    ConsensusPolicyReply,
    MirrorReply,
    PairsReply,
    PauseRow,
    PeopleAtWork,
    PersonAtWork,
    PractisedRow,
    ReturnedList,
    ReturnedRow,
    SecondOpinionsReply,
    SentBackList,
    SentBackRow,
    Standing,
    WrongCellRow,
)
from annotation.api.responses import BatchRow
from annotation.api.views import external_ids, made_row, uuid_of
from annotation.choices import AppealState, ConsensusMethod
from annotation.figures import PersonFigures
from annotation.selectors import alone, opinions, quality
from annotation.selectors import appeals as appeal_selectors
from annotation.services import appeals, rejudging
from annotation.services.quality import work
from annotation.signals import Sizes
from catalog.selectors import aspects as catalog_aspects
from config.base import idempotency
from config.base.errors import Forbidden, InvalidInput

LEAST_GOLD_TOLD = 10
LETTERS = "ABCDEFGH"
SCOPE = [
    OpenApiParameter("batch", OpenApiTypes.UUID, description="Only this batch."),
    OpenApiParameter("guideline", OpenApiTypes.INT, description="Only opinions under this version of the guideline."),
]


class AgreementView(ProjectAPIView):
    """How far people agree, per aspect and candidate."""

    minimum_role = Role.REVIEWER

    @extend_schema(responses={200: AgreementReply}, parameters=SCOPE)
    def get(self, request: Request, slug: str) -> Response:
        project_id = self.project.project_id
        standing = quality.standing(project_id)
        return Response(AgreementReply(Standing.of(standing), quality.agreement(project_id, scope_of(request))))


class RefreshView(ProjectAPIView):
    """Make the figures again now, whatever changed."""

    minimum_role = Role.REVIEWER

    @extend_schema(request=None, responses={202: Standing})
    def post(self, request: Request, slug: str) -> Response:
        work.ask(project_id=self.project.project_id, now=timezone.now())
        return Response(Standing.of(quality.standing(self.project.project_id)), status=202)


class PairsView(ProjectAPIView):
    """Every two people, under one aspect or all."""

    minimum_role = Role.LEAD

    @extend_schema(
        responses={200: PairsReply},
        parameters=[*SCOPE, OpenApiParameter("aspect", OpenApiTypes.STR, description="All together when left out.")],
    )
    def get(self, request: Request, slug: str) -> Response:
        aspect = request.query_params.get("aspect") or quality.ALL
        found = quality.pairs(self.project.project_id, aspect=aspect, scope=scope_of(request))
        pairs = found.pairs if found else []
        names = accounts_people.names({each for pair in pairs for each in (pair.one, pair.other)})
        return Response(
            PairsReply(pairs, found.left_out if found else 0, {str(user_id): name for user_id, name in names.items()})
        )


class BehindView(ProjectAPIView):
    """The samples behind a figure.

    On which opinions differ (`aspect`, `slot`); on which two people differ (`pair=12,34`); where one person's answer is
    not the consensus (`person`); where Dawid–Skene answers otherwise than the vote (`model=true`).
    """

    minimum_role = Role.REVIEWER

    @extend_schema(
        responses={200: BehindReply},
        parameters=[
            *SCOPE,
            OpenApiParameter("aspect", OpenApiTypes.STR),
            OpenApiParameter("slot", OpenApiTypes.STR),
            OpenApiParameter("pair", OpenApiTypes.STR, description="Two user ids: `12,34`. For leads."),
            OpenApiParameter("person", OpenApiTypes.INT, description="A user id. For leads."),
            OpenApiParameter("model", OpenApiTypes.BOOL),
        ],
    )
    def get(self, request: Request, slug: str) -> Response:
        found = quality.behind(self.project.project_id, self._name(request), scope=scope_of(request))
        names = external_ids(found.sample_ids)
        return Response(BehindReply([names[each] for each in found.sample_ids], found.total))

    def _name(self, request: Request) -> str:
        asked = request.query_params
        aspect = asked.get("aspect", "")
        if aspect not in {each.key for each in catalog_aspects.of_project(self.project.project_id)}:
            if not (asked.get("pair") and not aspect):
                raise InvalidInput("Name one of the project's aspects.", aspect=aspect)
            aspect = quality.ALL
        if asked.get("model"):
            return f"model/{aspect}"
        if (asked.get("person") or asked.get("pair")) and not self.project.role.covers(Role.LEAD):
            raise Forbidden
        if asked.get("person"):
            return f"person/{_number(asked['person'])}/{aspect}"
        if asked.get("pair"):
            one, _, other = asked["pair"].partition(",")
            return f"pair/{_number(one)}/{_number(other)}/{aspect}"
        return f"differ/{aspect}/{asked['slot']}" if asked.get("slot") else f"differ/{aspect}"


class PeopleAtWorkView(ProjectAPIView):
    """What each person did, and what looks unusual: evidence for a talk, never a verdict."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: PeopleAtWork})
    def get(self, request: Request, slug: str) -> Response:
        project_id = self.project.project_id
        found = quality.people(project_id)
        rows = found.people if found else []
        names = accounts_people.names(each.user_id for each in rows)
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
                            PauseRow(pause.batch_id, pause.number, pause.aspect, pause.since)
                            for pause in paused.get(each.user_id, [])
                        ],
                        figures=each,
                    )
                    for each in rows
                ],
                pace=found.pace if found else None,
                right=found.right if found else {},
                gold=found.gold if found else {},
            )
        )


class ConsensusPolicyView(ProjectAPIView):
    """By the plain vote, or by Dawid–Skene."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    @extend_schema(responses={200: ConsensusPolicyReply})
    def get(self, request: Request, slug: str) -> Response:
        return Response(self._reply())

    @extend_schema(request=requests.ConsensusPolicyRequest, responses={200: ConsensusPolicyReply})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.ConsensusPolicyRequest.parse(request.data)
        work.set_policy(
            project_id=self.project.project_id,
            method=body.method,
            settles_at=body.settles_at,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(self._reply())

    def _reply(self) -> ConsensusPolicyReply:
        policy = quality.policy(self.project.project_id)
        found = quality.model(self.project.project_id)
        return ConsensusPolicyReply(
            policy.version, ConsensusMethod(policy.method), policy.settles_at, found.aspects if found else []
        )


class SignalSizesView(ProjectAPIView):
    """From what size on a signal is worth a look; it also has to be unlikely by chance."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.REVIEWER}

    @extend_schema(responses={200: Sizes})
    def get(self, request: Request, slug: str) -> Response:
        return Response(quality.signal_sizes(self.project.project_id))

    @extend_schema(request=requests.SignalSizesRequest, responses={200: Sizes})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.SignalSizesRequest.parse(request.data)
        work.set_signal_sizes(
            project_id=self.project.project_id,
            sizes=body.sizes,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(body.sizes)


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


def without_few_gold(figures: PersonFigures) -> PersonFigures:
    """A person's own figures as that person may see them."""
    gold = {key: share for key, share in figures.gold.items() if share.of >= LEAST_GOLD_TOLD}
    weeks = [msgspec.structs.replace(week, gold={}) for week in figures.weeks]
    signals = [each for each in figures.signals if not each.code.startswith("gold")]
    return msgspec.structs.replace(figures, gold=gold, weeks=weeks, signals=signals)


def scope_of(request: Request) -> str:
    """A batch, a version of the guideline, or everything. Raises InvalidInput."""
    guideline = request.query_params.get("guideline")
    return quality.scope_of(
        batch_id=uuid_of(request, "batch"), guideline=_number(guideline) if guideline is not None else None
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


def _number(text: str) -> int:
    if not text.isdigit() or len(text) > 18:
        raise InvalidInput("Ids and versions are whole numbers.", given=text)
    return int(text)
