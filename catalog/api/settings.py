"""A project's settings as data: aspects, the answer rule, guidelines."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from accounts.selectors import people
from catalog.api import requests, responses
from catalog.selectors import aspects, guidelines, rules
from catalog.services import aspects as aspect_services


class AspectsView(ProjectAPIView):
    """The project's aspects and its answer rule; a lead adds an aspect or puts them in another order."""

    minimum_role = Role.LEAD
    minimum_role_by_method = {"GET": Role.ANNOTATOR}

    @extend_schema(responses={200: responses.AspectList})
    def get(self, request: Request, slug: str) -> Response:
        return Response(_aspect_list(self.project.project_id))

    @extend_schema(request=requests.AspectAddRequest, responses={201: responses.AspectList})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.AspectAddRequest.parse(request.data)
        aspect_services.add(
            project_id=self.project.project_id,
            key=body.key,
            words=aspect_services.AspectWords(body.names, body.description, body.severities),
            text=body.text,
            actor_id=self.project.user_id,
        )
        return Response(_aspect_list(self.project.project_id), status=201)

    @extend_schema(request=requests.AspectOrderRequest, responses={200: responses.AspectList})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.AspectOrderRequest.parse(request.data)
        aspect_services.reorder(
            project_id=self.project.project_id, keys=body.keys, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(_aspect_list(self.project.project_id))


class AspectView(ProjectAPIView):
    """One aspect's words and severities; DELETE retires it and loses nothing."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.AspectChangeRequest, responses={204: None})
    def patch(self, request: Request, slug: str, key: str) -> Response:
        body = requests.AspectChangeRequest.parse(request.data)
        severities = body.severities
        if severities is None:
            known = {each.key: each.severities for each in aspects.of_project(self.project.project_id)}
            severities = list(known.get(key, ()))
        aspect_services.change(
            project_id=self.project.project_id,
            key=key,
            words=aspect_services.AspectWords(body.names, body.description, tuple(severities)),
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(status=204)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, key: str) -> Response:
        aspect_services.retire(
            project_id=self.project.project_id, key=key, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(status=204)


class AspectRestoreView(ProjectAPIView):
    """Ask about a retired aspect again."""

    minimum_role = Role.LEAD

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, slug: str, key: str) -> Response:
        aspect_services.restore(
            project_id=self.project.project_id, key=key, actor_id=self.project.user_id, now=timezone.now()
        )
        return Response(status=204)


class RuleView(ProjectAPIView):
    """The answer rule's next version; answers are voted on again in the background."""

    minimum_role = Role.LEAD

    @extend_schema(request=requests.RuleChangeRequest, responses={200: responses.AspectList})
    def put(self, request: Request, slug: str) -> Response:
        body = requests.RuleChangeRequest.parse(request.data)
        aspect_services.change_rule(
            project_id=self.project.project_id,
            threshold=body.threshold,
            actor_id=self.project.user_id,
            now=timezone.now(),
        )
        return Response(_aspect_list(self.project.project_id))


class SettingsHistoryView(ProjectAPIView):
    """Who changed rule and aspects when, and what they were before."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: responses.SettingsHistory})
    def get(self, request: Request, slug: str) -> Response:
        found, former = rules.versions(self.project.project_id), aspects.history(self.project.project_id)
        ids = {each.created_by for each in found} | {each.replaced_by for each in former}
        names = people.names(each for each in ids if each is not None)
        return Response(
            responses.SettingsHistory(
                rules=[
                    responses.RuleRow(
                        each.version, each.threshold, names.get(each.created_by or 0, ""), each.created_at
                    )
                    for each in found
                ],
                aspects=[
                    responses.FormerAspectRow(
                        key=each.key,
                        revision=each.revision,
                        names=each.names,
                        description=each.description,
                        severities=list(each.severities),
                        retired=each.retired,
                        by=names.get(each.replaced_by or 0, ""),
                        replaced_at=each.replaced_at,
                    )
                    for each in former
                ],
            )
        )


def _aspect_list(project_id: UUID) -> responses.AspectList:
    rule = rules.current(project_id)
    return responses.AspectList(
        results=[responses.AspectRow.of(each) for each in aspects.of_project(project_id)],
        retired=[responses.AspectRow.of(each) for each in aspects.retired(project_id)],
        threshold=rule.threshold,
        rule_version=rule.version,
    )


class GuidelinesView(ProjectAPIView):
    """Every version of the guideline, newest first; a lead publishes the next."""

    minimum_role_by_method = {"GET": Role.ANNOTATOR, "POST": Role.LEAD}

    @extend_schema(responses={200: responses.GuidelineList})
    def get(self, request: Request, slug: str) -> Response:
        found = guidelines.versions(self.project.project_id)
        return Response(responses.GuidelineList([responses.GuidelineDetail.of(each) for each in found]))

    @extend_schema(request=requests.GuidelinePublishRequest, responses={201: responses.GuidelineDetail})
    def post(self, request: Request, slug: str) -> Response:
        body = requests.GuidelinePublishRequest.parse(request.data)
        published = aspect_services.publish_guideline(
            project_id=self.project.project_id, texts=body.texts, note=body.note[:200], actor_id=self.project.user_id
        )
        return Response(responses.GuidelineDetail.of(published), status=201)
