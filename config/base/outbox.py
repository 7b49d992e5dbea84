"""Telling upper apps what happened below, without knowing them.

Belongs here: writing an event in the caller's transaction, delivering it to subscribers afterwards.
Does not: who subscribes (settings.SUBSCRIBERS), what they do with it (their own services).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from config.base import work
from config.base.models import OutboxMessage

log = structlog.get_logger()

LEASE = timedelta(seconds=90)
CHUNK = 100


def append(topic: str, payload: Mapping[str, object]) -> None:
    """Write one message per subscriber of `topic`. Raises KeyError for a topic that settings do not know."""
    subscribers = settings.SUBSCRIBERS[topic]
    if not subscribers:
        return
    OutboxMessage.objects.bulk_create(
        OutboxMessage(topic=topic, subscriber=subscriber, payload=dict(payload)) for subscriber in subscribers
    )
    work.announce("base.OutboxMessage")


def deliver_due(*, now: datetime, limit: int = CHUNK) -> int:
    """Deliver one batch of due messages, in the order they were written. Returns how many were claimed."""
    messages = work.claim(OutboxMessage, limit=limit, lease=LEASE, now=now)
    for message in sorted(messages, key=lambda each: each.pk):
        _deliver(message, now=now)
    return len(messages)


def _deliver(message: OutboxMessage, *, now: datetime) -> None:
    receive = import_string(message.subscriber)
    try:
        receive(message.payload)
    except Exception as error:
        log.exception(
            "outbox.delivery_failed", message_id=message.pk, topic=message.topic, subscriber=message.subscriber
        )
        work.retry(message, at=now + timedelta(seconds=2**message.attempts), failure=f"{type(error).__name__}: {error}")
        return
    # Delivered messages are of no further use; failed ones stay to be seen.
    OutboxMessage.objects.filter(pk=message.pk, fence=message.fence).delete()


def pending(topic: str | None = None) -> int:
    """How many messages wait or are being delivered; a release waits for zero."""
    rows = OutboxMessage.objects.filter(state__in=["waiting", "running"])
    return (rows.filter(topic=topic) if topic else rows).count()
