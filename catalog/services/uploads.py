"""Manifests that people upload: kept at once, read by a worker.

Belongs here: keeping an upload, reading what is due, closing what nobody could read.
Does not: how a source is read and recorded (services.imports).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

import structlog
from django.core.files.storage import storages
from django.db import transaction

from catalog import dispatch
from catalog.choices import ImportState
from catalog.errors import ArchiveRefused, ImportNotWhole, ManifestUnreadable
from catalog.imports import archives, sources
from catalog.models import Import, ImportWork
from catalog.selectors import aspects
from catalog.services import imports
from catalog.services.imports import How
from config.base import work
from config.base.choices import WorkState
from config.base.words import noted

log = structlog.get_logger()
LEASE = timedelta(minutes=15)
# Between two chunks of an import that a worker reads: a killed worker is replaced when this is over.
CHUNK_LEASE = timedelta(minutes=2)


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
        imports.read_into(run, source, actor_id=run.started_by_id, now=now, processes=1, progress=progress)
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
