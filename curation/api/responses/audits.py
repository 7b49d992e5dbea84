"""Audit lots and their entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from catalog.selectors.pictures import PictureInfo
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.selectors.readings import ReadVersion
from curation.api.responses.samples import PictureRow
from curation.selectors.audits import EntryInfo, Interval, LotInfo


class IntervalRow(msgspec.Struct):
    """A share with its Wilson interval of 95 %; null where nothing was judged."""

    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, interval: Interval) -> IntervalRow:
        return cls(interval.value, interval.low, interval.high)


class LotRow(msgspec.Struct):
    """A lot; one of a trial (`trial_id`) has no way and is counted there."""

    id: UUID
    number: int
    way: str
    state: str
    population_count: int
    sample_count: int
    judged: int
    accepted: int
    rejected: int
    rate: IntervalRow
    drawn_at: datetime
    decided_at: datetime | None
    trial_id: UUID | None

    @classmethod
    def of(cls, info: LotInfo) -> LotRow:
        return cls(
            id=info.id,
            number=info.number,
            way=info.way,
            state=info.state.value,
            population_count=info.population_count,
            sample_count=info.sample_count,
            judged=info.judged,
            accepted=info.accepted,
            rejected=info.rejected,
            rate=IntervalRow.of(info.rate),
            drawn_at=info.drawn_at,
            decided_at=info.decided_at,
            trial_id=info.trial_id,
        )


class LotList(msgspec.Struct):
    results: list[LotRow]


class EntrySentence(msgspec.Struct):
    text: str
    slot: str | None
    aspect: str | None


class EntryReading(msgspec.Struct):
    """Where a reader found the first faulty sentence, of this text (`of_this`) or of a draft before it."""

    of_this: bool
    first_fault: int | None
    sentence: str


class EntryRow(msgspec.Struct):
    """One rationale as an auditor meets it: nothing here tells by which way it came."""

    id: int
    position: int
    sample: str
    aspect: str
    text: str
    sentences: list[EntrySentence]
    concluded: list[str] | None
    pictures: list[PictureRow]
    accepted: bool | None
    reason: str
    note: str
    first_fault: int | None
    readings: list[EntryReading]

    @classmethod
    def of(
        cls,
        entry: EntryInfo,
        rationale: RationaleInfo,
        *,
        sample: str,
        aspect: str,
        pictures: list[PictureInfo],
        read: Sequence[ReadVersion],
    ) -> EntryRow:
        return cls(
            id=entry.id,
            position=entry.position,
            sample=sample,
            aspect=aspect,
            text=rationale.text,
            sentences=[EntrySentence(each.text, each.slot, each.aspect) for each in rationale.sentences],
            concluded=None if rationale.concluded is None else list(rationale.concluded),
            pictures=[PictureRow.of(picture) for picture in pictures],
            accepted=entry.accepted,
            reason=entry.reason,
            note=entry.note,
            first_fault=entry.first_fault,
            readings=[
                EntryReading(
                    of_this=each.rationale_id == rationale.id,
                    first_fault=each.first_fault,
                    sentence="" if each.first_fault is None else each.sentences[each.first_fault],
                )
                for each in read
            ],
        )


class EntryList(msgspec.Struct):
    """The drawn sample; `way` is told once the lot is decided."""

    results: list[EntryRow]
