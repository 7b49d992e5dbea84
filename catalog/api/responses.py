"""Replies of this app."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from catalog.models import Import, ImportRefusal
from catalog.selectors.aspects import AspectInfo
from catalog.selectors.guidelines import GuidelineInfo
from catalog.selectors.pictures import PictureInfo
from catalog.selectors.samples import SampleInfo
from catalog.shapes import GuidelineText
from config.base.words import retold


class AspectRow(msgspec.Struct):
    """An aspect of the matrix, in order. Texts map `en` and `zh`."""

    id: int
    key: str
    names: dict[str, str]
    description: dict[str, str]
    severities: list[str]
    position: int
    revision: int
    retired_at: datetime | None

    @classmethod
    def of(cls, info: AspectInfo) -> AspectRow:
        return cls(
            id=info.id,
            key=info.key,
            names=info.names,
            description=info.description,
            severities=list(info.severities),
            position=info.position,
            revision=info.revision,
            retired_at=info.retired_at,
        )


class AspectList(msgspec.Struct):
    """What is judged, and the answer rule. `retired` aspects are judged no more."""

    results: list[AspectRow]
    retired: list[AspectRow]
    threshold: str
    rule_version: int


class FormerAspectRow(msgspec.Struct):
    """What an aspect was up to `replaced_at`, when `by` changed it."""

    key: str
    revision: int
    names: dict[str, str]
    description: dict[str, str]
    severities: list[str]
    retired: bool
    by: str
    replaced_at: datetime


class RuleRow(msgspec.Struct):
    version: int
    threshold: str
    by: str
    created_at: datetime


class SettingsHistory(msgspec.Struct):
    """Every version of the answer rule, and the last hundred earlier revisions of aspects, newest first."""

    rules: list[RuleRow]
    aspects: list[FormerAspectRow]


class GuidelineDetail(msgspec.Struct):
    version: int
    texts: dict[str, GuidelineText]
    note: str
    created_at: datetime

    @classmethod
    def of(cls, info: GuidelineInfo) -> GuidelineDetail:
        return cls(info.version, info.texts, info.note, info.created_at)


class GuidelineList(msgspec.Struct):
    results: list[GuidelineDetail]


class ImportRow(msgspec.Struct):
    """An import and how far it is; pictures are counted by sample. Changed rows were taken if `update`, else kept.

    `line_total` is null where only reading tells; `by` is empty for what the command read.
    """

    id: UUID
    name: str
    by: str
    state: str
    line_total: int | None
    row_count: int
    new_count: int
    unchanged_count: int
    changed_count: int
    refused_count: int
    update: bool
    strict: bool
    failure: str
    started_at: datetime
    finished_at: datetime | None
    pictures_ready: int
    pictures_failed: int
    pictures_waiting: int

    @classmethod
    def of(cls, row: Import, *, by: str, ready: int, failed: int, waiting: int) -> ImportRow:
        return cls(
            id=row.pk,
            name=row.name,
            by=by,
            state=row.state,
            line_total=row.line_total,
            row_count=row.row_count,
            new_count=row.new_count,
            unchanged_count=row.unchanged_count,
            changed_count=row.changed_count,
            refused_count=row.refused_count,
            update=row.update,
            strict=row.strict,
            failure=retold(row.failure),
            started_at=row.started_at,
            finished_at=row.finished_at,
            pictures_ready=ready,
            pictures_failed=failed,
            pictures_waiting=waiting,
        )


class ImportPage(msgspec.Struct):
    results: list[ImportRow]
    after: str | None


class RefusalRow(msgspec.Struct):
    line: int
    id: str
    field: str
    reason: str

    @classmethod
    def of(cls, row: ImportRefusal) -> RefusalRow:
        return cls(row.line, row.external_id, row.field, retold(row.reason))


class RefusalPage(msgspec.Struct):
    """`fields` counts all reasons of the import by the field's first word."""

    results: list[RefusalRow]
    after: str | None
    fields: dict[str, int]


class PictureRefusals(msgspec.Struct):
    """Samples whose pictures could not be stored; `field` names the slot."""

    results: list[RefusalRow]
    after: str | None


class Retried(msgspec.Struct):
    samples: int


class PictureDetail(msgspec.Struct):
    slot: str
    sha256: str
    width: int
    height: int
    url: str
    generator: str

    @classmethod
    def of(cls, info: PictureInfo, slug: str) -> PictureDetail:
        url = f"/api/v1/projects/{slug}/pictures/{info.sha256}"
        return cls(info.slot, info.sha256, info.width, info.height, url, info.generator)


class SampleDetail(msgspec.Struct):
    """A sample with its pictures; what people said of it comes from the apps above."""

    id: int
    external_id: str
    group: str
    state: str
    revision: int
    metadata: dict[str, Any]
    slots: list[str]
    created_at: datetime
    pictures: list[PictureDetail]

    @classmethod
    def of(cls, info: SampleInfo, pictures: list[PictureInfo], slug: str) -> SampleDetail:
        return cls(
            id=info.id,
            external_id=info.external_id,
            group=info.group,
            state=info.state,
            revision=info.revision,
            metadata=info.metadata,
            slots=list(info.slots),
            created_at=info.created_at,
            pictures=[PictureDetail.of(picture, slug) for picture in pictures],
        )
