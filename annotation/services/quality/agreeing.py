"""How far people agree: per aspect, candidate, pair of people and week, with the samples behind each figure.

Belongs here: turning opinions into units and handing them to the arithmetic.
Does not: the arithmetic (annotation.agreement, annotation.overlap), storing (work.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
from django.db import connection, transaction
from scipy import stats

from annotation import agreement, overlap
from annotation.figures import (
    AgreementFigures,
    AlphaFigure,
    AspectFigures,
    CellFigures,
    Difference,
    OverlapFigure,
    PairFigure,
    PairFigures,
    WeekFigure,
)
from annotation.services.quality.table import MISSING, SEVERITIES, Ints, Opinions, Small, monday, week_of
from annotation.shapes import Region

LEAST_SHARED = 10  # samples two people must share before their figure is worth a number
MOST_PAIRS = 2_000  # of people, those that share most
LISTED = 1_000  # newest samples behind a figure
VOTES = ("no_defect", "defect")
ALL = "all"  # every aspect together

# Both drew on a cell that both call defective; one row an opinion, its author's own newest.
REGIONS = """
select x.sample_id, x.annotator_id, x.regions::text, (
    select max(greatest(f.width, f.height)) from catalog_picture c join catalog_asset f on f.id = c.asset_id
    where c.sample_id = x.sample_id and c.slot <> 'O')
from annotation_batch b
join annotation_assignment y on y.batch_id = b.id and y.state = 'submitted'
join lateral (
    select * from annotation_annotation a
    where a.assignment_id = y.id and a.origin = 'opinion' and a.counts and a.fixed_by_id is null
    order by a.revision desc limit 1) x on x.regions <> '[]'::jsonb
where b.project_id = %(p)s and (%(b)s::uuid is null or b.id = %(b)s::uuid)
    and (%(g)s::int is null or x.guideline_version = %(g)s::int)
