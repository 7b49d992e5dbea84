"""What an endpoint's card says of the last hour."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cot_generation.models import Call, Endpoint
from cot_generation.selectors import endpoints
from tests.builders import accounts, annotation, catalog
from tests.builders import cot_generation as build

NOW = timezone.now()


def called(endpoint: Endpoint, *latencies: int, minutes_ago: int = 5, outcome: str = "answered") -> None:
    """Settled calls of a new run over one sample."""
    project = endpoint.project
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    sample = catalog.sample(project.pk)
    run = build.run(project.pk, endpoint=endpoint, questions=[(sample.pk, aspect)], start_now=False)
    sent_at = NOW - timedelta(minutes=minutes_ago)
    Call.objects.bulk_create(
        Call(
            run=run, question=run.questions.get(), endpoint=endpoint, price=endpoint.prices.get(), step=0, fence=fence,
            letters="ABCD", seed=1, state="settled", reserved=Decimal(0), sent_at=sent_at, settled_at=sent_at,
            outcome=outcome, completion_tokens=1, latency_ms=latency,
        )
        for fence, latency in enumerate(latencies, 1)
    )  # fmt: skip


@pytest.mark.django_db
def test_each_endpoint_tells_its_own_calls_and_the_middle_of_its_latest_latencies(settings: object) -> None:
    settings.ENDPOINT_HOSTS = ["models.example"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    project = accounts.project()
    quick, slow, idle = (build.endpoint(project.pk, url="https://models.example/v1") for _ in range(3))
    called(quick, 900, 100, 300)
    called(quick, 1, 1, 1, outcome="refused")
    called(quick, 5, 5, 5, 5, 5, minutes_ago=61)
    called(slow, *[9000] * 300, *[4000] * 150)

    found = endpoints.traffic([quick.pk, slow.pk, idle.pk], now=NOW)

    assert found == {quick.pk: (6, 300, 0), slow.pk: (450, 4000, 0), idle.pk: (0, None, 0)}
