"""Requests that need not be sent: answered before, or on their way for another question at this moment.

Belongs here: finding both, and when a question that waits for another's call looks again.
Does not: reading a reply (replies.py), sending (ledger.py decides it last, under the lock that is taken here).

Only within a project: the same bytes asked elsewhere are somebody else's money. What waits holds nothing meanwhile: the
question is due again a little later, and is asked itself once the other call has failed or its lease has run out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from config.base.choices import WorkState
from cot_generation.choices import Outcome
from cot_generation.models import Call, Endpoint, Run
from cot_generation.services import locks
from cot_generation.services.asking import Asked, Ready

# A call is looked for again after a quarter of the time that it has flown: seconds for a single one, else minutes.
SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=10)


@dataclass(frozen=True)
class Found:
    """By question: an accepted reply to the very same request, or when to look again for one that is on its way."""

    answered: dict[int, Call] = field(default_factory=dict)
    due_at: dict[int, datetime] = field(default_factory=dict)

    def __contains__(self, request: Asked | Ready) -> bool:
        return request.question.pk in self.answered or request.question.pk in self.due_at


def look(requests: Sequence[Asked | Ready], *, now: datetime) -> Found:
    """What of these need not be sent now. Of two that are the same, the second waits for the first.

    A run that wants fresh replies gets none, and one whose model changed only those of its own.
    """
    keys = {each.key for each in requests if not each.plan.run.ask_again}
    if not keys:
        return Found()
    answered: dict[tuple[UUID, str], list[Call]] = defaultdict(list)
    on_its_way: dict[tuple[UUID, str], datetime] = {}
    rows = Call.objects.filter(request_key__in=keys, outcome__in=[Outcome.PENDING, Outcome.ANSWERED])
    projects = {each.plan.run.project_id for each in requests}
    for call in rows.filter(endpoint__project_id__in=projects).select_related("endpoint", "question").order_by("pk"):
        key = (call.endpoint.project_id, call.request_key)
        if call.outcome == Outcome.ANSWERED:
            answered[key].append(call)
        elif _flies(call, now=now):
            on_its_way[key] = now + min(LATEST, max(SOONEST, (now - call.sent_at) / 4))
    found = Found()
    for each in requests:
        key, run = (each.plan.run.project_id, each.key), each.plan.run
        reply = None if run.ask_again else next((call for call in answered[key] if _fits(call, run)), None)
        if reply is not None:
            found.answered[each.question.pk] = reply
        elif key in on_its_way and not run.ask_again:
            found.due_at[each.question.pk] = on_its_way[key]
        else:
            on_its_way[key] = now + SOONEST
    return found


def _flies(call: Call, *, now: datetime) -> bool:
    """Whether its worker may still bring the reply in: nobody waits for one whose lease has run out."""
    question = call.question
    held = question.state == WorkState.RUNNING and question.fence == call.fence
    return held and question.lease_expires_at is not None and question.lease_expires_at > now


def _fits(call: Call, run: Run) -> bool:
    return call.reply is not None and run.model_seen in ("", call.model)


def lock_endpoints(ids: Collection[UUID]) -> dict[UUID, Endpoint]:
    """Lock these endpoints, and all of their projects that ask the same server for the same model.

    So whoever looks under this lock sees the intents of every request that could be the same as one of its own.
    """
    same = Endpoint.objects.filter(
        pk__in=ids, project_id=OuterRef("project_id"), base_url=OuterRef("base_url"), model=OuterRef("model")
    )
    return locks.take(Endpoint.objects.filter(Exists(same)))
