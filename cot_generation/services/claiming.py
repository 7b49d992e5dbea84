"""Taking questions of running runs under a lease, and giving them back unasked.

Belongs here: which runs have something due, claiming for one of them, releasing.
Does not: money (admitting.py, ledger.py), requests (asking.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.selectors import projects
from config.base import processes, work
from config.base.choices import WorkState
from cot_generation import vault
from cot_generation.choices import EndpointState, Outcome, PauseReason, ReplyFormat, RunState
from cot_generation.errors import PriceMissing, SecretUnreadable
from cot_generation.models import EndpointPrice, Run, RunQuestion
from cot_generation.providers.answers import Target
from cot_generation.selectors import prices
from cot_generation.services import bulk, locks
from cot_generation.services.asking import RunPlan

log = structlog.get_logger()

# How long a claimed question may wait for its request to be sent; sending renews it to the call's own deadline.
LEASE = timedelta(seconds=90)
# Due never, as it were: questions that wait until somebody has looked at the pilot.
HELD_UNTIL = datetime(9999, 1, 1, tzinfo=UTC)


def owner_name() -> str:
    """Names one loop, so that two loops in one process do not take each other's rows for their own, and its process."""
    return f"{processes.this()}:{secrets.token_hex(4)}"


def due_runs(*, now: datetime) -> list[Run]:
    """Running runs that ask singly with a question due, whose endpoint does not rest; the longest waiting first."""
    due = RunQuestion.objects.filter(run=OuterRef("pk"), state=WorkState.WAITING, next_attempt_at__lte=now)
    awake = Q(endpoint__rests_until__isnull=True) | Q(endpoint__rests_until__lte=now)
    rows = Run.objects.running().filter(Exists(due), awake, batched=False).select_related("endpoint", "prompt")
    return list(rows.order_by("started_at", "pk"))


def plan(run: Run, *, now: datetime) -> RunPlan | PauseReason:
    """What the run's calls share, or why it cannot go on."""
    endpoint = run.endpoint
    if endpoint.state != EndpointState.ACTIVE:
        return PauseReason.ENDPOINT_RETIRED
    price = prices.holding(endpoint.pk, at=now)
    if endpoint.key_cipher is None or price is None:
        return PauseReason.KEY_REFUSED
    try:
        key = vault.open_(bytes(endpoint.key_cipher))
    except SecretUnreadable:
        return PauseReason.KEY_REFUSED
    return _plan(run, price, key=key)


def plan_for_reading(run: Run, *, now: datetime) -> RunPlan:
    """The same for replies that are here already: nothing is sent, so it has no key. A run's endpoint has a price."""
    price = prices.holding(run.endpoint_id, at=now)
    if price is None:
        raise PriceMissing(endpoint=run.endpoint.name)
    return _plan(run, price, key="")


def _plan(run: Run, price: EndpointPrice, *, key: str) -> RunPlan:
    endpoint = run.endpoint
    return RunPlan(
        run=run,
        prompt=run.prompt,
        project_slug=projects.by_id(run.project_id).slug,
        target=Target(base_url=endpoint.base_url, key=key, deadline_s=float(endpoint.deadline_s)),
        price_id=price.pk,
        price=prices.as_money(price, batched=run.batched),
        reply_format=ReplyFormat(endpoint.reply_format),
        tokens_per_picture=endpoint.tokens_per_picture,
        sandbox=run.sandbox,
    )


def claim(run_id: UUID, *, limit: int, owner: str, now: datetime) -> list[RunQuestion]:
    """Take up to `limit` due questions of the run; each costs one attempt."""
    return work.claim(RunQuestion, limit=limit, lease=LEASE, now=now, owner=owner, where=Q(run_id=run_id))


def release(questions: Sequence[RunQuestion], *, owner: str, at: datetime) -> None:
    """Give questions back unasked, all until one moment."""
    put_off({each.pk: Later(at) for each in questions}, owner=owner)


class Later(NamedTuple):
    """When a question is due again, and the call whose reply it waits for, if it does."""

    at: datetime
    waits_for: int | None = None


def put_off(later: Mapping[int, Later], *, owner: str) -> None:
    """Give questions back unasked, each until its moment; by their keys. Their attempt is not spent.

    Only those that are still ours.
    """
    if not later:
        return
    with transaction.atomic():
        ours = locks.take(RunQuestion.objects.filter(pk__in=later, owner=owner, state=WorkState.RUNNING)).values()
        for question in ours:
            question.state, question.owner, question.lease_expires_at = WorkState.WAITING, "", None
            question.next_attempt_at, question.waits_for_id = later[question.pk]
            question.attempts -= 1
        bulk.write(ours, ["state", "owner", "lease_expires_at", "next_attempt_at", "attempts", "waits_for"])


def pause(run_id: UUID, reason: PauseReason, *, needs: Decimal | None = None) -> bool:
    """The run stands still until a person lets it go on, or its project has room for what it `needs`.

    False: it was not running any more.
    """
    running = Run.objects.running().filter(pk=run_id)
    return bool(running.update(state=RunState.PAUSED, pause_reason=reason, needs=needs))


def give_up(questions: Sequence[RunQuestion], outcome: Outcome, *, owner: str) -> int:
    """Questions that cannot be asked at all have failed, with the reason."""
    held = RunQuestion.objects.filter(pk__in=[each.pk for each in questions], owner=owner, state=WorkState.RUNNING)
    return held.update(
        state=WorkState.FAILED, owner="", lease_expires_at=None, outcome=outcome, failure=Outcome(outcome).label
    )
