"""Replies of this app. Money is US dollars as a decimal string; texts name slots as `{{A}}`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from cot_generation import purity
from cot_generation.choices import (
    BatchPhase,
    CascadeState,
    EndpointState,
    Origin,
    Outcome,
    PauseReason,
    Probe,
    ReplyFormat,
    RunPurpose,
    RunState,
    Stage,
    Way,
)
from cot_generation.models import CallBatch, Endpoint, EndpointPrice, Prompt
from cot_generation.prompts.diffing import PartChange
from cot_generation.selectors.budgets import BudgetStanding
from cot_generation.selectors.cascades import CascadeStanding
from cot_generation.selectors.judging import JudgeInfo
from cot_generation.selectors.progress import Progress, RunLine
from cot_generation.selectors.prompts import Offer
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.services.estimating import Estimate
from cot_generation.shapes import CheckOutcome, EndpointTest, ExaminationResult, JudgeFigures, WritingTrace


class PriceRow(msgspec.Struct):
    """US dollars per million tokens from a moment on."""

    valid_from: datetime
    input_per_million: Decimal
    output_per_million: Decimal
    cached_per_million: Decimal | None
    batch_share: Decimal | None

    @classmethod
    def of(cls, row: EndpointPrice) -> PriceRow:
        return cls(
            row.valid_from, row.input_per_million, row.output_per_million, row.cached_per_million, row.batch_share
        )


class EndpointRow(msgspec.Struct):
    """An endpoint; `prices` newest first, `price` the one that holds today. `batch_…`: what one batch may hold."""

    id: UUID
    name: str
    base_url: str
    has_key: bool
    key_hint: str
    model: str
    sandbox: bool
    reply_format: ReplyFormat
    state: EndpointState
    requests_at_once: int
    requests_per_minute: int
    tokens_per_minute: int
    tokens_per_picture: int
    deadline_s: int
    batch_requests: int
    batch_megabytes: int
    rests_until: datetime | None
    faults_in_a_row: int
    last_test: EndpointTest | None
    price: PriceRow | None
    prices: list[PriceRow]
    calls_last_hour: int
    latency_ms: int | None
    waiting: int

    @classmethod
    def of(
        cls, row: Endpoint, prices: list[EndpointPrice], traffic: tuple[int, int | None, int], *, now: datetime
    ) -> EndpointRow:
        calls, latency, waiting = traffic
        return cls(
            id=row.pk,
            name=row.name,
            base_url=row.base_url,
            has_key=row.key_cipher is not None,
            key_hint=row.key_hint,
            model=row.model,
            sandbox=row.sandbox,
            reply_format=ReplyFormat(row.reply_format),
            state=EndpointState(row.state),
            requests_at_once=row.requests_at_once,
            requests_per_minute=row.requests_per_minute,
            tokens_per_minute=row.tokens_per_minute,
            tokens_per_picture=row.tokens_per_picture,
            deadline_s=row.deadline_s,
            batch_requests=row.batch_requests,
            batch_megabytes=row.batch_megabytes,
            rests_until=row.rests_until if row.rests_until and row.rests_until > now else None,
            faults_in_a_row=row.faults_in_a_row,
            last_test=row.last_test,
            price=next((PriceRow.of(price) for price in prices if price.valid_from <= now), None),
            prices=[PriceRow.of(price) for price in prices],
            calls_last_hour=calls,
            latency_ms=latency,
            waiting=waiting,
        )


class EndpointList(msgspec.Struct):
    """`hosts` are the addresses that an administrator allows."""

    results: list[EndpointRow]
    hosts: list[str]


class PromptStepRow(msgspec.Struct):
    name: str
    system: str
    text: str


class PromptRow(msgspec.Struct):
    """One version of a prompt, with what its runs made of it."""

    id: UUID
    name: str
    locale: str
    version: int
    way: Way
    stage: Stage
    steps: list[PromptStepRow]
    picture_side: int
    max_tokens: int
    temperature: float
    created_at: datetime
    created_by: str
    rationales: int
    passed: int

    @classmethod
    def of(cls, row: Prompt, *, author: str, made: tuple[int, int]) -> PromptRow:
        return cls(
            id=row.pk,
            name=row.name,
            locale=row.locale,
            version=row.version,
            way=Way(row.way),
            stage=Stage(row.stage),
            steps=[PromptStepRow(step.name, step.system, step.text) for step in row.steps],
            picture_side=row.picture_side,
            max_tokens=row.max_tokens,
            temperature=row.temperature,
            created_at=row.created_at,
            created_by=author,
            rationales=made[0],
            passed=made[1],
        )


class PromptOfferRow(msgspec.Struct):
    """A default that the project does not have, against the project's newest version of that name."""

    name: str
    locale: str
    way: Way
    stage: Stage
    next_version: int
    parts: list[PartChange]

    @classmethod
    def of(cls, found: Offer) -> PromptOfferRow:
        default = found.default
        parts = [each for each in found.parts if each.changed]
        return cls(default.name, default.locale, default.way, default.stage, found.next_version, parts)


