"""The sample explorer and its slices."""

from __future__ import annotations

from uuid import UUID

import msgspec

from catalog.selectors.pictures import PictureInfo
from curation.models import SampleRow, Slice


class PictureRow(msgspec.Struct):
    slot: str
    sha256: str
    width: int
    height: int

    @classmethod
    def of(cls, info: PictureInfo) -> PictureRow:
        return cls(info.slot, info.sha256, info.width, info.height)


class SampleListRow(msgspec.Struct):
    """A sample in a list. `answers` by aspect: slots with the defect; an unanswered question is absent."""

    id: int
    external_id: str
    group: str
    state: str
    answers: dict[str, list[str]]
    sources: dict[str, str]
    disputed: list[str]
    opinion_count: int
    rationale_count: int
    passed_count: int
    ways: list[str]
    sandbox: bool
    training: list[str]
    pictures: list[PictureRow]

    @classmethod
    def of(cls, row: SampleRow, pictures: list[PictureInfo]) -> SampleListRow:
        return cls(
            id=row.pk,
            external_id=row.external_id,
            group=row.group,
            state=row.state,
            answers=row.answers,
            sources=row.sources,
            disputed=list(row.disputed),
            opinion_count=row.opinion_count,
            rationale_count=row.rationale_count,
            passed_count=row.passed_count,
            ways=list(row.ways),
            sandbox=row.sandbox,
            training=list(row.training),
            pictures=[PictureRow.of(picture) for picture in pictures],
        )


class SampleListPage(msgspec.Struct):
    results: list[SampleListRow]
    after: str | None


class Facets(msgspec.Struct):
    """How many match, and how many would match with another choice in each facet."""

    count: int
    facets: dict[str, dict[str, int]]


class MatchedSamples(msgspec.Struct):
    samples: list[str]


class SliceRow(msgspec.Struct):
    id: UUID
    name: str
    query: dict[str, str]

    @classmethod
    def of(cls, row: Slice) -> SliceRow:
        return cls(row.pk, row.name, row.query)


class SliceList(msgspec.Struct):
    results: list[SliceRow]
