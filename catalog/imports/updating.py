"""Taking a changed row: what stood before is kept as a revision, then the sample's columns move.

Belongs here: the catalogue's part of an update, inside the chunk's transaction.
Does not: telling changed from unchanged (landing.py), opinions and rationales (their absorbers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from catalog.choices import SampleState
from catalog.imports.manifest import Parsed, Refusal
from catalog.models import Picture, PictureWork, Sample, SampleRevision
from catalog.shapes import Sources
from config.base.choices import WorkState
from config.base.words import noted


@dataclass(frozen=True)
class Change:
    """A stored sample's id and the row that differs from it."""

    sample_id: int
    parsed: Parsed


def take(changes: Sequence[Change], *, run_id: UUID, now: datetime) -> tuple[list[Change], list[Refusal]]:
    """Write what may be written. A row with other slots is refused: people's verdicts name the slots."""
    stored = Sample.objects.select_for_update().order_by("pk").in_bulk([change.sample_id for change in changes])
    shown = _pictures(stored)
    taken: list[Change] = []
    refused: list[Refusal] = []
    revisions: list[SampleRevision] = []
    fetch: list[int] = []
    for change in changes:
        sample, row = stored[change.sample_id], change.parsed.row
        if sample.sources.candidates.keys() != row.candidates.keys():
            reason = noted(
                "names the slots {given}, the stored sample has {stored}; give the row an id of its own",
                given="".join(sorted(row.candidates)),
                stored="".join(sorted(sample.sources.candidates)),
            )
            refused.append(Refusal(change.parsed.line, row.id, "candidates", reason))
            continue
        revisions.append(_revision(sample, shown.get(sample.pk, {}), now))
        sources = Sources(row.original, row.candidates)
        if sources != sample.sources or sample.state == SampleState.FAILED:
            fetch.append(sample.pk)
            sample.state = SampleState.WAITING
        sample.group, sample.sources, sample.generator = row.group, sources, row.generator
        sample.metadata, sample.content_hash = row.metadata, change.parsed.content_hash
        sample.run_id, sample.line, sample.revision = run_id, change.parsed.line, sample.revision + 1
        taken.append(change)
    SampleRevision.objects.bulk_create(revisions)
    columns = ["group", "sources", "generator", "metadata", "content_hash", "run_id", "line", "revision", "state"]
    Sample.objects.bulk_update([stored[change.sample_id] for change in taken], columns, batch_size=500)
    _fetch_again(fetch, now)
    return taken, refused


def fetch_again(lines: Mapping[int, int], *, run_id: UUID, now: datetime) -> None:
    """Samples, each with its line in this import, whose pictures shall be tried once more as part of it."""
    stored = list(Sample.objects.select_for_update().filter(pk__in=lines).order_by("pk"))
    for sample in stored:
        sample.run_id, sample.line, sample.state = run_id, lines[sample.pk], SampleState.WAITING
    Sample.objects.bulk_update(stored, ["run_id", "line", "state"], batch_size=500)
    _fetch_again([sample.pk for sample in stored], now)


def _fetch_again(sample_ids: Sequence[int], now: datetime) -> None:
    """Whatever state the work is in. The fence moves, so that a worker at the old addresses writes nothing any more."""
    PictureWork.objects.filter(sample__in=sample_ids).update(
        state=WorkState.WAITING,
        owner="",
        lease_expires_at=None,
        fence=F("fence") + 1,
        attempts=0,
        failure="",
        next_attempt_at=now,
    )


def _revision(sample: Sample, pictures: dict[str, str], now: datetime) -> SampleRevision:
    return SampleRevision(
        sample=sample,
        revision=sample.revision,
        group=sample.group,
        sources=sample.sources,
        generator=sample.generator,
        metadata=sample.metadata,
        content_hash=sample.content_hash,
        run_id=sample.run_id,
        line=sample.line,
        pictures=pictures,
        replaced_at=now,
    )


def _pictures(samples: dict[int, Sample]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = Picture.objects.filter(sample__in=samples).values_list("sample_id", "slot", "asset__sha256")
    for sample_id, slot, sha256 in rows:
        found.setdefault(sample_id, {})[slot] = sha256
    return found
