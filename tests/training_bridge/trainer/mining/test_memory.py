"""The running memory says what reading the whole ledger again would say, and costs only what was visited."""

import random

from tests.training_bridge.trainer.mining.test_states import A, B, T, visit
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.ledger import Visit
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.mining.states import State, states
from training_bridge.trainer.mining.weights import Weighting

NAMES = [f"q-{number}" for number in range(12)]


def memory(weighting: Weighting = Weighting(), agreement: float | None = 0.5) -> Memory:  # noqa: B008 - frozen
    return Memory(NAMES, T, weighting, agreements=dict.fromkeys(NAMES, agreement))


def rolled(question: str, *picked: frozenset[str], stage: str = "hard") -> Visit:
    return Visit(**{**visit(*picked, question=question, stage=stage).__dict__, "source": "rollout"})


def test_it_agrees_with_the_whole_ledger_after_every_visit() -> None:
    rng = random.Random(5)
    running, seen = memory(), []
    for _ in range(150):
        name = NAMES[0] if rng.random() < 0.15 else NAMES[rng.randrange(12)]
        wrong = int(name[2:]) < 3
        seen.append(rolled(name, *[B if wrong or rng.random() < 0.05 else A for _ in range(4)]))
        running.see(seen[-1:])
        often = {name: 2.0 for name in NAMES if running.oversampled(name)}
        again = ledger.standings(NAMES, seen, oversampled=often)
        assert running.states() == states(again, T, agreements=dict.fromkeys(NAMES, 0.5))
    assert {State.SUSPECT, State.MASTERED} <= set(running.states().values())


def test_a_suspect_was_brought_back_more_often_than_evenly() -> None:
    one = memory()
    one.see([rolled("q-1", A, A, A, A)] * 8)
    one.see([rolled("q-0", B, B, B, B)] * 3)
    assert one.states()["q-0"] is State.BLOCKED
    one.see([rolled("q-2", A, A, A, A)] * 2 + [rolled("q-0", B, B, B, B)] * 3)
    assert one.oversampled("q-0")
    assert one.states()["q-0"] is State.SUSPECT


def test_visits_of_the_first_stage_oversample_nothing() -> None:
    one = memory()
    one.see([rolled("q-1", A, A, stage="grpo")] * 8 + [rolled("q-0", B, B, stage="grpo")] * 9)
    assert not one.oversampled("q-0")
    assert one.states()["q-0"] is State.BLOCKED


def test_weights_by_difficulty_stay_between_floor_and_ceiling() -> None:
    one = memory(Weighting(score="exact", lowest=0.5, highest=4.0))
    one.see([rolled("q-0", B, B, B, B), rolled("q-1", A, A, A, B), rolled("q-2", A, B, B, B)])
    weights = one.weights()
    # Smoothed rates 1/6, 4/6, 2/6; weight 4 · (0.05 + 1 − rate).
    assert [round(weights[name], 4) for name in ("q-0", "q-1", "q-2")] == [3.5333, 1.5333, 2.8667]
    assert weights["q-3"] == Weighting().unseen


def test_evaluation_and_strangers_are_passed_over() -> None:
    one = memory()
    one.see([Visit(**{**visit(A, question="q-0").__dict__, "source": "evaluation"}), visit(A, question="other")])
    assert one.visits == 0
