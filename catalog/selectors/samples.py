"""Samples as upper apps know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from catalog.choices import SampleState
from catalog.errors import SampleUnknown
from catalog.models import Sample, SampleRevision


@dataclass(frozen=True)
class SampleInfo:
    """One sample without its pictures."""

    id: int
    project_id: UUID
    external_id: str
    group: str
    generator: dict[str, str]
    metadata: dict[str, Any]
    revision: int
    state: str
    slots: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True)
class Arrival:
    """One time this sample was read from a manifest as a new row or a changed one."""

    revision: int
    import_id: UUID
    manifest: str
    line: int
    arrived_at: datetime


def arrivals(sample_id: int) -> list[Arrival]:
    """Every revision of a sample, the oldest first: which line of which import it came from."""
    row = Sample.objects.select_related("run").get(pk=sample_id)
    earlier = SampleRevision.objects.filter(sample_id=sample_id).select_related("run").order_by("revision")
    found = [Arrival(each.revision, each.run.pk, each.run.name, each.line, each.run.started_at) for each in earlier]
    return [*found, Arrival(row.revision, row.run.pk, row.run.name, row.line, row.run.started_at)]


def infos(sample_ids: Iterable[int]) -> dict[int, SampleInfo]:
    """By id; unknown ids are absent."""
    return {row.pk: _info(row) for row in Sample.objects.filter(pk__in=list(sample_ids))}


def by_external_id(project_id: UUID, external_id: str) -> SampleInfo:
    """Raises SampleUnknown."""
    row = Sample.objects.in_project(project_id).filter(external_id=external_id).first()
    if row is None:
        raise _unknown(external_id)
    return _info(row)


def by_external_ids(project_id: UUID, external_ids: Iterable[str]) -> dict[str, int]:
    """External id to id; unknown ones are absent."""
    rows = Sample.objects.in_project(project_id).filter(external_id__in=list(external_ids))
    return dict(rows.values_list("external_id", "pk"))


def named(project_id: UUID, external_ids: Iterable[str]) -> dict[str, int]:
    """External id to id. Raises SampleUnknown, which names the first that is missing."""
    wanted = set(external_ids)
    found = by_external_ids(project_id, wanted)
    for missing in sorted(wanted - found.keys()):
        raise _unknown(missing)
    return found


def _unknown(external_id: str) -> SampleUnknown:
    return SampleUnknown("There is no sample {sample!r} in this project.", sample=external_id)


def ids(project_id: UUID, *, state: str | None = SampleState.READY) -> list[int]:
    """All sample ids in order of arrival; by default those whose pictures are in."""
    rows = Sample.objects.in_project(project_id)
    if state is not None:
        rows = rows.filter(state=state)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def in_range(project_id: UUID, first: int, last: int) -> list[int]:
    """The project's sample ids from `first` to `last`, both included."""
    return list(
        Sample.objects.in_project(project_id)
        .filter(pk__range=(first, last))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def stream(project_id: UUID, *, chunk: int = 2000) -> Iterator[SampleInfo]:
    """Every sample by id, without holding them all."""
    for row in Sample.objects.in_project(project_id).order_by("pk").iterator(chunk_size=chunk):
        yield _info(row)


def state_counts(project_id: UUID) -> dict[str, int]:
    """How many samples stand in each state."""
    counted = Sample.objects.in_project(project_id).values("state").annotate(count=Count("pk")).order_by()
    return {row["state"]: row["count"] for row in counted}


def _info(row: Sample) -> SampleInfo:
    return SampleInfo(
        id=row.pk,
        project_id=row.project_id,
        external_id=row.external_id,
        group=row.group,
        generator=row.generator,
        metadata=row.metadata,
        revision=row.revision,
        state=row.state,
        slots=tuple(sorted(row.sources.candidates)),
        created_at=row.created_at,
    )
