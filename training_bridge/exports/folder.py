"""A folder that appears whole or not at all, with a manifest that names every file and its hash.

Belongs here: hashing while writing, the temporary folder, the manifest, checking one.
Does not: what the lines are (trl.py, canonical.py).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from training_bridge.errors import ExportDamaged, FolderTaken, RowUnusable

MANIFEST = "export.json"
PICTURES = "pictures.sha256"
CHUNK = 1 << 20

# Writes the picture of this content hash, called `path` by the rows, to the open file.
CopyPicture = Callable[[str, str, BinaryIO], None]


class FileEntry(msgspec.Struct, frozen=True):
    """One file of an export."""

    path: str
    bytes: int
    sha256: str
    lines: int


class Pictures(msgspec.Struct, frozen=True):
    """How many pictures; each file's name is its sha256, listed in `pictures.sha256` as `sha256sum -c` reads it."""

    count: int
    bytes: int


class Manifest(msgspec.Struct, frozen=True):
    """What `export.json` says. The same release, format and seed give the same bytes."""

    schema: int
    format: str
    release: str
    release_hash: str
    seed: int
    questions: dict[str, int]
    with_rationale: dict[str, int]
    further_rationales: int
    pictures: Pictures
    files: tuple[FileEntry, ...]


class HashedFile:
    """A file that is hashed as it is written."""

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        full = root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        self._out = full.open("wb", buffering=CHUNK)
        self._hash = hashlib.sha256()
        self._bytes = self._lines = 0

    def write(self, content: bytes, *, lines: int = 1) -> None:
        self._out.write(content)
        self._hash.update(content)
        self._bytes += len(content)
        self._lines += lines

    def close(self) -> FileEntry:
        self._out.close()
        return FileEntry(self.path, self._bytes, self._hash.hexdigest(), self._lines)


class PictureShelf:
    """The pictures of an export, each copied once, at the first row that shows it."""

    def __init__(self, root: Path, copy: CopyPicture) -> None:
        self._root, self._copy = root, copy
        self._seen: dict[str, str] = {}  # path → sha256
        self._bytes = 0

    def take(self, path: str, sha256: str) -> None:
        """Raises RowUnusable for a path that leads outside, or that stands for two contents."""
        known = self._seen.get(path)
        if known == sha256:
            return
        target = (self._root / path).resolve()
        if known is not None or not target.is_relative_to(self._root.resolve()):
            raise RowUnusable(
                "The release names the picture {path} for two contents, or outside its folder.", path=path
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            self._copy(sha256, path, out)
            self._bytes += out.tell()
        self._seen[path] = sha256

    def close(self) -> tuple[Pictures, FileEntry]:
        """Writes the list."""
        listing = HashedFile(self._root, PICTURES)
        for path in sorted(self._seen):
            listing.write(f"{self._seen[path]}  {path}\n".encode())
        return Pictures(len(self._seen), self._bytes), listing.close()


class Progress:
    """Tells `said` every so often how many rows are written."""

    def __init__(self, said: Callable[[int], None] | None, *, every: int = 500) -> None:
        self._said, self._every, self.count = said, every, 0

    def one_more(self) -> None:
        self.count += 1
        if self._said is not None and self.count % self._every == 0:
            self._said(self.count)


class Building:
    """A folder under construction; `finish` gives it its name."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.root = out.with_name(f".{out.name}.part")

    def __enter__(self) -> Self:
        if self.out.exists() and (not self.out.is_dir() or any(self.out.iterdir())):
            raise FolderTaken(
                "{folder} holds something already; name another folder, or remove it first.", folder=str(self.out)
            )
        shutil.rmtree(self.root, ignore_errors=True)  # left behind by an export that was killed
        self.root.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest last, then rename: who sees the folder sees all of it."""
        content = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        (self.root / MANIFEST).write_bytes(content)
        self.settle()

    def settle(self) -> None:
        """Rename, where nothing else is to be written."""
        if self.out.exists():
            self.out.rmdir()
        self.root.rename(self.out)


@contextmanager
def split_files(root: Path, name: Callable[[str], str], splits: tuple[str, ...]) -> Iterator[Mapping[str, HashedFile]]:
    """One open file a split; what stays open after an error is closed."""
    files = {split: HashedFile(root, name(split)) for split in splits}
    try:
        yield files
    finally:
        for file in files.values():
            file.close()


def read_manifest(folder: Path) -> Manifest:
    """Raises ExportDamaged."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        raise ExportDamaged(
            "{folder} is no export: its {manifest} is missing or unreadable.", folder=str(folder), manifest=MANIFEST
        ) from None


def check(folder: Path) -> Manifest:
    """Every file and picture against its hash. Raises ExportDamaged, naming the first that differs."""
    manifest = read_manifest(folder)
    for entry in manifest.files:
        if _hash_of(folder / entry.path) != entry.sha256:
            raise ExportDamaged("{path} is not what the manifest says; export it again.", path=entry.path)
    for line in (folder / PICTURES).read_text().splitlines():
        sha256, path = line.split("  ", 1)
        if _hash_of(folder / path) != sha256:
            raise ExportDamaged("{path} is not the picture that its name says; export it again.", path=path)
    return manifest


def _hash_of(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
