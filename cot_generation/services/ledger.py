"""The settlement after a call: closed with what it cost, once, whether it came back or not.

Belongs here: closing calls, what they tell of their endpoint, finding those whose worker died.
Does not: the intent before (admitting.py), what a reply says (replies.py), in which order rows are locked (locks.py).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from config.base.choices import WorkState
from cot_generation import endings, money
from cot_generation.choices import CallState, Outcome, PriceBasis
from cot_generation.endings import Ending, Next
from cot_generation.models import Call, Endpoint, Run, RunQuestion
from cot_generation.providers.answers import NO_WORD, Room
from cot_generation.services import bulk, locks
from cot_generation.services.admitting import Sent
from cot_generation.services.budgets import Moves

log = structlog.get_logger()

LATELY = timedelta(seconds=60)
LATELY_AT_LEAST = 10  # calls, before a share of faults among them says anything


@dataclass(frozen=True)
class Landed:
    """A call that came back, with how it ended."""

    sent: Sent
    ending: Ending


def price_of(ending: Ending, price: money.Price, reserved: Decimal) -> tuple[Decimal, PriceBasis]:
    """What the call cost and on which basis. Where usage is missing it is the ceiling: never a guess below."""
    basis = ending.meaning.basis
    if basis == PriceBasis.NONE or (ending.status is not None and not 200 <= ending.status < 300):
        return Decimal(0), PriceBasis.NONE
    if basis == PriceBasis.USAGE and ending.prompt_tokens is not None and ending.completion_tokens is not None:
        spent = money.cost(
            price,
            input_tokens=ending.prompt_tokens,
            output_tokens=ending.completion_tokens,
            cached_tokens=ending.cached_tokens,
        )
        return spent, PriceBasis.USAGE
    return reserved, PriceBasis.CEILING


@transaction.atomic
def settle(landed: Sequence[Landed], *, now: datetime) -> dict[int, Ending]:
    """Close calls with their raw replies and costs; call id -> ending as written.

    A reply whose call was already given up as lost still replaces the ceiling by its real cost.
    """
    _rest_endpoints(landed, now=now)
    runs = locks.take(Run.objects.filter(pk__in={each.sent.ready.plan.run.pk for each in landed}))
    calls = locks.take(Call.objects.filter(pk__in=[each.sent.call_id for each in landed]))
    written: dict[int, Ending] = {}
    moves = Moves()
    for each in landed:
        call, run = calls[each.sent.call_id], runs[each.sent.ready.plan.run.pk]
        ending = checked_model(each.ending, run)
        cost, basis = price_of(ending, each.sent.ready.plan.price, call.reserved)
        freed = call.reserved if call.state == CallState.SENT else Decimal(0)
        moves.add(run, sent_at=call.sent_at, reserved=-freed, spent=cost - call.cost)
        close(call, ending, cost=cost, basis=basis, now=now)
        written[call.pk] = ending
    bulk.write(calls.values(), WRITTEN)
    bulk.write(runs.values(), ["reserved", "spent", "model_seen"])
    moves.write()
    return written


WRITTEN = [
    "state", "settled_at", "outcome", "http_status", "model", "fingerprint", "provider_id", "finish_reason",
    "prompt_tokens", "completion_tokens", "cached_tokens", "latency_ms", "cost", "price_basis", "reply", "reply_sha256",
]  # fmt: skip


def close(call: Call, ending: Ending, *, cost: Decimal, basis: PriceBasis, now: datetime) -> None:
    call.state = ending.meaning.state
    call.settled_at = now
    call.outcome = ending.outcome
    call.http_status = ending.status
    call.model = ending.model
    call.fingerprint = ending.fingerprint
    call.provider_id = ending.provider_id
    call.finish_reason = ending.finish_reason
    call.prompt_tokens = ending.prompt_tokens
    call.completion_tokens = ending.completion_tokens
    call.cached_tokens = ending.cached_tokens
    call.latency_ms = ending.latency_ms
    call.cost = cost
    call.price_basis = basis
    # PostgreSQL's text has no NUL; a reply with one is kept with the sign for it.
    call.reply = ending.body.replace("\x00", "\N{SYMBOL FOR NULL}") if ending.body else None
    call.reply_sha256 = hashlib.sha256(ending.body.encode()).hexdigest() if ending.body else ""


def checked_model(ending: Ending, run: Run) -> Ending:
    """The first reply fixes the run's model; another name later is not mixed in."""
    if not ending.model or ending.meaning.next is not Next.READ:
        return ending
    if not run.model_seen:
        run.model_seen = ending.model
    if run.model_seen == ending.model:
        return ending
    changed = {field: getattr(ending, field) for field in ending.__dataclass_fields__}
    return Ending(**{**changed, "outcome": Outcome.MODEL_CHANGED, "detail": f"{run.model_seen} → {ending.model}"})


