"""Breakdowns, repeated answers and needed sizes against numbers worked by hand; chance against full enumeration."""

import pytest

from training_bridge.trainer.metrics import detail, leaderboard, policies, power, repeated, scores
from training_bridge.trainer.metrics.policies import Asked
from training_bridge.trainer.rewards import analysis
from training_bridge.trainer.rewards.dpa import VARIANTS

SLOTS = ("A", "B", "C", "D")


def asked(name: str, gold: str, *, aspect: str = "shadow", **more: object) -> Asked:
    made = tuple(zip(SLOTS, ("flux", "flux", "sd", "sd"), strict=True))
    return Asked(name, aspect, name, SLOTS, frozenset(gold), generators=made, **more)  # type: ignore[arg-type]


TEST = [asked("1", "A"), asked("2", ""), asked("3", "AB", aspect="layout"), asked("4", "CD", aspect="layout")]
ANSWERS = {"1": frozenset("A"), "2": frozenset("B"), "3": frozenset("AC"), "4": None}


def test_letters_are_counted_over_all_options() -> None:
    found = detail.letters(TEST, ANSWERS)
    # Right: A, A. Wrong: B, C. Missed: B of question 3, C and D of question 4, which could not be read.
    assert (found["precision"], found["recall"]) == (0.5, 0.4)
    assert found["f1_micro"] == pytest.approx(2 * 2 / (4 + 2 + 3), abs=1e-4)
    # shadow: 2·1/(2+1+0); layout: 2·1/(2+1+3).
    assert found["f1_macro"] == pytest.approx((2 / 3 + 1 / 3) / 2, abs=1e-4)
    assert found["count_bias"] == pytest.approx((0 + 1 + 0) / 3, abs=1e-4)


def test_generators_are_told_candidate_by_candidate() -> None:
    found = detail.by_generator(TEST, ANSWERS)
    assert found["flux"] == {"n": 8, "per_option": 0.5, "defects": 3, "recall": pytest.approx(2 / 3, abs=1e-4)}
    assert found["sd"] == {"n": 8, "per_option": 0.625, "defects": 2, "recall": 0.0}


def test_a_taste_for_a_place_shows_by_letter() -> None:
    shown = {"1": dict(zip(SLOTS, "BACD", strict=True)), "2": dict(zip(SLOTS, "BACD", strict=True))}
    always_first = {"1": frozenset("B"), "2": frozenset("B")}  # slot B is shown as A
    assert detail.position_bias(TEST[:2], always_first, shown) == {"A": 1.0, "B": -0.5, "C": 0.0, "D": 0.0}


def test_habits_are_what_is_named_whatever_is_right() -> None:
    shown = {name: dict(zip(SLOTS, "BACD", strict=True)) for name in "123"}
    found = detail.habits(TEST, ANSWERS, shown)
    # Sizes against gold: 1 of 1, 1 of 0, 2 of 2; question 4 could not be read and says nothing of habits.
    assert (found["too_few"], found["too_many"]) == (0.0, 0.3333)
    # Named: slots A, B, A and C, shown as B, A, B and C. True: A, then A and B, shown as B, B and A.
    assert found["chosen"] == {"A": 0.25, "B": 0.5, "C": 0.25, "D": 0.0}
    assert found["right"] == {"A": 0.3333, "B": 0.6667, "C": 0.0, "D": 0.0}
    nothing = {"too_few": None, "too_many": None, "chosen": {}, "right": {}}
    assert detail.habits(TEST, {"4": None}, {}) == nothing


def test_people_are_a_ceiling_only_where_two_answered() -> None:
    people = [asked("1", "", agreement=1.0, opinions=2), asked("2", "", agreement=0.5, opinions=3)]
    found = detail.human_ceiling([*people, asked("3", "", agreement=1.0, opinions=1)])
    assert found is not None
    assert (found["n"], found["value"]) == (2, 0.75)
    assert detail.human_ceiling([asked("3", "", agreement=1.0, opinions=1)]) is None


