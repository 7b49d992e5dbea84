"""How a run goes: what is done, what it cost, why calls failed, how far from sent to ready.

Belongs here: counts over one run, read afresh each time the page asks; and the list of runs.
Does not: the rationales themselves (rationales.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Min, Q, Sum
from django.db.models.functions import TruncMinute
from scipy.special import stdtrit

from config.base.choices import WorkState
from config.base.money import STEP
from cot_generation.checks import CHECKS, OF_PROBE
from cot_generation.choices import CallState, Outcome, RunPurpose, RunState
from cot_generation.endings import MEANINGS, Next
from cot_generation.errors import RunUnknown
from cot_generation.models import Call, CallBatch, Examination, Rationale, Run, RunQuestion
from cot_generation.selectors import judging
from cot_generation.selectors.judging import JudgeInfo
from cot_generation.shapes import ExaminationResult

SERIES_MINUTES = 90
BATCHES_SHOWN = 20  # of a run, the newest
RATE_OVER = timedelta(minutes=3)


@dataclass(frozen=True)
class FailureCount:
    """Calls that ended otherwise than in a rationale, by reason."""

    outcome: Outcome
    count: int
    spent: Decimal
    follows: str


@dataclass(frozen=True)
class Stage:
    """One step of the way from sent to ready: how many got there, were lost at it, or are still on their way to it."""

    name: str
    count: int
    lost: int
    waiting: int = 0


@dataclass(frozen=True)
class Money:
    spent: Decimal
    reserved: Decimal
    cap: Decimal
    each_ready: Decimal | None
    ends_low: Decimal | None
    ends_high: Decimal | None


@dataclass(frozen=True)
class Progress:
    """Everything the live page of a run shows."""

    run: Run
    waiting: int
    running: int
    done: int
    failed: int
    cancelled: int
    ready: int
    failed_a_check: int
    reused: int
    saved: Decimal
    disagreed: int
    money: Money
    calls_settled: int
    calls_unknown: int
    calls_open: int
    tokens_in: float | None
    tokens_out: float | None
    latency_p50_ms: int | None
    latency_p95_ms: int | None
    per_minute: float
    series: tuple[tuple[datetime, int], ...]
    ends_at: datetime | None
    failures: tuple[FailureCount, ...]
    funnel: tuple[Stage, ...]
    examined: ExaminationResult | None
    checked: Checked | None
    judge: JudgeInfo | None
    batches: tuple[CallBatch, ...]
    waits_for: tuple[Awaited, ...]


@dataclass(frozen=True)
class Awaited:
    """A run whose calls on their way ask what `count` questions here would ask; `sent_at`: the earliest of them."""

    run_id: UUID
    number: int
    batched: bool
    sent_at: datetime
    count: int


def _awaited(run: Run, *, now: datetime) -> tuple[Awaited, ...]:
    """Those that hold up most first."""
    held_up = RunQuestion.objects.filter(
        run=run,
        state=WorkState.WAITING,
        waits_for__outcome=Outcome.PENDING,
        waits_for__question__lease_expires_at__gt=now,  # nobody waits for one whose worker is gone
    )
    rows = held_up.values("waits_for__run", "waits_for__run__number", "waits_for__run__batched").annotate(
        sent_at=Min("waits_for__sent_at"), count=Count("pk")
    )
    return tuple(
        Awaited(
            row["waits_for__run"],
            row["waits_for__run__number"],
            row["waits_for__run__batched"],
            row["sent_at"],
            row["count"],
        )
        for row in rows.order_by("-count", "waits_for__run__number")
    )


@dataclass(frozen=True)
class Checked:
    """What a run of purpose `check` found of the rationales that it has looked at."""

    name: str
    passed: int
    failed: int
    nothing: int


def _checked(run: Run) -> Checked | None:
    if run.purpose != RunPurpose.CHECK:
        return None
    name = OF_PROBE[run.probe]
    looked_at = RunQuestion.objects.filter(run=run, state=WorkState.DONE, subject__isnull=False)
    said = [
        found[name].passed
        for found in looked_at.values_list("subject__checks", flat=True).iterator(chunk_size=1000)
        if name in found
    ]
    return Checked(name, said.count(True), said.count(False), said.count(None))


def one(*, project_id: UUID, run_id: UUID) -> Run:
    """Raises RunUnknown, also for another project's."""
    run = Run.objects.in_project(project_id).select_related("endpoint", "prompt").filter(pk=run_id).first()
    if run is None:
        raise RunUnknown(run_id=str(run_id))
    return run