def _rest_endpoints(landed: Iterable[Landed], *, now: datetime) -> None:
    """Faults in a row, rests and what the server says is left; all hold for the whole endpoint and every worker."""
    by_endpoint: dict[UUID, list[Ending]] = defaultdict(list)
    for each in landed:
        by_endpoint[each.sent.ready.plan.endpoint_id].append(each.ending)
    spoken = [
        key for key, found in by_endpoint.items() if any(_told(each) or each.meaning.endpoint_fault for each in found)
    ]
    # An endpoint that only answered has something to write where there were faults before.
    concerned = Endpoint.objects.filter(Q(pk__in=spoken) | Q(pk__in=by_endpoint, faults_in_a_row__gt=0))
    for endpoint in locks.take(concerned).values():
        found = by_endpoint[endpoint.pk]
        _count_faults(endpoint, found, now=now)
        for ending in filter(_told, found):
            _take_word(endpoint, ending.room)
        rest_s = max(endings.rest_after(ending, faults_in_a_row=endpoint.faults_in_a_row) for ending in found)
        if rest_s > 0:
            until = now + timedelta(seconds=rest_s)
            endpoint.rests_until = max(until, endpoint.rests_until or until)
            log.warning("endpoint.rests", endpoint_id=str(endpoint.pk), seconds=rest_s, faults=endpoint.faults_in_a_row)
        endpoint.save(update_fields=["faults_in_a_row", "rests_until", "requests_left", "tokens_left"])


def _told(ending: Ending) -> bool:
    """Whether the server said what is left of its limits, or asked for a rest."""
    return ending.rest_s is not None or ending.room != NO_WORD


def _count_faults(endpoint: Endpoint, found: Sequence[Ending], *, now: datetime) -> None:
    """In the order of landing: an answer ends the row, unless more than half of a minute's calls failed."""
    refused = 0
    for ending in found:
        if ending.meaning.transport:
            endpoint.faults_in_a_row += 1
        elif ending.meaning.endpoint_fault:
            refused = 1  # a batch turned away at the door is one refusal: it waits for a rest, not for a repair
        else:
            endpoint.faults_in_a_row = 0
    endpoint.faults_in_a_row += refused
    if 0 < endpoint.faults_in_a_row < endings.BREAKER_FAULTS and any(each.meaning.transport for each in found):
        rows = Call.objects.filter(endpoint=endpoint, settled_at__gte=now - LATELY).order_by("-pk")[:500]
        outcomes = [*rows.values_list("outcome", flat=True), *(each.outcome for each in found)]
        down = sum(endings.MEANINGS[Outcome(outcome)].transport for outcome in outcomes if outcome in endings.MEANINGS)
        if len(outcomes) >= LATELY_AT_LEAST and down * 2 > len(outcomes):
            endpoint.faults_in_a_row = endings.BREAKER_FAULTS


def _take_word(endpoint: Endpoint, room: Room) -> None:
    """The server knows better than our own count what is left; never more than we would have sent."""
    if room.requests is not None:
        endpoint.requests_left = min(endpoint.requests_left, float(room.requests))
    if room.tokens is not None:
        endpoint.tokens_left = min(endpoint.tokens_left, float(room.tokens))


@transaction.atomic
def close_lost(*, now: datetime) -> int:
    """Calls whose worker is gone: outcome unknown, priced at the ceiling."""
    held = RunQuestion.objects.filter(pk=OuterRef("question_id"), state=WorkState.RUNNING, fence=OuterRef("fence"))
    found = list(Call.objects.open().filter(~Exists(held)).order_by("pk")[:1000])
    if not found:
        return 0
    runs = locks.take(Run.objects.filter(pk__in={call.run_id for call in found}))
    locks.take(RunQuestion.objects.filter(pk__in={call.question_id for call in found}))
    lost = list(locks.take(Call.objects.open().filter(pk__in=[call.pk for call in found])).values())
    moves = Moves()
    for call in lost:
        moves.add(runs[call.run_id], sent_at=call.sent_at, reserved=-call.reserved, spent=call.reserved)
        close(call, Ending(Outcome.WORKER_LOST), cost=call.reserved, basis=PriceBasis.CEILING, now=now)
    bulk.write(lost, WRITTEN)
    bulk.write(runs.values(), ["reserved", "spent"])
    questions = RunQuestion.objects.filter(pk__in=[call.question_id for call in lost])
    questions.filter(state=WorkState.WAITING, spare_spent=True).update(
        state=WorkState.FAILED, outcome=Outcome.WORKER_LOST, failure=Outcome.WORKER_LOST.label
    )
    questions.filter(Q(state=WorkState.WAITING) | Q(state=WorkState.RUNNING)).update(spare_spent=True)
    moves.write()
    log.warning("calls.lost", count=len(lost))
    return len(lost)
