"""What each person did: pace, answers against the consensus and against gold, week by week.

Belongs here: counting per person.
Does not: what looks unusual beside the others (unusual.py), reviews (reviews.py), agreement (agreeing.py), storing
(work.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from annotation import signals
from annotation.figures import (
    AlphaFigure,
    PeopleFigures,
    PersonFigures,
    PersonWeek,
)
from annotation.querying import rows as rows_of
from annotation.services.quality import reviews as reviewing
from annotation.services.quality import unusual
from annotation.services.quality.agreeing import Lists
from annotation.services.quality.pace import quartiles
from annotation.services.quality.table import MISSING, Ints, Masks, Opinions, monday, week_of
from annotation.signals import Share, Sizes

# The question's answer where more than one voice stands behind it. A person's own is among them.
TRUTH = """
select sample_id, aspect_id, answer from annotation_consensus
where project_id = %(p)s and answer is not null and (opinions >= 2 or source = 'adjudicated')
"""

# One hidden gold question judged: right when every checked cell is; nothing where somebody was unsure and not wrong.
GOLD = """
with questions as (
    select r.annotator_id, r.aspect_id, ((extract(epoch from min(r.judged_at))::bigint - 345600) / 604800)::int as week,
        case when bool_or(not r.is_right) then 0 when bool_and(r.is_right is not null) then 1 end as is_right
    from annotation_goldresult r join annotation_batch b on b.id = r.batch_id
    where b.project_id = %(p)s and r.purpose = 'gold' and not r.is_void
    group by r.annotator_id, r.assignment_id, r.aspect_id)
select annotator_id, aspect_id, week, sum(is_right)::int, count(is_right)::int from questions
where is_right is not null group by annotator_id, aspect_id, week
"""

Tally = dict[str, tuple[int, int]]  # by aspect: right, of


@dataclass(frozen=True)
class _Gold:
    """Hidden gold by person, by person and week, and of everybody; nothing of practice."""

    of_person: Mapping[int, Tally]
    of_week: Mapping[tuple[int, int], Tally]
    of_all: Tally


def of(
    opinions: Opinions,
    *,
    lists: Lists,
    alphas: Mapping[int, AlphaFigure],
    sees: Mapping[int, Mapping[str, tuple[float, float]]],
    sizes: Sizes,
) -> PeopleFigures:
    """Everybody with an opinion or a review in this project."""
    truth = _truth(opinions)
    right = _right(opinions, truth)
    reviews = reviewing.of_project(opinions.terms.project_id)
    gold = _gold(opinions)
    rows = {user_id: np.flatnonzero(opinions.people == place) for place, user_id in enumerate(opinions.person_ids)}
    positions = {user_id: _position(opinions, mine) for user_id, mine in rows.items()}
    candidates = unusual.candidates(opinions, rows, right, positions, reviews, sizes)
    found = signals.unusual(candidates, rate=sizes.rate)
    nobody = AlphaFigure(None, None, None, 0, None, "no_pairs", 0, "")
    people = []
    for user_id in sorted({*rows, *reviews.of_reviewer}):
        mine = rows.get(user_id, np.zeros(0, np.int64))
        at = opinions.at[mine]
        people.append(
            PersonFigures(
                user_id=user_id,
                opinions=len(mine),
                active_ms=int(opinions.active_ms[mine].sum()),
                pace=quartiles(opinions.active_ms[mine]),
                alpha=alphas.get(user_id, nobody),
                right=_shares(opinions, right[mine]),
                gold=_as_shares(gold.of_person.get(user_id, {})),
                sees=dict(sees.get(user_id, {})),
                weeks=_weeks(opinions, mine, right, gold=gold, user_id=user_id),
                reviewed=reviewing.as_author(reviews.of_author.get(user_id, {})),
                as_reviewer=reviewing.as_reviewer(reviews, user_id),
                position=positions.get(user_id),
                signals=found.get(user_id, []),
                first_at=monday(int(week_of(at.min()))) if len(mine) else None,
                last_at=monday(int(week_of(at.max()))) if len(mine) else None,
            )
        )
        _list_wrong(opinions, mine, right, user_id, lists)
    paces = [each.pace.median for each in people if each.pace is not None]
    return PeopleFigures(
        people, quartiles(np.array(paces, np.int64)), _shares(opinions, right), _as_shares(gold.of_all)
    )


def _truth(opinions: Opinions) -> Masks:
    """[samples, aspects]: the answer as a bit mask, MISSING where there is none."""
    truth = np.full((len(opinions.sample_ids), len(opinions.terms.aspects)), MISSING, np.int16)
    aspects = {aspect_id: place for place, aspect_id in enumerate(opinions.terms.aspect_ids)}
    bits = {slot: 1 << place for place, slot in enumerate(opinions.slots)}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(TRUTH, {"p": opinions.terms.project_id})
        while rows := cursor.fetchmany(20_000):
            found = np.searchsorted(opinions.sample_ids, [row[0] for row in rows])
            for place, (sample_id, aspect_id, answer) in zip(found, rows, strict=True):
                if place < len(truth) and opinions.sample_ids[place] == sample_id and aspect_id in aspects:
                    truth[place, aspects[aspect_id]] = sum(bits.get(slot, 0) for slot in answer)
    return truth


def _right(opinions: Opinions, truth: Masks) -> npt.NDArray[np.int8]:
    """[rows, aspects]: 1 the person's answer is the consensus, 0 it is not, MISSING where either is open."""
    right = np.empty((len(opinions), len(opinions.terms.aspects)), np.int8)
    for place in range(right.shape[1]):
        said, is_true = opinions.answers_on(place), truth[opinions.group, place]
        right[:, place] = np.where((said != MISSING) & (is_true != MISSING), said == is_true, MISSING)
    return right


