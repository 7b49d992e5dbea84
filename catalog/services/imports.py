"""Importing a source: the Import row around the reading, and failed pictures asked for again.

Belongs here: starting, finishing and recording imports.
Does not: reading and landing lines (catalog.imports), uploads (uploads.py), storing pictures (catalog.ingestion).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from accounts.services import audit_log
from catalog import dispatch
from catalog.choices import ImportState, SampleState
from catalog.errors import ImportNotWhole, ManifestUnreadable
from catalog.imports.landing import Context, Landed
from catalog.imports.run import read
from catalog.imports.sources.base import Source
from catalog.imports.sources.jsonlines import JsonLines
from catalog.models import Import, ImportRefusal, PictureWork, Sample
from config.base import work
from config.base.errors import DomainError, NotFound
from config.base.words import noted

log = structlog.get_logger()

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
    return read_into(run, source, actor_id=actor_id, now=now, processes=processes, progress=progress)


def _close_cut_off(run: Import, now: datetime) -> None:
    """An earlier reading of the same thing that no worker holds and that never ended was killed: say so."""
    same = Import.objects.in_project(run.project_id).filter(name=run.name, folder=run.folder, state=ImportState.RUNNING)
    same.exclude(pk=run.pk).filter(work__isnull=True).update(
        state=ImportState.FAILED,
        failure=noted("It was cut off; a later import of the same source went on."),
        finished_at=now,
    )


def read_into(
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
