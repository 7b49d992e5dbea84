"""The order of questions: the same everywhere, heavier ones oftener, nobody forgotten."""

from collections import Counter

import pytest

from training_bridge.trainer.mining import order

NAMES = [f"q-{number}" for number in range(60)]


def test_without_mining_every_question_comes_once_a_round() -> None:
    drawn = order.uniform(NAMES, length=150, seed=1)
    assert Counter(drawn[:60]) == Counter(drawn[60:120]) == Counter(NAMES)
    assert drawn[:60] != drawn[60:120]


def test_the_order_depends_on_weights_seed_and_epoch_only() -> None:
    weights = {name: 1.0 + (place % 3) for place, name in enumerate(NAMES)}
    drawn = order.drawn(weights, length=100, seed=1)
    assert drawn == order.drawn(dict(reversed(weights.items())), length=100, seed=1)
    assert drawn != order.drawn(weights, length=100, seed=2)
    assert drawn != order.drawn(weights, length=100, seed=1, epoch=1)
    assert drawn != order.drawn({**weights, drawn[0]: 0.01}, length=100, seed=1)


def test_hard_questions_come_oftener_but_at_most_as_often_as_the_cap_allows() -> None:
    weights = {name: 3.0 if place < 12 else 1.0 for place, name in enumerate(NAMES)}
    counted = Counter(order.drawn(weights, length=600, seed=3, exploration=0.0, cap=3))
    hard = sum(counted[name] for name in NAMES[:12]) / 12
    easy = sum(counted[name] for name in NAMES[12:]) / 48
    assert hard > 1.8 * easy
    assert max(counted.values()) <= 30


def test_exploration_reaches_questions_of_no_weight_and_none_of_it_leaves_them_out() -> None:
    weights = {name: float(place < 10) for place, name in enumerate(NAMES)}
    explored = set(order.drawn(weights, length=2000, seed=4, exploration=0.5, cap=1))
    assert explored == set(NAMES)
    assert set(order.drawn(weights, length=2000, seed=4, exploration=0.0, cap=1)) == set(NAMES[:10])


def test_there_must_be_something_to_draw() -> None:
    with pytest.raises(ValueError, match="every weight is zero"):
        order.drawn({"q": 0.0}, length=1, seed=1)
