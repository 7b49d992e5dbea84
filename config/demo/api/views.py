"""How far the demo is, for the banner on its overview."""

from __future__ import annotations

import msgspec
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import ProjectAPIView
from accounts.choices import Role
from config.demo.accounts import SLUG
from config.demo.models import Step


class DemoStep(msgspec.Struct):
    """One step; `state` is waiting, running, done or failed."""

    key: str
    title: str
    done: int
    total: int
    state: str
    failure: str


class DemoProgress(msgspec.Struct):
    """Empty for every project but the demo."""

    steps: list[DemoStep]
    finished: bool


class DemoProgressView(ProjectAPIView):
    """The demo filling itself."""

    minimum_role = Role.ANNOTATOR

    @extend_schema(responses={200: DemoProgress})
    def get(self, request: Request, slug: str) -> Response:
        steps = [_step(row) for row in Step.objects.order_by("position")] if self.project.slug == SLUG else []
        return Response(DemoProgress(steps=steps, finished=all(step.state == "done" for step in steps)))


def _step(row: Step) -> DemoStep:
    if row.failure:
        state = "failed"
    elif row.finished_at:
        state = "done"
    else:
        state = "running" if row.started_at else "waiting"
    return DemoStep(row.key, row.title, row.done, row.total, state, row.failure)
