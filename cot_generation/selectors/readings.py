"""What people said of rationales sentence by sentence.

Belongs here: reading readings. Does not: taking one (services.readings).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cot_generation.models import Rationale, Reading


@dataclass(frozen=True)
class ReadingInfo:
    """One reading. `verdicts[i]` is True, False, or None where sentence i was left behind the first fault."""

    id: int
    rationale_id: int
    reader_id: int
    verdicts: tuple[bool | None, ...]
    first_fault: int | None
    note: str
    active_ms: int
    read_at: datetime


def info(row: Reading) -> ReadingInfo:
    return ReadingInfo(
        id=row.pk,
        rationale_id=row.rationale_id,
        reader_id=row.reader_id,
        verdicts=tuple(row.verdicts),
        first_fault=row.first_fault,
        note=row.note,
        active_ms=row.active_ms,
        read_at=row.read_at,
    )


def of_rationales(rationale_ids: Iterable[int]) -> dict[int, list[ReadingInfo]]:
    """Rationale -> its readings, oldest first; those without one are absent."""
    found: dict[int, list[ReadingInfo]] = {}
    for row in Reading.objects.filter(rationale_id__in=set(rationale_ids)).order_by("pk"):
        found.setdefault(row.rationale_id, []).append(info(row))
    return found


@dataclass(frozen=True)
class ReadVersion:
    """One reading with the sentences that were read, which a later version may have replaced."""

    rationale_id: int
    sentences: tuple[str, ...]
    verdicts: tuple[bool | None, ...]
    first_fault: int | None


def behind(rationale_ids: Iterable[int]) -> dict[int, list[ReadVersion]]:
    """Rationale -> the readings of it and of every version before it, oldest first; those without one are absent."""
    root = {each: each for each in rationale_ids}  # version -> the rationale that was asked about
    layer = set(root)
    while layer:
        earlier = Rationale.objects.filter(pk__in=layer, revises__isnull=False).values_list("pk", "revises_id")
        root.update({before: root[later] for later, before in earlier})
        layer = {before for _, before in earlier}
    found: dict[int, list[ReadVersion]] = {}
    for row in Reading.objects.filter(rationale_id__in=root).select_related("rationale").order_by("pk"):
        texts = tuple(sentence.text for sentence in row.rationale.sentences)
        read = ReadVersion(row.rationale_id, texts, tuple(row.verdicts), row.first_fault)
        found.setdefault(root[row.rationale_id], []).append(read)
    return found


def of_assignment(assignment_id: int) -> ReadingInfo | None:
    """What came of an assignment, so that sending it twice is one reading."""
    row = Reading.objects.filter(assignment_id=assignment_id).first()
    return info(row) if row else None
