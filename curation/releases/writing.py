"""Frozen files: shards named by their hash, `release.json` over them.

Belongs here: writing lines with their offsets, hashing, the manifest of a release.
Does not: what a line says (rows.py).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import msgspec
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from curation.choices import Split
from curation.shapes import Shard

ROWS_A_SHARD = 50_000
ATTACHED = ("card.json", "card.md")


@dataclass(frozen=True)
class Written:
    """Where one line went."""

    question: str
    sample_id: int
    split: Split
    family: str
    row_hash: bytes
    shard: int
    offset: int


@dataclass
class _Open:
    number: int
    file: IO[bytes]
    digest: Any
    rows: int = 0
    bytes: int = 0


@dataclass
class Writer:
    """Lines in, shards out; nothing reaches the storage before a shard is whole. Use as a context manager."""

    media: Storage
    folder: str
    shards: list[Shard] = field(default_factory=list)
    _open: dict[Split, _Open] = field(default_factory=dict)
    _pending: list[Shard | None] = field(default_factory=list)

    def add(self, question: str, line: bytes, *, sample_id: int, split: Split, family: str) -> Written:
        """One line into the split's present shard."""
        shard = self._open.get(split)
        if shard is None:
            # Closed in _finish, which every path through close() and add() reaches.
            file = tempfile.NamedTemporaryFile()  # noqa: SIM115  (outlives this call)
            shard = self._open[split] = _Open(len(self._pending), file, hashlib.sha256())
            self._pending.append(None)
        placed = Written(
            question=question,
            sample_id=sample_id,
            split=split,
            family=family,
            row_hash=row_hash(line),
            shard=shard.number,
            offset=shard.bytes,
        )
        content = line + b"\n"
        shard.file.write(content)
        shard.digest.update(content)
        shard.rows += 1
        shard.bytes += len(content)
        if shard.rows == ROWS_A_SHARD:
            self._finish(split)
        return placed

    def close(self, manifest: Callable[[list[Shard]], dict[str, Any]]) -> str:
        """Write what is open and `release.json`; returns the release's hash, which is that file's."""
        for split in list(self._open):
            self._finish(split)
        self.shards = [shard for shard in self._pending if shard is not None]
        content = msgspec.json.format(msgspec.json.encode(manifest(self.shards), order="sorted"), indent=1) + b"\n"
        self.media.save(f"{self.folder}/release.json", ContentFile(content))
        return hashlib.sha256(content).hexdigest()

    def attach(self, path: str, content: bytes) -> str:
        """A further file of the release; returns its SHA-256 for the manifest."""
        self.media.save(f"{self.folder}/{path}", ContentFile(content))
        return hashlib.sha256(content).hexdigest()

    def _finish(self, split: Split) -> None:
        shard = self._open.pop(split)
        sha256 = shard.digest.hexdigest()
        path = f"rows/{split.value}-{shard.number:03d}-{sha256[:16]}.jsonl"
        shard.file.flush()
        with Path(shard.file.name).open("rb") as whole:
            self.media.save(f"{self.folder}/{path}", File(whole))
        shard.file.close()
        self._pending[shard.number] = Shard(path=path, split=split.value, rows=shard.rows, sha256=sha256)


def row_hash(line: bytes) -> bytes:
    """16 bytes over one line without its newline."""
    return hashlib.blake2b(line, digest_size=16).digest()


def discard(media: Storage, folder: str) -> None:
    """Remove the files of a release that was not frozen after all."""
    for name in ("rows",):
        _, files = media.listdir(f"{folder}/{name}") if media.exists(f"{folder}/{name}") else ([], [])
        for file in files:
            media.delete(f"{folder}/{name}/{file}")
    for name in ("release.json", *ATTACHED):
        if media.exists(f"{folder}/{name}"):
            media.delete(f"{folder}/{name}")
