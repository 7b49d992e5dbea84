"""Where rows come from: one module a format, each a stream of rows of the manifest contract.

Belongs here: the registry. A further format is a module with a class of `base.Source` and a line in `FORMATS`.
Does not: what a row means (catalog.imports.manifest), fetching pictures (catalog.ingestion).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import ManifestUnreadable
from catalog.imports.sources.base import Source
from catalog.imports.sources.bucket import BucketTree
from catalog.imports.sources.jsonlines import JsonLines
from catalog.imports.sources.label_studio import LabelStudioExport
from catalog.imports.sources.label_studio_live import LabelStudioProject
from catalog.imports.sources.table import Table
from catalog.imports.sources.tree import FolderTree

__all__ = ["FORMATS", "Format", "Source", "find", "of_file"]


@dataclass(frozen=True)
class Format:
    """`takes` looks at the word a person wrote, `opens` gets it with the keys of the project's aspects."""

    name: str
    takes: Callable[[str], bool]
    opens: Callable[[str, Collection[str]], Source]


def _ends(*suffixes: str) -> Callable[[str], bool]:
    return lambda word: word.lower().endswith(suffixes)


# In order: the first that takes the word opens it.
FORMATS: tuple[Format, ...] = (
    Format(
        "Label Studio project",
        lambda word: word.startswith("label-studio:"),
        lambda word, aspects: LabelStudioProject.of(word, aspects),
    ),
    Format("S3 prefix", lambda word: word.startswith("s3://"), lambda word, _: BucketTree(word)),
    Format("folder tree", lambda word: Path(word).is_dir(), lambda word, _: FolderTree(Path(word))),
    Format("CSV", _ends(".csv", ".tsv"), lambda word, _: Table(Path(word))),
    Format("Label Studio export", _ends(".json"), lambda word, aspects: LabelStudioExport(Path(word), aspects)),
    Format("JSON lines", lambda word: Path(word).is_file(), lambda word, _: JsonLines(Path(word))),
)


def find(word: str, *, aspects: Collection[str]) -> Source:
    """Raises ManifestUnreadable where no format takes it."""
    for each in FORMATS:
        if each.takes(word):
            return each.opens(word, aspects)
    raise ManifestUnreadable("{word} is not there, or is nothing that can be read: {known}.", word=word, known=_names())


def of_file(path: Path, name: str, *, aspects: Collection[str]) -> Source:
    """An uploaded file, by the name it had."""
    lowered = name.lower()
    if lowered.endswith((".csv", ".tsv")):
        return Table(path)
    return LabelStudioExport(path, aspects) if lowered.endswith(".json") else JsonLines(path)


def _names() -> list[str]:
    return [each.name for each in FORMATS]
