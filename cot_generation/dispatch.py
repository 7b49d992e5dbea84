"""The background work this app asks for, and what it tells others; written in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from config.base import outbox, work

CHUNK = 500


def questions_due() -> None:
    """Some run has questions due."""
    work.announce("cot_generation.RunQuestion")


def batches_due() -> None:
    """Some call batch is to be moved on."""
    work.announce("cot_generation.CallBatch")


def sample_changed(*, project_id: UUID, sample_ids: Iterable[int]) -> None:
    """Rationales of these samples changed."""
    ids = sorted(set(sample_ids))
    for start in range(0, len(ids), CHUNK):
        outbox.append("sample_changed", {"project_id": str(project_id), "sample_ids": ids[start : start + CHUNK]})
