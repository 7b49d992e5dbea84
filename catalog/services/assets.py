"""Stored pictures: writing them once, reading them, smaller copies on first use.

Belongs here: keys by content hash, derivatives and their cache.
Does not: deciding what may be stored (catalog.ingestion).
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from PIL import Image

from catalog.errors import PictureMissing
from catalog.ingestion.children import Decoded
from catalog.models import Asset

THUMBNAIL = 320
SIDES = (320, 512, 768, 1024)
SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


def key_of(sha256: str, media_type: str) -> str:
    """Where a raster lies in the storage."""
    return f"assets/{sha256[:2]}/{sha256}.{SUFFIX[media_type]}"


def _derivative_key(sha256: str, side: int) -> str:
    return f"derivatives/{side}/{sha256[:2]}/{sha256}.jpg"


def store(pictures: Iterable[Decoded]) -> dict[str, Asset]:
    """Keep each picture once; returns assets by `sha256`. Files first: a row never names a file that is not there."""
    wanted = {picture.sha256: picture for picture in pictures}
    known = set(Asset.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    media = storages["media"]
    for sha256, picture in wanted.items():
        if sha256 not in known:
            _put(media, key_of(sha256, picture.media_type), picture.raster)
            _put(media, _derivative_key(sha256, THUMBNAIL), picture.thumbnail)
    Asset.objects.bulk_create(
        (
            Asset(
                sha256=picture.sha256,
                source_sha256=picture.source_sha256,
                media_type=picture.media_type,
                width=picture.width,
                height=picture.height,
                bytes=len(picture.raster),
                phash=picture.phash,
                phash_version=picture.phash_version,
            )
            for sha256, picture in wanted.items()
            if sha256 not in known
        ),
        ignore_conflicts=True,  # another worker stored the same picture meanwhile
    )
    return {asset.sha256: asset for asset in Asset.objects.filter(sha256__in=wanted)}


def _put(media: Storage, key: str, content: bytes) -> None:
    if not media.exists(key):
        media.save(key, ContentFile(content))


def read(asset_id: int) -> bytes:
    """The stored raster. Raises PictureMissing."""
    return _read(key_of(*_facts(asset_id)))


def fitted(asset_id: int, side: int) -> bytes:
    """A JPEG with a longer side of at most `side` pixels (one of SIDES), made on first use. Raises PictureMissing."""
    sha256, media_type = _facts(asset_id)
    return fitted_by_hash(sha256, media_type, side)


def fitted_by_hash(sha256: str, media_type: str, side: int) -> bytes:
    """The same, for callers that know the asset's facts already."""
    allowed = min((known for known in SIDES if known >= side), default=SIDES[-1])
    media, key = storages["media"], _derivative_key(sha256, allowed)
    if media.exists(key):
        return _read(key)
    made = _fit(_read(key_of(sha256, media_type)), allowed)
    _put(media, key, made)
    return made


def _fit(raster: bytes, side: int) -> bytes:
    # Safe to decode here: the raster was written, or checked marker by marker, by the decoding child.
    with Image.open(io.BytesIO(raster), formats=("JPEG", "PNG")) as image:
        if image.format == "JPEG":
            image.draft("RGB", (side, side))
        small = image.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=85)
    return out.getvalue()


def _facts(asset_id: int) -> tuple[str, str]:
    found = Asset.objects.filter(pk=asset_id).values_list("sha256", "media_type").first()
    if found is None:
        raise PictureMissing(asset=asset_id)
    return found


def _read(key: str) -> bytes:
    try:
        with storages["media"].open(key) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise PictureMissing("A stored picture is gone from the storage: {key}.", key=key) from None
    return content


def copy(sha256: str, media_type: str, out: BinaryIO) -> None:
    """Write the stored raster to an open file. Raises PictureMissing."""
    key = key_of(sha256, media_type)
    try:
        with storages["media"].open(key) as file:
            shutil.copyfileobj(file, out, 1 << 18)
    except FileNotFoundError:
        raise PictureMissing("A stored picture is gone from the storage: {key}.", key=key) from None


def link(sha256: str, media_type: str, to: Path) -> None:
    """The stored raster at `to`: a hard link where storage and target share a file system, else a copy."""
    key = key_of(sha256, media_type)
    try:
        os.link(storages["media"].path(key), to)
    except FileNotFoundError:
        raise PictureMissing("A stored picture is gone from the storage: {key}.", key=key) from None
    except (NotImplementedError, OSError):  # a bucket, or another file system
        with to.open("wb") as out:
            copy(sha256, media_type, out)
