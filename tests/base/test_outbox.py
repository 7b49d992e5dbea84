"""Every subscriber gets every event at least once, and one that fails does not stop the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from config.base import outbox
from config.base.models import OutboxMessage

RECEIVED: list[dict[str, object]] = []


def receive(payload: dict[str, object]) -> None:
    RECEIVED.append(payload)


def refuse(payload: dict[str, object]) -> None:
    raise ValueError("not today")


@pytest.fixture
def subscribers(settings: Settings) -> Settings:
    RECEIVED.clear()
    settings.SUBSCRIBERS = {"sample_changed": [f"{__name__}.refuse", f"{__name__}.receive"], "silent": []}
    return settings


@pytest.mark.django_db
@pytest.mark.usefixtures("subscribers")
def test_a_failing_subscriber_is_tried_again_and_the_other_is_served() -> None:
    outbox.append("sample_changed", {"sample_ids": [1]})
    now = timezone.now() + timedelta(seconds=1)

    assert outbox.deliver_due(now=now) == 2

    assert RECEIVED == [{"sample_ids": [1]}]
    left = OutboxMessage.objects.get()
    assert left.subscriber.endswith("refuse")
    assert "not today" in left.failure
    assert outbox.pending("sample_changed") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("subscribers")
def test_an_event_nobody_wants_costs_no_row() -> None:
    outbox.append("silent", {})

    assert outbox.pending() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("subscribers")
def test_an_unknown_topic_is_a_bug() -> None:
    with pytest.raises(KeyError):
        outbox.append("sample_chnaged", {})
