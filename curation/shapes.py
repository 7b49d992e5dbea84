"""The shapes of this app's JSON columns."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

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


class Arm(msgspec.Struct, frozen=True):
    """One way in a trial and what works it off: a run, or a writing batch where people write."""

    label: str
    way: str
    stage: str
    run_id: UUID | None = None
    batch_id: UUID | None = None
    sandbox: bool = False


class ArmResult(msgspec.Struct, frozen=True):
    """An arm at one look. Every question counts: one without a sound rationale was not accepted. US dollars.

    `least` is the smallest difference to the reference that the look does not exclude; the reference's own is None, as
    are `z` and `not_worse`. `boundary` is None where this look may not conclude.
    """

    questions: int
    delivered: int
    accepted: int
    rate: float
    rate_low: float
    rate_high: float
    usd: Decimal
    per_accepted: Decimal | None
    per_accepted_low: Decimal | None
    per_accepted_high: Decimal | None
    difference: float | None = None
    least: float | None = None
    z: float | None = None
    boundary: float | None = None
    not_worse: bool | None = None


class LookResult(msgspec.Struct, frozen=True):
    """What one look showed, an entry an arm."""

    arms: tuple[ArmResult, ...]


class TrialDecision(msgspec.Struct, frozen=True):
    """The card: the cheapest way that is not worse. `early` when looks were left; `overlapping` names dearer arms whose
    cost interval reaches the chosen one's, so that its being cheaper is not settled."""

    chosen: int
    look: int
    early: bool
    overlapping: tuple[int, ...]
    arms: tuple[ArmResult, ...]
