"""Releases in other formats: into a folder for the command line, into an archive for the page.

Belongs here: asking for an export, making it, remembering what is there.
Does not: what a format looks like (training_bridge.exports).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction

from accounts.services import audit_log
from config.base import work
from config.base.choices import WorkState
from config.base.errors import DomainError
from curation.selectors.releases import ReleaseInfo
from training_bridge.choices import ExportFormat
from training_bridge.exports import canonical, trl
from training_bridge.exports.folder import Manifest
from training_bridge.models import Export
from training_bridge.services import frozen

log = structlog.get_logger()

LEASE = timedelta(minutes=3)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the archive's bytes depend on its content alone


def to_folder(
    release: ReleaseInfo, *, fmt: ExportFormat, out: Path, seed: int, said: Callable[[int], None] | None = None
) -> Manifest:
    """Export into a new folder. Raises FolderTaken, RowUnusable, PictureMissing."""
    if fmt == ExportFormat.CANONICAL:
        return canonical.write(
            frozen.files(release),
            out=out,
            release=release.name,
            release_hash=release.hash,
            seed=seed,
            copy=frozen.copy_picture,
            said=said,
        )
    return trl.write(
        frozen.lines(release),
        out=out,
        release=release.name,
        release_hash=release.hash,
        seed=seed,
        copy=frozen.copy_picture,
        said=said,
    )


@transaction.atomic
def ask(
    *, project_id: UUID, release_name: str, fmt: ExportFormat, seed: int, actor_id: int | None, now: datetime
) -> Export:
    """The export of this release in this format: the one that is there, or one that a worker will make. A failed one
    is tried again."""
    release = frozen.by_name(project_id, release_name)
    export, made = Export.objects.get_or_create(
        release_id=release.id,
        format=fmt,
        seed=seed,
        defaults={
            "project_id": project_id,
            "row_count": frozen.question_count(release),
            "asked_by_id": actor_id,
            "next_attempt_at": now,
            "max_attempts": 3,
        },
    )
    if made:
        audit_log.record(
            actor_id=actor_id,
            project_id=project_id,
            action="release.exported",
            subject=release.name,
            details={"format": fmt.value, "seed": seed},
        )
    elif export.state == WorkState.FAILED:
        Export.objects.filter(pk=export.pk, state=WorkState.FAILED).update(
            state=WorkState.WAITING, attempts=0, next_attempt_at=now, failure="", rows_done=0
        )
        export.refresh_from_db()
    work.announce("training_bridge.Export")
    return export


def make_due(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Make exports until none is due. Returns how many were claimed."""
    count = 0
    while clock() < until and (found := work.claim(Export, limit=1, lease=LEASE, now=clock())):
        _make(found[0], clock=clock)
        count += 1
    return count


def _make(export: Export, *, clock: Callable[[], datetime]) -> None:
    def said(rows: int) -> None:
        # Progress and lease in one statement. One that lost its lease goes on for nothing and changes nothing.
        Export.objects.filter(pk=export.pk, fence=export.fence, state=WorkState.RUNNING).update(
            rows_done=rows, lease_expires_at=clock() + LEASE
        )

    release = frozen.by_id(export.release_id)
    settings.RUNS_DIR.mkdir(parents=True, exist_ok=True)
    # Beside the run folders: there is room for pictures, and leftovers of a killed worker are in one place.
    with tempfile.TemporaryDirectory(prefix=".export-", dir=settings.RUNS_DIR) as folder:
        root = Path(folder) / "export"
        try:
            to_folder(release, fmt=ExportFormat(export.format), out=root, seed=export.seed, said=said)
        except DomainError as error:
            work.fail(export, failure=error.message)
            log.warning("export.failed", export_id=str(export.pk), code=error.code)
            return
        archive = Path(folder) / "export.zip"
        zip_folder(root, archive, inside=f"{release.name}-{export.format}")
        sha256 = _hash_of(archive)
        key = f"exports/{release.id}/{export.format}-{export.seed}-{sha256[:16]}.zip"
        media = storages["media"]
        if not media.exists(key):
            with archive.open("rb") as file:
                key = media.save(key, File(file))
        work.finish(export, key=key, bytes=archive.stat().st_size, sha256=sha256, rows_done=export.row_count)
    log.info("export.made", export_id=str(export.pk))


def zip_folder(root: Path, archive: Path, *, inside: str) -> None:
    """One archive, the same bytes for the same folder: pictures do not shrink, so nothing but lines is compressed."""
    names = sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
    with zipfile.ZipFile(archive, "w") as target:
        for name in names:
            entry = zipfile.ZipInfo(f"{inside}/{name}", date_time=EPOCH)
            entry.external_attr = 0o644 << 16
            text = not name.startswith("images/")
            entry.compress_type = zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED
            entry.file_size = os.stat(root / name).st_size
            with (root / name).open("rb") as source, target.open(entry, "w") as out:
                while chunk := source.read(1 << 20):
                    out.write(chunk)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
