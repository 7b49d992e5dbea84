"""Buckets that imports may read: listing and reading, under a cap.

Belongs here: the one client, and the check that a bucket was listed (IMPORT_BUCKETS).
Does not: the bucket that our own pictures lie in (the storage of STORAGE_URL).

Credentials come the way boto3 finds them (AWS_ACCESS_KEY_ID, a profile, an instance's role), never from a manifest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from catalog.errors import PictureRefused

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@cache
def _client() -> S3Client:
    return boto3.client("s3")


def forget() -> None:
    """For tests, whose buckets come and go."""
    _client.cache_clear()


def _check(bucket: str) -> None:
    if bucket not in settings.IMPORT_BUCKETS:
        raise PictureRefused(
            "lies in bucket {bucket!r}, which is not among those an administrator listed (IMPORT_BUCKETS)",
            bucket=bucket,
        )


def keys(bucket: str, prefix: str) -> Iterator[str]:
    """Every key below the prefix, in order, page by page. Raises PictureRefused."""
    _check(bucket)
    try:
        for page in _client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for item in page.get("Contents", []):
                yield item["Key"]
    except (BotoCoreError, ClientError) as error:
        raise PictureRefused("cannot be listed ({why})", why=_reason(error)) from None


def read(bucket: str, key: str, *, cap: int) -> bytes:
    """The object, unless it is larger than `cap` bytes. Raises PictureRefused."""
    _check(bucket)
    try:
        reply = _client().get_object(Bucket=bucket, Key=key)
        with reply["Body"] as body:
            if reply["ContentLength"] > cap:
                raise PictureRefused("is larger than {megabytes} MB", megabytes=cap // 1_000_000)
            content: bytes = body.read(cap)
    except (BotoCoreError, ClientError) as error:
        raise PictureRefused("cannot be fetched ({why})", why=_reason(error)) from None
    return content


def _reason(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response["Error"].get("Code", "refused"))
    return type(error).__name__
