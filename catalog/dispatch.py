"""What this app tells others, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from config.base import outbox, work


def samples_changed(*, project_id: UUID, sample_ids: Sequence[int]) -> None:
    """Upper apps follow these samples."""
    if sample_ids:
        outbox.append("sample_changed", {"project_id": str(project_id), "sample_ids": list(sample_ids)})


def samples_landed(*, project_id: UUID, first: int, last: int) -> None:
    """A chunk of new samples, as one range."""
    outbox.append("sample_changed", {"project_id": str(project_id), "first_sample_id": first, "last_sample_id": last})


def pictures_due() -> None:
    """A hint to the workers that fetch pictures."""
    work.announce("catalog.PictureWork")


def imports_due() -> None:
    """A hint to the workers that read uploaded manifests."""
    work.announce("catalog.ImportWork")
