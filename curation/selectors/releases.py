"""Frozen releases as exports, training and pages read them.

Belongs here: finding a release, streaming its lines, its pictures.
Does not: cutting (services.releases), verifying (services.verifying).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.core.files.storage import storages

from catalog.selectors import pictures
from curation.errors import ReleaseUnknown
from curation.models import Release, ReleaseRow
from curation.releases.card import Card, CardTally
from curation.releases.writing import ATTACHED
from curation.shapes import ReleaseCounts, Shard


@dataclass(frozen=True)
class ReleaseInfo:
    """A release. `folder` is its key in the media storage; `hash` is that of its `release.json`."""

    id: UUID
    project_id: UUID
    name: str
    state: str
    folder: str
    hash: str
    seed: int
    guideline_version: int
    sandbox: bool
    counts: ReleaseCounts
    shards: tuple[Shard, ...]
    cut_at: datetime

    @property
    def split_counts(self) -> dict[str, int]:
        """Questions by split."""
        return self.counts.questions


def by_name(project_id: UUID, name: str) -> ReleaseInfo:
    """Raises ReleaseUnknown."""
    row = Release.objects.in_project(project_id).filter(name=name).first()
    if row is None:
        raise ReleaseUnknown("There is no release {release!r} in this project.", release=name)
    return _info(row)


def by_id(release_id: UUID) -> ReleaseInfo:
    """Raises ReleaseUnknown."""
    row = Release.objects.filter(pk=release_id).first()
    if row is None:
        raise ReleaseUnknown
    return _info(row)


def of_project(project_id: UUID) -> list[ReleaseInfo]:
    """Newest first."""
    return [_info(row) for row in Release.objects.in_project(project_id).order_by("-cut_at", "name")]


def lines(release_id: UUID, split: str | None = None) -> Iterator[bytes]:
    """Canonical rows without their newline, shard by shard, without holding them."""
    release, media = by_id(release_id), storages["media"]
    for shard in release.shards:
        if split is None or shard.split == split:
            with media.open(f"{release.folder}/{shard.path}") as file:
                for line in file:
                    yield line.rstrip(b"\n")


def file_paths(release: ReleaseInfo) -> list[str]:
    """Every file of the release, below its folder. One that was cut before there were data cards has none."""
    media = storages["media"]
    attached = [path for path in ATTACHED if media.exists(f"{release.folder}/{path}")]
    return ["release.json", *attached, *(shard.path for shard in release.shards)]


def data_card(release: ReleaseInfo) -> Card:
    """As it was frozen; counted from the rows for a release that was cut before there were data cards."""
    media, key = storages["media"], f"{release.folder}/card.json"
    if media.exists(key):
        with media.open(key) as file:
            return msgspec.json.decode(file.read(), type=Card)
    seen = CardTally()
    for line in lines(release.id):
        seen.add(line)
    with media.open(f"{release.folder}/release.json") as file:
        locale = msgspec.json.decode(file.read()).get("locale", "en")
    return seen.card(
        release=release.name,
        locale=locale,
        guideline=release.guideline_version,
        seed=release.seed,
        left_out=release.counts.left_out,
    )


def sample_ids(release_id: UUID) -> list[int]:
    """Every sample of the release, by id."""
    rows = ReleaseRow.objects.filter(release_id=release_id).order_by("sample_id")
    return list(rows.values_list("sample_id", flat=True).distinct())


@dataclass(frozen=True)
class ReleasePicture:
    """A picture that rows name, and where its bytes come from."""

    path: str
    sha256: str
    asset_id: int


def release_pictures(release_id: UUID) -> Iterator[ReleasePicture]:
    """Each picture once."""
    from curation.releases.rows import picture_path

    ids, seen = sample_ids(release_id), set()
    for start in range(0, len(ids), 500):
        for found in pictures.of_samples(ids[start : start + 500]).values():
            for picture in found:
                if picture.sha256 not in seen:
                    seen.add(picture.sha256)
                    yield ReleasePicture(picture_path(picture), picture.sha256, picture.asset_id)


def _info(row: Release) -> ReleaseInfo:
    return ReleaseInfo(
        id=row.pk,
        project_id=row.project_id,
        name=row.name,
        state=row.state,
        folder=row.folder,
        hash=row.hash,
        seed=row.seed,
        guideline_version=row.guideline_version,
        sandbox=row.sandbox,
        counts=row.counts,
        shards=tuple(row.shards),
        cut_at=row.cut_at,
    )
