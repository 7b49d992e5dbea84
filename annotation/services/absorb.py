"""Verdicts, regions and answers that come with an import.

Belongs here: this app's part of an import chunk, by COPY in the chunk's transaction.
Does not: reading the manifest (catalog), rationales (cot_generation).

What is imported is an annotation without assignment, which no vote counts, and an answer of source `imported`, which
the first opinion of a person replaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotation import votes
from annotation.choices import AnnotationOrigin, ConsensusSource
from annotation.models import Annotation, OverallAnswer
from annotation.shapes import Region
from catalog.choices import OVERALL
from catalog.imports import copying

if TYPE_CHECKING:
    from catalog.imports.landing import ImportChunk
    from catalog.imports.manifest import ManifestRow

ANNOTATION_COLUMNS = (
    *("sample_id", "origin", "revision", "counts", "cells", "regions", "active_ms", "shown", "reason"),
    "submitted_at",
)
CONSENSUS_COLUMNS = (
    *("sample_id", "aspect_id", "project_id", "answer", "tied", "unsure", "disputed", "source", "opinions"),
    *("rule_version", "revision", "changed_at"),
)


def absorb(chunk: ImportChunk) -> None:
    """Store what the chunk's rows say about their pictures."""
    at = chunk.now.isoformat()
    first, last = f"\t{AnnotationOrigin.IMPORTED.value}\t1\tf\t", f"\t0\t{{}}\t\t{at}"
    copying.lines(
        chunk.cursor,
        "annotation_annotation",
        ANNOTATION_COLUMNS,
        (
            f"{sample_id}{first}{copying.json(row.verdicts)}\t{copying.json(_regions(row))}{last}"
            for sample_id, row in chunk.rows
            if row.verdicts or row.regions
        ),
    )
    rest = f"\t\t\tf\t{ConsensusSource.IMPORTED.value}\t0\t{chunk.rule.version}\t1\t{at}"
    ids = {aspect: f"\t{aspect_id}\t{chunk.project_id}\t" for aspect, aspect_id in chunk.aspect_ids.items()}
    copying.lines(
        chunk.cursor,
        "annotation_consensus",
        CONSENSUS_COLUMNS,
        (
            f"{sample_id}{ids[aspect]}{answer}{rest}"
            for sample_id, row in chunk.rows
            for aspect, answer in _answers(row, threshold=chunk.rule.threshold)
        ),
    )

    copying.lines(
        chunk.cursor,
        "annotation_overallanswer",
        ("sample_id", "answer", "changed_at"),
        (
            f"{sample_id}\t{votes.from_slots(row.answers[OVERALL])}\t{at}"
            for sample_id, row in chunk.rows
            if OVERALL in row.answers
        ),
    )
    _absorb_updates(chunk)


# An answer that people have settled since then stays theirs; one that the row no longer gives stays as it was.
CONSENSUS_UPDATE = """
insert into annotation_consensus
  (sample_id, aspect_id, project_id, answer, tied, unsure, disputed, source, opinions, rule_version, revision,
   changed_at)
values (%s, %s, %s, %s, '', '', false, %s, 0, %s, 1, %s)
on conflict (sample_id, aspect_id) do update
  set answer = excluded.answer, rule_version = excluded.rule_version, changed_at = excluded.changed_at,
      revision = annotation_consensus.revision + 1
  where annotation_consensus.source = excluded.source and annotation_consensus.answer is distinct from excluded.answer
"""


def _absorb_updates(chunk: ImportChunk) -> None:
    """A further imported opinion where the row says another thing than the last one; answers still imported."""
    said = {
        sample_id: (cells, regions)
        for sample_id, cells, regions in Annotation.objects.filter(
            sample__in=[sample_id for sample_id, _ in chunk.updated], origin=AnnotationOrigin.IMPORTED, imported_from=""
        )
        .order_by("pk")
        .values_list("sample_id", "cells", "regions")
    }
    Annotation.objects.bulk_create(
        Annotation(
            sample_id=sample_id,
            origin=AnnotationOrigin.IMPORTED,
            counts=False,
            cells=row.verdicts,
            regions=_regions(row),
            submitted_at=chunk.now,
        )
        for sample_id, row in chunk.updated
        if (row.verdicts, _regions(row)) != said.get(sample_id, ({}, []))
    )
    OverallAnswer.objects.bulk_create(
        (
            OverallAnswer(sample_id=sample_id, answer=votes.from_slots(row.answers[OVERALL]), changed_at=chunk.now)
            for sample_id, row in chunk.updated
            if OVERALL in row.answers
        ),
        update_conflicts=True,
        unique_fields=["sample"],
        update_fields=["answer", "changed_at"],
    )
    for sample_id, row in chunk.updated:
        for aspect, answer in _answers(row, threshold=chunk.rule.threshold):
            about = (sample_id, chunk.aspect_ids[aspect], str(chunk.project_id))
            rule = (ConsensusSource.IMPORTED.value, chunk.rule.version, chunk.now)
            chunk.cursor.execute(CONSENSUS_UPDATE, (*about, answer, *rule))


def _regions(row: ManifestRow) -> list[Region]:
    return [
        Region(
            slot=region.slot,
            aspect=region.aspect,
            point=region.point,
            box=region.box,
            polygon=None if region.polygon is None else tuple(region.polygon),
            note=region.note,
        )
        for region in row.regions
    ]


def _answers(row: ManifestRow, *, threshold: str) -> Iterator[tuple[str, str]]:
    """The answer as it stands in the row; else what its verdicts say, where they judge every candidate."""
    for aspect, slots in row.answers.items():
        if aspect != OVERALL:
            yield aspect, votes.from_slots(slots)
    judged: set[str] = set().union(*row.verdicts.values()) - row.answers.keys()
    for aspect in sorted(judged):
        said = votes.outcome(opinions=[row.verdicts], slots=sorted(row.candidates), aspect=aspect, threshold=threshold)
        if said is not None and said.answer is not None:
            yield aspect, said.answer
