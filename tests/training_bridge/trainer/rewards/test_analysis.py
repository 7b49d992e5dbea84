"""What rewards teach, recomputed: the tables that the documentation shows are the ones that come out here."""

from pathlib import Path

import pytest

from training_bridge.trainer.rewards import analysis
from training_bridge.trainer.rewards.dpa import VARIANTS, penalised, recall

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "rewards.md"


@pytest.mark.parametrize(
    ("variant", "gold", "chosen", "probability"),
    [
        ("subset_strict", 2, 1, 1 / 2),
        ("subset_strict", 3, 2, 2 / 3),
        ("right_minus_wrong", 3, 2, 1 / 2),
        ("balanced", 2, 1, 1 / 2),
        ("exact", 3, 1, None),
        ("per_option", 2, 0, 1 / 2),
    ],
)
def test_a_further_letter_is_worth_it_above_a_probability(
    variant: str, gold: int, chosen: int, probability: float | None
) -> None:
    found = analysis.threshold(VARIANTS[variant], gold=gold, chosen=chosen)
    assert found == (None if probability is None else pytest.approx(probability))


def test_the_penalty_sets_that_probability() -> None:
    for alpha in (0.25, 0.5, 1.0):
        found = analysis.threshold(penalised(alpha), gold=3, chosen=2)
        assert found == pytest.approx(alpha / (1 + alpha))


def test_recall_always_wants_one_more_letter_which_is_why_it_is_no_variant() -> None:
    assert "recall" not in VARIANTS
    assert analysis.threshold(recall, gold=2, chosen=1) == 0.0
    assert analysis.chance(recall)["select_all"] == 1.0


@pytest.mark.parametrize(
    ("variant", "shares"),
    [
        ("exact", (46.4, 20.7, 4.8, 0.8, 19.4)),
        ("subset_strict", (16.9, 6.5, 1.4, 0.6, 19.4)),
        ("right_minus_wrong", (13.1, 5.6, 1.4, 0.6, 19.4)),
    ],
)
def test_dead_groups_of_eight(variant: str, shares: tuple[float, ...]) -> None:
    found = [100 * analysis.dead_share(VARIANTS[variant], accuracy) for accuracy in analysis.ACCURACIES]
    assert found == pytest.approx(shares, abs=0.05)


def test_a_dead_share_of_exact_match_is_the_closed_form() -> None:
    right = 0.55**4
    assert analysis.dead_share(VARIANTS["exact"], 0.55) == pytest.approx(right**8 + (1 - right) ** 8)


@pytest.mark.parametrize(
    ("variant", "random", "one_letter", "select_all"),
    [
        ("exact", 6.67, 6.67, 6.67),
        ("subset_strict", 17.8, 25.0, 6.67),
        ("subset_half", 17.8, 30.0, 6.67),
        ("right_minus_wrong", 23.4, 25.0, 24.4),
        ("balanced", 25.8, 25.0, 6.67),
        ("jaccard", 37.8, 25.0, 53.3),
        ("f1", 48.8, 32.7, 66.9),
        ("per_option", 50.2, 48.3, 53.3),
    ],
)
def test_what_policies_that_never_look_earn(variant: str, random: float, one_letter: float, select_all: float) -> None:
    found = analysis.chance(VARIANTS[variant])
    assert [100 * found[key] for key in ("random", "one_letter", "select_all")] == pytest.approx(
        [random, one_letter, select_all], abs=0.06
    )


def test_the_page_shows_these_tables() -> None:
    assert analysis.tables() in PAGE.read_text(encoding="utf-8")