def of_project(project_id: UUID) -> list[Run]:
    """Every run, newest first."""
    return list(Run.objects.in_project(project_id).order_by("-number"))


def _follows(outcome: Outcome) -> str:
    """A code for what happens after such a call; the page has the words."""
    meaning = MEANINGS.get(outcome)
    return meaning.next.value if meaning is not None else Next.FAIL.value


def _failures(run: Run) -> tuple[FailureCount, ...]:
    bad = Call.objects.filter(run=run).exclude(outcome__in=[Outcome.PENDING, Outcome.ANSWERED])
    rows = bad.values("outcome").annotate(count=Count("pk"), spent=Sum("cost")).order_by("-count", "outcome")
    found = [
        FailureCount(
            Outcome(row["outcome"]), row["count"], row["spent"] or Decimal(0), _follows(Outcome(row["outcome"]))
        )
        for row in rows
    ]
    unasked = RunQuestion.objects.filter(
        run=run, state=WorkState.FAILED, outcome__in=[Outcome.NO_PICTURES, Outcome.NO_ANSWER, Outcome.ATTEMPTS_SPENT]
    )
    found.extend(
        FailureCount(Outcome(row["outcome"]), row["count"], Decimal(0), Next.FAIL.value)
        for row in unasked.values("outcome").annotate(count=Count("pk")).order_by("outcome")
    )
    return tuple(found)


def _check_failures(run: Run) -> dict[str, int]:
    """By check: rationales that it was the first to stop, so that the funnel's steps add up."""
    counts = dict.fromkeys(CHECKS, 0)
    stopped = Rationale.objects.filter(run_question__run=run, passed=False).values_list("failed")
    for failed, count in stopped.annotate(n=Count("pk")).order_by():
        first = next((name for name in CHECKS if name in failed), None)
        if first is not None:
            counts[first] += count
    return counts


def _funnel(run: Run, states: dict[str, int], written: int) -> tuple[Stage, ...]:
    asked = Q(calls__isnull=False) | Q(reused=True)
    open_ = Q(state__in=[WorkState.WAITING, WorkState.RUNNING])
    seen = RunQuestion.objects.filter(asked, run=run).aggregate(
        sent=Count("pk", distinct=True), waiting=Count("pk", distinct=True, filter=open_)
    )
    sent, waiting = seen["sent"], seen["waiting"]
    unreadable = RunQuestion.objects.filter(
        run=run,
        state=WorkState.FAILED,
        outcome__in=[Outcome.MALFORMED, Outcome.EMPTY, Outcome.TRUNCATED, Outcome.BLANKS],
    ).count()
    answered = states.get("done", 0) + unreadable
    stages = [Stage("sent", sent, 0), Stage("answered", answered, max(0, sent - answered - waiting), waiting)]
    stages.append(Stage("fits_schema", answered - unreadable, unreadable))
    if run.purpose != RunPurpose.RATIONALE:
        return tuple(stages)
    if run.draws > 1:
        stages.append(Stage("agrees", written, max(0, answered - unreadable - written)))
    left = written
    for name, lost in _check_failures(run).items():
        left -= lost
        stages.append(Stage(name, left, lost))
    return tuple(stages)


