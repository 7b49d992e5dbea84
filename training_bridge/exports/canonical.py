"""The release's own format: its files as they are, and the pictures beside them.

Belongs here: copying and reading back. Does not: changing a byte of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from training_bridge.exports import folder, rows

FORMAT = "canonical"


def write(
    files: Iterable[tuple[str, Iterable[bytes]]],
    *,
    out: Path,
    release: str,
    release_hash: str,
    seed: int,
    copy: folder.CopyPicture,
    said: Callable[[int], None] | None = None,
) -> folder.Manifest:
    """Export a release's files, each given as its name and its lines, to `out`. Raises FolderTaken, RowUnusable."""
    questions = dict.fromkeys(rows.SPLITS, 0)
    with_rationale = dict.fromkeys(rows.SPLITS, 0)
    progress = folder.Progress(said)
    entries: list[folder.FileEntry] = []
    with folder.Building(out) as building:
        shelf = folder.PictureShelf(building.root, copy)
        for name, lines_of_file in files:
            file = folder.HashedFile(building.root, name)
            try:
                for raw in lines_of_file:
                    file.write(raw)
                    if not name.endswith(".jsonl"):
                        continue
                    row = rows.decode(raw)
                    for path, sha256 in row.pictures():
                        shelf.take(path, sha256)
                    questions[row.split] += 1
                    with_rationale[row.split] += bool(row.rationales)
                    progress.one_more()
            finally:
                entries.append(file.close())
        pictures, listing = shelf.close()
        manifest = folder.Manifest(
            schema=1,
            format=FORMAT,
            release=release,
            release_hash=release_hash,
            seed=seed,
            questions=questions,
            with_rationale=with_rationale,
            further_rationales=0,
            pictures=pictures,
            files=(*entries, listing),
        )
        building.finish(manifest)
    return manifest


def lines(root: Path) -> Iterator[bytes]:
    """The canonical rows, byte by byte as the release holds them."""
    for entry in folder.read_manifest(root).files:
        if entry.path.endswith(".jsonl"):
            with (root / entry.path).open("rb") as file:
                yield from file


def read(root: Path) -> Iterator[rows.Recovered]:
    """Every row again."""
    for raw in lines(root):
        row = rows.decode(raw)
        rationale = rows.chosen(row)
        yield recovered(row, rationale.text if rationale else None)


def recovered(row: rows.QuestionRow, text: str | None) -> rows.Recovered:
    """What a reader should give back for this row."""
    return rows.Recovered(
        question=row.question,
        sample_id=row.sample_id,
        split=row.split,
        pictures=tuple(sha256 for _, sha256 in row.pictures()),
        answer=tuple(sorted(row.answer)),
        text=text,
    )
