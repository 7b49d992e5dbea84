"""Rationales that come with an import.

Belongs here: this app's part of an import chunk, in the chunk's transaction.
Does not: reading the manifest (catalog), opinions (annotation).

Imported texts are free text: they are cut into sentences, letters in them are taken for slots, and no conclusion is
read out of them, so the conclusion check does not apply.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cot_generation import checks, texts
from cot_generation.checks.facts import Facts
from cot_generation.choices import Origin, Stage, Way
from cot_generation.models import Rationale

if TYPE_CHECKING:
    from catalog.imports.landing import ImportChunk


def absorb(chunk: ImportChunk) -> None:
    """Store the chunk's rationales. A row whose aspect the project does not have was refused before it came here."""
    rows: list[Rationale] = []
    for sample_id, row in chunk.rows:
        slots = tuple(sorted(row.candidates))
        for each in row.rationales:
            aspect_id = chunk.aspect_ids.get(each.aspect)
            if aspect_id is None or not each.text.strip():
                continue
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
            rows.append(
                Rationale(
                    project_id=chunk.project_id,
                    sample_id=sample_id,
                    aspect_id=aspect_id,
                    way=way,
                    stage=Stage.PLAIN,
                    origin=Origin.IMPORTED,
                    locale="zh-CN" if texts.is_chinese(each.text) else "en",
                    sentences=sentences,
                    answer=None if answer is None else sorted(answer),
                    answer_visible=way == Way.ANSWER_DRIVEN,
                    checks=outcomes,
                    passed=checks.passed(outcomes),
                    failed=checks.failed(outcomes),
                )
            )
    Rationale.objects.bulk_create(rows, batch_size=2000)
