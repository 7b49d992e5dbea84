"""Runs: the list, one run live, what it would cost before it starts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from cot_generation.choices import (
    BatchPhase,
    Outcome,
    PauseReason,
    Probe,
    RunPurpose,
    RunState,
    Stage,
    Way,
)
from cot_generation.models import CallBatch
from cot_generation.selectors.judging import JudgeInfo
from cot_generation.selectors.progress import Progress, RunLine
from cot_generation.services.estimating import Estimate
from cot_generation.shapes import ExaminationResult, JudgeFigures


class RunRow(msgspec.Struct):
    """A run in a list. `needs`: what its next call may cost, where the project's cap stopped it for that."""

    id: UUID
    number: int
    purpose: RunPurpose
    probe: Probe
    way: Way
    stage: Stage
    state: RunState
    pause_reason: PauseReason
    sandbox: bool
    endpoint: str
    model: str
    prompt: str
    prompt_version: int
    locale: str
    question_count: int
    ended: int
    ready: int
    spent: Decimal
    cap: Decimal
    needs: Decimal | None
    draws: int
    pilot_count: int
    batched: bool
    max_tokens: int
    cascade_id: UUID | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, line: RunLine) -> RunRow:
        run = line.run
        return cls(
            id=run.pk,
            number=run.number,
            purpose=RunPurpose(run.purpose),
            probe=Probe(run.probe),
            way=Way(run.way),
            stage=Stage(run.stage),
            state=RunState(run.state),
            pause_reason=PauseReason(run.pause_reason),
            sandbox=run.sandbox,
            endpoint=run.endpoint.name,
            model=run.endpoint.model,
            prompt=run.prompt.name,
            prompt_version=run.prompt.version,
            locale=run.prompt.locale,
            question_count=run.question_count,
            ended=line.ended,
            ready=line.ready,
            spent=run.spent,
            cap=run.cap,
            needs=run.needs,
            draws=run.draws,
            pilot_count=run.pilot_count,
            batched=run.batched,
            max_tokens=run.max_tokens or run.prompt.max_tokens,
            cascade_id=run.cascade_id,
            created_at=run.created_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
        )


class RunPage(msgspec.Struct):
    results: list[RunRow]
    after: str | None


class FailureRow(msgspec.Struct):
    """`follows`: `again`, `one_more`, `fail` or `pause`."""

    outcome: Outcome
    label: str
    count: int
    spent: Decimal
    follows: str


class FunnelRow(msgspec.Struct):
    """`name`: sent, answered, fits_schema, schema, conclusion, contradiction, leak.

    `waiting` of those before are asked or about to be asked again: neither here yet nor lost.
    """

    name: str
    count: int
    lost: int
    waiting: int


class MinuteCount(msgspec.Struct):
    at: datetime
    count: int


class CheckedRow(msgspec.Struct):
    """What a run of purpose `check` found so far; `name` is the check that it writes beside each rationale."""

    name: str
    passed: int
    failed: int
    nothing: int


class JudgeRow(msgspec.Struct):
    """A model judge; without `figures` nobody has measured what it misses."""

    model: str
    figures: JudgeFigures | None
    measured_at: datetime | None

    @classmethod
    def of(cls, info: JudgeInfo | None) -> JudgeRow | None:
        return None if info is None else cls(info.model, info.figures, info.measured_at)


class CallBatchRow(msgspec.Struct):
    """Calls that went to the endpoint in one file. `provider_done` and `provider_failed`: as the endpoint counts."""

    phase: BatchPhase
    call_count: int
    provider_status: str
    provider_done: int
    provider_failed: int
    submitted_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, row: CallBatch) -> CallBatchRow:
        return cls(
            BatchPhase(row.phase),
            row.call_count,
            row.provider_status,
            row.provider_done,
            row.provider_failed,
            row.submitted_at,
            row.ended_at,
        )


class AwaitedRow(msgspec.Struct):
    """A run that has on its way what `count` questions here would ask; they wait for its replies.

    `sent_at`: when the earliest of those calls went out, in a batch if `batched`.
    """

    run_id: UUID
    number: int
    batched: bool
    sent_at: datetime
    count: int


