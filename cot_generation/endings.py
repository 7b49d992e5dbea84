"""What an answer means: for the money, for the endpoint, and for trying again.

Belongs here: one table of outcomes, and reading an `Answer` into an outcome.
Does not: writing any of it (services.settling). Pure functions.

We send again only where nothing can have been billed: refused at the door (429, 503), or never reached. Where the
outcome is not known, or the reply was of no use, one more call at most is made for the step; both are in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cot_generation import wire
from cot_generation.choices import CallState, Outcome, PauseReason, PriceBasis
from cot_generation.providers.answers import NO_WORD, Answer, Room

REST_AT_MOST_S = 120.0
# A reply that ends in so much white space at the token limit was caught in a grammar's loop: more room buys more of it.
BLANKS_AT_END = 64
PROBE_EVERY_S = 30.0
# From so many transport faults in a row on, one call at a time probes the endpoint.
BREAKER_FAULTS = 5


class Next(Enum):
    """What becomes of the question."""

    READ = "read"  # there is content to parse
    AGAIN = "again"  # nothing was billed: due again, no attempt spent
    LATER = "later"  # nothing was billed, but a batch's day is lost: due again until its attempts are spent
    ONE_MORE = "one_more"  # once for a step, then it has failed
    FAIL = "fail"
    PAUSE = "pause"  # the run stands still, the question waits


@dataclass(frozen=True)
class Meaning:
    """`endpoint_fault`: the endpoint rests after it; `transport`: it says that the endpoint itself is down."""

    next: Next
    basis: PriceBasis
    state: CallState = CallState.SETTLED
    endpoint_fault: bool = False
    transport: bool = False
    pause: PauseReason = PauseReason.NONE


_PAID, _FREE, _CEILING = PriceBasis.USAGE, PriceBasis.NONE, PriceBasis.CEILING
_UNKNOWN = CallState.UNKNOWN
MEANINGS: dict[Outcome, Meaning] = {
    Outcome.ANSWERED: Meaning(Next.READ, _PAID),
    Outcome.RATE_LIMITED: Meaning(Next.AGAIN, _FREE, endpoint_fault=True),
    Outcome.OVERLOADED: Meaning(Next.AGAIN, _FREE, endpoint_fault=True),
    Outcome.UNREACHABLE: Meaning(Next.AGAIN, _FREE, endpoint_fault=True, transport=True),
    Outcome.SERVER_ERROR: Meaning(Next.ONE_MORE, _FREE, endpoint_fault=True, transport=True),
    Outcome.TIMED_OUT: Meaning(Next.ONE_MORE, _CEILING, _UNKNOWN, endpoint_fault=True, transport=True),
    Outcome.DROPPED: Meaning(Next.ONE_MORE, _CEILING, _UNKNOWN, endpoint_fault=True, transport=True),
    Outcome.OVERSIZED: Meaning(Next.ONE_MORE, _CEILING, _UNKNOWN),
    Outcome.WORKER_LOST: Meaning(Next.ONE_MORE, _CEILING, _UNKNOWN),
    Outcome.UNREADABLE: Meaning(Next.ONE_MORE, _PAID),
    Outcome.EMPTY: Meaning(Next.ONE_MORE, _PAID),
    Outcome.MALFORMED: Meaning(Next.ONE_MORE, _PAID),
    Outcome.TRUNCATED: Meaning(Next.ONE_MORE, _PAID),
    Outcome.BLANKS: Meaning(Next.ONE_MORE, _PAID),
    Outcome.REFUSED: Meaning(Next.FAIL, _PAID),
    Outcome.FILTERED: Meaning(Next.FAIL, _PAID),
    Outcome.REQUEST_REFUSED: Meaning(Next.FAIL, _FREE),
    Outcome.REDIRECTED: Meaning(Next.PAUSE, _FREE, pause=PauseReason.REQUEST_REFUSED),
    Outcome.KEY_REFUSED: Meaning(Next.PAUSE, _FREE, pause=PauseReason.KEY_REFUSED),
    Outcome.QUOTA: Meaning(Next.PAUSE, _FREE, pause=PauseReason.QUOTA),
    Outcome.MODEL_CHANGED: Meaning(Next.PAUSE, _PAID, pause=PauseReason.MODEL_CHANGED),
    Outcome.LEFT_OVER: Meaning(Next.LATER, _FREE),
    Outcome.MISSING: Meaning(Next.ONE_MORE, _CEILING, _UNKNOWN),
}


@dataclass(frozen=True)
class Ending:
    """One call's end, ready to be written."""

    outcome: Outcome
    status: int | None = None
    model: str = ""
    fingerprint: str = ""
    provider_id: str = ""
    finish_reason: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int = 0  # of the prompt's, billed at the lower price where the endpoint has one
    rest_s: float | None = None
    room: Room = NO_WORD
    latency_ms: int | None = 0  # None: it came in a batch
    body: str = ""
    detail: str = ""

    @property
    def meaning(self) -> Meaning:
        return MEANINGS[self.outcome]


