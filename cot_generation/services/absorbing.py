"""Rationales that come with an import.

Belongs here: this app's part of an import chunk, by COPY in the chunk's transaction.
Does not: reading the manifest (catalog), opinions (annotation).

Imported texts are free text: they are cut into sentences, letters in them are taken for slots, and no conclusion is
read out of them, so the conclusion check does not apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from catalog.imports import copying
from cot_generation import checks, texts
from cot_generation.checks.facts import Facts
from cot_generation.choices import Origin, Stage, Way
from cot_generation.models import Rationale

if TYPE_CHECKING:
    from catalog.imports.landing import ImportChunk
    from catalog.imports.manifest import ManifestRationale, ManifestRow

TABLE = "cot_generation_rationale"
COLUMNS = (
    *("project_id", "sample_id", "aspect_id", "way", "stage", "origin", "locale", "sentences", "answer"),
    *("answer_visible", "checks", "passed", "failed", "sandbox", "cost", "active_ms"),
)


def absorb(chunk: ImportChunk) -> None:
    """Store the chunk's rationales. A row whose aspect the project does not have was refused before it came here."""
    copying.copy(chunk.cursor, TABLE, COLUMNS, _rows(chunk, chunk.rows))
    if chunk.updated:
        copying.copy(chunk.cursor, TABLE, COLUMNS, _rows(chunk, _unknown(chunk)))


def _unknown(chunk: ImportChunk) -> list[tuple[int, ManifestRow]]:
    """Updated rows with only those rationales that are not stored yet: a rationale is never edited, only joined."""
    stored = {
        (sample_id, aspect, way, tuple(sentences))
        for sample_id, aspect, way, sentences in Rationale.objects.filter(
            sample__in=[sample_id for sample_id, _ in chunk.updated], origin=Origin.IMPORTED
        ).values_list("sample_id", "aspect__key", "way", "sentences")
    }
    return [
        (
            sample_id,
            msgspec.structs.replace(
                row,
                rationales=[
                    each
                    for each in row.rationales
                    if (sample_id, each.aspect, each.way, texts.cut(each.text, aspect=each.aspect)) not in stored
                ],
            ),
        )
        for sample_id, row in chunk.updated
    ]


def _rows(chunk: ImportChunk, rows: Iterable[tuple[int, ManifestRow]]) -> Iterator[tuple[object, ...]]:
    for sample_id, row in rows:
        slots = tuple(sorted(row.candidates))
        for each in row.rationales:
            aspect_id = chunk.aspect_ids.get(each.aspect)
            if aspect_id is not None and each.text.strip():
                yield (chunk.project_id, sample_id, aspect_id, *_written(row, each, slots))


def _written(row: ManifestRow, each: ManifestRationale, slots: tuple[str, ...]) -> tuple[object, ...]:
    """The columns from `way` on."""
    way = Way(each.way)
    sentences = texts.cut(each.text, aspect=each.aspect)
    answer = row.answers.get(each.aspect)
    facts = Facts(
        sentences=sentences,
        concluded=None,
        slots=slots,
        aspect=each.aspect,
        answer=None if answer is None else frozenset(answer),
        answer_visible=way == Way.ANSWER_DRIVEN,
    )
    outcomes = checks.run_all(facts)
    failed = checks.failed(outcomes)
    return (
        way.value,
        Stage.PLAIN.value,
        Origin.IMPORTED.value,
        "zh-CN" if texts.is_chinese(each.text) else "en",
        copying.json(sentences),
        copying.NULL if answer is None else copying.array(sorted(answer)),
        copying.TRUE if facts.answer_visible else copying.FALSE,
        copying.json(outcomes),
        copying.FALSE if failed else copying.TRUE,
        copying.array(failed),
        copying.FALSE,
        0,
        0,
    )