order by x.sample_id
"""


@dataclass
class Lists:
    """Samples behind figures, by name: the newest, and how many in all."""

    found: dict[str, tuple[list[int], int]] = field(default_factory=dict)

    def add(self, name: str, sample_ids: Ints) -> int:
        """Returns how many."""
        if len(sample_ids):
            newest = np.sort(np.unique(sample_ids))[::-1]
            self.found[name] = (newest[:LISTED].tolist(), len(newest))
            return len(newest)
        return 0


def of(
    opinions: Opinions, lists: Lists, *, batch: UUID | None = None, guideline: int | None = None, weeks: bool = False
) -> AgreementFigures:
    """All aspects over the samples that two or more people judged. Fills `lists`."""
    shared = opinions.shared()
    overlaps = _overlaps(opinions.terms.project_id, batch, guideline)
    aspects = [_aspect(shared, place, lists, overlaps) for place in range(len(opinions.terms.aspects))]
    return AgreementFigures(
        samples=len(shared.sample_ids),
        opinions=len(shared),
        aspects=aspects,
        weeks=list(_weeks(shared)) if weeks else [],
    )


def _aspect(
    shared: Opinions, place: int, lists: Lists, overlaps: Mapping[tuple[str, str], list[float]]
) -> AspectFigures:
    key = shared.terms.aspects[place]
    votes, severities = shared.counts(shared.votes_on(place), 2), shared.counts(shared.severities_on(place), 3)
    by_vote, by_severity = agreement.Patterns.of(votes), agreement.Patterns.of(severities)
    differs = np.asarray((votes > 0).all(axis=2))  # [samples, slots]
    cells = []
    for at, slot in enumerate(shared.slots):
        if not votes[:, at].any():
            continue
        cells.append(
            CellFigures(
                slot=slot,
                defect=AlphaFigure.of(agreement.alpha(by_vote.unit(at), VOTES)),
                severity=AlphaFigure.of(agreement.alpha(by_severity.unit(at), SEVERITIES, level="ordinal")),
                overlap=_overlap(overlaps.get((key, slot), [])),
                differing=lists.add(f"differ/{key}/{slot}", shared.sample_ids[differs[:, at]]),
                difference=_commonest(by_severity.unit(at)),
            )
        )
    pairable = (votes.sum(axis=2) >= 2).any(axis=1)
    return AspectFigures(
        aspect=key,
        defect=AlphaFigure.of(agreement.alpha(by_vote, VOTES)),
        severity=AlphaFigure.of(agreement.alpha(by_severity, SEVERITIES, level="ordinal")),
        answer=_answers(shared, place),
        overlap=_overlap([each for (aspect, _), several in overlaps.items() if aspect == key for each in several]),
        samples=int(pairable.sum()),
        differing=lists.add(f"differ/{key}", shared.sample_ids[differs.any(axis=1)]),
        difference=_commonest(by_severity),
        cells=cells,
    )


def _answers(shared: Opinions, place: int) -> AlphaFigure:
    """Whole answers compared as sets."""
    said = shared.answers_on(place)
    masks = np.unique(said[said != MISSING])
    names = ["".join(slot for at, slot in enumerate(shared.slots) if mask >> at & 1) or "none" for mask in masks]
    values = np.where(said == MISSING, MISSING, np.searchsorted(masks, said)).astype(np.int16)
    counts = shared.counts(values[:, None], max(1, len(masks)))
    distances = agreement.masi_distances(masks.tolist()) if len(masks) else None
    return AlphaFigure.of(agreement.alpha(agreement.Patterns.of(counts), names or ["none"], distances=distances))


def _commonest(by_severity: agreement.Patterns) -> Difference | None:
    """Which two severities stand against each other most often."""
    counts = by_severity.counts
    pairs = np.einsum("kuv,kuw,k->vw", counts, counts, by_severity.times)
    apart = {(low, high): int(pairs[low, high]) for low, high in combinations(range(len(SEVERITIES)), 2)}
    total = sum(apart.values())
    if not total:
        return None
    (low, high), most = max(apart.items(), key=lambda each: each[1])
    return Difference(SEVERITIES[high], SEVERITIES[low], round(most / total, 4))


def _weeks(shared: Opinions) -> Iterator[WeekFigure]:
    last = np.zeros(len(shared.sample_ids), np.int64)
    np.maximum.at(last, shared.group, shared.at)
    weeks = week_of(last)
    for place, key in enumerate(shared.terms.aspects):
        votes = shared.counts(shared.votes_on(place), 2)
        for week in np.unique(weeks):
            found = agreement.alpha(agreement.Patterns.of(votes[weeks == week]), VOTES)
            figure = AlphaFigure.of(found)
            yield WeekFigure(monday(int(week)), key, figure.alpha, figure.low, figure.high, int((weeks == week).sum()))


def _overlaps(project_id: UUID, batch: UUID | None, guideline: int | None) -> dict[tuple[str, str], list[float]]:
    """By aspect and slot, the overlap of every pair of opinions that both drew on that cell."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    drawn: list[dict[tuple[str, str], list[Region]]] = []
    current, side = 0, 1

    def close() -> None:
        for one, other in combinations(drawn, 2):
            for cell in one.keys() & other.keys():
                found[cell].append(overlap.of_cells(one[cell], other[cell], side=side))

    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(REGIONS, {"p": project_id, "b": batch, "g": guideline})
        while rows := cursor.fetchmany(2_000):
            for sample_id, _, text, longer in rows:
                if sample_id != current:
                    close()
                    drawn, current, side = [], sample_id, longer or 1
                by_cell: dict[tuple[str, str], list[Region]] = defaultdict(list)
                for region in msgspec.json.decode(text, type=list[Region]):
                    by_cell[region.aspect, region.slot].append(region)
                drawn.append(by_cell)
    close()
    return found


def _overlap(values: list[float]) -> OverlapFigure:
    if not values:
        return OverlapFigure(None, None, None, 0)
    mean = float(np.mean(values))
    if len(values) < 2:
        return OverlapFigure(round(mean, 4), None, None, len(values))
    half = float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values))
    return OverlapFigure(round(mean, 4), round(max(0.0, mean - half), 4), round(min(1.0, mean + half), 4), len(values))


