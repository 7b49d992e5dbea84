"""Which questions come next: by mode, within caps, the same again from the same ledger."""

from collections import Counter
from typing import Any

import pytest

from tests.training_bridge.trainer.mining.test_memory import rolled
from tests.training_bridge.trainer.mining.test_states import A, B, T
from training_bridge.trainer.mining import order
from training_bridge.trainer.mining.course import Course, Draw
from training_bridge.trainer.mining.guard import Guard, Guarding
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.mining.weights import Weighting

NAMES = [f"q-{number:02d}" for number in range(40)]
ASPECTS = {name: "shadow" if int(name[2:]) < 10 else "layout" for name in NAMES}


def memory() -> Memory:
    return Memory(NAMES, T, Weighting(hard=6.0), agreements={})


def course(mode: str, remembered: Memory, *, batches: int = 30, **more: Any) -> Course:
    tell = more.pop("tell", lambda window: None)
    return Course(Draw(mode=mode, size=4, batches=batches, seed=3, **more), remembered, aspects=ASPECTS, tell=tell)


def followed(mode: str, remembered: Memory, batches: int = 30, **more: Any) -> list[list[str]]:
    """A course whose first four questions are right once in four times and whose others always."""
    asked = course(mode, remembered, batches=batches, **more)
    result = []
    for number in range(batches):
        names = [name for name, _ in asked.batch(number)]
        remembered.see([rolled(name, A, *[B if int(name[2:]) < 4 else A] * 3) for name in names])
        result.append(names)
    return result


def share_of_hard(batches: list[list[str]]) -> float:
    asked = [name for batch in batches for name in batch]
    return sum(int(name[2:]) < 4 for name in asked) / len(asked)


def test_off_and_staged_are_drawn_once_and_the_others_again() -> None:
    windows: dict[str, list[dict]] = {mode: [] for mode in order.MODES}
    for mode, found in windows.items():
        followed(mode, memory(), tell=found.append, refresh=10)
    assert {mode: len(found) for mode, found in windows.items()} == {"off": 1, "staged": 1, "epoch": 3, "online": 30}
    assert [window["first_batch"] for window in windows["epoch"]] == [0, 10, 20]
    assert windows["off"][0]["questions"] == order.spread(order.uniform(NAMES, length=120, seed=3), 4)


def test_a_window_is_a_function_of_the_ledger_seed_and_epoch() -> None:
    assert followed("online", memory()) == followed("online", memory())
    windows: list[dict] = []
    remembered = memory()
    followed("epoch", remembered, refresh=10, tell=windows.append)
    third = windows[2]
    again = memory()
    replay = followed("epoch", again, batches=20, refresh=10)
    assert len(replay) == 20
    assert third["visits"] == again.visits == 80
    one: list[dict] = []
    fresh = course("epoch", again, refresh=10, tell=one.append)
    fresh.restore({**fresh.state(), "window": 1, "epoch": _epoch_counts(replay), "given": 80})
    fresh.batch(20)
    assert one[0]["questions"] == third["questions"]


def _epoch_counts(batches: list[list[str]]) -> dict[str, int]:
    return dict(Counter([name for batch in batches for name in batch][80 // 40 * 40 :]))


def test_online_asks_what_goes_wrong_more_often_but_at_most_as_often_as_the_cap_allows() -> None:
    batches = followed("online", memory(), batches=60, cap=2)
    assert share_of_hard(batches) > 1.5 * share_of_hard(followed("off", memory(), batches=60))
    asked = [name for batch in batches for name in batch]
    for begin in range(0, 240, 40):
        assert max(Counter(asked[begin : begin + 40]).values()) <= 2


def test_a_blocked_question_comes_once_an_epoch() -> None:
    remembered = memory()
    remembered.see([rolled("q-00", B, B, B, B, stage="grpo")] * 3)
    asked = [name for batch in followed("online", remembered, batches=10, cap=3) for name in batch]
    assert asked.count("q-00") <= 1
    weights = {name: 9.0 if name == "q-00" else 1.0 for name in NAMES}
    drawn = order.drawn(weights, length=40, seed=1, cap=4, exploration=0.0)
    rested = order.drawn(weights, length=40, seed=1, cap=4, exploration=0.0, once=frozenset({"q-00"}))
    assert (drawn.count("q-00"), rested.count("q-00")) == (4, 1)


def test_while_nothing_is_known_all_questions_are_alike() -> None:
    unseen = Memory(NAMES, T, Weighting(unseen=0.0), agreements={})
    asked = [name for batch in followed("online", unseen, batches=20) for name in batch]
    assert len(set(asked)) > 4


def test_no_question_comes_twice_in_a_batch_and_turns_count_up() -> None:
    asked = course("staged", memory())
    turns: Counter[str] = Counter()
    for number in range(30):
        batch = asked.batch(number)
        assert len({name for name, _ in batch}) == 4
        for name, turn in batch:
            assert turn == turns[name]
            turns[name] += 1


@pytest.mark.parametrize(("quota", "shadow"), [("natural", 0.25), ("even", 0.5)])
def test_quotas_give_every_aspect_its_places(quota: str, shadow: float) -> None:
    weights = {name: 5.0 if ASPECTS[name] == "layout" else 1.0 for name in NAMES}
    drawn = order.drawn(weights, length=200, seed=2, aspects=ASPECTS, quota=quota, cap=2)
    assert sum(ASPECTS[name] == "shadow" for name in drawn) / 200 == pytest.approx(shadow, abs=0.02)


def test_replacements_are_new_to_the_batch_and_the_same_again() -> None:
    asked = course("online", memory())
    batch = frozenset(name for name, _ in asked.batch(0))
    kept = asked.state()
    more = asked.more(0, 0, 3, besides=batch)
    assert len({name for name, _ in more}) == 3
    assert not batch & {name for name, _ in more}
    asked.restore(kept)
    assert asked.more(0, 0, 3, besides=batch) == more
    assert asked.more(0, 1, 3, besides=batch) != more


def test_a_course_goes_on_from_its_state_in_the_middle_of_a_window() -> None:
    first = course("epoch", memory(), refresh=10)
    for number in range(7):
        first.batch(number)
    second = course("epoch", memory(), refresh=10)
    second.restore(first.state())
    assert [second.batch(number) for number in range(7, 12)] == [first.batch(number) for number in range(7, 12)]


def test_the_guard_halves_oversampling_while_easy_questions_slip_and_gives_it_back() -> None:
    guard = Guard(Guarding(questions=20, slip=0.1))
    shares = [1.0]
    for right in (0.95, 0.85, 0.85, 0.85, 0.93, 0.97, 0.97, 1.0):
        shares.append(guard.share(right, shares[-1]))
    assert shares == [1.0, 1.0, 0.5, 0.25, 0.0, 0.0, 0.25, 0.5, 1.0]


def test_without_oversampling_a_window_is_drawn_evenly() -> None:
    def hard_share(oversampling: float) -> float:
        remembered = memory()
        remembered.see([rolled(name, *[B if int(name[2:]) < 4 else A] * 4) for name in NAMES])
        asked = course("staged", remembered, batches=100, exploration=0.0)
        asked.oversampling = oversampling
        return share_of_hard([[name for name, _ in asked.batch(number)] for number in range(100)])

    assert hard_share(1.0) > 0.2
    assert hard_share(0.0) == pytest.approx(0.1, abs=0.03)
