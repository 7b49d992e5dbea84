"""How far an import is, and what it did not take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Count, F, Func, Q, QuerySet, Value

from catalog.choices import SampleState
from catalog.imports.manifest import Refusal
from catalog.models import ImportRefusal, PictureWork, Sample


@dataclass(frozen=True)
class PictureProgress:
    """How many samples of an import have their pictures."""

    ready: int
    failed: int
    waiting: int

    @property
    def total(self) -> int:
        return self.ready + self.failed + self.waiting


def picture_progress(import_ids: Sequence[UUID]) -> dict[UUID, PictureProgress]:
    """How far the pictures of each import are, all read from one index."""
    counted: dict[UUID, dict[str, int]] = {import_id: {} for import_id in import_ids}
    samples = Sample.objects.filter(run__in=import_ids).values_list("run", "state").order_by()
    for import_id, state, count in samples.annotate(count=Count("pk")):
        counted[import_id][state] = count
    return {
        import_id: PictureProgress(
            ready=by_state.get(SampleState.READY, 0),
            failed=by_state.get(SampleState.FAILED, 0),
            waiting=by_state.get(SampleState.WAITING, 0),
        )
        for import_id, by_state in counted.items()
    }


def row_refusals(import_id: UUID) -> Iterator[Refusal]:
    """Rows that were not taken, by line, without holding them all."""
    rows = ImportRefusal.objects.filter(run=import_id).order_by("line", "field")
    for row in rows.iterator(chunk_size=2000):
        yield Refusal(row.line, row.external_id, row.field, row.reason)


def failed_pictures(import_id: UUID) -> QuerySet[PictureWork]:
    """Work on samples of this import whose pictures could not be stored."""
    rows = PictureWork.objects.select_related("sample")
    return rows.filter(sample__run_id=import_id, sample__state=SampleState.FAILED)


def picture_refusal(row: PictureWork) -> Refusal:
    """The reason; `field` names the slot."""
    place, _, reason = row.failure.partition(": ")
    return Refusal(row.sample.line, row.sample.external_id, place, reason or row.failure)


def picture_refusals(import_id: UUID) -> list[Refusal]:
    """Samples whose pictures could not be stored, by line."""
    return [picture_refusal(row) for row in failed_pictures(import_id).order_by("sample__line")]


def refusals(import_id: UUID, *, field: str = "", text: str = "") -> QuerySet[ImportRefusal]:
    """Reasons against rows: those about one field (its first word), those whose id, field or reason hold a text."""
    rows = ImportRefusal.objects.filter(run=import_id)
    if field:
        rows = rows.filter(field__regex=rf"^{re.escape(field)}([.\[]|$)")
    if text:
        rows = rows.filter(Q(external_id__icontains=text) | Q(reason__icontains=text) | Q(field__icontains=text))
    return rows


def refused_fields(import_id: UUID) -> dict[str, int]:
    """How many reasons there are against each field, by its first word; the most frequent first."""
    first = Func(F("field"), Value("[.\\[].*$"), Value(""), function="regexp_replace", output_field=CharField())
    rows = ImportRefusal.objects.filter(run=import_id).annotate(first=first).values("first").order_by()
    counted = rows.annotate(count=Count("pk")).order_by("-count", "first")
    return {row["first"]: row["count"] for row in counted}
