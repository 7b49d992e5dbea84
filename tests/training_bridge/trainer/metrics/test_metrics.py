"""Scores, trivial policies and intervals against numbers worked by hand."""

import math

import pytest

from training_bridge.trainer.metrics import intervals, markdown, policies, scores
from training_bridge.trainer.metrics.policies import Asked
from training_bridge.trainer.rewards.dpa import VARIANTS

SLOTS = ("A", "B", "C", "D")
REWARD = VARIANTS["right_minus_wrong"]


def asked(name: str, gold: str, *, aspect: str = "shadow", family: str = "") -> Asked:
    return Asked(name, aspect, family or name, SLOTS, frozenset(gold))


TEST = [asked("1", "A"), asked("2", ""), asked("3", "AB", aspect="layout"), asked("4", "ABCD", aspect="layout")]
ANSWERS = {"1": frozenset("A"), "2": frozenset("B"), "3": frozenset("A"), "4": None}


def mean(of: scores.Scores, metric: str) -> float:
    return sum(of.values[metric]) / len(of.values[metric])


def test_a_model_is_scored_question_by_question() -> None:
    ours = scores.of_answers("ours", "trained", TEST, ANSWERS, REWARD)
    assert ours.values["exact"] == [1.0, 0.0, 0.0, 0.0]
    assert ours.values["jaccard"] == [1.0, 0.0, 0.5, 0.0]
    assert ours.values["per_option"] == [1.0, 0.75, 0.75, 0.0]
    assert ours.values["reward"] == [1.0, 0.0, 0.5, 0.0]
    assert (ours.answered, ours.unparsable, ours.set_size) == (4, 1, 1.0)


def test_a_question_left_out_is_wrong_and_counted_as_not_answered() -> None:
    ours = scores.of_answers("ours", "endpoint", TEST, {"1": frozenset("A")}, REWARD)
    assert (mean(ours, "exact"), ours.answered, ours.unparsable) == (0.25, 1, 0)


@pytest.mark.parametrize(
    ("policy", "exact"),
    [
        (policies.random_non_empty, 3 / 4 / 15),
        (policies.one_letter, 1 / 4 / 4),
        (policies.random_uniform, 1 / 16),
        (policies.select_all, 1 / 4),
        (policies.select_none, 1 / 4),
    ],
)
def test_trivial_policies_score_what_enumeration_says(policy: policies.Policy, exact: float) -> None:
    assert mean(scores.of_policy("p", TEST, policy, REWARD), "exact") == pytest.approx(exact)


def test_policies_learnt_from_the_training_split() -> None:
    train = [asked("a", ""), asked("b", ""), asked("c", "A"), asked("d", "AB", aspect="layout")]
    prior = policies.train_prior(train)(asked("x", "A"))
    assert prior == {frozenset(): 2 / 3, frozenset("A"): 1 / 3}
    overall = policies.best_constant(train, by_aspect=False)
    by_aspect = policies.best_constant(train, by_aspect=True)
    layout = asked("x", "AB", aspect="layout")
    assert (overall(layout), by_aspect(layout)) == ({frozenset(): 1.0}, {frozenset("AB"): 1.0})


def test_random_non_empty_sets_reach_the_enumerated_chance() -> None:
    """Gold drawn evenly from the fifteen non-empty sets; a random non-empty set earns 6.67 % exact, 37.8 % Jaccard."""
    every = [subset for subset in policies.subsets(SLOTS) if subset]
    test = [Asked(str(place), "a", str(place), SLOTS, gold) for place, gold in enumerate(every)]
    chance = scores.of_policy("random", test, lambda _: dict.fromkeys(every, 1 / 15), VARIANTS["subset_strict"])
    assert mean(chance, "exact") == pytest.approx(0.0667, abs=1e-4)
    assert mean(chance, "jaccard") == pytest.approx(0.378, abs=1e-3)
    assert mean(chance, "reward") == pytest.approx(0.178, abs=1e-3)
    assert mean(chance, "per_option") == pytest.approx(0.502, abs=1e-3)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(647, 1000, 0.6169, 0.6760), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_wilson(right: int, of: int, low: float, high: float) -> None:
    found = intervals.wilson(right, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_drawing_families_again_widens_the_interval_of_questions_that_share_one() -> None:
    values = [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0] * 25
    alone = intervals.clustered(values, [str(place) for place in range(200)])
    shared = intervals.clustered(values, [str(place // 4) for place in range(200)])
    assert alone.value == shared.value == 0.5
    # Four alike per family: the standard error doubles, from 0.5/√200 to 0.5/√50.
    assert (shared.high - shared.low) / (alone.high - alone.low) == pytest.approx(2.0, rel=0.12)
    assert alone.high - alone.low == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(200), rel=0.1)


def test_a_paired_difference_cancels_what_both_share() -> None:
    left, right = [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]
    found = intervals.paired_difference(left, right, list("abcd"))
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)
    with pytest.raises(ValueError, match="same questions"):
        intervals.paired_difference(left, right[:3], list("abcd"))


def test_mcnemar_counts_only_the_questions_that_differ() -> None:
    left = [True] * 8 + [False] * 2 + [True] * 50
    right = [False] * 8 + [True] * 2 + [True] * 50
    # Ten differ, eight one way: 2 · (1 + 10 + 45) / 2¹⁰.
    assert intervals.mcnemar(left, right) == pytest.approx(112 / 1024)
    assert intervals.mcnemar(left, left) == 1.0


def test_the_report_sets_the_model_beside_the_best_trivial_policy() -> None:
    ours = scores.of_answers("trained", "trained", TEST, ANSWERS, REWARD)
    trivial = [
        scores.of_policy(name, TEST, policy, REWARD)
        for name, policy in {"select_none": policies.select_none, "random_uniform": policies.random_uniform}.items()
    ]
    result = scores.report(
        split="test", questions=TEST, primary="trained", models=[ours, *trivial], reward_name="right_minus_wrong"
    )
    assert (result["best_trivial"], result["questions"], result["families"]) == ("select_none", 4, 4)
    assert result["chance_corrected_exact"] == 0.0
    by_name = {row["with"]: row for row in result["comparisons"]}
    assert by_name["select_none"]["difference"] == 0.0
    assert by_name["select_none"]["mcnemar_p"] == 1.0
    assert by_name["random_uniform"]["mcnemar_p"] is None
    assert result["models"][0]["per_aspect"]["shadow"]["exact"] == 0.5
    text = markdown.table(result)
    assert "| trained (ours) | 0.250 [" in text
    assert "| select_none | +0.000 [" in text
