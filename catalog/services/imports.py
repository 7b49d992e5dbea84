"""Importing a manifest: the Import row around the reading, uploads, what failed asked for again.

Belongs here: starting, finishing and recording imports.
Does not: reading and landing lines (catalog.imports), storing pictures (catalog.ingestion).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

import structlog
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import CharField, Count, F, Func, Q, QuerySet, Value

from accounts.services import audit_log
from catalog import dispatch
from catalog.choices import ImportState, SampleState
from catalog.errors import ArchiveRefused, ImportNotWhole, ManifestUnreadable
from catalog.imports import archives, sources
from catalog.imports.landing import Context, Landed
from catalog.imports.manifest import Refusal
from catalog.imports.run import read
from catalog.imports.sources.base import Source
from catalog.imports.sources.jsonlines import JsonLines
from catalog.models import Import, ImportRefusal, ImportWork, PictureWork, Sample
from catalog.selectors import aspects
from config.base import work
from config.base.choices import WorkState
from config.base.errors import DomainError, NotFound
from config.base.words import noted

log = structlog.get_logger()
LEASE = timedelta(minutes=15)
# Between two chunks of an import that a worker reads: a killed worker is replaced when this is over.
CHUNK_LEASE = timedelta(minutes=2)


Progress = Callable[[int, Landed], None]


@dataclass(frozen=True)
class How:
    """What to do with a row that differs from the stored one, and whether one refusal keeps everything out."""

    update: bool = False
    strict: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an import did. `import_id` is None for a dry run."""

    import_id: UUID | None
    lines: int
    landed: Landed


def read_manifest(
    *,
    project_id: UUID,
    manifest: Path,
    actor_id: int | None,
    now: datetime,
    dry: bool = False,
    how: How | None = None,
    processes: int = 2,
    progress: Progress | None = None,
) -> Outcome:
    """Land a manifest that lies on this machine. Raises ManifestUnreadable before anything is written."""
    return read_source(
        project_id=project_id,
        source=JsonLines(manifest),
        actor_id=actor_id,
        now=now,
        dry=dry,
        how=how,
        processes=processes,
        progress=progress,
    )


def read_source(
    *,
    project_id: UUID,
    source: Source,
    actor_id: int | None,
    now: datetime,
    dry: bool = False,
    how: How | None = None,
    processes: int = 2,
    progress: Progress | None = None,
) -> Outcome:
    """Land any source.

    Raises ManifestUnreadable before anything is written, and ImportNotWhole where `how` is strict and a row would be
    refused.
    """
    how = how or How()
    if next(source.lines(), None) is None:
        raise ManifestUnreadable("{name} has no rows.", name=source.name)
    if dry:
        context = Context(project_id, None, actor_id, now, dry=True, update=how.update)
        lines, landed = read(source, context, processes=processes, progress=progress)
        return Outcome(None, lines, landed)
    run = Import.objects.create(
        project_id=project_id,
        name=source.name[:200],
        folder=source.folder,
        state=ImportState.RUNNING,
        started_by_id=actor_id,
        update=how.update,
        strict=how.strict,
    )
    _close_cut_off(run, now)
    return _read_into(run, source, actor_id=actor_id, now=now, processes=processes, progress=progress)


def _close_cut_off(run: Import, now: datetime) -> None:
    """An earlier reading of the same thing that no worker holds and that never ended was killed: say so."""
    same = Import.objects.in_project(run.project_id).filter(name=run.name, folder=run.folder, state=ImportState.RUNNING)
    same.exclude(pk=run.pk).filter(work__isnull=True).update(
        state=ImportState.FAILED,
        failure=noted("It was cut off; a later import of the same source went on."),
        finished_at=now,
    )


