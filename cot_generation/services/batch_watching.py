"""A call batch on its way: asked for once, looked at until it has ended, dissolved where it was never taken.

Belongs here: the phases submitting and submitted. Does not: putting a file together (batch_forming.py), what came back
(batch_collecting.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from cot_generation import endings
from cot_generation.choices import BatchPhase, Outcome, PauseReason
from cot_generation.endings import Ending
from cot_generation.models import CallBatch
from cot_generation.providers.answers import Target
from cot_generation.providers.openai_batches import Refused, Standing
from cot_generation.services import batch_collecting as collecting
from cot_generation.services import batch_files, batch_ledger, claiming
from cot_generation.services import batch_steps as steps
from cot_generation.services.batch_steps import Mover

log = structlog.get_logger()

LOOK_FIRST, LOOK_EVERY = timedelta(seconds=5), timedelta(seconds=60)
ASK_AGAIN = timedelta(seconds=15)  # after a request for a batch whose outcome is not known
# So long may pass until a batch stands in the endpoint's list. Whoever asked again before would pay for two.
LISTED_WITHIN = timedelta(minutes=10)
QUEUE_FULL_WAIT = timedelta(minutes=10)  # the endpoint holds as many waiting tokens of ours as it wants to
ENDED = {"completed", "expired", "cancelled"}
QUEUE_FULL = {"token_limit_exceeded", "enqueued_token_limit_exceeded"}


def submit(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Ask for the batch, once. Raises Refused.

    A request that may have been heard is looked for first, for as long as an endpoint may take to list it.
    """
    if batch.asked_at is not None:
        found = mover.say(target, lambda api: api.find(batch.input_file))
        if found:
            taken(batch, found[0], now=mover.clock())
            for other in found[1:]:
                _cancel(other.id, target, mover)
            return
        if mover.clock() - batch.asked_at < LISTED_WITHIN:
            steps.later(batch, at=mover.clock() + ASK_AGAIN, failure=batch.failure)
            return
    now = mover.clock()
    batch.refresh_from_db(fields=["cancel_wanted_at"])
    if batch.cancel_wanted_at is not None:
        dissolve(batch, Outcome.LEFT_OVER, mover=mover)
        return
    steps.keep(batch, asked_at=now)
    try:
        standing = mover.say(target, lambda api: api.ask(batch.input_file, name=str(batch.pk)))
    except Refused as refused:
        ending = endings.read(refused.answer)
        reason = steps.stops(ending)
        if reason is not None:
            dissolve(batch, ending.outcome, reason=reason, detail=ending.detail, mover=mover)
        elif ending.outcome in (Outcome.RATE_LIMITED, Outcome.UNREACHABLE):
            wait = timedelta(seconds=steps.rest_s(ending))
            steps.later(batch, at=now + wait, failure=ending.detail or ending.outcome.label, asked_at=None)
        else:
            steps.later(batch, at=now + ASK_AGAIN, failure=ending.detail or ending.outcome.label)
        return
    taken(batch, standing, now=now)


def _cancel(provider_id: str, target: Target, mover: Mover) -> Standing:
    return mover.say(target, lambda api: api.cancel(provider_id))


def taken(batch: CallBatch, standing: Standing, *, now: datetime) -> None:
    log.info("batch.submitted", batch_id=batch.pk, provider_id=standing.id)
    steps.later(
        batch,
        at=now + LOOK_FIRST,
        phase=BatchPhase.SUBMITTED,
        provider_id=standing.id,
        provider_status=standing.status[:20],
        submitted_at=now,
    )


def look(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Raises Refused."""
    standing = mover.say(target, lambda api: api.look(batch.provider_id))
    now = mover.clock()
    if batch.cancel_wanted_at is not None and batch.cancel_sent_at is None and standing.status not in ENDED:
        standing = _cancel(batch.provider_id, target, mover)
        steps.keep(batch, cancel_sent_at=now)
    seen: dict[str, Any] = {
        "provider_status": standing.status[:20],
        "provider_done": standing.done,
        "provider_failed": standing.failed,
    }
    if standing.status == "failed":
        steps.keep(batch, **seen)
        full = standing.trouble_code in QUEUE_FULL
        dissolve(
            batch,
            Outcome.RATE_LIMITED if full else Outcome.REQUEST_REFUSED,
            reason=None if full else PauseReason.REQUEST_REFUSED,
            detail=standing.trouble,
            due_in=QUEUE_FULL_WAIT if full else timedelta(0),
            mover=mover,
        )
    elif standing.status in ENDED:
        steps.keep(
            batch,
            phase=BatchPhase.COLLECTING,
            output_file=standing.output_file,
            error_file=standing.error_file,
            **seen,
        )
        collecting.collect(batch, target, mover)
    elif batch.submitted_at is not None and now - batch.submitted_at > collecting.GIVEN_UP_AFTER:
        collecting.not_now(batch, Ending(Outcome.TIMED_OUT), mover)
    else:
        age = now - (batch.submitted_at or now)
        steps.later(batch, at=now + min(LOOK_EVERY, max(LOOK_FIRST, age / 20)), **seen)


def dissolve(
    batch: CallBatch,
    outcome: Outcome,
    *,
    mover: Mover,
    reason: PauseReason | None = None,
    detail: str = "",
    due_in: timedelta = timedelta(0),
) -> None:
    """It was never accepted: its questions are due again, and the run stops where asking again would be as vain."""
    now = mover.clock()
    with transaction.atomic():
        batch_ledger.dissolve(batch, outcome, due_at=now + due_in, now=now)
        batch_files.ended(batch, BatchPhase.DISSOLVED, failure=detail or outcome.label, now=now)
    log.warning("batch.dissolved", batch_id=batch.pk, outcome=outcome.value)
    if reason is not None and claiming.pause(batch.run_id, reason):
        log.warning("run.paused", run_id=str(batch.run_id), reason=reason.value)
    collecting.tidy(batch.run_id)
