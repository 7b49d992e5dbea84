"""Boundaries, the score test and the draw, against published and hand-worked numbers and simulated errors."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from curation.choices import StoppingRule
from curation.trials import comparing, drawing, sequential

FIFTHS = [0.2, 0.4, 0.6, 0.8, 1.0]


@pytest.mark.parametrize(
    ("rule", "published"),
    [
        # Two-sided 0.05, five looks: Jennison and Turnbull 2000, and gsDesign's sfLDOF and sfLDPocock.
        (StoppingRule.OBRIEN_FLEMING, [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        (StoppingRule.POCOCK, [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
    ],
)
def test_boundaries_are_the_published_ones(rule: StoppingRule, published: list[float]) -> None:
    assert sequential.boundaries(rule, 0.025, FIFTHS) == pytest.approx(published, abs=1e-3)


def test_a_fixed_trial_concludes_at_the_end_only_and_spends_all_there() -> None:
    assert sequential.boundaries(StoppingRule.FIXED, 0.05, [0.5, 1.0]) == [math.inf, pytest.approx(1.6449, abs=1e-3)]


@pytest.mark.parametrize("shares", [[0.5, 0.4], [0.5, 0.5], [0.0, 1.0], [0.5, 1.2]])
def test_information_that_does_not_grow_is_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="grows"):
        sequential.boundaries(StoppingRule.POCOCK, 0.05, shares)


@pytest.mark.parametrize(
    ("good", "of", "good_ref", "of_ref", "margin"),
    [(80, 100, 82, 100, 0.1), (45, 60, 110, 120, 0.05), (100, 100, 95, 100, 0.1), (3, 40, 9, 40, 0.2)],
)
def test_restricted_rates_are_those_of_the_likeliest_pair(
    good: int, of: int, good_ref: int, of_ref: int, margin: float
) -> None:
    """The closed form against a search over the likelihood itself."""

    def unlikely(p: float) -> float:
        q = p + margin
        terms = ((good, p), (of - good, 1 - p), (good_ref, q), (of_ref - good_ref, 1 - q))
        return -sum(count * math.log(share) for count, share in terms if count)

    searched = minimize_scalar(unlikely, bounds=(1e-9, 1 - margin - 1e-9), method="bounded", options={"xatol": 1e-10}).x

    way, reference = comparing.restricted(good, of, good_ref, of_ref, margin)
    assert (float(way), float(reference)) == pytest.approx((searched, searched + margin), abs=1e-4)


def test_without_a_margin_the_test_is_the_pooled_one() -> None:
    # 70 and 80 of 100: pooled 0.75, error sqrt(0.75 * 0.25 * 2 / 100) = 0.061237, z = -0.1 / 0.061237.
    assert float(comparing.z_not_worse(70, 100, 80, 100, 0.0)) == pytest.approx(-1.63299, abs=1e-4)


def test_the_least_difference_is_the_margin_that_would_just_do() -> None:
    found = comparing.compare(170, 200, 172, 200, margin=0.1, boundary=1.645)

    assert found.not_worse
    assert found.difference == pytest.approx(-0.01)
    assert -0.1 < found.least < -0.01
    assert float(comparing.z_not_worse(170, 200, 172, 200, -found.least)) == pytest.approx(1.645, abs=1e-3)


def test_a_way_that_accepts_all_like_its_reference_is_not_worse() -> None:
    assert comparing.compare(20, 20, 20, 20, margin=0.2, boundary=1.645).not_worse


def _rejections(rule: StoppingRule, *, way: float, reference: float, looks: int, trials: int = 20_000) -> float:
    """How often a simulated trial of 240 questions an arm ends with "not worse by 0.1" at 0.05."""
    draw = np.random.default_rng(7)
    step = 240 // looks
    good = draw.binomial(step, way, (trials, looks)).cumsum(axis=1)
    good_ref = draw.binomial(step, reference, (trials, looks)).cumsum(axis=1)
    bounds = sequential.boundaries(rule, 0.05, [(look + 1) / looks for look in range(looks)])
    crossed = np.zeros(trials, dtype=bool)
    for look, bound in enumerate(bounds):
        of = step * (look + 1)
        crossed |= comparing.z_not_worse(good[:, look], of, good_ref[:, look], of, 0.1) >= bound
    return float(crossed.mean())


@pytest.mark.parametrize("rule", list(StoppingRule))
def test_a_way_that_is_worse_by_the_margin_is_rarely_called_not_worse(rule: StoppingRule) -> None:
    # At 20,000 trials the share has a standard error of 0.0015; the score test is exact to about half a point here.
    assert 0.035 < _rejections(rule, way=0.75, reference=0.85, looks=4) < 0.0565


def test_looking_four_times_without_a_rule_would_err_twice_as_often() -> None:
    """The case that must come out different: the fixed boundary used at each look."""
    draw = np.random.default_rng(7)
    good = draw.binomial(60, 0.75, (20_000, 4)).cumsum(axis=1)
    good_ref = draw.binomial(60, 0.85, (20_000, 4)).cumsum(axis=1)
    z = [comparing.z_not_worse(good[:, at], 60 * (at + 1), good_ref[:, at], 60 * (at + 1), 0.1) for at in range(4)]

    assert (np.max(z, axis=0) >= 1.645).mean() > 0.1


def test_a_way_as_good_as_its_reference_is_mostly_recognised() -> None:
    planned = comparing.chance(0.85, 0.1, 240, 0.05)

    found = _rejections(StoppingRule.OBRIEN_FLEMING, way=0.85, reference=0.85, looks=4)

    assert planned == pytest.approx(0.92, abs=0.01)
    assert found == pytest.approx(planned, abs=0.03)


def test_every_beginning_of_the_draw_is_balanced_over_arms_and_aspects() -> None:
    questions = [(sample, aspect) for sample in range(60) for aspect in (1, 2, 3)]

    found = drawing.blocks(questions, arms=3, per_arm=30, seed=4)

    assert len(found) == 30
    assert found == drawing.blocks(questions, arms=3, per_arm=30, seed=4)
    assert found != drawing.blocks(questions, arms=3, per_arm=30, seed=5)
    for arm in range(3):
        assert Counter(block[arm][1] for block in found[:9]) == {1: 3, 2: 3, 3: 3}
    drawn = [question for block in found for question in block]
    assert len(set(drawn)) == len(drawn) == 90


def test_questions_that_do_not_fill_a_block_are_left_out() -> None:
    assert len(drawing.blocks([(1, 1), (2, 1), (3, 1)], arms=2, per_arm=5, seed=1)) == 1
    assert [drawing.covered(50, look, 4) for look in (1, 2, 3, 4)] == [13, 25, 38, 50]


def test_cost_per_accepted_counts_what_was_rejected_and_its_interval_holds_the_value() -> None:
    found = comparing.cost_per_accepted([Decimal("0.02")] * 100, [True] * 80 + [False] * 20, seed=1)

    assert found.value == Decimal("0.025000")
    assert found.low is not None
    assert found.high is not None
    # 80 of 100: by the normal approximation 72 to 88 accepted, so 0.0227 to 0.0278.
    assert float(found.low) == pytest.approx(0.0227, abs=0.0006)
    assert float(found.high) == pytest.approx(0.0278, abs=0.0008)


def test_where_nothing_was_accepted_there_is_no_cost() -> None:
    assert comparing.cost_per_accepted([Decimal(1)], [False], seed=1) == comparing.CostInterval(None, None, None)
