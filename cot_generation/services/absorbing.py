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
    copying.lines(chunk.cursor, TABLE, COLUMNS, _lines(chunk, chunk.rows))
    if chunk.updated:
        copying.lines(chunk.cursor, TABLE, COLUMNS, _lines(chunk, _unknown(chunk)))


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


def _lines(chunk: ImportChunk, rows: Iterable[tuple[int, ManifestRow]]) -> Iterator[str]:
    project = str(chunk.project_id)
    for sample_id, row in rows:
        if not row.rationales:
            continue
        slots = tuple(sorted(row.candidates))
        for each in row.rationales:
            aspect_id = chunk.aspect_ids.get(each.aspect)
            if aspect_id is not None and each.text.strip():
                yield f"{project}\t{sample_id}\t{aspect_id}\t{_written(row, each, slots)}"


FLAGS = (copying.FALSE, copying.TRUE)
STAGE, ORIGIN, ANSWER_DRIVEN = Stage.PLAIN.value, Origin.IMPORTED.value, Way.ANSWER_DRIVEN.value


def _written(row: ManifestRow, each: ManifestRationale, slots: tuple[str, ...]) -> str:
    """The columns from `way` on."""
    sentences = texts.cut(each.text, aspect=each.aspect)
    answer = row.answers.get(each.aspect)
    visible = each.way == ANSWER_DRIVEN
    facts = Facts(
        sentences=sentences,
        concluded=None,
        slots=slots,
        aspect=each.aspect,
        answer=None if answer is None else frozenset(answer),
        answer_visible=visible,
    )
    outcomes = checks.run_all(facts)
    failed = checks.failed(outcomes)
    locale = "zh-CN" if texts.is_chinese(each.text) else "en"
    settled = copying.NULL if answer is None else copying.array(sorted(answer))
    return (
        f"{each.way}\t{STAGE}\t{ORIGIN}\t{locale}\t{copying.json(sentences)}\t{settled}\t{FLAGS[visible]}\t"
        f"{copying.json(outcomes)}\t{FLAGS[not failed]}\t{copying.array(failed)}\t{copying.FALSE}\t0\t0"
    )
