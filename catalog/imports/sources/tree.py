"""A folder with one folder a sample: `s-17/original.jpg`, `s-17/A.png`, …, and `s-17/sample.json` for the rest.

Belongs here: names to rows, for a folder of this machine; buckets use the same names (bucket.py).
Does not: opening pictures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from catalog.errors import ManifestUnreadable
from catalog.imports.manifest import LETTERS, Refusal
from catalog.imports.sources.base import MAX_LINE, Line, encode
from config.base.words import noted

FACTS = "sample.json"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def row_of(number: int, sample: str, files: Sequence[str], facts: bytes | None) -> bytes | Refusal:
    """A sample's row from the names in its folder. Other files are passed over."""
    row: dict[str, Any] = {}
    if facts is not None:
        try:
            row = msgspec.json.decode(facts, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError) as error:
            return Refusal(number, sample, FACTS, noted("must be one JSON object: {why}", why=error))
    pictures: dict[str, str] = {}
    for file in sorted(files):
        stem, suffix = os.path.splitext(file)
        if suffix.lower() in PICTURES and (stem == "original" or stem in LETTERS):
            if stem in pictures:
                return Refusal(
                    number, sample, stem, noted("is there twice: {one} and {other}", one=pictures[stem], other=file)
                )
            pictures[stem] = file
    if "original" not in pictures:
        return Refusal(
            number,
            sample,
            "original",
            noted("is missing: no {file} in the folder", file=f"original{'/'.join(PICTURES)}"),
        )
    row["id"], row["original"] = row.get("id", sample), f"{sample}/{pictures.pop('original')}"
    row["candidates"] = {slot: f"{sample}/{file}" for slot, file in pictures.items()}
    return encode(row)


class FolderTree:
    """Only the names of the folders are held, sorted, so that every reading has the same numbers."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def name(self) -> str:
        return self.root.resolve().name or str(self.root)

    @property
    def folder(self) -> str:
        return f"file://{self.root.resolve()}"

    def lines(self) -> Iterator[Line]:
        try:
            with os.scandir(self.root) as entries:
                samples = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
        except OSError as error:
            raise ManifestUnreadable("{path} cannot be read: {why}.", why=error.strerror, path=str(self.root)) from None
        for number, sample in enumerate(samples, start=1):
            yield number, self._read(number, sample)

    def _read(self, number: int, sample: str) -> bytes | Refusal:
        folder = self.root / sample
        try:
            with os.scandir(folder) as entries:
                files = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
            facts = None
            if FACTS in files:
                with (folder / FACTS).open("rb") as file:
                    facts = file.read(MAX_LINE)
        except OSError as error:
            return Refusal(number, sample, "line", noted("cannot be read ({why})", why=error.strerror))
        return row_of(number, sample, files, facts)
