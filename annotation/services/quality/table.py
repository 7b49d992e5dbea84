"""All counted opinions of a project as arrays.

Belongs here: one stream over the opinions, and what is read off the arrays by index arithmetic.
Does not: statistics over them (figures.py, people.py, model.py).

An opinion takes about 60 bytes: 128,000 samples with three opinions are 25 MB. Most opinions repeat each other's text,
so each distinct text is decoded once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from annotation.shapes import Cells
from annotation.votes import RANK
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import rules as catalog_rules

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int8]

MISSING, UNSURE = -1, 3
SEVERITIES = ("none", "minor", "major")
MOST_SLOTS = 8
REMEMBERED = 100_000  # distinct texts; beyond, the memory is begun anew
MONDAY = date(1970, 1, 5)

# The author's own newest revision of each turn that stands; what a reviewer fixed is not the author's opinion.
OPINIONS = """
select x.sample_id, x.annotator_id, y.batch_id::text, coalesce(x.guideline_version, 0),
    extract(epoch from x.submitted_at)::bigint, x.active_ms, coalesce(x.shown->>'letters', ''), x.cells::text
from annotation_batch b
join annotation_assignment y on y.batch_id = b.id and y.state = 'submitted'
join lateral (
    select * from annotation_annotation a
    where a.assignment_id = y.id and a.origin = 'opinion' and a.counts and a.fixed_by_id is null
    order by a.revision desc limit 1) x on true
