"""Which picture lies in which slot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from catalog.models import Asset, Picture


@dataclass(frozen=True)
class PictureInfo:
    """A slot's stored raster, in pixels; `phash` as `d1:<16 hexadecimal digits>`."""

    slot: str
    asset_id: int
    sha256: str
    width: int
    height: int
    media_type: str
    phash: str
    generator: str


def of_samples(sample_ids: Iterable[int]) -> dict[int, list[PictureInfo]]:
    """By sample: the original first, then candidates by slot. Samples without pictures are absent."""
    found: dict[int, list[PictureInfo]] = {}
    rows = Picture.objects.select_related("asset", "sample").filter(sample_id__in=list(sample_ids))
    for row in rows.order_by("sample_id", "slot"):
        found.setdefault(row.sample_id, []).append(
            PictureInfo(
                slot=row.slot,
                asset_id=row.asset.pk,
                sha256=row.asset.sha256,
                width=row.asset.width,
                height=row.asset.height,
                media_type=row.asset.media_type,
                phash=phash_text(row.asset),
                generator=row.sample.generator.get(row.slot, ""),
            )
        )
    for pictures in found.values():
        pictures.sort(key=lambda picture: (picture.slot != "O", picture.slot))
    return found


def phash_text(asset: Asset) -> str:
    """The perceptual hash with its version, as manifests and releases write it."""
    return f"d{asset.phash_version}:{asset.phash & 0xFFFF_FFFF_FFFF_FFFF:016x}"


def of_project(project_id: UUID, sha256: str) -> Asset | None:
    """The asset, if any sample of this project shows it."""
    shown = Picture.objects.filter(sample__project_id=project_id, asset__sha256=sha256)
    first = shown.select_related("asset").first()
    return first.asset if first else None
