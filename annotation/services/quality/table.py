"""All counted opinions of a project as arrays.

Belongs here: one stream over the opinions, and what is read off the arrays by index arithmetic.
Does not: statistics over them (figures.py, people.py, model.py).

An opinion takes about 90 bytes: 128,000 samples with three opinions are 35 MB. Most opinions repeat each other's text,
so each distinct text is decoded once. Whoever needs one aspect asks for one: arrays over all of them are several times
as large.
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
Masks = npt.NDArray[np.int16]

MISSING, UNSURE = -1, 3
SEVERITIES = ("none", "minor", "major")
MOST_SLOTS = 8
REMEMBERED = 5_000  # distinct texts; beyond, the memory is begun anew
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
        mask = self.sizes[self.group] >= 2
        return self if mask.all() else self.where(mask)

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

    def votes_on(self, aspect: int) -> Small:
        """[rows, slots]: 1 defect, 0 clean, MISSING where unsure or not judged."""
        return self._votes(self.cells[:, aspect])

    def severities_on(self, aspect: int) -> Small:
        """[rows, slots]: rank, MISSING where unsure or not judged."""
        return _ranks(self.cells[:, aspect])

    def answers_on(self, aspect: int) -> Masks:
        """[rows]: the answer as a bit mask of slots; MISSING where any judged cell is unsure, or none is."""
        said = self.cells[:, aspect]
        bits = (1 << np.arange(len(self.slots))).astype(np.int16)
        masks = ((said >= self.terms.least) & (said != UNSURE)) @ bits
        return np.where((said != MISSING).any(axis=1) & ~(said == UNSURE).any(axis=1), masks, np.int16(MISSING))

    @property
    def votes(self) -> Small:
        """[rows, aspects, slots]: as `votes_on` each."""
        return self._votes(self.cells)

    @property
    def severities(self) -> Small:
        """[rows, aspects, slots]: as `severities_on` each."""
        return _ranks(self.cells)

    def _votes(self, cells: Small) -> Small:
        votes = (cells >= self.terms.least).astype(np.int8)
        votes[(cells == MISSING) | (cells == UNSURE)] = MISSING
        return votes

    def counts(self, said: npt.NDArray[np.signedinteger[Any]], values: int) -> Ints:
        """[samples, slots, values]: how many opinions say what. `said` is [rows, slots]."""
        slots = said.shape[1]
        place = (self.group[:, None] * slots + np.arange(slots)[None, :]) * values + said
        return np.bincount(place[said != MISSING], minlength=len(self.sample_ids) * slots * values).reshape(
            len(self.sample_ids), slots, values
        )


def _ranks(cells: Small) -> Small:
    return np.where(cells == UNSURE, np.int8(MISSING), cells)


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
        """What was taken, in order. The parts are gone afterwards: no column is here more than twice at once."""
        numbers = [_joined([part[:, place] for part in self._numbers], (0,)) for place in range(6)]
        self._numbers.clear()
        order = np.lexsort((numbers[4], numbers[0]))
        columns = [numbers.pop(0)[order] for _ in range(6)]
        slots = "".join(sorted(self._slots))
        by_name = [self._slots[slot] for slot in slots]
        cells = _joined(self._cells, (0, len(self._aspects), MOST_SLOTS))[:, :, by_name][order]
        self._cells.clear()
        places = _joined(self._places, (0, MOST_SLOTS))[:, by_name][order]
        samples, people, batches, guidelines, at, active_ms = columns
        return Opinions(
            terms=self._terms,
            slots=slots,
            person_ids=tuple(self._people),
            batch_ids=tuple(self._batches),
            samples=samples,
            people=people,
            batches=batches,
            guidelines=guidelines,
            at=at,
            active_ms=active_ms,
            cells=cells,
            places=places,
        )


def _joined(parts: Sequence[npt.NDArray[Any]], empty: tuple[int, ...]) -> npt.NDArray[Any]:
    return np.concatenate(parts) if parts else np.empty(empty, np.int64)


def week_of(at: Ints) -> Ints:
    """Weeks since the first Monday of 1970, in UTC."""
    return np.asarray((at - 4 * 86_400) // (7 * 86_400))


def monday(week: int) -> date:
    """The day a week begins."""
    return MONDAY + timedelta(weeks=int(week))
