"""What the routes of quality, appeals and the mirror answer.

Belongs here: the shapes. Does not: finding what goes into them (quality.py).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from annotation.api.responses import GoldScore
from annotation.choices import AppealState, ConsensusMethod, PauseReason
from annotation.figures import AgreementFigures, ModelAspect, PairFigure, PersonFigures, Quartiles
from annotation.selectors import quality
from annotation.shapes import Region
from annotation.signals import Share
from config.base.words import retold


class Standing(msgspec.Struct):
    """When the figures were made, from how many opinions; `due`: newer work is not in them yet.

    They are made in the background; `failure` says why the last attempt did not succeed.
    """

    made_at: datetime | None
    opinions: int
    took_ms: int
    due: bool
    failure: str

    @classmethod
    def of(cls, found: quality.Standing) -> Standing:
        return cls(found.made_at, found.opinions, found.took_ms, found.due, retold(found.failure))


class AgreementReply(msgspec.Struct):
    """`figures` is null while nobody has worked in this scope, or none are made yet."""

    standing: Standing
    figures: AgreementFigures | None


class PairsReply(msgspec.Struct):
    """Every two people who share samples, those that share most first. `names` by user id."""

    pairs: list[PairFigure]
    left_out: int
    names: dict[str, str]


class BehindReply(msgspec.Struct):
    """The newest samples behind a figure, and how many there are in all."""

    results: list[str]
    total: int


class PauseRow(msgspec.Struct):
    """Somebody gets no more of this batch: their gold on the aspect, or their practice, lies below its floor.

    `aspect` is empty where so much of the practice was skipped that none could be told.
    """

    batch_id: UUID
    number: int
    why: PauseReason
    aspect: str
    since: datetime


class SecondOpinionsReply(msgspec.Struct):
    """On how many pieces one person's opinion is the only one, and by aspect; what an open batch asks is left out."""

    pieces: int
    by_aspect: dict[str, int]


class PersonAtWork(msgspec.Struct):
    """One person; `in_batch` is the number of the batch they were seen in within a quarter of an hour."""

    name: str
    in_batch: int | None
    paused: list[PauseRow]
    figures: PersonFigures


class PractisingRow(msgspec.Struct):
    """Somebody below the practice floor of a batch. `waiting`: no practice is left, and a lead has to say what now.

    `scores`: of their newest practice, as much as the batch asks for; `below`: the aspects that keep them.
    """

    user_id: int
    name: str
    batch_id: UUID
    number: int
    floor: float
    waiting: bool
    below: list[str]
    scores: list[GoldScore]


class PeopleAtWork(msgspec.Struct):
    """Everybody who gave an opinion or a review; `pace` and `right` are over all of them. And who practises again."""

    standing: Standing
    people: list[PersonAtWork]
    practising: list[PractisingRow]
    pace: Quartiles | None
    right: dict[str, Share]
    gold: dict[str, Share]


class ConsensusPolicyReply(msgspec.Struct):
    """How questions get their answers. `aspects`: what Dawid–Skene made of them, whether it is chosen or not."""

    version: int
    method: ConsensusMethod
    settles_at: float
    aspects: list[ModelAspect]


class SentBackRow(msgspec.Struct):
    """An opinion that a reviewer returned. `author` and `reviewer` are told to leads only. Letters as shown then.

    `state`: `with_author`, `answered` (revised, and before a reviewer again), or `closed`.
    """

    assignment_id: int
    batch_id: UUID
    sample: str
    author: str
    reviewer: str
    round: int
    reason: str
    regions: list[Region]
    letters: str
    state: str
    reviewed_at: datetime
    closed_at: datetime | None


class SentBackList(msgspec.Struct):
    results: list[SentBackRow]


class ReturnedRow(msgspec.Struct):
    round: int
    reason: str
    regions: list[Region]
    reviewed_at: datetime


class ReturnedList(msgspec.Struct):
    """What one's own turn was sent back for, oldest first."""

    results: list[ReturnedRow]


class WrongCellRow(msgspec.Struct):
    """`letter`: as the person saw the candidate."""

    slot: str
    letter: str
    aspect: str
    expected: str
    said: str


class PractisedRow(msgspec.Struct):
    """One practice piece of the caller's with cells that were not as expected; `appeal` is its state, or empty."""

    assignment_id: int
    sample: str
    note: str
    wrong: list[WrongCellRow]
    judged_at: datetime
    appeal: str
    reply: str


class AppealRow(msgspec.Struct):
    """An appeal in the letters that its author saw; `letters`: the slots behind them, in order."""

    id: int
    sample: str
    person: str
    letters: str
    reason: str
    wrong: list[WrongCellRow]
    state: AppealState
    reply: str
    appealed_at: datetime
    decided_at: datetime | None


class AppealList(msgspec.Struct):
    results: list[AppealRow]


class AppealReply(msgspec.Struct):
    id: int
    state: AppealState


class MirrorReply(msgspec.Struct):
    """The caller's own figures, and the project's as a whole; nobody else's. `figures` is null before any work.

    Gold is told only by aspect and only from ten questions on, so that nobody learns which sample it was.
    """

    standing: Standing
    figures: PersonFigures | None
    people: int
    pace: Quartiles | None
    right: dict[str, Share]
    gold: dict[str, Share]
    sent_back: list[SentBackRow]
    practised: list[PractisedRow]
