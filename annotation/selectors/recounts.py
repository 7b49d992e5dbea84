"""How far the answers have followed a change of the rule or the aspects.

Belongs here: progress as a lead reads it. Does not: doing it (services.recounting).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q, Sum

from annotation.models import Recount
from config.base.choices import WorkState


@dataclass(frozen=True)
class RecountProgress:
    """The newest change's progress, in samples. `failed` counts ranges; `changed` answers."""

    rule_version: int
    samples: int
    done: int
    changed: int
    failed: int
    failure: str
    asked_at: datetime
    finished_at: datetime | None


def progress(project_id: UUID) -> RecountProgress | None:
    """None: rule and aspects have never changed, or there was no sample."""
    newest = Recount.objects.filter(project_id=project_id).order_by("-asked_at").first()
    if newest is None:
        return None
    rows = Recount.objects.filter(project_id=project_id, asked_at=newest.asked_at)
    finished = Q(state=WorkState.DONE)
    found = rows.aggregate(
        samples=Sum("sample_count"),
        done=Sum("sample_count", filter=finished, default=0),
        changed=Sum("changed_count"),
        failed=Count("pk", filter=Q(state=WorkState.FAILED)),
        failure=Max("failure", filter=Q(state=WorkState.FAILED), default=""),
        open=Count("pk", filter=~finished & Q(closing=False)),
        asked_at=Min("asked_at"),
        finished_at=Max("finished_at", filter=Q(closing=False)),
    )
    return RecountProgress(
        rule_version=newest.rule_version,
        samples=found["samples"],
        done=found["done"],
        changed=found["changed"],
        failed=found["failed"],
        failure=found["failure"],
        asked_at=found["asked_at"],
        finished_at=None if found["open"] else found["finished_at"],
    )