def _shares(opinions: Opinions, right: npt.NDArray[np.int8]) -> dict[str, Share]:
    return {
        key: Share.from_counts(int((right[:, place] == 1).sum()), int((right[:, place] != MISSING).sum()))
        for place, key in enumerate(opinions.terms.aspects)
    }


def _gold(opinions: Opinions) -> _Gold:
    keys = dict(zip(opinions.terms.aspect_ids, opinions.terms.aspects, strict=True))
    person: dict[int, Tally] = defaultdict(dict)
    weeks: dict[tuple[int, int], Tally] = defaultdict(dict)
    everybody: Tally = {}
    for user_id, aspect_id, week, count, of in rows_of(GOLD, {"p": opinions.terms.project_id}):
        if aspect_id in keys:
            for tally in (person[user_id], weeks[user_id, week], everybody):
                before = tally.get(keys[aspect_id], (0, 0))
                tally[keys[aspect_id]] = before[0] + count, before[1] + of
    return _Gold(person, weeks, everybody)


def _as_shares(tally: Tally) -> dict[str, Share]:
    return {key: Share.from_counts(count, of) for key, (count, of) in tally.items()}


def _weeks(
    opinions: Opinions, mine: Ints, right: npt.NDArray[np.int8], *, gold: _Gold, user_id: int
) -> list[PersonWeek]:
    weeks = week_of(opinions.at[mine])
    found = []
    for week in np.unique(weeks):
        rows = mine[weeks == week]
        shares = {
            key: (int((right[rows, place] == 1).sum()), int((right[rows, place] != MISSING).sum()))
            for place, key in enumerate(opinions.terms.aspects)
        }
        found.append(
            PersonWeek(
                week=monday(int(week)),
                opinions=len(rows),
                active_ms=int(opinions.active_ms[rows].sum()),
                right=shares,
                gold=gold.of_week.get((user_id, int(week)), {}),
            )
        )
    return found


def _list_wrong(opinions: Opinions, mine: Ints, right: npt.NDArray[np.int8], user_id: int, lists: Lists) -> None:
    for place, key in enumerate(opinions.terms.aspects):
        lists.add(f"person/{user_id}/{key}", opinions.samples[mine[right[mine, place] == 0]])


def _position(opinions: Opinions, mine: Ints) -> signals.PositionBias | None:
    """Over this person's commonest number of candidates."""
    shown = opinions.places[mine]
    sizes = (shown != MISSING).sum(axis=1)
    if not len(mine) or not sizes.any():
        return None
    size = int(np.bincount(sizes[sizes > 0]).argmax())
    rows = np.flatnonzero(sizes == size)
    flagged = (opinions.votes[mine][rows] == 1).any(axis=1)  # [rows, slots]
    by_place = np.zeros((len(rows), size), bool)
    for slot in range(shown.shape[1]):
        seen = shown[rows, slot] != MISSING
        by_place[np.flatnonzero(seen), shown[rows, slot][seen]] = flagged[seen, slot]
    return signals.position_bias(by_place)