def test_rotations_ask_whether_the_answer_survives_other_letters() -> None:
    turned = {
        "1": [frozenset("A")] * 4,
        "2": [frozenset(), frozenset(), frozenset("B"), frozenset()],
        "3": [frozenset("A")] * 4,
        "4": [None] * 4,
    }
    found = repeated.rotations(TEST, turned)
    assert (found["exact"], found["all_right"]["value"]) == ([0.5, 0.5, 0.25, 0.5], 0.25)
    assert (found["any_right"], found["same"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("n", "right", "k", "chance"), [(4, 1, 1, 0.25), (4, 1, 2, 0.5), (4, 2, 2, 5 / 6), (4, 4, 1, 1)]
)
def test_pass_at_k(n: int, right: int, k: int, chance: float) -> None:
    assert repeated.pass_at(n, right, k) == pytest.approx(chance)


def test_the_majority_ignores_what_cannot_be_read() -> None:
    a, b = frozenset("A"), frozenset("B")
    assert repeated.majority([a, b, b, None, None, None]) == b
    assert repeated.majority([b, a]) == a
    assert repeated.majority([None]) is None
    found = repeated.samples(TEST[:1], {"1": [a, a, b, None]})
    assert found["pass_at"] == {"1": 0.5, "2": 0.8333, "4": 1.0}
    assert found["majority"]["value"] == 1.0


def test_a_control_says_what_hiding_costs() -> None:
    hidden = {"1": frozenset(), "2": frozenset(), "3": frozenset(), "4": frozenset()}
    found = repeated.control(TEST, {**ANSWERS, "2": frozenset()}, hidden)
    assert (found["exact"]["value"], found["cost"]["value"]) == (0.25, 0.25)


@pytest.mark.parametrize(("disagreeing", "questions"), [(0.10, 675), (0.15, 1017), (0.20, 1358)])
def test_how_many_questions_a_gain_of_three_points_needs(disagreeing: float, questions: int) -> None:
    assert power.needed(0.0339, disagreeing) == pytest.approx(questions, rel=0.01)
    assert power.needed(0.0, disagreeing) is None
    assert power.needed(0.3, disagreeing) is None


def test_chance_corrected_is_nothing_for_the_best_policy_that_never_looks() -> None:
    reward = VARIANTS["exact"]
    ours = scores.of_answers("ours", "trained", TEST, ANSWERS, reward)
    none = scores.of_policy("none", TEST, policies.select_none, reward)
    right = scores.of_answers("right", "endpoint", TEST, {each.question: each.gold for each in TEST}, reward)
    result = scores.report(
        split="test", questions=TEST, primary="ours", models=[ours, none, right], reward_name="exact"
    )
    told = {model["name"]: model["chance_corrected"]["value"] for model in result["models"]}
    assert told == {"ours": 0.0, "none": 0.0, "right": 1.0}
    assert [row["name"] for row in leaderboard.of(result)["models"]] == ["right", "none", "ours"]
    assert "| 1 | right | endpoint | 1.000 [" in leaderboard.table(leaderboard.of(result))


def test_few_families_are_said_to_be_few() -> None:
    assert scores.warnings(30) == []
    assert scores.warnings(7)[0].startswith("Only 7 families")


@pytest.mark.parametrize("metric", ["exact", "jaccard", "f1", "per_option"])
def test_policies_reach_the_enumerated_chance(metric: str) -> None:
    """Every non-empty gold set once: the table of docs/reference/rewards.md, by the lines that score a model."""
    test = [Asked(str(place), "a", str(place), SLOTS, gold) for place, gold in enumerate(analysis.NON_EMPTY)]
    expected = analysis.chance(VARIANTS[metric])
    for policy, column in (
        (policies.random_non_empty, "random"),
        (policies.one_letter, "one_letter"),
        (policies.select_all, "select_all"),
    ):
        values = scores.of_policy("p", test, policy, VARIANTS[metric]).values[metric]
        assert sum(values) / len(values) == pytest.approx(expected[column])
