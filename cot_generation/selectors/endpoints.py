"""Endpoints of a project with their prices and what they are doing."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from config.base.choices import WorkState
from cot_generation.choices import Outcome, RunState
from cot_generation.errors import EndpointUnknown
from cot_generation.models import Call, Endpoint, EndpointPrice, RunQuestion

LATENCIES = 200


def of_project(project_id: UUID) -> list[Endpoint]:
    """Active ones first, by name."""
    return list(Endpoint.objects.in_project(project_id).order_by("state", "name", "pk"))


def one(*, project_id: UUID, endpoint_id: UUID) -> Endpoint:
    """Raises EndpointUnknown, also for another project's."""
    found = Endpoint.objects.in_project(project_id).filter(pk=endpoint_id).first()
    if found is None:
        raise EndpointUnknown(endpoint_id=str(endpoint_id))
    return found


def prices(endpoint_ids: list[UUID]) -> dict[UUID, list[EndpointPrice]]:
    """By endpoint, the newest first."""
    found: dict[UUID, list[EndpointPrice]] = defaultdict(list)
    for row in EndpointPrice.objects.filter(endpoint_id__in=endpoint_ids).order_by("-valid_from", "-pk"):
        found[row.endpoint_id].append(row)
    return found


def traffic(endpoint_ids: list[UUID], *, now: datetime) -> dict[UUID, tuple[int, int | None, int]]:
    """By endpoint: calls of the last hour, the median latency of its last answers in ms, questions that wait for it."""
    since = now - timedelta(hours=1)
    calls = Call.objects.filter(endpoint_id__in=endpoint_ids, sent_at__gte=since)
    sent = dict(calls.values_list("endpoint_id").annotate(n=Count("pk")).order_by())
    stalled = RunQuestion.objects.filter(
        Q(run__state=RunState.RUNNING) | Q(run__state=RunState.PAUSED),
        run__endpoint_id__in=endpoint_ids,
        state=WorkState.WAITING,
    )
    waiting = dict(stalled.values_list("run__endpoint_id").annotate(n=Count("pk")).order_by())
    latencies = _latencies(endpoint_ids, since=since)
    return {each: (sent.get(each, 0), latencies.get(each), waiting.get(each, 0)) for each in endpoint_ids}


def _latencies(endpoint_ids: list[UUID], *, since: datetime) -> dict[UUID, int]:
    """The median in ms of each endpoint's last answers, all in one statement; without answers it is left out."""
    answered = Call.objects.filter(outcome=Outcome.ANSWERED, sent_at__gte=since, latency_ms__gt=0)
    last = [
        answered.filter(endpoint_id=each).order_by("-pk").values_list("endpoint_id", "latency_ms")[:LATENCIES]
        for each in endpoint_ids
    ]
    if not last:
        return {}
    found: dict[UUID, list[int]] = defaultdict(list)
    for endpoint_id, ms in last[0].union(*last[1:], all=True):
        found[endpoint_id].append(ms or 0)
    return {endpoint_id: sorted(each)[len(each) // 2] for endpoint_id, each in found.items()}
