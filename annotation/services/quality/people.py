"""What each person did: pace, answers against the consensus, reviews, and what looks unusual.

Belongs here: counting per person and comparing with the others.
Does not: the tests (annotation.signals), agreement between people (agreeing.py), storing (work.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from annotation import signals
from annotation.choices import ReviewVerdict
from annotation.figures import (
    AlphaFigure,
    PeopleFigures,
    PersonFigures,
    PersonWeek,
    Quartiles,
    ReviewedFigures,
    ReviewerFigures,
)
from annotation.querying import rows as rows_of
from annotation.services.quality.agreeing import Lists
from annotation.services.quality.table import MISSING, Ints, Masks, Opinions, monday, week_of
from annotation.signals import Candidate, Share, Sizes

Mask = npt.NDArray[np.bool_]
RECENT_WEEKS = 2  # what "moved" compares with everything before

# The question's answer where more than one voice stands behind it. A person's own is among them.
TRUTH = """
select sample_id, aspect_id, answer from annotation_consensus
where project_id = %(p)s and answer is not null and (opinions >= 2 or source = 'adjudicated')
"""
REVIEWS = """
select x.annotator_id, r.reviewer_id, r.verdict, r.round = 1, count(*), array_agg(r.active_ms)
from annotation_review r join annotation_annotation x on x.id = r.annotation_id
join annotation_assignment a on a.id = r.assignment_id join annotation_batch b on b.id = a.batch_id
where b.project_id = %(p)s group by 1, 2, 3, 4
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
GOLD_CELLS = """
select r.annotator_id, r.aspect_id,
    count(*) filter (where r.expected = 'none' and r.said in ('minor', 'major')), count(*) filter (where r.expected = 'none'),
    count(*) filter (where r.expected <> 'none' and r.said = 'none'), count(*) filter (where r.expected <> 'none')
from annotation_goldresult r join annotation_batch b on b.id = r.batch_id
where b.project_id = %(p)s and r.purpose = 'gold' and not r.is_void group by r.annotator_id, r.aspect_id
"""  # noqa: E501  (a statement reads better unwrapped)

Tally = dict[str, tuple[int, int]]  # by aspect: right, of


@dataclass(frozen=True)
class _Gold:
    """Hidden gold by person, by person and week, and of everybody; nothing of practice."""

    of_person: Mapping[int, Tally]
    of_week: Mapping[tuple[int, int], Tally]
    of_all: Tally


@dataclass(frozen=True)
class _Reviews:
    """Verdict counts by author (first round) and by reviewer (all rounds), and reviewers' times."""

    of_author: Mapping[int, Mapping[str, int]]
    of_reviewer: Mapping[int, Mapping[str, int]]
    times: Mapping[int, Sequence[int]]


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
    reviews = _reviews(opinions.terms.project_id)
    gold = _gold(opinions)
    rows = {user_id: np.flatnonzero(opinions.people == place) for place, user_id in enumerate(opinions.person_ids)}
    positions = {user_id: _position(opinions, mine) for user_id, mine in rows.items()}
    candidates = _candidates(opinions, rows, truth, right, positions, reviews, sizes)
    _gold_errors(opinions, candidates, sizes)
    unusual = signals.unusual(candidates, rate=sizes.rate)
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
                reviewed=_reviewed(reviews.of_author.get(user_id, {})),
                as_reviewer=_as_reviewer(reviews, user_id),
                position=positions.get(user_id),
                signals=unusual.get(user_id, []),
                first_at=monday(int(week_of(at.min()))) if len(mine) else None,
                last_at=monday(int(week_of(at.max()))) if len(mine) else None,
            )
        )
        _list_wrong(opinions, mine, right, user_id, lists)
    paces = [each.pace.median for each in people if each.pace is not None]
    return PeopleFigures(
        people, quartiles(np.array(paces, np.int64)), _shares(opinions, right), _as_shares(gold.of_all)
    )


def quartiles(times_ms: Ints) -> Quartiles | None:
    """Of the times that were measured; None where none was."""
    known = times_ms[times_ms > 0]
    if not len(known):
        return None
    low, median, high = np.percentile(known, [25, 50, 75])
    return Quartiles(round(low), round(median), round(high))


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


