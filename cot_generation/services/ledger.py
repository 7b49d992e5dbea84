"""The intent before a call, and its settlement after: where money is reserved, spent and never lost.

Belongs here: admitting calls under the caps and the endpoint's limits, taking back what was never sent, closing calls
with what they cost, finding those whose worker died.
Does not: what a reply says (replies.py), the project's caps (budgets.py), in which order rows are locked (locks.py).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from config.base.choices import WorkState
from cot_generation import endings, money
from cot_generation.choices import CallState, Outcome, PauseReason, PriceBasis, RunState
from cot_generation.endings import Ending, Next
from cot_generation.models import Call, Endpoint, Run, RunQuestion
from cot_generation.providers.answers import NO_WORD, Room
from cot_generation.services import budgets, bulk, claiming, locks, reuse
from cot_generation.services.asking import Ready
from cot_generation.services.budgets import Headroom, Moves, Purse
from cot_generation.services.claiming import Later

log = structlog.get_logger()

# The lease of a sent call outlives its deadline by this much: a late reply still finds its question.
LEASE_MARGIN = timedelta(seconds=30)
# Of a minute's limit, this much may go out at once; the rest by the clock, so that no 60 s hold more than the limit.
BURST_SHARE = 0.1
LATELY = timedelta(seconds=60)
LATELY_AT_LEAST = 10  # calls, before a share of faults among them says anything
CAP_WAIT = timedelta(seconds=2)
# Intents that a loop may hold written but unsent, so that a place at the endpoint is taken the moment it is free.
AHEAD_AT_MOST = 16


@dataclass(frozen=True)
class Sent:
    """A call whose intent is written; it goes out as soon as the endpoint has a place for it."""

    call_id: int
    ready: Ready


@dataclass(frozen=True)
class Standing:
    """What a loop has open already: its calls, and by endpoint how many fly and how many have an intent and wait.

    A loop swaps a call that landed for one that waits without asking, so only the loop itself knows which of its open
    calls take a place; everybody else counts all of them.
    """

    calls: Collection[int] = ()
    flying: Mapping[UUID, int] = field(default_factory=dict)
    waiting: Mapping[UUID, int] = field(default_factory=dict)
    brisk: Collection[UUID] = ()  # endpoints that answer so soon that writing intents ahead of need pays


NOTHING_OPEN = Standing()


@dataclass
class Admission:
    """What has its intent now, and what is held back for want of room; by endpoint, how many more may fly and wait."""

    sent: list[Sent] = field(default_factory=list)
    held_back: list[Ready] = field(default_factory=list)
    places: dict[UUID, int] = field(default_factory=dict)
    ahead: dict[UUID, int] = field(default_factory=dict)


def _fill_up(endpoint: Endpoint, *, now: datetime) -> None:
    """Top up the budgets of requests and tokens by the clock (not saved here)."""
    elapsed = (now - endpoint.counted_at).total_seconds() if endpoint.counted_at else None
    for left, limit in (("requests_left", endpoint.requests_per_minute), ("tokens_left", endpoint.tokens_per_minute)):
        burst = max(1.0, limit * BURST_SHARE)
        rate = max(0.0, limit - burst) / 60
        filled = burst if elapsed is None else min(burst, getattr(endpoint, left) + max(0.0, elapsed) * rate)
        setattr(endpoint, left, filled)
    endpoint.counted_at = now


def _places(endpoint: Endpoint, standing: Standing) -> int:
    """How many more calls of this loop the endpoint takes now."""
    others = Call.objects.open().filter(endpoint=endpoint, batch=None).exclude(pk__in=standing.calls).count()
    # Every fault in a row halves what flies at once; with the breaker open a single call probes.
    at_once = max(1, endpoint.requests_at_once >> min(endpoint.faults_in_a_row, 16))
    if endpoint.faults_in_a_row >= endings.BREAKER_FAULTS:
        at_once = 1
    return max(0, at_once - others - standing.flying.get(endpoint.pk, 0))


def _ahead(endpoint: Endpoint) -> int:
    """How many intents may be written beyond the places; none while there are faults or a minute's limit is near."""
    near = (
        endpoint.requests_left < endpoint.requests_per_minute * BURST_SHARE / 2
        or endpoint.tokens_left < endpoint.tokens_per_minute * BURST_SHARE / 2
    )
    return 0 if endpoint.faults_in_a_row or near else min(AHEAD_AT_MOST, endpoint.requests_at_once // 4)


def _affordable(run: Run, wanted: Sequence[Ready], budget: Headroom) -> tuple[list[Ready], PauseReason]:
    """Those that fit under every cap, their money taken from the budget; and the cap that refuses the next one."""
    left = run.cap - run.spent - run.reserved
    fits: list[Ready] = []
    for ready in wanted:
        reason = PauseReason.CAP if ready.ceiling > left else budget.refuses(ready.ceiling)
        if reason is not None:
            return fits, reason
        left -= ready.ceiling
        budget.take(ready.ceiling)
        fits.append(ready)
    return fits, PauseReason.NONE


@transaction.atomic
def admit(ready: Sequence[Ready], *, owner: str, now: datetime, standing: Standing = NOTHING_OPEN) -> Admission:
    """Write the intents of as many as the endpoints and the caps allow.

    What was answered meanwhile, or is on its way for another question, is given back to be claimed again.
    """
    result, moves = Admission(), Moves()
    purses = budgets.headroom({budgets.purse_of(each.plan.run) for each in ready}, now=now, locked=True)
    by_endpoint: dict[UUID, list[Ready]] = defaultdict(list)
    for each in ready:
        by_endpoint[each.plan.endpoint_id].append(each)
    endpoints = reuse.lock_endpoints(by_endpoint)
    first: list[Ready] = []
    for endpoint_id, asked in by_endpoint.items():
        room = _room(endpoints[endpoint_id], result, now=now, standing=standing)
        first += asked[:room]
        result.held_back += asked[room:]
    # Since they were claimed, somebody else may have asked the same.
    known = reuse.look(first, now=now)
    taken = _within_limits([each for each in first if each not in known], endpoints, result)
    by_run: dict[UUID, list[Ready]] = defaultdict(list)
    for each in taken:
        by_run[each.plan.run.pk].append(each)
    runs = locks.take(Run.objects.filter(pk__in=by_run))
    ours = _still_held([*taken, *(each for each in first if each in known)], owner=owner)
    claiming.put_off({**dict.fromkeys(known.answered, Later(now)), **known.later}, owner=owner)
    for run_id, run in runs.items():
        wanted = [each for each in by_run[run_id] if each.question.pk in ours]
        result.sent.extend(_reserve(run, wanted, purses, moves, owner=owner, now=now))
    moves.write()
    return result


def _room(endpoint: Endpoint, result: Admission, *, now: datetime, standing: Standing) -> int:
    """How many more intents the endpoint takes now, whatever its minute's limits say."""
    if endpoint.rests_until is not None and endpoint.rests_until > now:
        return 0
    _fill_up(endpoint, now=now)
    places = result.places[endpoint.pk] = _places(endpoint, standing)
    ahead = result.ahead[endpoint.pk] = _ahead(endpoint) if endpoint.pk in standing.brisk else 0
    return max(0, places + ahead - standing.waiting.get(endpoint.pk, 0))


def _within_limits(wanted: Sequence[Ready], endpoints: Mapping[UUID, Endpoint], result: Admission) -> list[Ready]:
    """What the limits a minute of the endpoints leave room for; the rest is held back."""
    taken: list[Ready] = []
    for each in wanted:
        endpoint = endpoints[each.plan.endpoint_id]
        # A request larger than the whole burst goes out alone once the budget is full, rather than never.
        need = min(float(each.input_tokens + each.max_tokens), max(1.0, endpoint.tokens_per_minute * BURST_SHARE))
        if endpoint.requests_left >= 1 and endpoint.tokens_left >= need:
            endpoint.tokens_left -= need
            endpoint.requests_left -= 1
            taken.append(each)
        else:
            result.held_back.append(each)
    used = {each.plan.endpoint_id for each in taken}
    bulk.write([endpoints[key] for key in used], ["requests_left", "tokens_left", "counted_at"])
    return taken


def _still_held(wanted: Sequence[Ready], *, owner: str) -> set[int]:
    """The questions among them that are still this owner's, locked."""
    asked = {each.question.pk: each.question.fence for each in wanted}
    held = locks.take(RunQuestion.objects.filter(pk__in=asked, owner=owner, state=WorkState.RUNNING))
    return {key for key, question in held.items() if question.fence == asked[key]}


@transaction.atomic
def take_back(waiting: Sequence[Sent]) -> list[Ready]:
    """Undo intents that were never sent: their money is free again. Returns those that may be admitted once more."""
    ids = [each.call_id for each in waiting]
    runs = locks.take(Run.objects.filter(pk__in={each.ready.plan.run.pk for each in waiting}))
    open_ = locks.take(Call.objects.open().filter(pk__in=ids))
    moves = Moves()
    for call in open_.values():
        moves.add(runs[call.run_id], sent_at=call.sent_at, reserved=-call.reserved)
    bulk.write(runs.values(), ["reserved"])
    # No row names a call that was never sent, so none is looked through for it, and no question locked after calls.
    Call.objects.filter(pk__in=open_)._raw_delete(Call.objects.db)
    moves.write()
    return [each.ready for each in waiting if each.call_id in open_]


def _reserve(
    run: Run, wanted: list[Ready], purses: Mapping[Purse, Headroom], moves: Moves, *, owner: str, now: datetime
) -> list[Sent]:
    """Reserve each call's ceiling under the caps of run and project and write its intent."""
    if run.state != RunState.RUNNING:
        claiming.release([each.question for each in wanted], owner=owner, at=now)
        return []
    purse = budgets.purse_of(run)
    fits, refused_by = _affordable(run, wanted, purses[purse])
    if len(fits) < len(wanted):
        claiming.release([each.question for each in wanted[len(fits) :]], owner=owner, at=now + CAP_WAIT)
        # Only once nothing is on its way that could soon give money back.
        if not fits and not (budgets.calls_fly(purse) if refused_by.passes else run.reserved > 0):
            claiming.pause(run.pk, refused_by, needs=wanted[0].ceiling if refused_by.passes else None)
            log.info("run.paused", run_id=str(run.pk), reason=refused_by.value)
    if not fits:
        return []
    moves.add(run, sent_at=now, reserved=sum((each.ceiling for each in fits), Decimal(0)))
    run.save(update_fields=["reserved"])
    deadline = timedelta(seconds=fits[0].plan.target.deadline_s)
    RunQuestion.objects.filter(pk__in=[each.question.pk for each in fits]).update(
        lease_expires_at=now + deadline + LEASE_MARGIN
    )
    calls = Call.objects.bulk_create(
        Call(
            run=run,
            question_id=each.question.pk,
            endpoint_id=each.plan.endpoint_id,
            price_id=each.plan.price_id,
            step=each.question.step,
            fence=each.question.fence,
            letters=each.order,
            seed=each.seed,
            request_key=each.key,
            reserved=each.ceiling,
            sent_at=now,
        )
        for each in fits
    )
    return [Sent(call.pk, each) for call, each in zip(calls, fits, strict=True)]


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
