"""What looks unusual is shown with its counts, and what chance explains is not."""

from __future__ import annotations

import numpy as np
import pytest

from annotation import signals


def flags(*rows: str) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.array([[mark == "x" for mark in row] for row in rows])


def test_cochrans_q_worked_by_hand() -> None:
    # Six samples, three places. Columns 5, 2, 1; rows 1, 1, 2, 1, 1, 2. k = 3, N = 8.
    # Q = 2 · (3 · (25 + 4 + 1) - 64) ÷ (3 · 8 - (1 + 1 + 4 + 1 + 1 + 4)) = 2 · 26 ÷ 12 = 13/3.
    found = signals.position_bias(flags("x--", "x--", "xx-", "x--", "-x-", "x-x"))

    assert found.q == pytest.approx(13 / 3)
    assert found.p == pytest.approx(float(np.exp(-13 / 6)))  # chi-square with two degrees of freedom
    assert found.size == pytest.approx(13 / 3 / 12)
    assert [share.count for share in found.flagged] == [5, 2, 1]
    low, high = found.flagged[0].low, found.flagged[0].high
    assert low is not None
    assert high is not None
    assert low < 5 / 6 < high


def test_a_place_that_is_always_the_one_has_size_one_and_an_even_hand_has_none() -> None:
    always = signals.position_bias(flags(*(["x---"] * 8)))
    even = signals.position_bias(flags("x---", "-x--", "--x-", "---x"))

    assert always.size == pytest.approx(1)
    assert even.q == pytest.approx(0)
    assert signals.position_bias(flags("----", "xxxx")).q is None


def test_a_share_is_a_signal_only_when_large_and_beyond_chance() -> None:
    def fast(count: int, of: int) -> signals.Candidate:
        return signals.more_often("fast", count=count, of=of, others_count=30, others_of=1_000, least=0.1)

    found = signals.unusual({1: [fast(40, 100)], 2: [fast(4, 100)], 3: [fast(2, 5)]})

    assert [each.code for each in found[1]] == ["fast"]
    assert (found[1][0].count, found[1][0].of, found[1][0].others_count, found[1][0].others_of) == (40, 100, 30, 1000)
    assert found[2] == []
    assert found[3] == []  # too few opinions to say anything


def test_on_the_same_samples_only_those_count_on_which_they_differ() -> None:
    # Everything all clean in 60 of 100; the others in 40 of the same 100: 22 only me, 2 only others.
    large = signals.on_the_same("all_clean", only_me=22, only_others=2, mine=60, others=40, of=100)
    level = signals.on_the_same("all_clean", only_me=12, only_others=10, mine=52, others=50, of=100)

    found = signals.unusual({1: [large], 2: [level]})

    assert [each.code for each in found[1]] == ["all_clean"]
    assert found[1][0].p is not None
    assert found[1][0].p < 0.001
    assert found[2] == []


def test_the_same_keys_again_and_again_are_seen_and_a_clean_run_is_not() -> None:
    clean, one, two = b"----", b"x---", b"-x--"
    stamped = [one] * 11 + [clean, two, clean, clean] * 10
    honest = [clean] * 40 + [one, clean, two, clean, one, clean]

    found = signals.unusual(
        {
            1: [each for each in [signals.same_keys(stamped, clean, others_longest=2)] if each],
            2: [each for each in [signals.same_keys(honest, clean, others_longest=11)] if each],
        }
    )

    assert [(each.code, each.count) for each in found[1]] == [("same_keys", 11)]
    assert found[2] == []
    assert signals.same_keys([clean] * 50, clean, others_longest=0) is None


def test_times_that_hardly_vary_are_told_from_ordinary_ones() -> None:
    draw = np.random.default_rng(4)
    even = np.exp(draw.normal(10, 0.05, 60)).astype(np.int64)
    usual = np.exp(draw.normal(10, 0.5, 60)).astype(np.int64)

    candidates = {
        person: [each for each in [signals.even_pace(times, others_spread=0.5)] if each]
        for person, times in ((1, even), (2, usual))
    }

    found = signals.unusual(candidates)
    assert [each.code for each in found[1]] == ["even_pace"]
    assert found[2] == []
    assert signals.even_pace(even[:10], others_spread=0.5) is None


def test_wilson() -> None:
    share = signals.Share.from_counts(27, 52)  # 52 %, 39 to 65

    assert (share.low, share.high) == pytest.approx((0.3870, 0.6490), abs=0.001)
    assert signals.Share.from_counts(0, 0).value is None


def test_a_signal_appears_from_the_size_that_was_set() -> None:
    def clean(**sizes: float) -> bool:
        set_to = signals.Sizes(**sizes)  # type: ignore[arg-type]  # the names below are sizes
        found = signals.on_the_same("all_clean", only_me=22, only_others=2, mine=60, others=40, of=100, sizes=set_to)
        return found.large

    assert (clean(), clean(difference=0.25), clean(opinions=101)) == (True, False, False)
    stamped, blank = [b"x"] * 8 + [bytes([65 + n]) for n in range(40)], b"c"
    runs = [signals.same_keys(stamped, blank, others_longest=2, sizes=signals.Sizes(run=run)) for run in (8, 9)]
    assert [each.large for each in runs if each] == [True, False]
