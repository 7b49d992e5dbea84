"""How far people agree, per aspect and per cell of the candidates.

Belongs here: fetching the opinions of samples that have two or more, and handing them to the arithmetic.
Does not: the arithmetic (annotation.agreement), one question's vote (votes.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import connection

from annotation import agreement, votes
from annotation.shapes import Cells
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import rules as catalog_rules

MOST_SAMPLES = 20_000  # the newest; more would change no figure that is shown, and the page answers at once

OPINIONS = """
with said as (
    select distinct on (x.assignment_id) x.sample_id, x.cells
    from annotation_annotation x
    join annotation_assignment y on y.id = x.assignment_id and y.state = 'submitted'
    join annotation_batch b on b.id = y.batch_id
    where b.project_id = %(p)s and x.origin = 'opinion' and x.counts and (%(b)s::uuid is null or b.id = %(b)s::uuid)
    order by x.assignment_id, x.revision desc)
select sample_id, json_agg(cells)::text from said group by sample_id having count(*) >= 2
order by sample_id desc limit %(most)s
"""


@dataclass(frozen=True)
class CellFigure:
    """One slot under one aspect."""

    slot: str
    alpha: agreement.Alpha


@dataclass(frozen=True)
class AspectFigure:
    """One aspect over all slots, with a 95 % interval over samples, and how opinions differ where they do."""

    aspect_key: str
    alpha: agreement.Alpha
    low: float | None
    high: float | None
    samples: int
    samples_differing: int
    cells: tuple[CellFigure, ...]


@dataclass(frozen=True)
class ProjectAgreement:
    """What the page shows."""

    samples: int
    aspects: tuple[AspectFigure, ...]


def of_project(*, project_id: UUID, batch_id: UUID | None = None, by_severity: bool = False) -> ProjectAgreement:
    """Agreement over the samples with two or more counted opinions.

    Units are cells. Under the rule a cell says defect or not; `by_severity` compares the severities themselves.
    An unsure cell is no opinion.
    """
    with connection.cursor() as cursor:
        cursor.execute(OPINIONS, {"p": project_id, "b": batch_id, "most": MOST_SAMPLES})
        rows = cursor.fetchall()
    samples = {sample_id: msgspec.json.decode(said, type=list[Cells]) for sample_id, said in rows}
    threshold = catalog_rules.current(project_id).threshold
    figures = []
    for aspect in catalog_aspects.of_project(project_id):
        units = {
            sample_id: _units(opinions, aspect=aspect.key, threshold=threshold, by_severity=by_severity)
            for sample_id, opinions in samples.items()
        }
        figures.append(_figure(aspect.key, units))
    return ProjectAgreement(samples=len(samples), aspects=tuple(figures))


def _units(opinions: list[Cells], *, aspect: str, threshold: str, by_severity: bool) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for cells in opinions:
        for slot, by_aspect in cells.items():
            severity = by_aspect.get(aspect)
            vote = votes.vote(severity, threshold=threshold)
            if severity is not None and vote is not None:
                said[slot].append(severity if by_severity else ("defect" if vote else "no_defect"))
    return {slot: each for slot, each in said.items() if len(each) >= 2}


def _figure(key: str, units: dict[int, dict[str, list[str]]]) -> AspectFigure:
    groups = [list(by_slot.values()) for by_slot in units.values() if by_slot]
    overall = agreement.alpha([unit for group in groups for unit in group])
    bounds = agreement.interval(groups) if overall.value is not None else None
    slots = sorted({slot for by_slot in units.values() for slot in by_slot})
    return AspectFigure(
        aspect_key=key,
        alpha=overall,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        samples=len(groups),
        samples_differing=sum(any(len(Counter(unit)) > 1 for unit in group) for group in groups),
        cells=tuple(
            CellFigure(slot, agreement.alpha([by_slot[slot] for by_slot in units.values() if slot in by_slot]))
            for slot in slots
        ),
    )


def differing_samples(*, project_id: UUID, aspect_key: str, slot: str | None = None, limit: int = 200) -> list[int]:
    """Samples whose opinions differ on this aspect (and slot), for the page's links."""
    with connection.cursor() as cursor:
        cursor.execute(OPINIONS, {"p": project_id, "b": None, "most": MOST_SAMPLES})
        rows = cursor.fetchall()
    threshold = catalog_rules.current(project_id).threshold
    found = []
    for sample_id, said in rows:
        units = _units(
            msgspec.json.decode(said, type=list[Cells]), aspect=aspect_key, threshold=threshold, by_severity=False
        )
        if any(len(set(unit)) > 1 for name, unit in units.items() if slot in (None, name)):
            found.append(sample_id)
        if len(found) == limit:
            break
    return found
