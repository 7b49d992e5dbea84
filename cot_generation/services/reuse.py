"""Requests that need not be sent: answered before, or on their way for another question at this moment.

Belongs here: finding both, and when a question that waits for another's call looks again.
Does not: reading a reply (replies.py), sending (admitting.py decides it last, under the lock that is taken here).

Only within a project: the same bytes asked elsewhere are somebody else's money. What waits holds nothing meanwhile: the
question is due again a little later, and is asked itself once the other call has failed or its lease has run out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from config.base.choices import WorkState
from cot_generation.choices import Outcome
from cot_generation.models import Call, Endpoint
from cot_generation.services import locks
from cot_generation.services.asking import Asked, Ready
from cot_generation.services.claiming import Later

# A call is looked for again after a quarter of the time that it has flown: seconds for a single one, else minutes.
SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=10)


@dataclass(frozen=True)
class Found:
    """By question: the call that answered the very same request, or when to look again for one that is on its way."""

    answered: dict[int, int] = field(default_factory=dict)
    later: dict[int, Later] = field(default_factory=dict)

    def __contains__(self, request: Asked | Ready) -> bool:
        return request.question.pk in self.answered or request.question.pk in self.later


class _Flying(NamedTuple):
    run_id: UUID
    later: Later


class _Same(NamedTuple):
    """What is read of a call that asked the same; few columns, since every admission reads."""

    pk: int
    run_id: UUID
    project_id: UUID
    key: str
    answered: str
    model: str
    sent_at: datetime
    fence: int
    state: str
    held_fence: int
    lease_expires_at: datetime | None

    def flies(self, *, now: datetime) -> bool:
        """Whether its worker may still bring the reply in: nobody waits for one whose lease has run out."""
        held = self.state == WorkState.RUNNING and self.held_fence == self.fence
        return held and self.lease_expires_at is not None and self.lease_expires_at > now


COLUMNS = (
    *("pk", "run_id", "endpoint__project_id", "request_key", "outcome", "model", "sent_at", "fence"),
    *("question__state", "question__fence", "question__lease_expires_at"),
)


def look(requests: Sequence[Asked | Ready], *, now: datetime) -> Found:
    """What of these need not be sent now. Of two that are the same, the second waits for the first.

    A run that wants fresh replies gets none, and one whose model changed only those of its own. One that waits for
    nobody reads what was answered, and asks what another run has on its way.
    """
    keys = {each.key for each in requests if not each.plan.run.ask_again}
    if not keys:
        return Found()
    answered: dict[tuple[UUID, str], list[_Same]] = defaultdict(list)
    on_its_way: dict[tuple[UUID, str], _Flying] = {}
    rows = Call.objects.filter(request_key__in=keys, outcome__in=[Outcome.PENDING, Outcome.ANSWERED])
    for call in map(_Same._make, rows.order_by("pk").values_list(*COLUMNS)):
        key = (call.project_id, call.key)
        if call.answered:
            answered[key].append(call)
        elif call.flies(now=now):
            later = Later(now + min(LATEST, max(SOONEST, (now - call.sent_at) / 4)), waits_for=call.pk)
            on_its_way[key] = _Flying(call.run_id, later)
    found = Found()
    for each in requests:
        key, run = (each.plan.run.project_id, each.key), each.plan.run
        fitting = (call.pk for call in answered.get(key, ()) if run.model_seen in ("", call.model))
        if not run.ask_again and (reply := next(fitting, None)) is not None:
            found.answered[each.question.pk] = reply
        elif (
            not run.ask_again and (flying := on_its_way.get(key)) and (run.waits_for_others or flying.run_id == run.pk)
        ):
            found.later[each.question.pk] = flying.later
        else:
            on_its_way[key] = _Flying(run.pk, Later(now + SOONEST))  # asked in this very moment: it has no call yet
    return found


def lock_endpoints(ids: Collection[UUID]) -> dict[UUID, Endpoint]:
    """Lock these endpoints, and all of their projects that ask the same server for the same model.

    So whoever looks under this lock sees the intents of every request that could be the same as one of its own.
    """
    same = Endpoint.objects.filter(
        pk__in=ids, project_id=OuterRef("project_id"), base_url=OuterRef("base_url"), model=OuterRef("model")
    )
    return locks.take(Endpoint.objects.filter(Exists(same)))
