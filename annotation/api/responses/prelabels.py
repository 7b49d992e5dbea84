"""What became of pre-labels."""

from __future__ import annotations

import msgspec


class PrelabelRefusalRow(msgspec.Struct):
    """Why one was not taken; `index` is its place in the request."""

    index: int
    sample: str
    field: str
    reason: str


class PrelabelReply(msgspec.Struct):
    """What became of the request: everything that is not refused is stored, or was already."""

    stored: int
    unchanged: int
    refused: list[PrelabelRefusalRow]
