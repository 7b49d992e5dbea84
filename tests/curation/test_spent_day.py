"""A day with every outcome: books, runs, project days and the provider's own journal tell one sum.

The sum is computed here a second time from nothing but the raw replies as they came over the wire and the dated prices.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import Sum
from django.utils import timezone

from config.base.choices import WorkState
from cot_generation.choices import CallState, Outcome, PriceBasis
from cot_generation.models import BudgetDay, Call, CallBatch, Endpoint, EndpointPrice, Run, RunQuestion
from cot_generation.providers import openai_batches
from cot_generation.services import batches, endpoints
from cot_generation.services import calls as call_services
from curation.models import BookLine
from curation.selectors import books as selectors
from curation.services import books
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import batch_endpoint
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
MakeEndpoint = Callable[..., Endpoint]
MILLION = 1_000_000
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
CACHED = {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 600}}
# What the first replies do; everything after them is answered well.
TROUBLES = {
    "cached": fakes.answers(usage=CACHED),
    "without usage": fakes.answers(usage=None),
    "rate limit": fakes.fails(429, retry_after="0"),
    "server error": fakes.fails(500),
    "lost on the way": fakes.drops,
    "cut off": fakes.says("{", finish="length"),
    "refused by the model": fakes.says(None, refusal="No."),
    "filtered": fakes.says(None, finish="content_filter"),
    "no JSON": fakes.says("I would rather not."),
    "refused at the door": fakes.fails(400),
}


def again(call: Call) -> Fraction:
    """The call's cost from its raw reply and the price that held when it was sent, by arithmetic of our own."""
    if call.state == CallState.UNKNOWN:
        return Fraction(call.reserved)
    if not call.http_status or not 200 <= call.http_status < 300:
        return Fraction(0)
    usage = json.loads(call.reply or "").get("usage")
    if not usage:
        return Fraction(call.reserved)
    price = (
        EndpointPrice.objects.filter(endpoint_id=call.endpoint_id, valid_from__lte=call.sent_at)
        .order_by("valid_from")
        .last()
    )
    assert price is not None
    cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0)
    per_cached = price.input_per_million if price.cached_per_million is None else price.cached_per_million
    dollars: Fraction = (
        Fraction(price.input_per_million) * (usage["prompt_tokens"] - cached)
        + Fraction(per_cached) * cached
        + Fraction(price.output_per_million) * usage["completion_tokens"]
    ) / MILLION
    return dollars * Fraction(price.batch_share or 1) if call.batch_id else dollars


def send_batches() -> None:
    """Everything that waits for a later moment waits no longer."""
    now = timezone.now()
    RunQuestion.objects.filter(state=WorkState.WAITING).update(next_attempt_at=now)
    CallBatch.objects.filter(state=WorkState.WAITING).update(next_attempt_at=now)
    batches.sweep(now=now)
    batches.move_due(opened=openai_batches.opened, until=now + timedelta(seconds=30))


def test_a_days_books_recomputed_from_raw_replies_and_dated_prices_agree_to_the_cent(
    make_world: MakeWorld,
    make_endpoint: MakeEndpoint,
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
) -> None:
    world = make_world(samples=len(TROUBLES))
    endpoint = make_endpoint(world, requests_at_once=1, cached_per_million="0.10")
    provider.behaviours = list(TROUBLES.values())
    build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off(rounds=3)
    # From here on everything is dearer; what was asked before keeps its price.
    endpoints.price(
        project_id=world.project.pk,
        endpoint_id=endpoint.pk,
        input_per_million=Decimal("3.33"),
        output_per_million=Decimal("7.77"),
        valid_from=timezone.now(),
        actor_id=None,
    )
    reusing = build.run(world.project.pk, endpoint=endpoint, questions=world.questions())
    work_off(rounds=2)
    assert RunQuestion.objects.filter(run=reusing, reused=True).exists(), "some replies were there already"
    with batch_endpoint.running() as there:
        batched = build.endpoint(world.project.pk, url=there.url, batch_share="0.37", input_per_million="1.11")
        build.run(world.project.pk, endpoint=batched, questions=world.questions()[:5], batched=True)
        send_batches()
        there.finish(
            status="completed",
            results=lambda lines: lines[1:],  # one is missing without a word
            completed=4,
        )
        send_batches()
        send_batches()
        there.finish(status="expired", results=lambda lines: [], completed=0)
        send_batches()
        send_batches()
        there.finish()
        send_batches()
    call_services.sweep(now=timezone.now())
    assert not Call.objects.open().exists()
    made = list(Call.objects.select_related("run"))
    assert {PriceBasis(call.price_basis) for call in made} == set(PriceBasis)
    assert {call.outcome for call in made} >= {
        Outcome.ANSWERED, Outcome.RATE_LIMITED, Outcome.SERVER_ERROR, Outcome.DROPPED, Outcome.TRUNCATED,
        Outcome.REFUSED, Outcome.FILTERED, Outcome.MALFORMED, Outcome.REQUEST_REFUSED, Outcome.MISSING,
        Outcome.LEFT_OVER,
    }  # fmt: skip

    Call.objects.update(settled_at=NOON)
    today = NOON.date()
    closed = books.close(project_id=world.project.pk, day=today, now=NOON + timedelta(days=1))

    independent = sum((again(call) for call in made), Fraction(0))
    assert abs(Fraction(closed.usd) - independent) < Fraction(1, 10**10) * len(made), "each call is rounded once"
    assert round(closed.usd, 2) == round(Decimal(independent.numerator) / independent.denominator, 2)
    assert selectors.recomputed(world.project.pk, day=today) == closed.usd
    assert selectors.last_days(world.project.pk)[0].agrees
    assert BookLine.objects.aggregate(all=Sum("usd"))["all"] == closed.usd
    assert Run.objects.aggregate(all=Sum("spent"))["all"] == closed.usd
    assert BudgetDay.objects.aggregate(all=Sum("spent"), open=Sum("reserved")) == {"all": closed.usd, "open": 0}
