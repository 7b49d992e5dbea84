"""What a run would cost, before anything is sent.

Belongs here: the dry run: prompts filled for some of the questions, tokens counted, times the price of today; the limit
of a reply's tokens that earlier replies propose.
Does not: sending a pilot, what is answered already (foreseeing.py).
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
from cot_generation.models import Call, Endpoint, Prompt, Run
from cot_generation.prompts import rendering
from cot_generation.selectors import prices
from cot_generation.services import new_runs
from cot_generation.services.asking import as_asked, tells_answer
from cot_generation.services.facts import gather
from cot_generation.services.foreseeing import Foreseen, foresee
from cot_generation.token_limits import Proposal, propose

PILOT = 20
KNOWN_FROM = 10  # so many answered calls with this prompt and endpoint make a basis
REPLIES_LOOKED_AT = 2000
GUESSED_SHARE = (0.15, 0.3, 0.6)  # of the token limit that replies use, where nothing is known: low, middle, high


@dataclass(frozen=True)
class Estimate:
    """Dollars for all questions, low to high, without what is `reused`. `calls` are all, answered before or not.

    `basis` is `calls` where earlier ones are known, else `guess`; `proposal`: another limit of a reply's tokens.
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
    proposal: Proposal | None
    reused: Foreseen


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
    draws: int = 1,
    max_tokens: int | None = None,
    ask_again: bool = False,
    seed: int = 0,
) -> Estimate:
    """Nothing is sent and nothing written; the arguments are those of `new_runs.create`.

    Raises BatchesNotOffered and what `new_runs.ingredients` refuses.
    """
    found = new_runs.ingredients(
        project_id=project_id, prompt_id=prompt_id, endpoint_id=endpoint_id, way=way, stage=stage, now=now
    )
    if batched:
        found.refuse_unless_batched()
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
    rows_each = draws if way == Way.AUTOMATED else 1
    steps, total = len(prompt.steps), len(questions) * rows_each
    limit = max_tokens or prompt.max_tokens
    reused = Foreseen()
    if not ask_again:
        planned = Run(
            project_id=project_id, endpoint=endpoint, prompt=prompt, way=way, stage=stage, seed=seed,
            sandbox=endpoint.sandbox, batched=batched, max_tokens=max_tokens,
        )  # fmt: skip
        reused = foresee(planned, questions, draws=rows_each, now=now)
    to_pay = max(0.0, 1 - reused.replies / max(1, total * steps)) * total  # questions, as it were
    if seen["n"] >= KNOWN_FROM and seen["out"] is not None:
        each_in = float(seen["given"] or each_in / steps) * steps
        middle_out = float(seen["out"]) * steps
        margin = 1.96 * float(seen["spread"] or 0) / math.sqrt(seen["n"]) * steps
        outs = (max(0.0, middle_out - margin), middle_out, middle_out + margin)
        basis = "calls"
    else:
        low, middle, high = (share * limit * steps for share in GUESSED_SHARE)
        outs, basis = (low, middle, high), "guess"
    dollars = [
        money.cost(price, input_tokens=round(each_in * to_pay), output_tokens=round(out * to_pay)) for out in outs
    ]
    return Estimate(
        questions=len(questions),
        unanswered=unanswered,
        without_pictures=without,
        calls=total * steps,
        input_tokens_each=round(each_in),
        output_tokens_each=round(outs[1]),
        low=dollars[0],
        middle=dollars[1],
        high=dollars[2],
        ceiling=money.ceiling(
            price, input_tokens=round(each_in * to_pay), max_output_tokens=round(limit * steps * to_pay)
        ),
        basis=basis,
        sandbox=endpoint.sandbox,
        max_tokens=prompt.max_tokens,
        proposal=_proposal(prompt, endpoint),
        reused=reused,
    )


def _proposal(prompt: Prompt, endpoint: Endpoint) -> Proposal | None:
    """From the latest replies to this prompt here, a pilot's among them; None where it would change nothing."""
    latest = Call.objects.filter(run__prompt=prompt, endpoint=endpoint, completion_tokens__isnull=False).order_by("-pk")
    used = latest.values_list("completion_tokens", flat=True)
    whole, cut_off = used.filter(outcome=Outcome.ANSWERED), used.filter(outcome=Outcome.TRUNCATED)
    counts = ([each for each in rows[:REPLIES_LOOKED_AT] if each is not None] for rows in (whole, cut_off))
    found = propose(*counts)
    return None if found is None or found.max_tokens == prompt.max_tokens else found