def _gold_errors(opinions: Opinions, found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """Which way somebody errs on gold: defects where it has none, or none where it has one."""
    keys = dict(zip(opinions.terms.aspect_ids, opinions.terms.aspects, strict=True))
    rows = [row for row in rows_of(GOLD_CELLS, {"p": opinions.terms.project_id}) if row[1] in keys]
    for user_id, aspect_id, *counts in rows:
        others = [sum(row[2 + place] for row in rows if row[1] == aspect_id) - counts[place] for place in range(4)]
        for code, at in (("gold_over", 0), ("gold_under", 2)):
            candidate = signals.more_often(
                code,  # type: ignore[arg-type]  # both are known codes
                count=counts[at],
                of=counts[at + 1],
                others_count=others[at],
                others_of=others[at + 1],
                least=sizes.difference,
                of_least=signals.LEAST_RECENT,
                aspect=keys[aspect_id],
            )
            found.setdefault(user_id, []).append(candidate)


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


def _reviews(project_id: UUID) -> _Reviews:
    authors: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    reviewers: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    times: dict[int, list[int]] = defaultdict(list)
    for author, reviewer, verdict, is_first, count, spent in rows_of(REVIEWS, {"p": project_id}):
        if is_first and author is not None:
            authors[author][verdict] += count
        reviewers[reviewer][verdict] += count
        times[reviewer] += spent
    return _Reviews(authors, reviewers, times)


def _reviewed(counts: Mapping[str, int]) -> ReviewedFigures:
    accepted, fixed, back = (counts.get(each, 0) for each in _VERDICTS)
    total = accepted + fixed + back
    return ReviewedFigures(total, accepted, fixed, back, Share.from_counts(accepted, total))


def _as_reviewer(reviews: _Reviews, user_id: int) -> ReviewerFigures:
    accepted, fixed, back = (reviews.of_reviewer.get(user_id, {}).get(each, 0) for each in _VERDICTS)
    total = accepted + fixed + back
    pace = quartiles(np.array(reviews.times.get(user_id, []), np.int64))
    return ReviewerFigures(total, accepted, fixed, back, Share.from_counts(back, total), pace)


_VERDICTS = (ReviewVerdict.ACCEPTED, ReviewVerdict.FIXED, ReviewVerdict.SENT_BACK)


def _candidates(
    opinions: Opinions,
    rows: Mapping[int, Ints],
    truth: Masks,
    right: npt.NDArray[np.int8],
    positions: Mapping[int, signals.PositionBias | None],
    reviews: _Reviews,
    sizes: Sizes,
) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    if len(opinions):
        _pace(opinions, rows, found, sizes)
        _same_keys(opinions, rows, found, sizes)
        _clean(opinions, rows, found, sizes)
        _sees(opinions, rows, found, sizes)
        _moved(opinions, rows, right, found, sizes)
    for user_id, position in positions.items():
        candidate = None if position is None else signals.favourite_place(position, sizes=sizes)
        if candidate is not None:
            found[user_id].append(candidate)
    everybody = {verdict: sum(each.get(verdict, 0) for each in reviews.of_reviewer.values()) for verdict in _VERDICTS}
    for user_id, counts in reviews.of_reviewer.items():
        mine, total = sum(counts.values()), sum(everybody.values())
        accepted = counts.get(ReviewVerdict.ACCEPTED, 0)
        found[user_id].append(
            signals.more_often(
                "accepts_all",
                count=accepted,
                of=mine,
                others_count=everybody[ReviewVerdict.ACCEPTED] - accepted,
                others_of=total - mine,
                least=sizes.difference,
                of_least=sizes.opinions,
            )
        )
    return found


def _pace(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    timed = opinions.active_ms > 0
    if not timed.any():
        return
    cut = sizes.rush * float(np.median(opinions.active_ms[timed]))
    fast = timed & (opinions.active_ms < cut)
    spreads = {
        user_id: float(np.log(opinions.active_ms[mine][timed[mine]]).std(ddof=1))
        for user_id, mine in rows.items()
        if timed[mine].sum() >= sizes.opinions
    }
    for user_id, mine in rows.items():
        count, of = int(fast[mine].sum()), int(timed[mine].sum())
        candidate = signals.more_often(
            "fast",
            count=count,
            of=of,
            others_count=int(fast.sum()) - count,
            others_of=int(timed.sum()) - of,
            least=sizes.fast,
            of_least=sizes.opinions,
        )
        found[user_id].append(_with(candidate, under_ms=cut))
        others = [spread for person, spread in spreads.items() if person != user_id]
        even = signals.even_pace(
            opinions.active_ms[mine], others_spread=float(np.median(others)) if others else 0.0, sizes=sizes
        )
        if even is not None:
            found[user_id].append(even)


def _with(candidate: Candidate, **figures: float) -> Candidate:
    return Candidate(msgspec.structs.replace(candidate.signal, figures=figures), candidate.large)


def _same_keys(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """Matrices as displayed, in the order in which the person gave them."""
    runs: dict[int, Candidate] = {}
    displayed: dict[int, list[bytes]] = {}
    for user_id, mine in rows.items():
        mine = mine[np.argsort(opinions.at[mine], kind="stable")]
        places = opinions.places[mine]
        order = np.argsort(np.where(places == MISSING, 127, places), axis=1, kind="stable")
        shown = np.take_along_axis(opinions.cells[mine], order[:, None, :], axis=2)
        displayed[user_id] = [matrix.tobytes() for matrix in shown]
    clean = _clean_bytes(opinions)
    for user_id, matrices in displayed.items():
        candidate = signals.same_keys(matrices, clean, others_longest=0, sizes=sizes)
        if candidate is not None:
            runs[user_id] = candidate
    for user_id in runs:
        others = max((each.signal.count for person, each in runs.items() if person != user_id), default=0)
        again = signals.same_keys(displayed[user_id], clean, others_longest=others, sizes=sizes)
        if again is not None:
            found[user_id].append(again)


def _clean_bytes(opinions: Opinions) -> bytes:
    """All none, as displayed, on samples with every slot."""
    return np.zeros(opinions.cells.shape[1:], np.int8).tobytes()


def _clean(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """Nothing wrong anywhere, against the others on the same samples."""
    clean = ~(opinions.votes == 1).any(axis=(1, 2))
    for user_id, mine in rows.items():
        candidate = _against(opinions, mine, clean, "all_clean", sizes=sizes)
        if candidate is not None:
            found[user_id].append(candidate)


def _sees(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """More defects, or fewer, under one aspect than the others find on the same samples."""
    for place, key in enumerate(opinions.terms.aspects):
        any_defect = (opinions.votes_on(place) == 1).any(axis=1)
        for user_id, mine in rows.items():
            for code, says in (("sees_more", any_defect), ("sees_less", ~any_defect)):
                candidate = _against(opinions, mine, says, code, aspect=key, sizes=sizes)
                if candidate is not None:
                    found[user_id].append(candidate)


def _against(
    opinions: Opinions, mine: Ints, says: Mask, code: str, *, sizes: Sizes, aspect: str = ""
) -> Candidate | None:
    """This person against the others on the samples they share; several others count as parts of one."""
    together = mine[opinions.sizes[opinions.group[mine]] >= 2]
    if not len(together):
        return None
    said_by_all = np.bincount(opinions.group, weights=says)
    group = opinions.group[together]
    others = (said_by_all[group] - says[together]) / (opinions.sizes[group] - 1)
    me = says[together]
    return signals.on_the_same(
        code,  # type: ignore[arg-type]  # the callers name known codes
        only_me=int((me & (others < 0.5)).sum()),
        only_others=float((~me & (others > 0.5)).sum()),
        mine=int(me.sum()),
        others=float(others.sum()),
        of=len(together),
        aspect=aspect,
        sizes=sizes,
    )


def _moved(
    opinions: Opinions,
    rows: Mapping[int, Ints],
    right: npt.NDArray[np.int8],
    found: dict[int, list[Candidate]],
    sizes: Sizes,
) -> None:
    """Less often like the consensus in the newest weeks than before."""
    weeks = week_of(opinions.at)
    for user_id, mine in rows.items():
        recent = weeks[mine] > weeks[mine].max() - RECENT_WEEKS
        for place, key in enumerate(opinions.terms.aspects):
            now, before = right[mine[recent], place], right[mine[~recent], place]
            candidate = signals.more_often(
                "moved",
                count=int((now == 0).sum()),
                of=int((now != MISSING).sum()),
                others_count=int((before == 0).sum()),
                others_of=int((before != MISSING).sum()),
                least=sizes.drop,
                of_least=signals.LEAST_RECENT,
                aspect=key,
            )
            found[user_id].append(candidate)
