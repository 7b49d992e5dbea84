"""Versions of a prompt side by side."""

from __future__ import annotations

from uuid import UUID

import msgspec

from cot_generation.prompts.diffing import PartChange
from curation.api.responses.audits import IntervalRow
from curation.api.responses.economics import GroupEconomicsRow
from curation.selectors.prompt_versions import Compared


class FailureShareRow(msgspec.Struct):
    """`of_check`: rationales that failed this check, of all written; else calls with this outcome, of all settled."""

    reason: str
    of_check: bool
    count: int
    share: IntervalRow


class VersionFiguresRow(msgspec.Struct):
    """What one version of a prompt led to; no `groups` before its first call, two when it ran in a sandbox too."""

    id: UUID
    name: str
    locale: str
    version: int
    pass_rate: IntervalRow
    groups: list[GroupEconomicsRow]
    failures: list[FailureShareRow]


class TermChangeRow(msgspec.Struct):
    name: str
    before: str
    after: str


class PromptVersions(msgspec.Struct):
    """Two versions side by side: texts, settings that differ, figures with their 95 % intervals."""

    before: VersionFiguresRow
    after: VersionFiguresRow
    parts: list[PartChange]
    terms: list[TermChangeRow]

    @classmethod
    def of(cls, found: Compared) -> PromptVersions:
        return cls(
            msgspec.convert(found.before, VersionFiguresRow, from_attributes=True),
            msgspec.convert(found.after, VersionFiguresRow, from_attributes=True),
            list(found.parts),
            [TermChangeRow(*each) for each in found.terms],
        )
