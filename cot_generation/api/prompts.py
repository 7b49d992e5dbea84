"""Prompts: versions, and what a model would see of one."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people
from catalog.services import assets
from cot_generation.api import requests, responses
from cot_generation.prompts import rendering
from cot_generation.selectors import prompts as selectors
from cot_generation.services import previews, prompts
from cot_generation.shapes import PromptStep


def _steps(bodies: list[requests.PromptStepBody]) -> tuple[PromptStep, ...]:
    return tuple(PromptStep(each.name, each.system, each.text) for each in bodies)


class PromptsView(ProjectAPIView):
    """The project's prompts in all versions."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.PromptList})
    def get(self, request: Request, slug: str) -> Response:
        found = selectors.of_project(self.project.project_id)
        made = selectors.made(self.project.project_id)
        names = people.names({row.created_by_id for row in found if row.created_by_id is not None})
        rows = [
            responses.PromptRow.of(row, author=names.get(row.created_by_id or 0, ""), made=made.get(row.pk, (0, 0)))
            for row in found
        ]
        offers = [responses.PromptOfferRow.of(each) for each in selectors.offers(self.project.project_id)]
        return Response(responses.PromptList(rows, sorted(rendering.PLACEHOLDERS), list(assets.SIDES), offers))

    @extend_schema(request=requests.PromptSaveRequest, responses={201: responses.PromptRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.PromptSaveRequest.parse(request.data)
        saved = prompts.save(
            project_id=self.project.project_id,
            name=body.name,
            locale=body.locale,
            way=body.way,
            stage=body.stage,
            steps=_steps(body.steps),
            picture_side=body.picture_side,
            max_tokens=body.max_tokens,
            temperature=body.temperature,
            actor_id=self.project.user_id,
        )
        stored = selectors.one(project_id=self.project.project_id, prompt_id=saved.pk)
        return Response(responses.PromptRow.of(stored, author="", made=(0, 0)), status=201)


class PromptView(ProjectAPIView):
    """One version."""

    minimum_role = Role.LEAD

    @extend_schema(responses={200: responses.PromptRow})
    def get(self, request: Request, slug: str, prompt_id: UUID) -> Response:
        row = selectors.one(project_id=self.project.project_id, prompt_id=prompt_id)
        names = people.names({row.created_by_id} if row.created_by_id is not None else set())
        made = selectors.made(self.project.project_id).get(row.pk, (0, 0))
        return Response(responses.PromptRow.of(row, author=names.get(row.created_by_id or 0, ""), made=made))


class PromptPreviewView(ProjectAPIView):
    """What a model would see on a real question."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.PromptPreviewRequest, responses={200: responses.PromptPreview})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.PromptPreviewRequest.parse(request.data)
        found = previews.preview(
            project_id=self.project.project_id,
            way=body.way,
            stage=body.stage,
            locale=body.locale,
            steps=_steps(body.steps),
            aspect=body.aspect,
            sample=body.sample,
        )
        return Response(
            responses.PromptPreview(
                sample=found.sample,
                aspect=found.aspect,
                pictures=[responses.PreviewPicture(*each) for each in found.pictures],
                steps=[responses.PreviewStep(*each) for each in found.steps],
            )
        )


class PromptOfferDeclineView(ProjectAPIView):
    """An offered default that nobody wants here is offered again only once its texts change."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.PromptOfferRequest, responses={204: None})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.PromptOfferRequest.parse(request.data)
        prompts.decline_offer(
            project_id=self.project.project_id, name=body.name, locale=body.locale, actor_id=self.project.user_id
        )
        return Response(status=204)


class PromptOffersView(ProjectAPIView):
    """Taking an offered default; what the project has stays as it is."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.PromptOfferRequest, responses={201: responses.PromptRow})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.PromptOfferRequest.parse(request.data)
        saved = prompts.take_offer(
            project_id=self.project.project_id, name=body.name, locale=body.locale, actor_id=self.project.user_id
        )
        stored = selectors.one(project_id=self.project.project_id, prompt_id=saved.pk)
        return Response(responses.PromptRow.of(stored, author="", made=(0, 0)), status=201)
