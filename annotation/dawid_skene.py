"""What the answer most likely is, when people are unequally reliable.

Belongs here: the estimate itself, over yes/no votes on many cells.
Does not: fetching votes and storing answers (services.quality), the plain vote (votes.py).

A. Dawid, A. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied Statistics
28 (1979): each person has a rate of seeing a defect that is there and of seeing one that is not; rates and truths are
estimated in turn. Cells with the same votes of the same people have the same truth, so the work is done once for each
such *pattern*; with 32 people, 512,000 cells have a few tens of thousands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
AnyInts = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]

ROUNDS = 100
TOLERANCE = 1e-6  # of a truth's probability
# One imagined vote of each kind keeps a rate off 0 and 1, where one cell would outweigh everything (Laplace).
IMAGINED = 1.0


@dataclass(frozen=True)
class Estimate:
    """`truths[i]`: how probable a defect is in cell i. Rates by person: defects seen, and clean cells left clean."""

    truths: Floats
    sensitivity: Floats
    specificity: Floats
    share: float
    rounds: int
    patterns: int


def estimate(
    cells: AnyInts, people: AnyInts, votes: npt.NDArray[np.bool_], *, cell_count: int, person_count: int
) -> Estimate:
    """From votes in any order: cell i (0 … cell_count - 1), by a person, says defect or not.

    A cell nobody voted on gets the overall share. Deterministic: it starts from the plain vote.
    """
    pattern_of, pattern, person, vote, times = _patterns(cells, people, votes, cell_count)
    count = len(times)
    truths = np.bincount(pattern, weights=vote, minlength=count) / np.maximum(np.bincount(pattern, minlength=count), 1)
    heard = np.bincount(pattern, minlength=count) > 0
    sensitivity: Floats = np.full(person_count, 0.5)
    specificity, share, moved, rounds = sensitivity, 0.5, 1.0, 0
    while moved >= TOLERANCE and rounds < ROUNDS:
        rounds += 1
        weight = truths[pattern] * times[pattern]
        against = (1 - truths[pattern]) * times[pattern]
        sensitivity = _rate(person, weight * vote, weight, person_count)
        specificity = _rate(person, against * ~vote, against, person_count)
        voted = times * heard
        share = float(((truths * voted).sum() + IMAGINED) / (voted.sum() + 2 * IMAGINED))
        evidence = np.where(
            vote,
            np.log(sensitivity[person]) - np.log1p(-specificity[person]),
            np.log1p(-sensitivity[person]) - np.log(specificity[person]),
        )
        odds = np.bincount(pattern, weights=evidence, minlength=count) + np.log(share) - np.log1p(-share)
        fresh = 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
        moved = float(np.abs(fresh - truths).max(initial=0.0))
        truths = fresh
    return Estimate(truths[pattern_of], sensitivity, specificity, share, rounds, count)


def _rate(person: AnyInts, hits: Floats, of: Floats, person_count: int) -> Floats:
    right = np.bincount(person, weights=hits, minlength=person_count) + IMAGINED
    return np.asarray(right / (np.bincount(person, weights=of, minlength=person_count) + 2 * IMAGINED))


def _patterns(
    cells: AnyInts, people: AnyInts, votes: npt.NDArray[np.bool_], cell_count: int
) -> tuple[Ints, Ints, AnyInts, npt.NDArray[np.bool_], Ints]:
    """Cells with equal votes, gathered: pattern of each cell; pattern, person and vote of each vote; times."""
    codes = 2 * (int(people.max(initial=0)) + 1)
    code = (
        cells * codes + people * 2 + votes
    )  # both in one number, sorted in place: millions of votes fit once, not thrice
    code.sort()
    code %= codes
    sizes = np.bincount(cells, minlength=cell_count)
    starts = np.cumsum(sizes) - sizes
    pattern_of = np.zeros(cell_count, np.int64)
    parts: list[tuple[Ints, AnyInts]] = []  # pattern, code
    times: list[Ints] = []
    known = 0
    for size in np.unique(sizes):
        members = np.flatnonzero(sizes == size)
        rows = code[starts[members][:, None] + np.arange(size)[None, :]]
        distinct, inverse, counted = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        pattern_of[members] = inverse.reshape(-1) + known
        parts.append((np.repeat(np.arange(len(distinct)) + known, size), distinct.reshape(-1)))
        times.append(counted)
        known += len(distinct)
    pattern = np.concatenate([each for each, _ in parts]) if parts else np.zeros(0, np.int64)
    said = np.concatenate([each for _, each in parts]) if parts else np.zeros(0, np.int64)
    return pattern_of, pattern, said // 2, said % 2 == 1, np.concatenate(times) if times else np.zeros(0, np.int64)