class PromptList(msgspec.Struct):
    """Newest first; `placeholders` are the names that a text may use after a dollar sign."""

    results: list[PromptRow]
    placeholders: list[str]
    picture_sides: list[int]
    offers: list[PromptOfferRow]


class PreviewPicture(msgspec.Struct):
    """A picture as it would be sent: its letter ("" for the original), its slot, and its hash to look at."""

    letter: str
    slot: str
    sha256: str


class PreviewStep(msgspec.Struct):
    name: str
    system: str
    text: str
    tells_answer: bool
    tokens: int


class PromptPreview(msgspec.Struct):
    sample: str
    aspect: str
    pictures: list[PreviewPicture]
    steps: list[PreviewStep]


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


class RungRow(msgspec.Struct):
    """One rung; `run` is None until the cascade has come there."""

    prompt: str
    prompt_version: int
    way: Way
    stage: Stage
    endpoint: str
    sandbox: bool
    draws: int
    batched: bool
    run: RunRow | None


class CascadeRow(msgspec.Struct):
    """A cascade. `left_count` questions went to people (`batch_id`), or to nobody, after the last rung."""

    id: UUID
    name: str
    state: CascadeState
    ended_because: str
    cap: Decimal
    spent: Decimal
    then_people: bool
    batch_id: UUID | None
    left_count: int | None
    created_at: datetime
    rungs: list[RungRow]

    @classmethod
    def of(cls, found: CascadeStanding) -> CascadeRow:
        cascade = found.cascade
        return cls(
            id=cascade.pk,
            name=cascade.name,
            state=CascadeState(cascade.state),
            ended_because=cascade.ended_because,
            cap=cascade.cap,
            spent=sum((each.line.run.spent for each in found.rungs if each.line), Decimal(0)),
            then_people=cascade.then_people,
            batch_id=cascade.batch_id,
            left_count=cascade.left_count,
            created_at=cascade.created_at,
            rungs=[
                RungRow(
                    each.prompt.name,
                    each.prompt.version,
                    Way(each.prompt.way),
                    Stage(each.prompt.stage),
                    each.endpoint.name,
                    each.endpoint.sandbox,
                    each.draws,
                    each.batched,
                    None if each.line is None else RunRow.of(each.line),
                )
                for each in found.rungs
            ],
        )


class CascadeList(msgspec.Struct):
    results: list[CascadeRow]


class UsedRow(msgspec.Struct):
    """US dollars: paid for, and reserved for calls that are open."""

    spent: Decimal
    reserved: Decimal


class BudgetRow(msgspec.Struct):
    """A project's money. `day` is today in UTC; a call counts on the day on which its intent was written.

    Play money is that of sandbox endpoints: counted apart, under the same caps.
    """

    total_cap: Decimal | None
    daily_cap: Decimal | None
    day: date
    today: UsedRow
    in_all: UsedRow
    play_today: UsedRow
    play_in_all: UsedRow

    @classmethod
    def of(cls, found: BudgetStanding) -> BudgetRow:
        return msgspec.convert(found, cls, from_attributes=True)


class FailureRow(msgspec.Struct):
    """`follows`: `again`, `one_more`, `fail` or `pause`."""

    outcome: Outcome
    label: str
    count: int
    spent: Decimal
    follows: str


class FunnelRow(msgspec.Struct):
    """`name`: sent, answered, fits_schema, schema, conclusion, contradiction, leak."""

    name: str
    count: int
    lost: int


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


class RunDetail(msgspec.Struct):
    """Everything the live page of a run shows. `batches`: the newest first, empty where calls go out singly."""

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
            funnel=[FunnelRow(stage.name, stage.count, stage.lost) for stage in found.funnel],
            examined=found.examined,
            checked=None if found.checked is None else msgspec.convert(found.checked, CheckedRow, from_attributes=True),
            judge=JudgeRow.of(found.judge),
            batches=[CallBatchRow.of(each) for each in found.batches],
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


class SentenceRow(msgspec.Struct):
    text: str
    slot: str | None
    aspect: str | None
    defect: bool | None
    regions: list[str]
    span: tuple[int, int]


class QuestionNames(msgspec.Struct):
    """A question in words people know."""

    sample_id: int
    sample: str
    aspect_id: int
    aspect: str