def _read_into(
    run: Import, source: Source, *, actor_id: int | None, now: datetime, processes: int, progress: Progress | None
) -> Outcome:
    context = Context(run.project_id, run.pk, actor_id, now, dry=False, update=run.update)
    if isinstance(source, JsonLines):
        Import.objects.filter(pk=run.pk).update(line_total=source.count())
    try:
        if run.strict:
            lines, landed = _read_whole(run, source, context, processes=processes, progress=progress)
        else:
            lines, landed = _read_chunks(run, source, context, processes=processes, progress=progress)
    except DomainError as error:
        Import.objects.filter(pk=run.pk).update(state=ImportState.FAILED, failure=error.message[:500], finished_at=now)
        raise
    with transaction.atomic():
        _count(run.pk, lines, landed)
        _note(run.pk, landed)
        Import.objects.filter(pk=run.pk).update(state=ImportState.DONE, finished_at=now)
        audit_log.record(
            actor_id=actor_id,
            project_id=run.project_id,
            action="import.done",
            subject=run.name,
            details={
                "new": landed.new,
                "unchanged": landed.unchanged,
                "changed": landed.changed,
                "refused": landed.refused,
                "update": run.update,
            },
        )
    log.info("import.done", import_id=str(run.pk), lines=lines, new=landed.new, refused=landed.refused)
    return Outcome(run.pk, lines, landed)


def _read_chunks(
    run: Import, source: Source, context: Context, *, processes: int, progress: Progress | None
) -> tuple[int, Landed]:
    def count(lines: int, landed: Landed) -> None:
        _count(run.pk, lines, landed)
        if progress is not None:
            progress(lines, landed)

    return read(source, context, processes=processes, progress=count)


def _read_whole(
    run: Import, source: Source, context: Context, *, processes: int, progress: Progress | None
) -> tuple[int, Landed]:
    """Everything in one transaction, by one process, after a reading that finds what would be refused."""
    lines, landed = read(source, replace(context, dry=True), processes=processes)
    if not landed.report:
        try:
            with transaction.atomic():
                lines, landed = read(source, context, processes=1, progress=progress)
                if landed.report:
                    raise ImportNotWhole
        except ImportNotWhole:
            log.warning("import.changed_meanwhile", import_id=str(run.pk))
        else:
            return lines, landed
    _count(run.pk, lines, Landed(changed=landed.changed, refusals=landed.refusals))
    _note(run.pk, landed)
    raise ImportNotWhole(
        "Nothing was imported: {refused} rows are refused and {kept} differ from what is here.",
        refused=landed.refused,
        kept=len(landed.kept),
        import_id=str(run.pk),
    )


def _note(run_id: UUID, landed: Landed) -> None:
    ImportRefusal.objects.bulk_create(
        (
            ImportRefusal(
                run_id=run_id, line=each.line, external_id=each.id, field=each.field, reason=each.reason[:400]
            )
            for each in landed.report
        ),
        ignore_conflicts=True,
    )


def _count(run_id: UUID, lines: int, landed: Landed) -> None:
    Import.objects.filter(pk=run_id).update(
        row_count=lines,
        new_count=landed.new,
        unchanged_count=landed.unchanged,
        changed_count=landed.changed,
        refused_count=landed.refused,
    )


@transaction.atomic
def upload(
    *,
    project_id: UUID,
    name: str,
    manifest: IO[bytes],
    archive: IO[bytes] | None,
    actor_id: int,
    how: How | None = None,
) -> Import:
    """Keep an uploaded manifest with the archive of its pictures; a worker reads it. Raises ArchiveRefused."""
    if archive is not None:
        archives.check(archive)
    how = how or How()
    run = Import.objects.create(
        project_id=project_id,
        name=name[:200] or "manifest.jsonl",
        folder="",
        started_by_id=actor_id,
        update=how.update,
        strict=how.strict,
    )
    run.folder = f"storage://imports/{run.pk}"
    run.save(update_fields=["folder"])
    media = storages["media"]
    media.save(f"imports/{run.pk}/manifest.jsonl", manifest)
    if archive is not None:
        archive.seek(0)
        media.save(f"imports/{run.pk}/pictures.zip", archive)
    ImportWork.objects.create(run=run)
    dispatch.imports_due()
    return run


