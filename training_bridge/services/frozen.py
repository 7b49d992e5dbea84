"""A frozen release as this app uses it: its rows, its files, its pictures.

Belongs here: the one place that asks curation for a release and catalog for its pictures.
Does not: formats (training_bridge.exports), run folders (preparation.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import UUID

from django.core.files.storage import storages

from catalog.services import assets
from curation.selectors import releases
from curation.selectors.releases import ReleaseInfo

MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def by_name(project_id: UUID, name: str) -> ReleaseInfo:
    """Raises ReleaseUnknown."""
    return releases.by_name(project_id, name)


def by_hash(project_id: UUID, content_hash: str) -> ReleaseInfo | None:
    """The project's release with these contents."""
    return next((each for each in releases.of_project(project_id) if each.hash == content_hash), None)


def by_id(release_id: UUID) -> ReleaseInfo:
    """Raises ReleaseUnknown."""
    return releases.by_id(release_id)


def lines(release: ReleaseInfo, split: str | None = None) -> Iterator[bytes]:
    """Canonical rows without their newline, one at a time."""
    return releases.lines(release.id, split)


def files(release: ReleaseInfo) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files that the release consists of, by their path inside it, each line by line, byte for byte."""
    for path in releases.file_paths(release):
        yield path, _file_lines(f"{release.folder}/{path}")


def _file_lines(key: str) -> Iterator[bytes]:
    with storages["media"].open(key) as file:
        yield from file


def question_count(release: ReleaseInfo) -> int:
    """How many rows there are."""
    return sum(release.split_counts.values())


def copy_picture(sha256: str, path: str, out: BinaryIO) -> None:
    """Write a picture that rows call `path`."""
    assets.copy(sha256, media_type(path), out)


def link_picture(sha256: str, path: str, to: Path) -> None:
    """Put a picture that rows call `path` at `to`, without a copy where that can be."""
    assets.link(sha256, media_type(path), to)


def media_type(path: str) -> str:
    """By the suffix that the release gave it."""
    return MEDIA_TYPES[PurePosixPath(path).suffix]
