"""What another opinion buys: how often the first ones tie, and how often their vote is wrong where the truth is known.

Belongs here: both shares for one to `DEEPEST` opinions, and what people gave on each day of the last week.
Does not: what a batch on such terms would take (selectors.estimates), storing (work.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import sqrt

import numpy as np
import numpy.typing as npt

from annotation.figures import DayFigure, DepthFigures, TieFigure, VoteFigure
from annotation.querying import rows
from annotation.services.quality.table import MISSING, Opinions
from annotation.votes import vote

DEEPEST = 5
WEEK = timedelta(days=7)
DAY_S = 86_400
SEED = 1  # of the order in which people are heard on a gold question: the same figures from the same rows

# Hidden gold only: practice is where people still learn. A person is heard once on each question.
GOLD = """
select r.gold_id::text, r.aspect_id, r.annotator_id, r.slot, r.expected, r.said
from annotation_goldresult r join annotation_batch b on b.id = r.batch_id
where b.project_id = %(p)s and r.purpose = 'gold' and not r.is_void
order by r.gold_id, r.aspect_id, r.id
"""
Votes = npt.NDArray[np.int8]  # 1 defect, 0 clean, MISSING where unsure
Flags = npt.NDArray[np.bool_]


def of(opinions: Opinions, *, now: datetime) -> DepthFigures:
    """Of everything counted, and of all hidden gold."""
    return DepthFigures(ties=_ties(opinions), votes=_votes(opinions), days=_days(opinions, now=now))


def tied(defects: npt.NDArray[np.int64], cleans: npt.NDArray[np.int64], heard: int) -> Flags:
    """Whether a cell is tied after so many opinions: votes.py's rule on arrays."""
    if heard < 2:
        return np.zeros(defects.shape, bool)
    if heard == 2:
        return np.asarray((defects != 2) & (cleans != 2) & (defects + cleans > 0))
    return np.asarray((defects == cleans) & (defects > 0))


def _days(opinions: Opinions, *, now: datetime) -> list[DayFigure]:
    """UTC days of the last week on which somebody worked."""
    recent = opinions.where(opinions.at >= (now - WEEK).timestamp())
    days = recent.at // DAY_S
    return [
        DayFigure(
            day=date.fromordinal(date(1970, 1, 1).toordinal() + int(each)),
            active_ms=int(recent.active_ms[days == each].sum()),
            people=[recent.person_ids[person] for person in np.unique(recent.people[days == each])],
        )
        for each in np.unique(days)
    ]


def _ties(opinions: Opinions) -> list[TieFigure]:
    """After each further opinion, by whether the ones before tied: samples, and how many of them tie then."""
    rank = np.arange(len(opinions)) - np.searchsorted(opinions.samples, opinions.samples)
    before = np.zeros(len(opinions.sample_ids), bool)
    found = []
    for heard in range(2, DEEPEST + 1):
        deep = opinions.sizes >= heard
        if not deep.any():
            break
        after = np.zeros(len(before), bool)
        after[deep] = _tied_after(opinions.where((rank < heard) & deep[opinions.group]), heard)
        was, was_not = deep & before, deep & ~before
        found.append(
            TieFigure(
                opinions=heard,
                settled=int(was_not.sum()),
                settled_then_tied=int((was_not & after).sum()),
                tied=int(was.sum()),
                still_tied=int((was & after).sum()),
            )
        )
        before = after
    return found


def _tied_after(first: Opinions, heard: int) -> Flags:
    """[samples]: any cell of any aspect tied. Aspects that some of the opinions do not judge are left out."""
    result = np.zeros(len(first.sample_ids), bool)
    for place in range(len(first.terms.aspects)):
        asked = (first.cells[:, place] != MISSING).any(axis=1)
        whole = np.bincount(first.group[asked], minlength=len(result)) == heard
        counts = first.counts(first.votes_on(place), 2)
        result |= whole & tied(counts[:, :, 1], counts[:, :, 0], heard).any(axis=1)
    return result


def _votes(opinions: Opinions) -> list[VoteFigure]:
    """For each number of opinions and most of them: the share of gold questions that their vote answers wrongly."""
    by_terms: dict[tuple[int, int], list[float]] = defaultdict(list)
    draw = np.random.default_rng(SEED)
    for truth, said in _questions(opinions):
        people = draw.permutation(len(said))
        # Everybody is heard first once, second once and so on: as many orders as people.
        orders = said[(people[None, :] + np.arange(len(said))[:, None]) % len(said)][:, :DEEPEST]
        for terms, wrong in _wrong(truth, orders).items():
            by_terms[terms].append(wrong)
    return [
        VoteFigure(wanted=wanted, maximum=most, wrong=_mean(shares), margin=_margin(shares), questions=len(shares))
        for (wanted, most), shares in sorted(by_terms.items())
    ]


def _wrong(truth: Votes, orders: Votes) -> Mapping[tuple[int, int], float]:
    """Over these orders of people ([orders, people, slots]): how often the vote is wrong. A tie at the end is ruled on,
    and no answer is no wrong one.
    """
    defects, cleans = (orders == 1).cumsum(axis=1), (orders == 0).cumsum(axis=1)
    open_after, wrong_after = [], []
    for heard in range(1, orders.shape[1] + 1):
        yes, no = defects[:, heard - 1], cleans[:, heard - 1]
        is_open = tied(yes, no, heard).any(axis=1)
        is_unsure = (yes + no == 0).any(axis=1)
        open_after.append(is_open)
        wrong_after.append(~is_open & ~is_unsure & ((yes > no) != (truth == 1)).any(axis=1))
    found = {}
    for wanted in range(1, len(open_after) + 1):
        going: Flags = np.ones(len(orders), bool)
        wrong: Flags = np.zeros(len(orders), bool)
        for most in range(wanted, len(open_after) + 1):
            wrong = wrong | (going & wrong_after[most - 1])
            going = going & open_after[most - 1]
            found[wanted, most] = float(wrong.mean())
    return found


def _questions(opinions: Opinions) -> list[tuple[Votes, Votes]]:
    """Each gold question that somebody judged: the truth by checked slot, and people's votes [people, slots]."""
    said: dict[tuple[str, int], dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    truths: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for gold_id, aspect_id, person, slot, expected, answer in rows(GOLD, {"p": opinions.terms.project_id}):
        if aspect_id in opinions.terms.aspect_ids:
            truths[gold_id, aspect_id][slot] = _vote(expected, opinions.terms.threshold)
            said[gold_id, aspect_id][person].setdefault(slot, _vote(answer, opinions.terms.threshold))
    return [
        (
            np.array([truth[slot] for slot in sorted(truth)], np.int8),
            np.array([[of.get(slot, MISSING) for slot in sorted(truth)] for of in said[key].values()], np.int8),
        )
        for key, truth in truths.items()
    ]


def _vote(severity: str, threshold: str) -> int:
    found = vote(severity, threshold=threshold)
    return MISSING if found is None else int(found)


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)


def _margin(shares: Sequence[float]) -> float | None:
    """Half of the mean's 95 % interval over questions; None below two of them."""
    if len(shares) < 2:
        return None
    return float(1.96 * np.std(shares, ddof=1) / sqrt(len(shares)))
