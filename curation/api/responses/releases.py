"""Releases and the difference of two."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import msgspec

from curation.selectors.differences import ChangedQuestion, Difference
from curation.selectors.releases import ReleaseInfo


class ShardRow(msgspec.Struct):
    path: str
    split: str
    rows: int
    sha256: str


class ReleaseDetail(msgspec.Struct):
    id: UUID
    name: str
    state: str
    hash: str
    seed: int
    guideline_version: int
    sandbox: bool
    questions: dict[str, int]
    samples: int
    families: int
    rationales: int
    left_out: dict[str, int]
    shards: list[ShardRow]
    cut_at: datetime

    @classmethod
    def of(cls, info: ReleaseInfo) -> ReleaseDetail:
        return cls(
            id=info.id,
            name=info.name,
            state=info.state,
            hash=info.hash,
            seed=info.seed,
            guideline_version=info.guideline_version,
            sandbox=info.sandbox,
            questions=info.counts.questions,
            samples=info.counts.samples,
            families=info.counts.families,
            rationales=info.counts.rationales,
            left_out=info.counts.left_out,
            shards=[ShardRow(each.path, each.split, each.rows, each.sha256) for each in info.shards],
            cut_at=info.cut_at,
        )


class ReleaseList(msgspec.Struct):
    """Newest first; `waits_for` says why a new one should not be cut yet."""

    results: list[ReleaseDetail]
    waits_for: str | None


class DifferenceDetail(msgspec.Struct):
    """From `before` to `after`, in questions. `read` of the changed ones were read for their reasons."""

    before: str
    after: str
    added: int
    added_samples: int
    removed: int
    removed_samples: int
    changed: int
    same: int
    reasons: dict[str, int]
    read: int

    @classmethod
    def of(cls, found: Difference, *, before: str, after: str) -> DifferenceDetail:
        return cls(before=before, after=after, **asdict(found))


class ChangedRow(msgspec.Struct):
    """One question that differs; null for an answer where that release has no such question."""

    question: str
    before: list[str] | None
    after: list[str] | None
    reasons: list[str]

    @classmethod
    def of(cls, found: ChangedQuestion) -> ChangedRow:
        return msgspec.convert(found, cls, from_attributes=True)


class ChangedPage(msgspec.Struct):
    results: list[ChangedRow]
    after: str | None


class Verified(msgspec.Struct):
    intact: bool
    rows: int
    faults: list[str]
