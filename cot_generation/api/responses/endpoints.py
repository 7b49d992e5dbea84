"""Endpoints and their dated prices."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from config.base.words import retold
from cot_generation.choices import (
    EndpointState,
    ReplyFormat,
)
from cot_generation.models import Endpoint, EndpointPrice
from cot_generation.shapes import EndpointTest, TestLine


def told_test(test: EndpointTest) -> EndpointTest:
    """A test, its lines in the language of the request; what the endpoint said of itself is as it said it."""
    lines = tuple(TestLine(retold(line.name), line.passed, retold(line.detail)) for line in test.lines)
    return msgspec.structs.replace(test, lines=lines)


class PriceRow(msgspec.Struct):
    """US dollars per million tokens from a moment on."""

    valid_from: datetime
    input_per_million: Decimal
    output_per_million: Decimal
    cached_per_million: Decimal | None
    batch_share: Decimal | None

    @classmethod
    def of(cls, row: EndpointPrice) -> PriceRow:
        return cls(
            row.valid_from, row.input_per_million, row.output_per_million, row.cached_per_million, row.batch_share
        )


class EndpointRow(msgspec.Struct):
    """An endpoint; `prices` newest first, `price` the one that holds today. `batch_…`: what one batch may hold."""

    id: UUID
    name: str
    base_url: str
    has_key: bool
    key_hint: str
    model: str
    sandbox: bool
    reply_format: ReplyFormat
    state: EndpointState
    requests_at_once: int
    requests_per_minute: int
    tokens_per_minute: int
    tokens_per_picture: int
    deadline_s: int
    batch_requests: int
    batch_megabytes: int
    rests_until: datetime | None
    faults_in_a_row: int
    last_test: EndpointTest | None
    price: PriceRow | None
    prices: list[PriceRow]
    calls_last_hour: int
    latency_ms: int | None
    waiting: int

    @classmethod
    def of(
        cls, row: Endpoint, prices: list[EndpointPrice], traffic: tuple[int, int | None, int], *, now: datetime
    ) -> EndpointRow:
        calls, latency, waiting = traffic
        return cls(
            id=row.pk,
            name=row.name,
            base_url=row.base_url,
            has_key=row.key_cipher is not None,
            key_hint=row.key_hint,
            model=row.model,
            sandbox=row.sandbox,
            reply_format=ReplyFormat(row.reply_format),
            state=EndpointState(row.state),
            requests_at_once=row.requests_at_once,
            requests_per_minute=row.requests_per_minute,
            tokens_per_minute=row.tokens_per_minute,
            tokens_per_picture=row.tokens_per_picture,
            deadline_s=row.deadline_s,
            batch_requests=row.batch_requests,
            batch_megabytes=row.batch_megabytes,
            rests_until=row.rests_until if row.rests_until and row.rests_until > now else None,
            faults_in_a_row=row.faults_in_a_row,
            last_test=None if row.last_test is None else told_test(row.last_test),
            price=next((PriceRow.of(price) for price in prices if price.valid_from <= now), None),
            prices=[PriceRow.of(price) for price in prices],
            calls_last_hour=calls,
            latency_ms=latency,
            waiting=waiting,
        )


class EndpointList(msgspec.Struct):
    """`hosts` are the addresses that an administrator allows."""

    results: list[EndpointRow]
    hosts: list[str]
