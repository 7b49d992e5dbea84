"""The bytes that a source names, from below the manifest's folder or from an uploaded archive.

Belongs here: opening and capping. A path was checked as text when its row was read; here it is checked as a file.
Does not: deciding whether the bytes are a picture (decoder.py).
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from django.core.files.storage import storages

from catalog.errors import PictureRefused
from catalog.ingestion import buckets, web

MAX_BYTES = 64_000_000


def fetch(folder: str, path: str) -> bytes:
    """`folder` is `file:///…`, `storage://key` or `s3://bucket/prefix`; a path may be an `s3://` or http(s) address.

    Raises PictureRefused with a reason for people.
    """
    if path.startswith(("http://", "https://")):
        return web.read(path, cap=MAX_BYTES)
    if path.startswith("s3://"):
        return _in_bucket(path)
    if folder.startswith("s3://"):
        return _in_bucket(f"{folder.rstrip('/')}/{path}")
    if folder.startswith("storage://"):
        return _stored(f"{folder.removeprefix('storage://')}/files/{path}")
    return _local(Path(folder.removeprefix("file://")), path)


def _in_bucket(address: str) -> bytes:
    bucket, _, key = address.removeprefix("s3://").partition("/")
    return buckets.read(bucket, key, cap=MAX_BYTES)


def _stored(key: str) -> bytes:
    media = storages["media"]
    if not media.exists(key):
        raise PictureRefused("is not in the archive")
    if media.size(key) > MAX_BYTES:
        raise PictureRefused("is larger than {megabytes} MB", megabytes=MAX_BYTES // 1_000_000)
    with media.open(key) as file:
        content: bytes = file.read()
    return content


def _local(root: Path, path: str) -> bytes:
    base = os.path.realpath(root)
    real = os.path.realpath(root / path)
    if not real.startswith(base + os.sep):
        raise PictureRefused("lies outside the manifest's folder (a link leads there)")
    try:
        descriptor = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise PictureRefused("is not there") from None
    except OSError as error:
        raise PictureRefused("cannot be read ({why})", why=error.strerror) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise PictureRefused("is no ordinary file")
    with os.fdopen(descriptor, "rb") as file:
        if found.st_size > MAX_BYTES:
            raise PictureRefused("is larger than {megabytes} MB", megabytes=MAX_BYTES // 1_000_000)
        return file.read(MAX_BYTES)