def read(answer: Answer) -> Ending:
    """The outcome of an answer. Of a 2xx reply the finish reason is looked at before the content."""
    rest = _rest_asked(answer)
    if answer.fault is not None:
        return Ending(answer.fault, latency_ms=answer.latency_ms, rest_s=rest)
    status = answer.status or 0
    if not 200 <= status < 300:
        problem = wire.problem_of(answer.body)
        return Ending(
            _refusal(status, problem, answer.body),
            status=status,
            provider_id=answer.request_id,
            rest_s=rest,
            room=answer.room,
            latency_ms=answer.latency_ms,
            body=answer.body,
            detail=(problem.message or "")[:300],
        )
    completion = wire.completion(answer.body)
    choice = completion.choices[0] if completion is not None and completion.choices else None
    usage = completion.usage if completion is not None else None
    return Ending(
        Outcome.UNREADABLE if choice is None else _reply(choice),
        status=status,
        model=((completion.model if completion else None) or "")[:160],
        fingerprint=((completion.system_fingerprint if completion else None) or "")[:80],
        provider_id=((completion.id if completion else None) or answer.request_id)[:160],
        finish_reason=((choice.finish_reason if choice else None) or "")[:40],
        prompt_tokens=usage.prompt_tokens if usage else None,
        completion_tokens=usage.completion_tokens if usage else None,
        cached_tokens=usage.cached if usage else 0,
        rest_s=rest if answer.room.spent else None,
        room=answer.room,
        latency_ms=answer.latency_ms,
        body=answer.body,
    )


def _rest_asked(answer: Answer) -> float | None:
    """Seconds of rest that the server asks for, by `Retry-After` or by saying that its limit is used up."""
    asked = [each for each in (answer.retry_after_s, answer.room.reset_s if answer.room.spent else None) if each]
    if answer.retry_after_s is None and not asked:
        return None
    return min(max(asked, default=0.0), REST_AT_MOST_S)


def _reply(choice: wire.Choice) -> Outcome:
    if choice.finish_reason == "content_filter":
        return Outcome.FILTERED
    if choice.message.refusal:
        return Outcome.REFUSED
    content = choice.message.content or ""
    if choice.finish_reason == "length":
        blank = len(content) - len(content.rstrip())
        return Outcome.BLANKS if blank >= BLANKS_AT_END else Outcome.TRUNCATED
    if not content.strip():
        return Outcome.EMPTY
    return Outcome.ANSWERED


def _refusal(status: int, problem: wire.Problem, body: str) -> Outcome:
    code = str(problem.code or problem.type or "")
    if 300 <= status < 400:
        return Outcome.REDIRECTED
    if status == 429:
        return Outcome.QUOTA if "insufficient_quota" in code or "billing" in code else Outcome.RATE_LIMITED
    if status == 402:
        return Outcome.QUOTA
    if status in (401, 403):
        return Outcome.KEY_REFUSED
    if status == 400 and "content_filter" in code:
        return Outcome.FILTERED
    if status == 503 or (status == 529):
        return Outcome.OVERLOADED
    if status == 408:
        return Outcome.TIMED_OUT
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.REQUEST_REFUSED


def rest_after(ending: Ending, *, faults_in_a_row: int) -> float:
    """Seconds before which nothing more is sent to the endpoint: what it asked for, else growing with its faults."""
    if ending.rest_s is not None:
        return ending.rest_s
    if not ending.meaning.endpoint_fault:
        return 0.0
    if ending.outcome in (Outcome.RATE_LIMITED, Outcome.OVERLOADED, Outcome.UNREACHABLE):
        return min(PROBE_EVERY_S, 0.5 * 2.0 ** min(faults_in_a_row, 6))
    return PROBE_EVERY_S if faults_in_a_row >= BREAKER_FAULTS else 0.0
