"""What this app tells the apps above, in the caller's transaction.

Belongs here: events. Does not: delivering them (config.base.outbox).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from annotation.models import QualityWork
from config.base import outbox, work


def sample_changed(*, project_id: UUID, sample_ids: Sequence[int]) -> None:
    """Opinions or answers of these samples moved."""
    if sample_ids:
        outbox.append("sample_changed", {"project_id": str(project_id), "sample_ids": list(sample_ids)})


def samples_changed(*, project_id: UUID, first: int, last: int) -> None:
    """Answers of many samples moved, as one range."""
    outbox.append("sample_changed", {"project_id": str(project_id), "first_sample_id": first, "last_sample_id": last})


def recounts_due() -> None:
    """A hint to the workers that vote again."""
    work.announce("annotation.Recount")


def figures_stale(project_id: UUID) -> None:
    """Something changed that no turn's end tells of. The next sweep makes the figures due, when their rest is over."""
    QualityWork.objects.filter(project_id=project_id).update(done_mark=-1)
