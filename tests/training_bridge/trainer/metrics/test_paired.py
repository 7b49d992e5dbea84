"""Arms over paired runs, against numbers worked by hand."""

import pytest

from training_bridge.trainer.metrics import paired


def test_all_signs_alike_is_the_smallest_p_that_so_few_pairs_allow() -> None:
    assert paired.sign_flip([0.1, 0.2, 0.3]) == pytest.approx(2 / 8)
    assert paired.sign_flip([0.1] * 8) == pytest.approx(2 / 256)
    assert paired.sign_flip([0.1, -0.1]) == 1.0


def test_a_difference_is_paired() -> None:
    found = paired.difference([0.5, 0.9], [0.4, 0.8])
    assert (found["pairs"], found["difference"], found["low"], found["high"]) == (2, 0.1, 0.1, 0.1)
    with pytest.raises(ValueError, match="same runs"):
        paired.difference([0.5], [])


def test_spread_over_runs() -> None:
    assert paired.spread([0.2, 0.4]) == {"n": 2, "mean": 0.3, "sd": 0.1414}
    assert paired.spread([0.2])["sd"] == 0.0