def read_due(*, until: datetime, clock: Callable[[], datetime], scratch: Path) -> None:
    """Read uploaded imports until none is due or the time is over."""
    while clock() < until:
        claimed = work.claim(ImportWork, limit=1, lease=LEASE, now=clock())
        if not claimed:
            return
        _read_uploaded(claimed[0], clock=clock, scratch=scratch)


class _NoLongerOurs(Exception):
    """The lease ran out: another worker reads this import now, and goes on where the chunks end."""


def _read_uploaded(claimed: ImportWork, *, clock: Callable[[], datetime], scratch: Path) -> None:
    now = clock()
    run = Import.objects.get(pk=claimed.run_id)
    Import.objects.filter(pk=run.pk).update(state=ImportState.RUNNING)
    media = storages["media"]
    prefix = f"imports/{run.pk}"
    local = scratch / f"{run.pk}.jsonl"
    try:
        with media.open(f"{prefix}/manifest.jsonl") as stored, local.open("wb") as copy:
            for block in stored.chunks():
                copy.write(block)
        if media.exists(f"{prefix}/pictures.zip"):
            with media.open(f"{prefix}/pictures.zip") as stored:
                archives.unpack(stored, media, prefix=f"{prefix}/files")
        # A Celery worker's processes may not have children, so one process reads.
        keys = {aspect.key for aspect in aspects.of_project(run.project_id)}
        source = sources.of_file(local, run.name, aspects=keys)

        def hold(*_: object) -> None:
            if not work.renew(claimed, lease=CHUNK_LEASE, now=clock()):
                raise _NoLongerOurs

        # Strict imports are one transaction: what is renewed inside it nobody sees before its end.
        progress = None if run.strict else hold
        _read_into(run, source, actor_id=run.started_by_id, now=now, processes=1, progress=progress)
    except _NoLongerOurs:
        log.warning("import.lease_lost", import_id=str(run.pk))
        return
    except (ManifestUnreadable, ArchiveRefused, ImportNotWhole) as error:
        Import.objects.filter(pk=run.pk).update(state=ImportState.FAILED, failure=error.message[:500], finished_at=now)
        work.fail(claimed, failure=error.message)
        return
    finally:
        local.unlink(missing_ok=True)
    work.finish(claimed)


def close_given_up(*, now: datetime) -> None:
    """The sweep's part: an import whose workers all died has failed, and its page says so. Whole chunks stay in."""
    given_up = ImportWork.objects.filter(state=WorkState.FAILED, run__state=ImportState.RUNNING)
    closed = Import.objects.filter(pk__in=given_up.values("run_id")).update(
        state=ImportState.FAILED,
        failure=noted(
            "Every worker that read it died. What it had read is in; import the same file again for the rest."
        ),
        finished_at=now,
    )
    if closed:
        log.warning("imports.given_up", count=closed)


@dataclass(frozen=True)
class PictureProgress:
    """How many samples of an import have their pictures."""

    ready: int
    failed: int
    waiting: int

    @property
    def total(self) -> int:
        return self.ready + self.failed + self.waiting


def picture_progress(import_id: UUID) -> PictureProgress:
    """Counted by the samples' states."""
    rows = Sample.objects.filter(run_id=import_id)
    ready = rows.filter(state=SampleState.READY).count()
    failed = rows.filter(state=SampleState.FAILED).count()
    return PictureProgress(ready=ready, failed=failed, waiting=rows.filter(state=SampleState.WAITING).count())


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


@transaction.atomic
def retry_pictures(*, project_id: UUID, import_id: UUID, actor_id: int, now: datetime) -> int:
    """Fetch again what failed; returns how many samples. Raises NotFound."""
    if not Import.objects.in_project(project_id).filter(pk=import_id).exists():
        raise NotFound
    failed = Sample.objects.filter(run_id=import_id, state=SampleState.FAILED)
    count = work.again(PictureWork, where=Q(sample__in=failed.values("pk")), now=now)
    failed.update(state=SampleState.WAITING)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="import.pictures_retried", subject=str(import_id))
    dispatch.pictures_due()
    return count
