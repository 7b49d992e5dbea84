"""A CSV or TSV manifest: one sample a row, columns by name.

Columns: `id`, `original`, one a slot (`A` … `H`), `group`; `answers.<aspect>` with slots parted by spaces, `none` for
an empty answer, nothing for unjudged; `verdicts.<slot>.<aspect>`; `rationales.<aspect>`; `generator.<slot>`. Any other
column is kept in the metadata.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.errors import ManifestUnreadable
from catalog.imports.manifest import LETTERS, Refusal
from catalog.imports.sources.base import MAX_LINE, Line, beside, encode
from config.base.words import noted

NOTHING = ("none", "-", "[]")


class Table:
    """Streams: one row in memory at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def folder(self) -> str:
        return beside(self.path)

    def lines(self) -> Iterator[Line]:
        csv.field_size_limit(MAX_LINE)
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from self._rows(csv.DictReader(file, delimiter=self._delimiter(), strict=True))
        except OSError as error:
            raise ManifestUnreadable("{path} cannot be read: {why}.", why=error.strerror, path=str(self.path)) from None
        except UnicodeDecodeError:
            raise ManifestUnreadable(
                "{name} is not UTF-8; save it as CSV UTF-8.", name=self.name, path=str(self.path)
            ) from None
        except csv.Error as error:
            raise ManifestUnreadable(
                "{name} is no valid CSV: {why}.", name=self.name, why=str(error), path=str(self.path)
            ) from None

    def _delimiter(self) -> str:
        """By the first line: spreadsheets write semicolons in many countries, `.tsv` files have tabs."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(MAX_LINE)
        return max(",;\t", key=head.count)

    def _rows(self, reader: csv.DictReader[str]) -> Iterator[Line]:
        columns = reader.fieldnames or []
        if missing := {"id", "original"} - set(columns):
            raise ManifestUnreadable(
                "{name} has no column {missing} in its first line.", name=self.name, missing=sorted(missing)
            )
        if len(set(columns)) < len(columns):
            raise ManifestUnreadable("{name} names a column twice in its first line.", name=self.name)
        for cells in reader:
            if None in cells:
                yield (
                    reader.line_num,
                    Refusal(reader.line_num, cells["id"], "line", noted("has more cells than columns")),
                )
            else:
                yield reader.line_num, encode(_row({name: value or "" for name, value in cells.items()}))


def _row(cells: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": cells.pop("id"), "original": cells.pop("original"), "candidates": {}}
    for column, value in cells.items():
        kind, _, rest = column.partition(".")
        if not value.strip():
            continue
        if column in LETTERS:
            row["candidates"][column] = value
        elif column == "group":
            row["group"] = value
        elif kind == "answers" and rest:
            row.setdefault("answers", {})[rest] = [] if value.strip() in NOTHING else value.replace(",", " ").split()
        elif kind == "verdicts" and "." in rest:
            slot, _, aspect = rest.partition(".")
            row.setdefault("verdicts", {}).setdefault(slot, {})[aspect] = value.strip()
        elif kind == "rationales" and rest:
            row.setdefault("rationales", []).append({"aspect": rest, "text": value})
        elif kind == "generator" and rest:
            row.setdefault("generator", {})[rest] = value
        else:
            row.setdefault("metadata", {})[column] = value
    return row