where b.project_id = %(p)s
"""


@dataclass(frozen=True)
class Terms:
    """What the cells of this project mean."""

    project_id: UUID
    aspect_ids: tuple[int, ...]
    aspects: tuple[str, ...]
    threshold: str

    @property
    def least(self) -> int:
        """The rank from which a severity is a defect."""
        return RANK[self.threshold]


@dataclass(frozen=True)
class Opinions:
    """Row i is one opinion; rows of a sample stand together, oldest first.

    `cells` [rows, aspects, slots]: rank of the severity, UNSURE or MISSING. `places` [rows, slots]: where the slot was
    shown, or MISSING. `people` and `batches` are places in `person_ids` and `batch_ids`. `at`: seconds since 1970.
    """

    terms: Terms
    slots: str
    person_ids: tuple[int, ...]
    batch_ids: tuple[str, ...]
    samples: Ints
    people: Ints
    batches: Ints
    guidelines: Ints
    at: Ints
    active_ms: Ints
    cells: Small
    places: Small

    def __len__(self) -> int:
        return len(self.samples)

    def where(self, mask: npt.NDArray[np.bool_]) -> Opinions:
        """The rows of the mask."""
        rows = {each.name: getattr(self, each.name)[mask] for each in fields(self) if each.name in _BY_ROW}
        rest = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _BY_ROW}
        return Opinions(**rest, **rows)

    def shared(self) -> Opinions:
        """The rows of samples that two or more people judged."""
        return self.where(self.sizes[self.group] >= 2)

    @cached_property
    def _grouping(self) -> tuple[Ints, Ints, Ints]:
        ids, group, sizes = np.unique(self.samples, return_inverse=True, return_counts=True)
        return ids, group.reshape(-1), sizes

    @property
    def sample_ids(self) -> Ints:
        """Each sample once, by id."""
        return self._grouping[0]

    @property
    def group(self) -> Ints:
        """The sample of each row, as a place in `sample_ids`."""
        return self._grouping[1]

    @property
    def sizes(self) -> Ints:
        """How many opinions each sample has."""
        return self._grouping[2]

    @property
    def votes(self) -> Small:
        """[rows, aspects, slots]: 1 defect, 0 clean, MISSING where unsure or not judged."""
        known = (self.cells != MISSING) & (self.cells != UNSURE)
        return np.where(known, (self.cells >= self.terms.least).astype(np.int8), np.int8(MISSING))

    @property
    def severities(self) -> Small:
        """[rows, aspects, slots]: rank, MISSING where unsure or not judged."""
        return np.where(self.cells == UNSURE, np.int8(MISSING), self.cells)

    @property
    def answers(self) -> Ints:
        """[rows, aspects]: the answer as a bit mask of slots; MISSING where any judged cell is unsure, or none is."""
        bits = (1 << np.arange(len(self.slots), dtype=np.int64))[None, None, :]
        masks = ((self.votes == 1) * bits).sum(axis=2)
        judged = (self.cells != MISSING).any(axis=2) & ~(self.cells == UNSURE).any(axis=2)
        return np.where(judged, masks, MISSING)

    def counts(self, said: npt.NDArray[np.signedinteger[Any]], values: int) -> Ints:
        """[samples, slots, values]: how many opinions say what. `said` is [rows, slots]."""
        slots = said.shape[1]
        place = (self.group[:, None] * slots + np.arange(slots)[None, :]) * values + said
        return np.bincount(place[said != MISSING], minlength=len(self.sample_ids) * slots * values).reshape(
            len(self.sample_ids), slots, values
        )


_BY_ROW = frozenset({"samples", "people", "batches", "guidelines", "at", "active_ms", "cells", "places"})


def terms_of(project_id: UUID) -> Terms:
    """Aspects and rule as they are now."""
    aspects = catalog_aspects.of_project(project_id)
    threshold = catalog_rules.current(project_id).threshold
    return Terms(project_id, tuple(each.id for each in aspects), tuple(each.key for each in aspects), threshold)


def load(terms: Terms) -> Opinions:
    """Every counted opinion of the project, streamed."""
    reader = _Reader(terms)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(OPINIONS, {"p": terms.project_id})
        while rows := cursor.fetchmany(5_000):
            reader.take(rows)
    return reader.opinions()


class _Reader:
    """Decodes rows into growing arrays."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._aspects = {key: place for place, key in enumerate(terms.aspects)}
        self._slots: dict[str, int] = {}
        self._known: dict[str, Small] = {}
        self._people: dict[int, int] = {}
        self._batches: dict[str, int] = {}
        self._numbers: list[npt.NDArray[np.int64]] = []
        self._cells: list[Small] = []
        self._places: list[Small] = []

    def take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        numbers = np.empty((len(rows), 6), np.int64)
        cells = np.empty((len(rows), len(self._aspects), MOST_SLOTS), np.int8)
        places = np.full((len(rows), MOST_SLOTS), MISSING, np.int8)
        for row, (sample_id, person, batch, guideline, at, active_ms, letters, text) in enumerate(rows):
            numbers[row] = (
                sample_id,
                self._people.setdefault(person, len(self._people)),
                self._batches.setdefault(batch, len(self._batches)),
                guideline,
                at,
                active_ms,
            )
            cells[row] = self._decoded(text)
            for place, slot in enumerate(letters[:MOST_SLOTS]):
                places[row, self._slot(slot)] = place
        self._numbers.append(numbers)
        self._cells.append(cells)
        self._places.append(places)

    def _slot(self, slot: str) -> int:
        return self._slots.setdefault(slot, len(self._slots))

    def _decoded(self, text: str) -> Small:
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._matrix(msgspec.json.decode(text, type=Cells))
        return found

    def _matrix(self, said: Mapping[str, Mapping[str, str]]) -> Small:
        matrix = np.full((len(self._aspects), MOST_SLOTS), MISSING, np.int8)
        for slot, by_aspect in said.items():
            for key, severity in by_aspect.items():
                if key in self._aspects:
                    matrix[self._aspects[key], self._slot(slot)] = RANK.get(severity, UNSURE)
        return matrix

    def opinions(self) -> Opinions:
        numbers = np.concatenate(self._numbers) if self._numbers else np.empty((0, 6), np.int64)
        shape = (0, len(self._aspects), MOST_SLOTS)
        cells = np.concatenate(self._cells) if self._cells else np.empty(shape, np.int8)
        places = np.concatenate(self._places) if self._places else np.empty((0, MOST_SLOTS), np.int8)
        slots = "".join(sorted(self._slots))
        by_name = [self._slots[slot] for slot in slots]
        order = np.lexsort((numbers[:, 4], numbers[:, 0]))
        numbers = numbers[order]
        return Opinions(
            terms=self._terms,
            slots=slots,
            person_ids=tuple(self._people),
            batch_ids=tuple(self._batches),
            samples=numbers[:, 0],
            people=numbers[:, 1],
            batches=numbers[:, 2],
            guidelines=numbers[:, 3],
            at=numbers[:, 4],
            active_ms=numbers[:, 5],
            cells=cells[order][:, :, by_name],
            places=places[order][:, by_name],
        )


def week_of(at: Ints) -> Ints:
    """Weeks since the first Monday of 1970, in UTC."""
    return np.asarray((at - 4 * 86_400) // (7 * 86_400))


def monday(week: int) -> date:
    """The day a week begins."""
    return MONDAY + timedelta(weeks=int(week))