@dataclass(frozen=True)
class Pairs:
    """Two opinions on one sample by two people: rows of `opinions`, the person with the lower place first."""

    opinions: Opinions
    one: Ints
    other: Ints

    @classmethod
    def of(cls, shared: Opinions) -> Pairs:
        """Every pair of rows within a sample."""
        ones, others = [], []
        for step in range(1, int(shared.sizes.max(initial=1))):
            first = np.flatnonzero(shared.group[:-step] == shared.group[step:])
            ones.append(first)
            others.append(first + step)
        one = np.concatenate(ones) if ones else np.zeros(0, np.int64)
        other = np.concatenate(others) if others else np.zeros(0, np.int64)
        swap = shared.people[one] > shared.people[other]
        low, high = np.where(swap, other, one), np.where(swap, one, other)
        apart = shared.people[low] != shared.people[high]
        return cls(shared, low[apart], high[apart])

    def split(self) -> Iterator[tuple[int, int, Ints, Ints]]:
        """Person, person, and their rows; those that share most first."""
        people = len(self.opinions.person_ids)
        key = self.opinions.people[self.one] * people + self.opinions.people[self.other]
        order = np.argsort(key, kind="stable")
        distinct, starts, sizes = np.unique(key[order], return_index=True, return_counts=True)
        for place in np.argsort(-sizes, kind="stable"):
            rows = order[starts[place] : starts[place] + sizes[place]]
            yield int(distinct[place]) // people, int(distinct[place]) % people, self.one[rows], self.other[rows]


def pairs(opinions: Opinions, lists: Lists) -> dict[str, PairFigures]:
    """By aspect, and `all`: every two people who share samples."""
    shared = opinions.shared()
    found: dict[str, list[PairFigure]] = {key: [] for key in (*shared.terms.aspects, ALL)}
    left_out = 0
    votes, severities = shared.votes, shared.severities
    for number, (one, other, left, right) in enumerate(Pairs.of(shared).split()):
        if number >= MOST_PAIRS:
            left_out += 1
            continue
        ids = shared.person_ids[one], shared.person_ids[other]
        for place, key in enumerate((*shared.terms.aspects, ALL)):
            at = slice(None) if key == ALL else slice(place, place + 1)
            said, differs = _two(votes[left, at], votes[right, at])
            figure = AlphaFigure.of(
                agreement.alpha(said, VOTES, by="jackknife" if len(left) >= LEAST_SHARED else "none")
            )
            found[key].append(
                PairFigure(
                    one=ids[0],
                    other=ids[1],
                    samples=len(left),
                    differing=lists.add(f"pair/{ids[0]}/{ids[1]}/{key}", shared.samples[left[differs]]),
                    alpha=figure.alpha,
                    low=figure.low,
                    high=figure.high,
                    why_undefined=figure.why_undefined,
                    difference=_said_against(severities[left, at], severities[right, at]),
                )
            )
    return {key: PairFigures(each, left_out) for key, each in found.items()}


def of_person(opinions: Opinions) -> dict[int, AlphaFigure]:
    """By user id: alpha over everybody's pairs with this person, all aspects together."""
    shared = opinions.shared()
    drawn = Pairs.of(shared)
    votes, people = shared.votes, shared.people
    found = {}
    for place, user_id in enumerate(shared.person_ids):
        mine = (people[drawn.one] == place) | (people[drawn.other] == place)
        said, _ = _two(votes[drawn.one[mine]], votes[drawn.other[mine]])
        found[user_id] = AlphaFigure.of(agreement.alpha(said, VOTES, by="jackknife"))
    return found


def _two(left: Small, right: Small) -> tuple[agreement.Patterns, npt.NDArray[np.bool_]]:
    """Two people's votes [rows, aspects, slots] as patterns, and on which rows they differ."""
    cells = left.shape[1] * left.shape[2]
    left, right = left.reshape(len(left), cells), right.reshape(len(right), cells)
    both = (left != MISSING) & (right != MISSING)
    counts = np.zeros((*left.shape, 2), np.int8)
    for value in range(2):
        counts[..., value] = both * ((left == value).astype(np.int8) + (right == value))
    return agreement.Patterns.of(counts), (both & (left != right)).any(axis=1)


def _said_against(left: Small, right: Small) -> Difference | None:
    known = (left != MISSING) & (right != MISSING) & (left != right)
    total = int(known.sum())
    if not total:
        return None
    codes, times = np.unique(left[known].astype(np.int64) * 3 + right[known], return_counts=True)
    most = int(times.argmax())
    return Difference(SEVERITIES[codes[most] // 3], SEVERITIES[codes[most] % 3], round(float(times[most] / total), 4))
