"""Agreement, the choice of consensus, and from what size on a signal is worth a look.

Belongs here: typed arguments in, one call, a reply out; names beside ids.
Does not: the figures (annotation.figures), making them (services.quality), people one by one (people.py).
"""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people as accounts_people
from annotation.api import requests
from annotation.api.quality_responses import AgreementReply, BehindReply, ConsensusPolicyReply, PairsReply, Standing
from annotation.api.shared import external_ids, uuid_of
from annotation.choices import ConsensusMethod
from annotation.selectors import quality
from annotation.services.quality import work
from annotation.signals import Sizes
from catalog.selectors import aspects as catalog_aspects
from config.base.errors import Forbidden, InvalidInput

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


def scope_of(request: Request) -> str:
    """A batch, a version of the guideline, or everything. Raises InvalidInput."""
    guideline = request.query_params.get("guideline")
    return quality.scope_of(
        batch_id=uuid_of(request, "batch"), guideline=_number(guideline) if guideline is not None else None
    )


def _number(text: str) -> int:
    if not text.isdigit() or len(text) > 18:
        raise InvalidInput("Ids and versions are whole numbers.", given=text)
    return int(text)
