"""A prefix of a bucket with one "folder" a sample, named as in a folder tree (tree.py), or a manifest in a bucket.

Belongs here: listing keys and grouping them. They come in order, so one sample's names are held at a time.
Does not: fetching pictures (catalog.ingestion.buckets).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from catalog.errors import ManifestUnreadable, PictureRefused
from catalog.imports.manifest import Refusal
from catalog.imports.sources.base import MAX_LINE, Line
from catalog.imports.sources.tree import FACTS, row_of
from catalog.ingestion import buckets


class BucketTree:
    """`s3://bucket/prefix`. The bucket must be one that an administrator listed (IMPORT_BUCKETS)."""

    def __init__(self, address: str) -> None:
        self.bucket, _, prefix = address.removeprefix("s3://").partition("/")
        self.prefix = prefix.strip("/")

    @property
    def name(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"

    @property
    def folder(self) -> str:
        return self.name

    def lines(self) -> Iterator[Line]:
        start = f"{self.prefix}/" if self.prefix else ""
        try:
            keys = (key.removeprefix(start) for key in buckets.keys(self.bucket, start))
            inside = (key for key in keys if key.count("/") == 1 and not key.endswith("/"))
            for number, (sample, group) in enumerate(groupby(inside, lambda key: key.split("/")[0]), start=1):
                yield number, self._read(number, sample, start, [key.split("/")[1] for key in group])
        except PictureRefused as refused:
            raise ManifestUnreadable("{name} {why!t}.", name=self.name, why=refused.message) from None

    def _read(self, number: int, sample: str, start: str, files: list[str]) -> bytes | Refusal:
        facts = buckets.read(self.bucket, f"{start}{sample}/{FACTS}", cap=MAX_LINE) if FACTS in files else None
        return row_of(number, sample, files, facts)
