"""Opinions of models, or of another tool, about samples that are here: kept set-wise, shown in assisted batches.

Belongs here: checking and storing them. Never counted, and no answer follows from them.
Does not: opinions that come with a manifest (absorb.py), showing them (hot.py, as the batch says).

Appended, never edited: the same source may say another thing later, and the newest is what a batch shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.services import audit_log
from annotation.choices import AnnotationOrigin
from annotation.models import Annotation
from annotation.services.consensus import ORIGINAL
from annotation.shapes import Cells, Region, Severity
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import pictures as catalog_pictures
from catalog.selectors import rules as catalog_rules
from catalog.selectors import samples as catalog_samples
from config.base.errors import InvalidInput
from config.base.words import noted

MOST = 1_000
MOST_REGIONS = 200


@dataclass(frozen=True)
class Prelabel:
    """What one source says of one sample.

    `answers` are slots with the defect by aspect, `verdicts` by slot and aspect; an aspect in both goes by the latter.
    """

    sample: str
    answers: Mapping[str, Sequence[str]]
    verdicts: Cells
    regions: Sequence[Region]


@dataclass(frozen=True)
class PrelabelRefusal:
    """Why one was not taken; `index` is its place in the request."""

    index: int
    sample: str
    field: str
    reason: str


@dataclass(frozen=True)
class Stored:
    """What became of a request. Whatever is not refused is stored, or was already."""

    stored: int
    unchanged: int
    refused: tuple[PrelabelRefusal, ...]


@dataclass(frozen=True)
class _Terms:
    severities: Mapping[str, Sequence[str]]
    threshold: Severity
    ids: Mapping[str, int]
    sizes: Mapping[int, Mapping[str, tuple[int, int]]]
    slots: Mapping[int, Sequence[str]]


@transaction.atomic
def store(*, project_id: UUID, source: str, prelabels: Sequence[Prelabel], actor_id: int, now: datetime) -> Stored:
    """Keep what is new; the same again changes nothing. Raises InvalidInput for a request that is refused whole."""
    if not source.strip() or len(source) > 80:
        raise InvalidInput("Name the source (a model with its version, a tool) in 1 to 80 characters.")
    if len(prelabels) > MOST:
        raise InvalidInput("A request holds at most {most} pre-labels; send the rest in further requests.", most=MOST)
    terms = _terms(project_id, prelabels)
    refused: list[PrelabelRefusal] = []
    taken: dict[int, tuple[Cells, list[Region]]] = {}
    for index, each in enumerate(prelabels):
        problems = list(_problems(each, terms))
        if not problems and terms.ids[each.sample] in taken:
            problems = [("sample", noted("came earlier in this request"))]
        if problems:
            refused += [PrelabelRefusal(index, each.sample[:200], field, reason) for field, reason in problems]
        else:
            taken[terms.ids[each.sample]] = (_cells(each, terms), list(each.regions))
    said = _said(list(taken), source)
    fresh = {sample_id: what for sample_id, what in taken.items() if said.get(sample_id) != what}
    Annotation.objects.bulk_create(
        (
            Annotation(
                sample_id=sample_id,
                origin=AnnotationOrigin.IMPORTED,
                imported_from=source,
                counts=False,
                cells=cells,
                regions=regions,
                submitted_at=now,
            )
            for sample_id, (cells, regions) in fresh.items()
        ),
        batch_size=500,
    )
    if fresh:
        audit_log.record(
            actor_id=actor_id,
            project_id=project_id,
            action="prelabels.stored",
            subject=source,
            details={"stored": len(fresh), "unchanged": len(taken) - len(fresh)},
        )
    return Stored(len(fresh), len(taken) - len(fresh), tuple(refused))


def _terms(project_id: UUID, prelabels: Sequence[Prelabel]) -> _Terms:
    ids = catalog_samples.by_external_ids(project_id, {each.sample for each in prelabels})
    with_regions = [ids[each.sample] for each in prelabels if each.regions and each.sample in ids]
    sizes = {
        sample_id: {each.slot: (each.width, each.height) for each in pictures if each.slot != ORIGINAL}
        for sample_id, pictures in catalog_pictures.of_samples(with_regions).items()
    }
    return _Terms(
        severities={each.key: each.severities for each in catalog_aspects.of_project(project_id)},
        threshold="major" if catalog_rules.current(project_id).threshold == "major" else "minor",
        ids=ids,
        sizes=sizes,
        slots={sample_id: info.slots for sample_id, info in catalog_samples.infos(ids.values()).items()},
    )


def _said(sample_ids: Sequence[int], source: str) -> dict[int, tuple[Cells, list[Region]]]:
    """The newest that this source said of each."""
    rows = Annotation.objects.filter(
        sample_id__in=sample_ids, origin=AnnotationOrigin.IMPORTED, imported_from=source
    ).order_by("pk")
    return {row.sample_id: (row.cells, row.regions) for row in rows}


def _problems(given: Prelabel, terms: _Terms) -> Iterator[tuple[str, str]]:
    sample_id = terms.ids.get(given.sample)
    if sample_id is None:
        yield "sample", noted("this project has no such sample")
        return
    if not given.answers and not given.verdicts and not given.regions:
        yield "sample", noted("nothing is said about it: give answers, verdicts or regions")
    slots = terms.slots[sample_id]
    for aspect, chosen in given.answers.items():
        yield from _aspect(f"answers.{aspect}", aspect, terms)
        if unknown := sorted(set(chosen) - set(slots)):
            yield f"answers.{aspect}"[:120], noted("the sample has no candidate {slots}", slots=", ".join(unknown)[:40])
    for slot, by_aspect in given.verdicts.items():
        if slot not in slots:
            yield f"verdicts.{slot}"[:120], noted("the sample has no such candidate")
        for aspect, severity in by_aspect.items():
            yield from _aspect(f"verdicts.{slot}.{aspect}", aspect, terms)
            if severity not in terms.severities.get(aspect, (severity,)):
                yield (
                    f"verdicts.{slot}.{aspect}"[:120],
                    noted("the aspect has no severity {severity}", severity=severity),
                )
    if len(given.regions) > MOST_REGIONS:
        yield "regions", noted("at most {most} regions a sample", most=MOST_REGIONS)
    for place, region in enumerate(given.regions):
        yield from _aspect(f"regions[{place}].aspect", region.aspect, terms)
        if region.slot not in slots:
            yield f"regions[{place}].slot", noted("the sample has no such candidate")
            continue
        size = terms.sizes.get(sample_id, {}).get(region.slot)
        if size is None:
            yield f"regions[{place}]", noted("the picture is not stored yet, so its size is not known")
        elif any(not (0 <= x <= size[0] and 0 <= y <= size[1]) for x, y in region.corners()):
            yield (
                f"regions[{place}]",
                noted("lies outside the picture of {width} × {height} pixels", width=size[0], height=size[1]),
            )


def _aspect(place: str, aspect: str, terms: _Terms) -> Iterator[tuple[str, str]]:
    if aspect not in terms.severities:
        known = sorted(terms.severities)
        yield (
            place[:120],
            noted("the project has no aspect {aspect!r}; it has {known}", aspect=aspect[:60], known=known),
        )


def _cells(given: Prelabel, terms: _Terms) -> Cells:
    """Verdicts as given; an answer as cells, its slots at the rule's threshold and the others without the defect."""
    cells: dict[str, dict[str, Severity]] = {}
    for aspect, chosen in given.answers.items():
        for slot in terms.slots[terms.ids[given.sample]]:
            cells.setdefault(slot, {})[aspect] = terms.threshold if slot in chosen else "none"
    for slot, by_aspect in given.verdicts.items():
        cells.setdefault(slot, {}).update(by_aspect)
    return cells
