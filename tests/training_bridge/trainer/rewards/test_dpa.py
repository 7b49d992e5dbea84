"""What an answer earns, by hand-worked numbers, and over all sixteen by sixteen pairs of picked and gold sets."""

import itertools

import pytest

from training_bridge.trainer.rewards.dpa import VARIANTS, gated, penalised, worth

OPTIONS = frozenset("ABCD")
EVERY = [frozenset(chosen) for size in range(5) for chosen in itertools.combinations("ABCD", size)]


def sets(text: str) -> frozenset[str]:
    return frozenset(text)


@pytest.mark.parametrize(
    ("variant", "gold", "picked", "earned"),
    [
        ("exact", "AB", "AB", 1.0),
        ("exact", "AB", "A", 0.0),
        ("subset_strict", "AB", "A", 1 / 2),
        ("subset_strict", "ABC", "AB", 2 / 3),
        ("subset_strict", "AB", "ABC", 0.0),
        ("subset_strict", "AB", "", 0.0),
        ("subset_half", "ABC", "A", 1 / 2),
        ("subset_half", "ABC", "AB", 1 / 2),
        ("subset_half", "ABC", "ABC", 1.0),
        ("subset_half", "ABC", "AD", 0.0),
        ("subset_half", "ABC", "", 0.0),
        ("right_minus_wrong", "AB", "AC", 0.0),
        ("right_minus_wrong", "AB", "ABC", 1 / 2),
        ("right_minus_wrong", "ABC", "ABD", 1 / 3),
        ("penalised", "AB", "ABC", 3 / 4),
        ("penalised", "AB", "AC", 1 / 4),
        ("balanced", "AB", "ABC", 1 / 2),
        ("balanced", "A", "ABCD", 0.0),
        ("balanced", "A", "AB", 2 / 3),
        ("balanced", "ABCD", "ABC", 3 / 4),
        ("jaccard", "AB", "BC", 1 / 3),
        ("jaccard", "A", "ABCD", 1 / 4),
        ("f1", "AB", "BC", 1 / 2),
        ("f1", "A", "ABCD", 2 / 5),
        ("per_option", "AB", "BC", 1 / 2),
        ("per_option", "A", "", 3 / 4),
    ],
)
def test_an_answer_earns_what_the_formula_says(variant: str, gold: str, picked: str, earned: float) -> None:
    assert VARIANTS[variant](sets(picked), sets(gold), 4) == pytest.approx(earned)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_pair_earns_between_nothing_and_one_and_only_the_gold_set_earns_all(variant: str) -> None:
    for gold, picked in itertools.product(EVERY, EVERY):
        earned = VARIANTS[variant](picked, gold, 4)
        assert 0.0 <= earned <= 1.0
        assert (earned == 1.0) == (picked == gold), (variant, gold, picked)


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_empty_gold_set_pays_only_an_explicit_none(variant: str) -> None:
    assert [VARIANTS[variant](picked, frozenset(), 4) for picked in EVERY] == [1.0] + [0.0] * 15


@pytest.mark.parametrize(
    ("variant", "by_size"),
    [
        ("exact", (1 / 15, 1 / 15, 1 / 15, 1 / 15)),
        ("subset_strict", (1 / 15, 2 / 15, 4 / 15, 8 / 15)),
        ("right_minus_wrong", (1 / 15, 3 / 15, 17 / 45, 8 / 15)),
        ("balanced", (4 / 15, 3 / 15, 4 / 15, 8 / 15)),
        ("jaccard", (1 / 4, 17 / 45, 7 / 15, 8 / 15)),
    ],
)
def test_chance_by_size_of_the_gold_set_is_the_enumerated_one(variant: str, by_size: tuple[float, ...]) -> None:
    """A random non-empty set against gold of one, two, three and four letters: counted over all fifteen sets."""
    for size, expected in enumerate(by_size, start=1):
        gold = frozenset("ABCD"[:size])
        chance = sum(VARIANTS[variant](picked, gold, 4) for picked in EVERY[1:]) / 15
        assert chance == pytest.approx(expected), (variant, size)


def test_the_penalty_is_a_dial_between_selecting_too_much_and_too_little() -> None:
    earned = [penalised(strength)(sets("ABC"), sets("AB"), 4) for strength in (0.0, 0.5, 1.0, 2.0)]
    assert earned == [1.0, 0.75, 0.5, 0.0]


def test_select_all_is_paid_well_by_overlap_and_not_by_the_balanced_reward() -> None:
    overlap = [VARIANTS["f1"](OPTIONS, gold, 4) for gold in EVERY[1:]]
    assert sum(overlap) / 15 == pytest.approx(0.669, abs=0.001)
    assert sum(VARIANTS["balanced"](OPTIONS, gold, 4) for gold in EVERY[1:]) == 1.0  # only where all are gold


def test_an_unreadable_answer_earns_nothing_and_an_unjudged_question_is_not_scored() -> None:
    reward = VARIANTS["jaccard"]
    assert worth(reward, None, sets("A"), OPTIONS) == 0.0
    assert worth(reward, sets("A"), None, OPTIONS) is None
    assert worth(reward, sets("A"), sets("E"), OPTIONS) is None
    assert worth(reward, sets("E"), sets("A"), OPTIONS) is None
    assert worth(reward, sets("A"), sets("A"), OPTIONS) == 1.0


def test_the_gate_takes_everything_from_an_answer_outside_the_format() -> None:
    assert [gated(0.5, well_formed=True), gated(0.5, well_formed=False)] == [0.5, 0.0]
    assert gated(None, well_formed=False) is None
