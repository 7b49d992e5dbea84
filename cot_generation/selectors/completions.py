"""What an endpoint answered in a run of purpose `evaluation`.

Belongs here: one completion a question, also where it failed, so that a scorer divides by all.
Does not: scoring (the trainer does, by the same lines as for a checkpoint's own completions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from cot_generation import letters, wire
from cot_generation.choices import Outcome
from cot_generation.models import RunQuestion


@dataclass(frozen=True)
class CompletionInfo:
    """`text` is the model's content as it came, "" where none came; `answer` its set of slots, None where unreadable.

    `letters` maps each letter that `text` uses to the slot behind it.
    """

    sample_id: int
    aspect_id: int
    text: str
    answer: tuple[str, ...] | None
    letters: dict[str, str]
    outcome: Outcome
    model: str
    finish_reason: str
    prompt_tokens: int | None
    completion_tokens: int | None
    cost_usd: Decimal


def of_run(run_id: UUID) -> Iterator[CompletionInfo]:
    """In the order in which the questions were given."""
    rows = RunQuestion.objects.filter(run_id=run_id).select_related("last_call").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        call = row.last_call
        content = wire.content_of(call.reply) if call is not None and call.reply else ""
        yield CompletionInfo(
            sample_id=row.sample_id,
            aspect_id=row.aspect_id,
            text=content,
            answer=None if row.concluded is None else tuple(row.concluded),
            letters=letters.shown(call.letters) if call is not None else {},
            outcome=Outcome(row.outcome),
            model=call.model if call is not None else "",
            finish_reason=call.finish_reason if call is not None else "",
            prompt_tokens=call.prompt_tokens if call is not None else None,
            completion_tokens=call.completion_tokens if call is not None else None,
            cost_usd=call.cost if call is not None else Decimal(0),
        )
