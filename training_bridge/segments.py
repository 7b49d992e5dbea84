"""Reading numbered segments from where the last reading stopped.

Belongs here: whole new lines and the cursor behind them. Does not: what a line means.

A run appends to `events-000001.jsonl`, then goes on in `events-000002.jsonl`. A segment is left for the next one only
when that exists: then nothing is appended to it any more, and a half line at its end is what a killed process left.
"""

from __future__ import annotations

from pathlib import Path

from training_bridge.shapes import Cursor

READ_AT_MOST = 4 << 20


def files(folder: Path, name: str) -> list[str]:
    """The segments that exist, in order."""
    return sorted(file.name for file in folder.glob(f"{name}-[0-9][0-9][0-9][0-9][0-9][0-9].jsonl"))


def new_lines(folder: Path, name: str, cursor: Cursor) -> tuple[list[bytes], Cursor]:
    """Whole lines behind the cursor (a few MiB at most), and the cursor behind them."""
    for segment in files(folder, name):
        if segment < cursor.segment:
            continue
        offset = cursor.offset if segment == cursor.segment else 0
        with (folder / segment).open("rb") as file:
            file.seek(offset)
            content = file.read(READ_AT_MOST)
        whole = content.rfind(b"\n") + 1
        if whole:
            return content[:whole].splitlines(), Cursor(segment, offset + whole)
    return [], cursor
