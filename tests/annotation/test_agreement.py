"""Agreement beyond chance, against numbers worked by hand and against another implementation."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest

from annotation import agreement
from annotation.agreement import Patterns, alpha

VALUES = ("no_defect", "defect")


def samples(*units: tuple[int, ...]) -> Patterns:
    """One unit a sample; each unit says how many opinions gave which value."""
    return Patterns.of(np.array(units)[:, None, :])


# Krippendorff's own example of nominal data with missing values ("Computing Krippendorff's alpha-reliability", 2011,
# part C): four observers, twelve units, values 1 to 5; alpha = 0.743.
TEXTBOOK = samples(
    *((3, 0, 0, 0, 0), (0, 3, 1, 0, 0), (0, 0, 4, 0, 0), (0, 0, 4, 0, 0), (0, 4, 0, 0, 0), (1, 1, 1, 1, 0)),
    *((0, 0, 0, 4, 0), (3, 1, 0, 0, 0), (0, 4, 0, 0, 0), (0, 0, 0, 0, 3), (2, 0, 0, 0, 0), (0, 0, 1, 0, 0)),
)


def test_the_textbook_example() -> None:
    found = alpha(TEXTBOOK, "12345")

    assert found.value == pytest.approx(0.743, abs=0.0005)
    assert found.units == 11


def test_worked_by_hand() -> None:
    # Two people, four units, they differ on one: coincidences yes 3, no 5, n = 8; observed disagreement 2 of 8,
    # expected 2 * 3 * 5 / (8 * 7) = 30/56. alpha = 1 - (2/8) / (30/56) = 8/15.
    found = alpha(samples((0, 2), (1, 1), (2, 0), (2, 0)), VALUES)

    assert found.value == pytest.approx(8 / 15)
    assert found.pairs_agreeing == pytest.approx(3 / 4)


def test_one_more_difference_must_change_it() -> None:
    few = alpha(samples((0, 2), (1, 1), (2, 0), (2, 0)), VALUES).value
    more = alpha(samples((0, 2), (1, 1), (1, 1), (2, 0)), VALUES).value

    assert few is not None
    assert more is not None
    assert more < few


def test_severities_are_ordinal() -> None:
    # One pair differs. By hand: n = 6, marginals none 2, minor 2, major 2 with (none, minor) apart:
    # none 1 + pairs... the near difference must cost less than the far one, and nominal alpha sees no difference.
    near, far = samples((2, 0, 0), (1, 1, 0), (0, 0, 2)), samples((2, 0, 0), (1, 0, 1), (0, 0, 2))
    severities = ("none", "minor", "major")

    close = alpha(near, severities, level="ordinal").value
    apart = alpha(far, severities, level="ordinal").value

    # near: marginals 3, 1, 2; metric none–minor (3/2 + 1/2)² = 4, minor–major (1/2 + 2/2)² = 2.25, none–major 12.25.
    # observed 2 × 4 = 8; expected 2 (3·1·4 + 1·2·2.25 + 3·2·12.25) = 180; alpha = 1 - 5 × 8/180 = 7/9.
    assert close == pytest.approx(7 / 9)
    # far: marginals 3, 0, 3; none–major 9; observed 18; expected 2 · 9 · 9 = 162; alpha = 1 - 5 × 18/162 = 4/9.
    assert apart == pytest.approx(4 / 9)


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_another_implementation_says_the_same(level: agreement.Level) -> None:
    counts = np.random.default_rng(3).integers(0, 3, size=(80, 4, 3))

    ours = alpha(Patterns.of(counts), ("none", "minor", "major"), level=level).value
    theirs = krippendorff.alpha(value_counts=counts.reshape(-1, 3), value_domain=[0, 1, 2], level_of_measurement=level)

    assert ours == pytest.approx(theirs)


def test_systematic_disagreement_is_below_zero() -> None:
    found = alpha(samples((1, 1), (1, 1)), VALUES)

    assert found.value is not None
    assert found.value < 0


def test_where_nothing_varies_it_is_undefined_and_says_why() -> None:
    found = alpha(samples((2, 0), (2, 0)), VALUES)

    assert found.value is None
    assert found.pairs_agreeing == 1.0
    assert (found.why_undefined, found.opinions, found.only) == ("nothing_varies", 4, "no_defect")


def test_without_a_second_opinion_it_is_undefined() -> None:
    found = alpha(samples((1, 0), (0, 1)), VALUES)

    assert (found.value, found.units, found.pairs_agreeing) == (None, 0, None)
    assert found.why_undefined == "no_pairs"


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    few = [(0, 2), (1, 1), (2, 0), (2, 0), (0, 2), (2, 0)]
    found, many = alpha(samples(*few), VALUES), alpha(samples(*(few * 40)), VALUES)

    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high
    assert (found.low, found.high) == (alpha(samples(*few), VALUES).low, alpha(samples(*few), VALUES).high)
    assert many.low is not None
    assert many.high is not None
    assert many.high - many.low < found.high - found.low
    assert alpha(samples((1, 1)), VALUES).low is None


def test_the_jackknife_worked_by_hand_and_close_to_the_bootstrap() -> None:
    # Four samples, one unit each. Without the (0, 2) one alpha is 0 (yes 1, no 5: 1 - 5 · 2 / (2 · 1 · 5)); without the
    # one that differs it is 1; without either (2, 0) one it is 4/9 (yes 3, no 3: 1 - 5 · 2 / (2 · 9)). Mean 17/36; sum
    # of squares (289 + 361 + 1 + 1) / 1296; error √(3/4 · 652/1296).
    few = alpha(samples((0, 2), (1, 1), (2, 0), (2, 0)), VALUES, by="jackknife")
    assert few.low == pytest.approx(8 / 15 - 1.96 * (0.75 * 652 / 1296) ** 0.5)
    assert few.high == 1

    counts = np.random.default_rng(8).integers(0, 4, size=(400, 4, 2))
    by_bootstrap, by_jackknife = (alpha(Patterns.of(counts), VALUES, by=by) for by in ("bootstrap", "jackknife"))
    assert by_jackknife.low == pytest.approx(by_bootstrap.low, abs=0.02)
    assert by_jackknife.high == pytest.approx(by_bootstrap.high, abs=0.02)


def test_masi_worked_by_hand() -> None:
    # Passonneau 2006: equal sets 1; nested 2/3 of Jaccard; meeting 1/3 of it; disjoint 0. As a distance, 1 minus that.
    a, ab, bc, none = 0b001, 0b011, 0b110, 0b000
    assert agreement.masi(ab, ab) == 0
    assert agreement.masi(a, ab) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert agreement.masi(ab, bc) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert agreement.masi(a, bc) == 1
    assert agreement.masi(none, none) == 0
    assert agreement.masi(none, a) == 1


def test_whole_answers_forgive_a_nested_set_and_not_another_one() -> None:
    # Values: none, {A}, {A, B}, {B, C}. Two samples agree, the third is nested or disjoint.
    distances = agreement.masi_distances([0b000, 0b001, 0b011, 0b110])
    names = ("none", "A", "AB", "BC")
    nested = alpha(samples((2, 0, 0, 0), (0, 0, 2, 0), (0, 1, 1, 0)), names, distances=distances).value
    other = alpha(samples((2, 0, 0, 0), (0, 0, 2, 0), (0, 1, 0, 1)), names, distances=distances).value

    # nested: marginals none 2, A 1, AB 3; observed 2 · 2/3; expected 2 (2·1·1 + 2·3·1 + 1·3·2/3) = 20.
    assert nested == pytest.approx(1 - 5 * (4 / 3) / 20)
    assert other is not None
    assert other < 1 - 5 * (4 / 3) / 20
