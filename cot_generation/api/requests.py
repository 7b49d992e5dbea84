"""Bodies this app accepts."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from config.base.api.requests import StructRequest
from cot_generation.choices import EndpointState, Probe, ReplyFormat, RunPurpose, Stage, Way
from cot_generation.shapes import WritingTrace


class EndpointCreateRequest(StructRequest):
    """A new endpoint. The key is written once and never shown again."""

    name: str
    base_url: str
    model: str
    key: str = ""
    sandbox: bool = False
    reply_format: ReplyFormat = ReplyFormat.JSON_SCHEMA
    requests_at_once: int = 16
    requests_per_minute: int = 600
    tokens_per_minute: int = 2_000_000
    tokens_per_picture: int = 400
    deadline_s: int = 120
    batch_requests: int = 50_000
    batch_megabytes: int = 180


class EndpointChangeRequest(StructRequest):
    """What changes. A new `base_url` clears the key unless a new one comes along."""

    name: str | None = None
    base_url: str | None = None
    model: str | None = None
    key: str | None = None
    sandbox: bool | None = None
    reply_format: ReplyFormat | None = None
    state: EndpointState | None = None
    requests_at_once: int | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    tokens_per_picture: int | None = None
    deadline_s: int | None = None
    batch_requests: int | None = None
    batch_megabytes: int | None = None


class PriceRequest(StructRequest):
    """US dollars per million tokens, from a moment on (now, unless said). `cached_per_million`: input from a cache.

    `batch_share`: what a token in a batch costs, as a share of these; left out where the endpoint takes no batches.
    """

    input_per_million: Decimal
    output_per_million: Decimal
    cached_per_million: Decimal | None = None
    batch_share: Decimal | None = None
    valid_from: datetime | None = None


class PromptStepBody(StructRequest):
    name: str
    system: str
    text: str


class PromptSaveRequest(StructRequest):
    """The next version of the prompt with this name and language."""

    name: str
    locale: str
    way: Way
    stage: Stage
    steps: list[PromptStepBody]
    picture_side: int = 512
    max_tokens: int = 900
    temperature: float = 0.7


class PromptOfferRequest(StructRequest):
    """Names an offered default: to be taken as the project's next version of that name, or declined."""

    name: str
    locale: str


class PromptPreviewRequest(StructRequest):
    """What a model would see of this text on one question; `sample` is an external id, any sample unless given."""

    way: Way
    stage: Stage
    locale: str
    steps: list[PromptStepBody]
    aspect: str = ""
    sample: str = ""


class ScopeBody(StructRequest):
    """Which questions, drawn in an order that the seed fixes. `samples` (external ids) narrows to those."""

    aspects: list[str] = []
    samples: list[str] = []
    only_settled: bool = True
    only_without: bool = True
    limit: int | None = None
    seed: int = 0


class WritingBatchRequest(StructRequest):
    """A batch in which people write rationales, one question a piece; `also_open`: with what waits in open ones too."""

    name: str
    scope: ScopeBody = msgspec.field(default_factory=ScopeBody)
    also_open: bool = False


class RationaleBatchRequest(StructRequest):
    """A batch in which people read rationales that passed or revise those that failed: of one run, or of all.

    `also_open`: with those that wait in another open batch of the kind.
    """

    name: str
    run: UUID | None = None
    limit: int | None = None
    also_open: bool = False


class RunEstimateRequest(StructRequest):
    """What a run would be made of, as RunCreateRequest has it."""

    prompt_id: UUID
    endpoint_id: UUID
    scope: ScopeBody = msgspec.field(default_factory=ScopeBody)
    batched: bool = False
    draws: int = 1
    ask_again: bool = False
    max_tokens: int | None = None


class RunCreateRequest(StructRequest):
    """A run of the prompt's way and stage; it starts at once unless told not to.

    `draws`: an automated question is asked so often and what agrees with the settled answer is kept; a blind-first one
    fails so often before the answer is told. `pilot`: after so many questions the run stops for a look. `ask_again`:
    also what an earlier call answered. `batched`: asked in batches, cheaper and within a day. `max_tokens`: of a reply,
    in place of the prompt's.
    """

    prompt_id: UUID
    endpoint_id: UUID
    cap: Decimal
    purpose: RunPurpose = RunPurpose.RATIONALE
    scope: ScopeBody = msgspec.field(default_factory=ScopeBody)
    start: bool = True
    draws: int = 1
    pilot: int = 0
    ask_again: bool = False
    batched: bool = False
    max_tokens: int | None = None


class RungBody(StructRequest):
    """One rung of a cascade."""

    prompt_id: UUID
    endpoint_id: UUID
    draws: int = 1
    batched: bool = False


class CascadeCreateRequest(StructRequest):
    """Rungs from cheap to dear. What one leaves without a sound rationale goes to the next, at last to people."""

    name: str
    rungs: list[RungBody]
    cap: Decimal
    then_people: bool = True
    scope: ScopeBody = msgspec.field(default_factory=ScopeBody)


class RunCheckRequest(StructRequest):
    """Looks at `limit` rationales of the run by further calls, drawn at random.

    `endpoint_id`: who is asked, the run's own endpoint unless said; `prompt_id`: for reading back and judging, the
    newest of that stage unless said.
    """

    probe: Probe
    cap: Decimal
    limit: int = 100
    endpoint_id: UUID | None = None
    prompt_id: UUID | None = None
    batched: bool = False


class RunChangeRequest(StructRequest):
    """A run's cap, in US dollars."""

    cap: Decimal


class BudgetRequest(StructRequest):
    """Both caps of a project, in US dollars; null: none."""

    total_cap: Decimal | None
    daily_cap: Decimal | None


class SentenceBody(StructRequest):
    """One sentence. Its text may name candidates by letter, which are slots here, or as `{{A}}`."""

    text: str
    slot: str | None = None
    aspect: str | None = None
    defect: bool | None = None
    regions: list[str] = []


class RationaleWriteRequest(StructRequest):
    """The result of an assignment of kind `write_rationale` or `revise_rationale`."""

    fence: int
    sentences: list[SentenceBody]
    concluded: list[str] | None = None
    active_ms: int = 0
    trace: WritingTrace | None = None


class ReadingRequest(StructRequest):
    """The result of an assignment of kind `read_rationale`: a verdict a sentence, null behind the first fault."""

    fence: int
    verdicts: list[bool | None]
    note: str = ""
    active_ms: int = 0


class RationaleReviseRequest(StructRequest):
    sentences: list[SentenceBody]
    concluded: list[str] | None = None


class RationaleCheckRequest(StructRequest):
    """A text that is still being written."""

    sentences: list[SentenceBody]
    concluded: list[str] | None = None