class RationaleRow(msgspec.Struct):
    """A rationale in a list."""

    id: int
    question: QuestionNames
    way: Way
    stage: Stage
    origin: Origin
    text: str
    concluded: list[str] | None
    answer: list[str] | None
    answer_visible: bool
    passed: bool
    failed_checks: list[str]
    sandbox: bool
    cost_usd: Decimal
    active_ms: int
    author: str
    run_id: UUID | None
    created_at: datetime
    pictures: dict[str, str]

    @classmethod
    def of(cls, info: RationaleInfo, names: QuestionNames, *, author: str, pictures: Mapping[str, str]) -> RationaleRow:
        return cls(
            id=info.id,
            question=names,
            way=info.way,
            stage=info.stage,
            origin=info.origin,
            text=info.text,
            concluded=None if info.concluded is None else list(info.concluded),
            answer=None if info.answer is None else list(info.answer),
            answer_visible=info.answer_visible,
            passed=info.passed,
            failed_checks=list(info.failed),
            sandbox=info.sandbox,
            cost_usd=info.cost_usd,
            active_ms=info.active_ms,
            author=author,
            run_id=info.run_id,
            created_at=info.created_at,
            pictures=dict(pictures),
        )


class RationalePage(msgspec.Struct):
    """Newest first."""

    results: list[RationaleRow]
    after: str | None


class VersionRow(msgspec.Struct):
    """One version of a rationale; `kept_share` is how much of the one before survived, `edit_distance` in words."""

    id: int
    origin: Origin
    author: str
    created_at: datetime
    kept_share: float | None
    edit_distance: int | None
    active_ms: int


class ReadingRow(msgspec.Struct):
    """What one reader said, a verdict a sentence; `version` is the rationale that was read."""

    version: int
    reader: str
    verdicts: list[bool | None]
    first_fault: int | None
    note: str
    active_ms: int
    read_at: datetime


class WritingEvidence(msgspec.Struct):
    """How a person's text came about, in characters; pauses between keys in ms. Evidence, not a verdict."""

    typed: int
    pasted: int
    pastes: int
    pasted_share: float | None
    pause_p10_ms: float | None
    pause_p50_ms: float | None
    pause_p90_ms: float | None
    text_characters: int

    @classmethod
    def of(cls, trace: WritingTrace, *, text: str) -> WritingEvidence:
        pace = purity.pace(trace.gaps)
        return cls(
            typed=trace.typed,
            pasted=trace.pasted,
            pastes=trace.pastes,
            pasted_share=purity.pasted_share(trace),
            pause_p10_ms=pace.p10 if pace else None,
            pause_p50_ms=pace.p50 if pace else None,
            pause_p90_ms=pace.p90 if pace else None,
            text_characters=len(text),
        )


class ReadingReport(msgspec.Struct):
    """The reading as it was taken."""

    first_fault: int | None


class CallRow(msgspec.Struct):
    """One request behind a rationale."""

    id: int
    step: int
    outcome: Outcome
    model: str
    prompt_tokens: int | None
    completion_tokens: int | None
    latency_ms: int | None
    cost: Decimal
    price_basis: str
    sent_at: datetime


class RegionRow(msgspec.Struct):
    """A region that people marked; `box` in shares of the picture."""

    id: str
    slot: str
    box: tuple[float, float, float, float]
    note: str


class RationaleDetail(msgspec.Struct):
    """One rationale with its checks, its versions and the calls that made it."""

    rationale: RationaleRow
    sentences: list[SentenceRow]
    checks: dict[str, CheckOutcome]
    severities: dict[str, str]
    regions: list[RegionRow]
    versions: list[VersionRow]
    calls: list[CallRow]
    readings: list[ReadingRow]
    writing: WritingEvidence | None
    judge: JudgeRow | None


class RationaleTask(msgspec.Struct):
    """What somebody needs who writes, reads or revises a rationale; `draft` is the one to read or revise.

    `first_fault`: where the last reader found it, for those who revise.
    """

    question: QuestionNames
    aspect_names: dict[str, str]
    answer: list[str] | None
    severities: dict[str, str]
    regions: list[RegionRow]
    draft: list[SentenceRow] | None
    draft_concluded: list[str] | None
    draft_checks: dict[str, CheckOutcome]
    first_fault: int | None


class HandworkBatch(msgspec.Struct):
    """The batch that was made."""

    id: UUID
    pieces: int


class CheckReport(msgspec.Struct):
    """What the checks say; nothing was stored."""

    passed: bool
    checks: dict[str, CheckOutcome]


class WayCostRow(msgspec.Struct):
    way: Way
    latest: int
    passed: int
    calls_usd: Decimal
    active_ms: int
    active_usd: Decimal
    total_usd: Decimal


class RationaleSummary(msgspec.Struct):
    """Counts and costs by way, and the hourly rate that active time is costed at."""

    ways: list[WayCostRow]
    hourly_rate_usd: Decimal
