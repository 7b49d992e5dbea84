"""The intent before a call: admitted under the caps and the endpoint's limits, its money reserved.

Belongs here: which requests may have their intent now, taking back what was never sent.
Does not: what became of a call (ledger.py), the project's caps (budgets.py), in which order rows are locked (locks.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import transaction

from config.base.choices import WorkState
from cot_generation import endings
from cot_generation.choices import PauseReason, RunState
from cot_generation.models import Call, Endpoint, Run, RunQuestion
from cot_generation.services import budgets, bulk, claiming, locks, reuse
from cot_generation.services.asking import Ready
from cot_generation.services.budgets import Headroom, Moves, Purse
from cot_generation.services.claiming import Later

log = structlog.get_logger()

# The lease of a sent call outlives its deadline by this much: a late reply still finds its question.
LEASE_MARGIN = timedelta(seconds=30)
# Of a minute's limit, this much may go out at once; the rest by the clock, so that no 60 s hold more than the limit.
BURST_SHARE = 0.1
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
