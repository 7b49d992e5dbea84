"""Finding out whether a release is still what was frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.core.files.storage import storages

from curation.errors import ReleaseDamaged
from curation.models import ReleaseRow
from curation.releases import writing
from curation.selectors import releases as release_selectors
from curation.services.releases import Progress
from curation.shapes import Shard


def verify(*, project_id: UUID, name: str, progress: Progress | None = None) -> int:
    """Read every byte of the release again; returns how many rows. Raises ReleaseDamaged with every fault found."""
    release, media = release_selectors.by_name(project_id, name), storages["media"]
    faults: list[str] = []
    if not media.exists(f"{release.folder}/release.json"):
        faults.append("release.json is missing")
    else:
        with media.open(f"{release.folder}/release.json") as file:
            manifest = file.read()
        if hashlib.sha256(manifest).hexdigest() != release.hash:
            faults.append("release.json differs from what was frozen")
        else:
            faults += _verify_attached(release, msgspec.json.decode(manifest).get("attached", {}))
    checked = 0
    for number, shard in enumerate(release.shards):
        faults += _verify_shard(release, number, shard)
        checked += shard.rows
        if progress is not None:
            progress(number + 1, len(release.shards))
    if faults:
        raise ReleaseDamaged("{first}", first="; ".join(faults[:5]), faults=faults)
    return checked


def _verify_attached(release: release_selectors.ReleaseInfo, attached: Mapping[str, str]) -> list[str]:
    media, faults = storages["media"], []
    for path, sha256 in attached.items():
        key = f"{release.folder}/{path}"
        if not media.exists(key):
            faults.append(f"{path} is missing")
            continue
        with media.open(key) as file:
            if hashlib.sha256(file.read()).hexdigest() != sha256:
                faults.append(f"{path} differs from what was frozen")
    return faults


def _verify_shard(release: release_selectors.ReleaseInfo, number: int, shard: Shard) -> list[str]:
    media, key = storages["media"], f"{release.folder}/{shard.path}"
    if not media.exists(key):
        return [f"{shard.path} is missing"]
    frozen = {
        offset: (bytes(row_hash), question)
        for offset, row_hash, question in ReleaseRow.objects.filter(release_id=release.id, shard=number).values_list(
            "offset", "row_hash", "question"
        )
    }
    digest, offset, faults = hashlib.sha256(), 0, []
    with media.open(key) as file:
        for place, line in enumerate(file, start=1):
            digest.update(line)
            expected, question = frozen.pop(offset, (b"", "an unknown row"))
            if writing.row_hash(line.rstrip(b"\n")) != expected:
                faults.append(f"{shard.path} line {place} ({question}) differs from what was frozen")
            offset += len(line)
    if frozen:
        faults.append(f"{shard.path} lacks {len(frozen)} rows")
    if digest.hexdigest() != shard.sha256 and not faults:
        faults.append(f"{shard.path} differs from what was frozen")
    return faults
