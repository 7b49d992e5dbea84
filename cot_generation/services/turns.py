"""What each thread of a worker's loop does in one turn: statements and reading, no event loop.

Belongs here: claiming and preparing ahead; settling and admitting; settling and reading. A turn is safe to repeat.
Does not: when a turn is due (rounds.py), the statements themselves (claiming, admitting, ledger, replies).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from config.base import work
from cot_generation import endings
from cot_generation.choices import Outcome, PauseReason
from cot_generation.models import Call, Run, RunQuestion
from cot_generation.services import admitting, asking, claiming, facts, ledger, replies, reuse
from cot_generation.services.admitting import Admission, Sent, Standing
from cot_generation.services.asking import Asked, PictureCache, Ready, RunPlan, Unaskable
from cot_generation.services.ledger import Landed
from cot_generation.services.replies import Reply
from cot_generation.services.reuse import Found

log = structlog.get_logger()

CLAIM_AT_ONCE = 16


@dataclass
class Claimed:
    """Requests to be sent, and how many questions were taken for them; the others needed no request."""

    ready: list[Ready] = field(default_factory=list)
    taken: int = 0


def close_lost(*, now: datetime) -> None:
    """What workers that are gone held is free again, and their calls are closed. The sweep does it every round too."""
    work.give_back_from_gone(RunQuestion, now=now)
    ledger.close_lost(now=now)


def claim_ahead(*, owner: str, cache: PictureCache, now: datetime) -> Claimed:
    """Claim for each due run in turn and make requests of it."""
    claimed = Claimed()
    runs = claiming.due_runs(now=now)
    for run in runs:
        some = claim_for(run, max(1, CLAIM_AT_ONCE // len(runs)), owner=owner, cache=cache, now=now)
        claimed.ready += some.ready
        claimed.taken += some.taken
    return claimed


def claim_for(run: Run, limit: int, *, owner: str, cache: PictureCache, now: datetime) -> Claimed:
    """Requests for the run's next due questions; what earlier calls answered is read, and not among them."""
    plan = claiming.plan(run, now=now)
    if isinstance(plan, PauseReason):
        claiming.pause(run.pk, plan)
        log.warning("run.paused", run_id=str(run.pk), reason=plan.value)
        return Claimed()
    questions = claiming.claim(run.pk, limit=limit, owner=owner, now=now)
    paid = replies.recovered(questions)
    fresh = [each for each in questions if each.pk not in paid]
    worded = asking.words(fresh, plan)
    for unaskable in (each for each in worded if isinstance(each, Unaskable)):
        claiming.give_up([unaskable.question], unaskable.outcome, owner=owner)
    if paid:
        _apply_recovered([each for each in questions if each.pk in paid], paid, plan, owner=owner, now=now)
    asked = [each for each in worded if isinstance(each, Asked)]
    known = reuse.look(asked, now=now)
    claiming.put_off(known.later, owner=owner)
    _apply_known([each for each in asked if each.question.pk in known.answered], known, owner=owner, now=now)
    ready = [asking.ready(each, cache) for each in asked if each not in known]
    if len(questions) > len(ready) + len(known.later):
        replies.finish([run.pk], now=now)
    return Claimed(ready, len(questions))


def _apply_known(asked: list[Asked], known: Found, *, owner: str, now: datetime) -> None:
    """The very same request was answered before: that reply is read, and nothing is sent."""
    if not asked:
        return
    found, earlier = [], Call.objects.in_bulk(known.answered.values())
    for each in asked:
        call = earlier[known.answered[each.question.pk]]
        ending = endings.Ending(Outcome.ANSWERED, status=200, body=call.reply or "")
        found.append(
            Reply(call.pk, each.question, each.plan, each.facts, call.letters, ending, reused=True, saved=call.cost)
        )
    replies.apply(found, owner=owner, now=now)
    log.info("calls.reused", count=len(found))


def _apply_recovered(
    questions: list[RunQuestion], paid: dict[int, Call], plan: RunPlan, *, owner: str, now: datetime
) -> None:
    """Read replies that are paid for already instead of asking again."""
    gathered = facts.gather(plan.run.project_id, [(each.sample_id, each.aspect_id) for each in questions])
    found = []
    for question in questions:
        known = gathered.get((question.sample_id, question.aspect_id))
        call = paid[question.pk]
        if known is None:
            claiming.give_up([question], Outcome.NO_PICTURES, owner=owner)
            continue
        ending = endings.Ending(Outcome.ANSWERED, status=200, body=call.reply or "")
        found.append(Reply(call.pk, question, plan, known, call.letters, ending))
    if found:
        replies.apply(found, owner=owner, now=now)


@dataclass(frozen=True)
class Written:
    """What one turn of the writing thread did."""

    admission: Admission
    settled: list[Reply]


def write(
    *, owner: str, other: list[Landed], back: list[Sent], offered: list[Ready], standing: Standing, now: datetime
) -> Written:
    """Settle what may change what goes out, take back what waited meanwhile, then admit anew."""
    settled = settle(other, now=now)
    replies.apply(settled, owner=owner, now=now)
    returned = admitting.take_back(back) if back else []
    return Written(admitting.admit([*returned, *offered], owner=owner, now=now, standing=standing), settled)


def unwritten(offered: Sequence[Ready]) -> list[Ready]:
    """Those without an intent, after nobody knows whether they were admitted.

    One that has an intent stays unsent: its lease runs out, and the sweep closes it as any whose worker is gone.
    """
    calls = Call.objects.filter(question_id__in=[each.question.pk for each in offered])
    written = set(calls.values_list("question_id", "fence"))
    return [each for each in offered if (each.question.pk, each.question.fence) not in written]


def settle(landed: Sequence[Landed], *, now: datetime) -> list[Reply]:
    """What the calls cost, and their raw replies, before anyone reads them."""
    if not landed:
        return []
    written = ledger.settle(landed, now=now)
    return [
        Reply(
            call_id=each.sent.call_id,
            question=each.sent.ready.question,
            plan=each.sent.ready.plan,
            facts=each.sent.ready.facts,
            order=each.sent.ready.order,
            ending=written[each.sent.call_id],
        )
        for each in landed
    ]
