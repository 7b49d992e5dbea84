"""The money of call batches: reserved for all of one before the endpoint hears of it, settled line by line.

Belongs here: the row of a batch that is to form, writing its intents, closing its calls by their lines, by their
absence or because it was refused, and asking for its end.
Does not: single calls (admitting.py, ledger.py), what a reply says (replies.py), talking to the endpoint (batches.py),
in which order rows are locked (locks.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from config.base.choices import WorkState
from cot_generation import batch_lines, dispatch
from cot_generation.batch_lines import Result
from cot_generation.choices import BatchPhase, CallState, Outcome, RunState
from cot_generation.endings import Ending
from cot_generation.models import Call, CallBatch, Run, RunQuestion
from cot_generation.selectors import prices
from cot_generation.services import budgets, bulk, ledger, locks, reuse
from cot_generation.services.asking import Ready
from cot_generation.services.budgets import Moves
from cot_generation.services.claiming import HELD_UNTIL

CHUNK = 500
MOVES_AT_MOST = 32_000  # moving a batch is no attempt at it; only a worker lost so often would end it


def owner_of(batch: CallBatch) -> str:
    """Who holds the questions whose calls are in this batch."""
    return f"batch:{batch.pk}"


def want(run_ids: Sequence[UUID], *, now: datetime) -> None:
    """A batch is to be put together for each of these runs, unless one forms already or nothing is due."""
    due = RunQuestion.objects.filter(run=OuterRef("pk"), state=WorkState.WAITING, next_attempt_at__lte=now)
    runs = Run.objects.running().filter(Exists(due), pk__in=run_ids, batched=True)
    made = CallBatch.objects.bulk_create(
        (
            CallBatch(run_id=run_id, endpoint_id=endpoint_id, max_attempts=MOVES_AT_MOST, next_attempt_at=now)
            for run_id, endpoint_id in runs.values_list("pk", "endpoint_id")
        ),
        ignore_conflicts=True,
    )
    if made:
        dispatch.batches_due()


def cancel(run_id: UUID, *, now: datetime) -> None:
    """The run was cancelled: the endpoint is asked to stop, and what it has done by then is still taken in."""
    open_ = CallBatch.objects.filter(run_id=run_id, phase__in=[BatchPhase.SUBMITTING, BatchPhase.SUBMITTED])
    open_.update(cancel_wanted_at=now)
    CallBatch.objects.filter(run_id=run_id, state=WorkState.WAITING).update(next_attempt_at=now)
    dispatch.batches_due()


@transaction.atomic
def submit(batch: CallBatch, ready: Sequence[Ready], *, file_id: str, owner: str, now: datetime) -> bool:
    """Reserve the money of all calls and write their intents, with the file they stand in. All of them or none.

    False: the run was stopped, a cap leaves less than it did, a question is not ours any more, or one of the requests
    was answered or sent by somebody else meanwhile. Then nothing was written.
    """
    purse = budgets.purse_of(batch.run)
    budget = budgets.headroom([purse], now=now, locked=True)[purse]
    reuse.lock_endpoints([batch.endpoint_id])
    run = _locked_run(batch)
    forming = CallBatch.objects.filter(fence=batch.fence, state=WorkState.RUNNING, phase=BatchPhase.FORMING)
    held = locks.take(forming.filter(pk=batch.pk))
    total = sum((each.ceiling for each in ready), Decimal(0))
    known = reuse.look(ready, now=now)
    affordable = total <= run.cap - run.spent - run.reserved and budget.refuses(total) is None
    if run.state != RunState.RUNNING or not affordable or not held or any(each in known for each in ready):
        return False
    ours = locks.take(RunQuestion.objects.filter(run=run, owner=owner, state=WorkState.RUNNING))
    if any(each.question.pk not in ours or ours[each.question.pk].fence != each.question.fence for each in ready):
        return False
    moves = Moves()
    moves.add(run, sent_at=now, reserved=total)
    run.save(update_fields=["reserved"])
    # The batch has a lease of its own; its questions wait for it as long as it takes.
    RunQuestion.objects.filter(run=run, owner=owner, state=WorkState.RUNNING).update(
        owner=owner_of(batch), lease_expires_at=HELD_UNTIL
    )
    Call.objects.bulk_create(
        (
            Call(
                run_id=run.pk,
                question_id=each.question.pk,
                endpoint_id=each.plan.endpoint_id,
                price_id=each.plan.price_id,
                batch=batch,
                step=each.question.step,
                fence=each.question.fence,
                letters=each.order,
                seed=each.seed,
                request_key=each.key,
                reserved=each.ceiling,
                sent_at=now,
            )
            for each in ready
        ),
        batch_size=2000,
    )
    batch.phase, batch.input_file, batch.call_count = BatchPhase.SUBMITTING, file_id, len(ready)
    batch.save(update_fields=["phase", "input_file", "call_count"])
    moves.write()
    return True


@transaction.atomic
def settle(batch: CallBatch, results: Sequence[Result], *, now: datetime) -> tuple[int, int]:
    """Close the calls that these lines name, each once. Returns (lines that name no call of this batch, closed)."""
    run = _locked_run(batch)
    keys = {each.custom_id: batch_lines.named(each.custom_id) for each in results}
    asked = [key[0] for key in keys.values() if key is not None]
    named = locks.take(Call.objects.filter(batch=batch, question_id__in=asked).select_related("price"))
    calls = {(call.question_id, call.fence): call for call in named.values()}
    foreign, closed, moves = 0, [], Moves()
    for each in results:
        key = keys[each.custom_id]
        call = calls.get(key) if key is not None else None
        if call is None:
            foreign += 1
        elif call.state == CallState.SENT:
            ending = ledger.checked_model(each.ending, run)
            price = prices.as_money(call.price, batched=True)
            cost, basis = ledger.price_of(ending, price, call.reserved)
            moves.add(run, sent_at=call.sent_at, reserved=-call.reserved, spent=cost)
            ledger.close(call, ending, cost=cost, basis=basis, now=now)
            closed.append(call)
    bulk.write(closed, ledger.WRITTEN)
    bulk.write([run], ["reserved", "spent", "model_seen"])
    moves.write()
    return foreign, len(closed)


def close_rest(batch: CallBatch, *, unknown: int | None, outcome: Outcome = Outcome.LEFT_OVER, now: datetime) -> int:
    """Close what has no line. `unknown` of them (None: all) may have been billed and cost their ceiling.

    The others were never worked on and end as `outcome`. Returns how many there were.
    """
    count = 0
    while True:
        with transaction.atomic():
            run, moves = _locked_run(batch), Moves()
            left = None if unknown is None else unknown - count
            closed = _close_some(batch, run, moves, unknown=left, outcome=outcome, now=now)
            moves.write()
        if not closed:
            return count
        count += closed


def _locked_run(batch: CallBatch) -> Run:
    return locks.take(Run.objects.filter(pk=batch.run_id))[batch.run_id]


def _close_some(
    batch: CallBatch, run: Run, moves: Moves, *, unknown: int | None, outcome: Outcome, now: datetime
) -> int:
    """A chunk of the calls that have no line; how many there were. The first `unknown` may have been billed."""
    rest = list(locks.take(Call.objects.open().filter(batch=batch), at_most=CHUNK).values())
    for place, call in enumerate(rest):
        billed = unknown is None or place < unknown
        ending = Ending(Outcome.MISSING if billed else outcome, latency_ms=None)
        price = prices.as_money(call.price, batched=True)
        cost, basis = ledger.price_of(ending, price, call.reserved)
        moves.add(run, sent_at=call.sent_at, reserved=-call.reserved, spent=cost)
        ledger.close(call, ending, cost=cost, basis=basis, now=now)
    bulk.write(rest, ledger.WRITTEN)
    bulk.write([run], ["reserved", "spent"])
    return len(rest)


@transaction.atomic
def dissolve(batch: CallBatch, outcome: Outcome, *, due_at: datetime, now: datetime) -> None:
    """The endpoint never took the batch: its calls cost nothing, and its questions are due again, unspent."""
    run, moves = _locked_run(batch), Moves()
    locks.take(CallBatch.objects.filter(pk=batch.pk))
    RunQuestion.objects.filter(run_id=batch.run_id, owner=owner_of(batch), state=WorkState.RUNNING).update(
        state=WorkState.WAITING,
        owner="",
        lease_expires_at=None,
        next_attempt_at=due_at,
        attempts=F("attempts") - 1,
        failure=outcome.label,
    )
    while _close_some(batch, run, moves, unknown=0, outcome=outcome, now=now):
        pass
    moves.write()