def _percentile(values: Sequence[int], share: float) -> int | None:
    """By nearest rank."""
    return values[max(0, math.ceil(share * len(values)) - 1)] if values else None


def of_run(*, project_id: UUID, run_id: UUID, now: datetime) -> Progress:
    """Raises RunUnknown."""
    run = one(project_id=project_id, run_id=run_id)
    questions = RunQuestion.objects.filter(run=run)
    states = {row["state"]: row["n"] for row in questions.values("state").annotate(n=Count("pk")).order_by()}
    rationales = Rationale.objects.filter(run_question__run=run).aggregate(
        all=Count("pk"), ready=Count("pk", filter=Q(passed=True))
    )
    calls = Call.objects.filter(run=run)
    counted = calls.aggregate(
        settled=Count("pk", filter=Q(state=CallState.SETTLED)),
        unknown=Count("pk", filter=Q(state=CallState.UNKNOWN)),
        open=Count("pk", filter=Q(state=CallState.SENT)),
        tokens_in=Avg("prompt_tokens", filter=Q(outcome=Outcome.ANSWERED)),
        tokens_out=Avg("completion_tokens", filter=Q(outcome=Outcome.ANSWERED)),
    )
    answered = calls.filter(outcome=Outcome.ANSWERED).order_by("-pk").values_list("latency_ms", flat=True)
    recent = sorted(ms for ms in answered[:1000] if ms is not None)
    reused = questions.filter(reused=True).aggregate(n=Count("pk"), saved=Sum("saved", default=Decimal(0)))
    done, failed = states.get("done", 0), states.get("failed", 0)
    ready = rationales["ready"] if run.purpose == RunPurpose.RATIONALE else done
    series = _series(run, now=now)
    per_minute = _rate(run, now=now)
    left = states.get("waiting", 0) + states.get("running", 0)
    ends_at = now + timedelta(minutes=left / per_minute) if per_minute > 0 and left and run.state == "running" else None
    return Progress(
        run=run,
        waiting=states.get("waiting", 0),
        running=states.get("running", 0),
        done=done,
        failed=failed,
        cancelled=states.get("cancelled", 0),
        ready=ready,
        failed_a_check=rationales["all"] - rationales["ready"],
        reused=reused["n"],
        saved=reused["saved"],
        disagreed=questions.filter(outcome=Outcome.DISAGREED).count(),
        money=_money(run, ended=done + failed, left=left, ready=ready),
        calls_settled=counted["settled"],
        calls_unknown=counted["unknown"],
        calls_open=counted["open"],
        tokens_in=counted["tokens_in"],
        tokens_out=counted["tokens_out"],
        latency_p50_ms=_percentile(recent, 0.5),
        latency_p95_ms=_percentile(recent, 0.95),
        per_minute=per_minute,
        series=series,
        ends_at=ends_at,
        failures=_failures(run),
        funnel=_funnel(run, states, rationales["all"]),
        examined=Examination.objects.filter(run=run).values_list("result", flat=True).first(),
        checked=_checked(run),
        judge=judging.of_run(run),
        batches=tuple(CallBatch.objects.filter(run=run).order_by("-pk")[:BATCHES_SHOWN]) if run.batched else (),
        waits_for=_awaited(run, now=now),
    )


