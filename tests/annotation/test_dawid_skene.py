"""Answers weighed by what each person is estimated to see."""

from __future__ import annotations

import numpy as np
import pytest

from annotation import dawid_skene


def votes_of(matrix: list[list[int | None]]) -> dawid_skene.Estimate:
    """Rows are cells, columns people; None: not asked."""
    said = [
        (cell, person, vote) for cell, row in enumerate(matrix) for person, vote in enumerate(row) if vote is not None
    ]
    cells, people, votes = (np.array(each, np.int64) for each in zip(*said, strict=True))
    return dawid_skene.estimate(cells, people, votes == 1, cell_count=len(matrix), person_count=len(matrix[0]))


def test_where_all_agree_it_says_what_they_say() -> None:
    found = votes_of([[1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 0, 0]])

    assert (found.truths > 0.5).tolist() == [True, False, True, False]
    assert found.sensitivity.min() > 0.7
    assert found.specificity.min() > 0.7


def test_one_round_worked_by_hand() -> None:
    # Two people, three cells: both yes, both no, they differ. The start is the vote: truths 1, 0, 1/2.
    # Person 0 (yes, no, yes): sensitivity (1 + 1/2 + 1) ÷ (1.5 + 2) = 5/7, specificity (1 + 1) ÷ (1.5 + 2) = 4/7.
    # Person 1 (yes, no, no): sensitivity (1 + 1) ÷ 3.5 = 4/7, specificity (1 + 1/2 + 1) ÷ 3.5 = 5/7.
    # Share of defects (1.5 + 1) ÷ (3 + 2) = 1/2. Cell 2: odds = (5/7 ÷ 3/7) · (3/7 ÷ 5/7) = 1: still 1/2, by symmetry.
    # Cell 0: odds = (5/7 ÷ 3/7) · (4/7 ÷ 2/7) = 10/3: 10/13.
    rounds = dawid_skene.ROUNDS
    try:
        dawid_skene.ROUNDS = 1
        found = votes_of([[1, 1], [0, 0], [1, 0]])
    finally:
        dawid_skene.ROUNDS = rounds

    assert found.sensitivity.tolist() == pytest.approx([5 / 7, 4 / 7])
    assert found.specificity.tolist() == pytest.approx([4 / 7, 5 / 7])
    assert found.share == pytest.approx(1 / 2)
    assert found.truths.tolist() == pytest.approx([10 / 13, 3 / 13, 1 / 2])


def test_two_careless_people_do_not_outvote_a_careful_one() -> None:
    # Three careful people agree on many cells on which two careless ones answer at random. On the last cell only one
    # careful person and the two careless ones were asked: the vote says no defect, the model trusts the careful one.
    draw = np.random.default_rng(5)
    matrix: list[list[int | None]] = []
    for cell in range(200):
        truth = int(cell % 3 == 0)
        matrix.append([truth, truth, truth, int(draw.integers(2)), int(draw.integers(2))])
    matrix.append([1, None, None, 0, 0])

    found = votes_of(matrix)

    assert found.truths[-1] > 0.9
    assert found.sensitivity[0] > 0.9
    assert 0.3 < found.sensitivity[3] < 0.7


def test_equal_cells_are_gathered_and_the_order_of_votes_does_not_matter() -> None:
    cells = np.array([0, 0, 1, 1, 2, 2], np.int64)
    people = np.array([0, 1, 0, 1, 0, 1], np.int64)
    votes = np.array([True, True, True, True, False, False])
    order = np.array([5, 2, 0, 4, 1, 3])

    one = dawid_skene.estimate(cells, people, votes, cell_count=3, person_count=2)
    other = dawid_skene.estimate(cells[order], people[order], votes[order], cell_count=3, person_count=2)

    assert one.patterns == 2
    assert one.truths[0] == one.truths[1]
    assert one.truths.tolist() == other.truths.tolist()


def test_without_votes_there_is_nothing_to_say() -> None:
    nothing = np.zeros(0, np.int64)

    found = dawid_skene.estimate(nothing, nothing, nothing == 1, cell_count=0, person_count=0)

    assert (found.truths.tolist(), found.patterns) == ([], 0)
