"""What follows a change of rule or guideline."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import msgspec

from annotation.selectors.recounts import RecountProgress


class RecountDetail(msgspec.Struct):
    """How far the answers have followed the newest change of rule or aspects, in samples; `failed` counts ranges."""

    rule_version: int
    samples: int
    done: int
    changed: int
    failed: int
    failure: str
    asked_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, found: RecountProgress) -> RecountDetail:
        return cls(**asdict(found))


class RecountReply(msgspec.Struct):
    """`recount` is null while neither rule nor aspects have changed."""

    recount: RecountDetail | None


class OutdatedAspectRow(msgspec.Struct):
    """Questions judged under other words, by the version they were judged under; `waiting` are asked again."""

    aspect: str
    questions: int
    waiting: int
    by_version: dict[int, int]


class OutdatedReply(msgspec.Struct):
    version: int
    results: list[OutdatedAspectRow]