def _money(run: Run, *, ended: int, left: int, ready: int) -> Money:
    """The end is what an ended question cost on average, with the interval (95 %) in which the rest will lie.

    Some that have not ended are paid in part: what they cost so far is no cost of those that have. While it is the
    greater share nothing is foretold, as the first to end of several steps are those that failed.
    """
    low = high = None
    begun = RunQuestion.objects.filter(run=run, state__in=[WorkState.WAITING, WorkState.RUNNING])
    begun_cost = begun.aggregate(cost=Sum("calls__cost"))["cost"] or Decimal(0)
    ended_cost = run.spent - begun_cost
    if ended and left and begun_cost <= ended_cost:
        each = ended_cost / ended
        rows = RunQuestion.objects.filter(run=run, state__in=[WorkState.DONE, WorkState.FAILED])
        costs = [
            row["cost"] or Decimal(0)
            for row in rows.order_by("-pk").annotate(cost=Sum("calls__cost")).values("cost")[:500]
        ]
        mean = float(sum(costs)) / len(costs) if costs else float(each)
        spread = math.sqrt(sum((float(cost) - mean) ** 2 for cost in costs) / max(1, len(costs) - 1))
        # Student's t, since a pilot has twenty questions; so many left spread by themselves too.
        quantile = float(stdtrit(max(1, len(costs) - 1), 0.975))
        margin = Decimal(quantile * spread * math.sqrt(left * left / max(1, len(costs)) + left))
        low = max(run.spent, ended_cost + each * left - margin)
        high = max(run.spent, ended_cost + each * left + margin)
    return Money(
        spent=run.spent,
        reserved=run.reserved,
        cap=run.cap,
        each_ready=(run.spent / ready).quantize(STEP) if ready else None,
        ends_low=None if low is None else low.quantize(STEP),
        ends_high=None if high is None else high.quantize(STEP),
    )


def _ended(run: Run) -> Any:
    """Calls whose answer ended a question; at which step that is differs, for blind first may never come to tell."""
    ended = RunQuestion.objects.filter(run=run, state=WorkState.DONE)
    return Call.objects.filter(run=run, outcome=Outcome.ANSWERED, pk__in=ended.values("last_call"))


def _rate(run: Run, *, now: datetime) -> float:
    """Answers a minute: lately, of a run that has ended over its whole time."""
    started, until = run.started_at or now, run.finished_at or now
    since = started if run.finished_at else max(now - RATE_OVER, started)
    minutes = (until - since).total_seconds() / 60
    return _ended(run).filter(settled_at__gte=since).count() / minutes if minutes > 0.02 else 0.0


def _series(run: Run, *, now: datetime) -> tuple[tuple[datetime, int], ...]:
    """Answers a minute, minutes without any included, over the last 90 minutes in which the run worked."""
    last = _ended(run).order_by("-settled_at").values_list("settled_at", flat=True).first()
    if last is None:
        return ()
    # While it runs up to now, so that a standstill shows; afterwards up to its last answer.
    upto = (now if run.state == RunState.RUNNING else last).replace(second=0, microsecond=0)
    since = max(upto - timedelta(minutes=SERIES_MINUTES - 1), (run.started_at or upto).replace(second=0, microsecond=0))
    rows = (
        _ended(run)
        .filter(settled_at__gte=since)
        .annotate(minute=TruncMinute("settled_at"))
        .values("minute")
        .annotate(n=Count("pk"))
        .order_by("minute")
    )
    counts = {row["minute"]: row["n"] for row in rows}
    minutes = int((upto - since).total_seconds() // 60) + 1
    return tuple((minute, counts.get(minute, 0)) for minute in (since + timedelta(minutes=n) for n in range(minutes)))


@dataclass(frozen=True)
class RunLine:
    """A run in the list."""

    run: Run
    ended: int
    ready: int


def lines(rows: Sequence[Run]) -> list[RunLine]:
    """The runs with their counts, in two statements for all of them."""
    ids = [run.pk for run in rows]
    questions = RunQuestion.objects.filter(run_id__in=ids, state__in=[WorkState.DONE, WorkState.FAILED])
    ended = dict(questions.values_list("run_id").annotate(n=Count("pk")).order_by())
    passed = Rationale.objects.filter(run_question__run_id__in=ids, passed=True)
    ready = dict(
        passed.annotate(run_id=F("run_question__run_id")).values_list("run_id").annotate(n=Count("pk")).order_by()
    )
    return [RunLine(run, ended.get(run.pk, 0), ready.get(run.pk, 0)) for run in rows]
