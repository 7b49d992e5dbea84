"""Five thousand calls while workers are killed, stopped past their lease, and broker and PostgreSQL go under.

Run by hand: `./loupe test tests/torture -m torture`. The provider keeps a journal of what it billed and misbehaves in
four calls of a hundred; at the end its journal and our ledger must tell the same story.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from config.base.choices import WorkState
from cot_generation.choices import CallState, Outcome, PriceBasis, RunState
from cot_generation.models import Call, Endpoint, Rationale, RunQuestion
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import Behaviour, FaultyEndpoint
from tests.platform import Process
from tests.torture.servers import Broker, Database

pytestmark = [pytest.mark.torture, pytest.mark.django_db(transaction=True)]

CALLS = 5000
AT_ONCE = 48
DEADLINE_S = 5
EACH = Decimal("0.0014")  # 1,000 tokens in at $1 and 100 out at $4 a million
PATIENCE_S = 2400


def mostly_well(seed: int) -> Behaviour:
    """One in a hundred each: turned away, an error, dropped after the work, broken JSON."""
    draw = random.Random(seed)
    well = fakes.answers(after_s=0.2)
    faults = [fakes.fails(429, retry_after="0"), fakes.fails(500), fakes.drops, fakes.says('{"sentences": [{"te')]

    async def behave(endpoint: FaultyEndpoint, request: object, body: dict[str, object]) -> object:
        place = draw.randrange(100)
        chosen = faults[place] if place < len(faults) else well
        return await chosen(endpoint, request, body)  # type: ignore[arg-type]  # the same request

    return behave  # type: ignore[return-value]  # narrower arguments than the type's


def test_journal_and_ledger_agree_after_five_thousand_calls_under_fire(
    make_world: Callable[..., World],
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    start_worker: Callable[..., Process],
    tmp_path: Path,
) -> None:
    world = make_world(samples=1)
    world.settle("A")
    provider.usual = mostly_well(seed=7)
    provider.keep_bodies = False
    endpoint = make_endpoint(world, requests_at_once=AT_ONCE, deadline_s=DEADLINE_S)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.many_questions(CALLS))
    database, broker = Database(tmp_path), Broker(tmp_path)
    sweeper = start_worker("upkeep", beat=True, ENDPOINT_HOSTS="127.0.0.1")
    workers = [start_worker("llm", ENDPOINT_HOSTS="127.0.0.1") for _ in range(2)]
    faults: Counter[str] = Counter()
    started, next_fault = time.monotonic(), time.monotonic() + 10
    draw = random.Random(11)

    def kill_a_worker() -> None:
        place = faults.total() % 2
        workers[place].kill()
        workers[place] = start_worker("llm", ENDPOINT_HOSTS="127.0.0.1")

    def stop_a_worker_past_its_lease() -> None:
        victim = workers[faults.total() % 2].process.pid
        os.killpg(victim, signal.SIGSTOP)
        time.sleep(DEADLINE_S + 30 + 8)  # the lease of a sent call, and a sweep
        os.killpg(victim, signal.SIGCONT)

    kinds: dict[str, Callable[[], object]] = {
        "worker killed": kill_a_worker,
        "PostgreSQL shut down at once": database.shut_down_at_once,
        "broker emptied": broker.empty,
        "a session of PostgreSQL killed": lambda: database.kill_a_session(draw),
        "worker stopped past its lease": stop_a_worker_past_its_lease,
        "broker killed": broker.kill,
    }

    while RunQuestion.objects.filter(state__in=[WorkState.WAITING, WorkState.RUNNING]).exists():
        assert time.monotonic() - started < PATIENCE_S, f"the run did not end; faults so far: {dict(faults)}"
        asked = len(provider.journal)
        # By the clock, and by the share of calls made: what goes on at once after a fault may end before the clock.
        due = time.monotonic() >= next_fault or asked >= CALLS * 0.9 * faults.total() / len(kinds)
        if due and asked < CALLS * 0.9:
            kind = list(kinds)[faults.total() % len(kinds)]
            kinds[kind]()
            faults[kind] += 1
            next_fault = time.monotonic() + 10
        time.sleep(0.5)

    assert sweeper.process.poll() is None
    time.sleep(2 * DEADLINE_S)  # what a stopped worker still had in its hands has landed
    run.refresh_from_db()
    ledger = {f"call-{call.pk}": call for call in Call.objects.all()}
    journal = {entry.call: entry for entry in provider.journal}
    print(  # noqa: T201  (the figures that docs/experiments quotes)
        f"{CALLS} questions, {len(ledger)} rows, {len(provider.journal)} requests, faults {dict(faults)}, "
        f"{sum(row.state == CallState.UNKNOWN for row in ledger.values())} of unknown outcome, "
        f"{time.monotonic() - started:.0f} s, load {os.getloadavg()[0]:.1f}"
    )
    assert set(faults) == set(kinds), "every kind of fault was tried"
    assert len(journal) == len(provider.journal), "no row was sent twice"
    assert set(journal) <= set(ledger), "every request that arrived has its row"
    for name, call in ledger.items():
        entry = journal.get(name)
        if call.state == CallState.UNKNOWN:
            assert (call.price_basis, call.cost) == (PriceBasis.CEILING, call.reserved)
        elif call.price_basis == PriceBasis.USAGE:
            assert entry is not None
            assert (entry.billed, call.cost) == ((1000, 100), EACH)
        else:
            assert entry is not None
            assert (entry.billed, call.cost) == (None, Decimal(0))
    assert (run.reserved, run.spent) == (Decimal(0), sum(call.cost for call in ledger.values()))
    assert run.state == RunState.DONE
    ended = Counter(RunQuestion.objects.values_list("state", flat=True))
    assert ended.total() == CALLS
    assert Rationale.objects.count() == ended[WorkState.DONE]
    assert Rationale.objects.values("run_question").distinct().count() == ended[WorkState.DONE]
    accepted = Counter(call.question_id for call in ledger.values() if call.outcome == Outcome.ANSWERED)
    assert max(accepted.values()) == 1, "no question was answered twice"
