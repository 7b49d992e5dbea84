"""What this app tells the apps above, in the caller's transaction.

Belongs here: events. Does not: delivering them (config.base.outbox).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from config.base import outbox


def sample_changed(*, project_id: UUID, sample_ids: Sequence[int]) -> None:
    """Opinions or answers of these samples moved."""
    if sample_ids:
        outbox.append("sample_changed", {"project_id": str(project_id), "sample_ids": list(sample_ids)})
