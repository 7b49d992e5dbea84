"""The proposed limit of a reply's tokens, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from cot_generation.token_limits import propose


def test_the_limit_is_half_as_much_again_as_ninety_nine_of_a_hundred_replies_need() -> None:
    found = propose([*[100] * 98, 120, 5000], [])

    assert found is not None
    assert [found.p99, found.max_tokens, found.cut_off_share] == [120, 180, 0.0]


def test_of_a_pilots_twenty_replies_the_longest_counts() -> None:
    found = propose([*[100] * 19, 201], [])

    assert found is not None
    assert [found.p99, found.max_tokens] == [201, 310], "301.5, up to the next ten"


@pytest.mark.parametrize(("cut_off", "limit"), [([900], 900), ([140], 150), ([905, 900], 910)])
def test_the_limit_never_lies_below_what_was_cut_off(cut_off: list[int], limit: int) -> None:
    found = propose([100] * 20, cut_off)

    assert found is not None
    assert found.max_tokens == limit
    assert found.cut_off_share == len(cut_off) / (20 + len(cut_off))


def test_too_few_replies_say_nothing() -> None:
    assert propose([100] * 19, [900] * 50) is None
