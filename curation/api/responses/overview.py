"""A project at a glance."""

from __future__ import annotations

import msgspec

from curation.selectors.overview import Overview


class NeedRow(msgspec.Struct):
    key: str
    count: int
    action: str


class OverviewDetail(msgspec.Struct):
    """The loop in numbers, and what needs a person."""

    samples: int
    ready: int
    failed: int
    waiting: int
    aspects: int
    guideline: int
    judged: int
    questions: int
    answered: int
    disputed: int
    open_places: int
    rationales: int
    passed: int
    sandbox: int
    lots_open: int
    lots_decided: int
    release: str
    release_questions: int
    training: dict[str, int]
    needs: list[NeedRow]

    @classmethod
    def of(cls, found: Overview) -> OverviewDetail:
        return msgspec.convert(found, cls, from_attributes=True)