class RunDetail(msgspec.Struct):
    """Everything the live page of a run shows. `batches`: the newest first, empty where calls go out singly.

    `per_minute`: answers in the last three minutes, of a run that has ended over its whole time.
    """

    run: RunRow
    waiting: int
    running: int
    done: int
    failed: int
    cancelled: int
    ready: int
    failed_a_check: int
    spent: Decimal
    reserved: Decimal
    each_ready: Decimal | None
    ends_low: Decimal | None
    ends_high: Decimal | None
    reused: int
    saved: Decimal
    disagreed: int
    calls_settled: int
    calls_unknown: int
    calls_open: int
    tokens_in: float | None
    tokens_out: float | None
    latency_p50_ms: int | None
    latency_p95_ms: int | None
    per_minute: float
    at_once: int
    series: list[MinuteCount]
    ends_at: datetime | None
    rests_until: datetime | None
    failures: list[FailureRow]
    funnel: list[FunnelRow]
    examined: ExaminationResult | None
    checked: CheckedRow | None
    judge: JudgeRow | None
    batches: list[CallBatchRow]
    waits_for: list[AwaitedRow]

    @classmethod
    def of(cls, found: Progress, *, now: datetime) -> RunDetail:
        rests = found.run.endpoint.rests_until
        return cls(
            run=RunRow.of(RunLine(found.run, found.done + found.failed, found.ready)),
            waiting=found.waiting,
            running=found.running,
            done=found.done,
            failed=found.failed,
            cancelled=found.cancelled,
            ready=found.ready,
            failed_a_check=found.failed_a_check,
            spent=found.money.spent,
            reserved=found.money.reserved,
            each_ready=found.money.each_ready,
            ends_low=found.money.ends_low,
            ends_high=found.money.ends_high,
            reused=found.reused,
            saved=found.saved,
            disagreed=found.disagreed,
            calls_settled=found.calls_settled,
            calls_unknown=found.calls_unknown,
            calls_open=found.calls_open,
            tokens_in=found.tokens_in,
            tokens_out=found.tokens_out,
            latency_p50_ms=found.latency_p50_ms,
            latency_p95_ms=found.latency_p95_ms,
            per_minute=found.per_minute,
            at_once=found.run.endpoint.requests_at_once,
            series=[MinuteCount(at, count) for at, count in found.series],
            ends_at=found.ends_at,
            rests_until=rests if rests and rests > now else None,
            failures=[
                FailureRow(each.outcome, Outcome(each.outcome).label, each.count, each.spent, each.follows)
                for each in found.failures
            ],
            funnel=[FunnelRow(stage.name, stage.count, stage.lost, stage.waiting) for stage in found.funnel],
            examined=found.examined,
            checked=None if found.checked is None else msgspec.convert(found.checked, CheckedRow, from_attributes=True),
            judge=JudgeRow.of(found.judge),
            batches=[CallBatchRow.of(each) for each in found.batches],
            waits_for=[msgspec.convert(each, AwaitedRow, from_attributes=True) for each in found.waits_for],
        )


class TokenLimit(msgspec.Struct):
    """A proposed limit of a reply's tokens: 1.5 times what 99 % of `replies` had at most, never below what was cut off.

    `cut_off_share`: of all replies looked at, those that met their limit.
    """

    max_tokens: int
    replies: int
    p99: int
    cut_off: int
    cut_off_share: float


class Reused(msgspec.Struct):
    """Replies of earlier calls to the very same requests, and the US dollars that they had cost.

    `exact` is false where so many questions were asked before that some of them stand for all.
    """

    replies: int
    usd: Decimal
    exact: bool


class RunEstimate(msgspec.Struct):
    """US dollars for all questions but what is `reused`. `basis`: `calls` where earlier ones are known, else `guess`.

    `max_tokens` is the prompt's; `proposal` another one, where earlier replies say so.
    """

    questions: int
    unanswered: int
    without_pictures: int
    calls: int
    input_tokens_each: int
    output_tokens_each: int
    low: Decimal
    middle: Decimal
    high: Decimal
    ceiling: Decimal
    basis: str
    sandbox: bool
    max_tokens: int
    proposal: TokenLimit | None
    reused: Reused

    @classmethod
    def of(cls, found: Estimate) -> RunEstimate:
        return msgspec.convert(found, cls, from_attributes=True)
