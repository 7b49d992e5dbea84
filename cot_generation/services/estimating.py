"""What a run would cost, before anything is sent.

Belongs here: the dry run: prompts filled for some of the questions, tokens counted, times the price of today.
Does not: sending a pilot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Avg, Count, StdDev

from cot_generation import money
from cot_generation.choices import Outcome, Stage, Way
from cot_generation.errors import BatchesNotOffered
from cot_generation.models import Call
from cot_generation.prompts import rendering
from cot_generation.selectors import prices
from cot_generation.services import runs
from cot_generation.services.asking import as_asked, tells_answer
from cot_generation.services.facts import gather

PILOT = 20
KNOWN_FROM = 10  # so many answered calls with this prompt and endpoint make a basis
GUESSED_SHARE = (0.15, 0.3, 0.6)  # of the token limit that replies use, where nothing is known: low, middle, high


@dataclass(frozen=True)
class Estimate:
    """Dollars for all questions, low to high. `basis` is `calls` where earlier ones are known, else `guess`."""

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


def estimate(
    *,
    project_id: UUID,
    prompt_id: UUID,
    endpoint_id: UUID,
    way: Way,
    stage: Stage,
    questions: Sequence[tuple[int, int]],
    now: datetime,
    batched: bool = False,
) -> Estimate:
    """Nothing is sent and nothing written. Raises BatchesNotOffered and what `runs.ingredients` refuses."""
    found = runs.ingredients(
        project_id=project_id, prompt_id=prompt_id, endpoint_id=endpoint_id, way=way, stage=stage, now=now
    )
    if batched and found.price.batch_share is None:
        raise BatchesNotOffered(endpoint=found.endpoint.name)
    prompt, endpoint = found.prompt, found.endpoint
    price = prices.as_money(found.price, batched=batched)
    pilot = list(questions[:PILOT])
    facts = gather(project_id, pilot)
    tokens = [0] * len(prompt.steps)
    counted = unanswered = without = 0
    for known in facts.values():
        if known.original is None or not known.candidates:
            without += 1
            continue
        if way == Way.ANSWER_DRIVEN and known.answer is None:
            unanswered += 1
            continue
        counted += 1
        for place, step in enumerate(prompt.steps):
            order = "".join(known.slots)
            asked = as_asked(
                known,
                order=order,
                locale=prompt.locale,
                visible=tells_answer(way, stage, step.name),
                question=None,
            )
            text = rendering.text_of(step, asked, locale=prompt.locale)
            # The observations that the last step repeats are a reply of the first, which is counted there.
            tokens[place] += money.prompt_tokens(
                step.system + text, pictures=1 + len(known.candidates), tokens_per_picture=endpoint.tokens_per_picture
            )
    each_in = sum(tokens) / max(1, counted)
    known_calls = Call.objects.filter(run__prompt=prompt, endpoint=endpoint, outcome=Outcome.ANSWERED)
    seen = known_calls.aggregate(
        n=Count("pk"), out=Avg("completion_tokens"), spread=StdDev("completion_tokens"), given=Avg("prompt_tokens")
    )
    steps, total = len(prompt.steps), len(questions)
    if seen["n"] >= KNOWN_FROM and seen["out"] is not None:
        each_in = float(seen["given"] or each_in / steps) * steps
        middle_out = float(seen["out"]) * steps
        margin = 1.96 * float(seen["spread"] or 0) / math.sqrt(seen["n"]) * steps
        outs = (max(0.0, middle_out - margin), middle_out, middle_out + margin)
        basis = "calls"
    else:
        low, middle, high = (share * prompt.max_tokens * steps for share in GUESSED_SHARE)
        outs, basis = (low, middle, high), "guess"
    dollars = [money.cost(price, input_tokens=round(each_in * total), output_tokens=round(out * total)) for out in outs]
    return Estimate(
        questions=total,
        unanswered=unanswered,
        without_pictures=without,
        calls=total * steps,
        input_tokens_each=round(each_in),
        output_tokens_each=round(outs[1]),
        low=dollars[0],
        middle=dollars[1],
        high=dollars[2],
        ceiling=money.ceiling(
            price, input_tokens=round(each_in * total), max_output_tokens=prompt.max_tokens * steps * total
        ),
        basis=basis,
        sandbox=endpoint.sandbox,
    )
