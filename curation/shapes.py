"""The shapes of this app's JSON columns."""

from __future__ import annotations

import msgspec


class ReleaseCounts(msgspec.Struct, frozen=True):
    """What is in a release and what was left out of it."""

    questions: dict[str, int]  # split -> questions
    samples: int
    families: int
    rationales: int
    left_out: dict[str, int]  # why -> how many


class Shard(msgspec.Struct, frozen=True):
    """One file of rows."""

    path: str
    split: str
    rows: int
    sha256: str
