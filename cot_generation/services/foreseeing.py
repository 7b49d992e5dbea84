"""What a run would find answered already, before it is made.

Belongs here: looking the requests of its questions up among earlier calls. Nothing is sent and nothing written.
Does not: reading an earlier reply in place of a call (replies.py), money that is left to pay (estimating.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Sum

from cot_generation.choices import Outcome
from cot_generation.models import Call, Run, RunQuestion
from cot_generation.services import asking, claiming

# Requests are put together for so many questions that were asked before; of more, these stand for all.
LOOKED_AT = 400


@dataclass(frozen=True)
class Foreseen:
    """Replies that would be read from the ledger, and the US dollars that they had cost. `exact`: none was guessed."""

    replies: int = 0
    usd: Decimal = Decimal(0)
    exact: bool = True


def foresee(run: Run, questions: Sequence[tuple[int, int]], *, draws: int, now: datetime) -> Foreseen:
    """For an unsaved run with endpoint, prompt, way, stage and seed; `draws`: rows a question.

    Of a question whose first request was answered, the further replies of that time are counted too: what was noted
    then is noted again, so that the next request is the same.
    """
    earlier = Call.objects.filter(outcome=Outcome.ANSWERED, reply__isnull=False, step=0, endpoint=run.endpoint)
    of_same_words = earlier.filter(run__prompt=run.prompt, run__seed=run.seed)
    asked = set(of_same_words.values_list("question__sample_id", "question__aspect_id").distinct())
    before = [pair for pair in questions if pair in asked] if asked else []
    looked_at = before[:LOOKED_AT]
    if not looked_at:
        return Foreseen()
    rows = [
        RunQuestion(run=run, sample_id=sample_id, aspect_id=aspect_id, draw=draw)
        for sample_id, aspect_id in looked_at
        for draw in range(draws)
    ]
    asked_again = asking.words(rows, claiming.plan_for_reading(run, now=now))
    keys = [each.key for each in asked_again if isinstance(each, asking.Asked)]
    known = earlier.filter(request_key__in=keys).order_by("request_key", "-pk").distinct("request_key")
    read_again = Call.objects.filter(
        outcome=Outcome.ANSWERED, reply__isnull=False, question_id__in=list(known.values_list("question_id", flat=True))
    ).aggregate(n=Count("pk"), usd=Sum("cost", default=Decimal(0)))
    times = Decimal(len(before)) / len(looked_at)
    return Foreseen(round(read_again["n"] * times), read_again["usd"] * times, exact=len(before) == len(looked_at))
