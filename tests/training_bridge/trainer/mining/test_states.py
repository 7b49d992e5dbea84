"""Hard, blocked or mislabelled? The ledger's visits decide, in a fixed order of states."""

import pytest

from training_bridge.trainer.mining.ledger import Standing, Visit, standings
from training_bridge.trainer.mining.states import State, Thresholds, counts, solve_rate, state_of, states
from training_bridge.trainer.mining.weights import Weighting, weights

T = Thresholds()
A, B, NONE = frozenset("A"), frozenset("B"), frozenset()


def visit(*picked: frozenset[str] | None, gold: frozenset[str] = A, question: str = "q", stage: str = "mine") -> Visit:
    exact = tuple(answer == gold for answer in picked)
    return Visit(
        question=question,
        run="r",
        stage=stage,
        step=1,
        policy="p",
        source="mining",
        rewards=tuple(float(right) for right in exact),
        exact=exact,
        picked=picked,
        tokens=(20,) * len(picked),
    )


def standing(*visits: Visit, oversampled: bool = False) -> Standing:
    return standings(["q"], visits, oversampled={"q": 2.0} if oversampled else None)["q"]


def judged(one: Standing, *, now: int = 10, rate: float = 0.8, agreement: float | None = 1.0) -> State:
    return state_of(one, T, now=now, solve_rate=rate, agreement=agreement)


WRONG = visit(B, B, B, B)
SCATTERED = visit(B, NONE, frozenset("CD"), frozenset("ABC"))


@pytest.mark.parametrize(
    ("visits", "state"),
    [
        ((), State.UNSEEN),
        ((visit(A, A, A, A), visit(A, A, A, A)), State.MASTERED),
        ((visit(A, A, A, A),), State.LEARNABLE),
        ((visit(A, A, A, A), visit(A, A, A, B)), State.LEARNABLE),
        ((visit(A, B, B, B),), State.HARD),
        ((visit(A, A, B, B),), State.LEARNABLE),
        ((WRONG,), State.HARD),
        ((WRONG, WRONG), State.HARD),
        ((WRONG, WRONG, WRONG), State.BLOCKED),
        ((WRONG, WRONG, visit(A, B, B, B)), State.HARD),
    ],
)
def test_a_question_is_in_the_first_state_that_fits(visits: tuple[Visit, ...], state: State) -> None:
    assert judged(standing(*visits)) == state


def test_a_question_not_seen_for_long_is_stale_whatever_it_was() -> None:
    one = standing(visit(A, A, A, A), visit(A, A, A, A))
    assert judged(one, now=1 + T.stale_after) == State.MASTERED
    assert judged(one, now=2 + T.stale_after) == State.STALE


def test_a_suspect_needs_everything_at_once() -> None:
    dead = (WRONG, WRONG, WRONG)
    assert judged(standing(*dead, oversampled=True), agreement=0.5) == State.SUSPECT
    assert judged(standing(*dead, oversampled=False), agreement=0.5) == State.BLOCKED
    assert judged(standing(*dead, oversampled=True), agreement=0.5, rate=0.4) == State.BLOCKED
    assert judged(standing(*dead, oversampled=True), agreement=1.0) == State.BLOCKED
    assert judged(standing(*[SCATTERED] * 3, oversampled=True), agreement=0.5) == State.BLOCKED
    assert judged(standing(WRONG, WRONG, oversampled=True), agreement=0.5) == State.HARD


def test_a_second_model_that_also_disagrees_makes_a_suspect() -> None:
    one = {"q": standing(WRONG, WRONG, WRONG, oversampled=True)}
    easy = standings(["e"], [visit(*[A] * 8, question="e")] * 4)
    told = states({**one, **easy}, T, agreements={"q": 1.0}, wrong_elsewhere=frozenset({"q"}))
    assert told["q"] == State.SUSPECT
    assert states({**one, **easy}, T, agreements={"q": 1.0})["q"] == State.BLOCKED


@pytest.mark.parametrize(
    ("confirmation", "by_people", "by_loss", "by_both"),
    [
        ("people", True, False, True),
        ("loss", False, True, True),
        ("either", True, True, True),
        ("both", False, False, True),
    ],
)
def test_what_confirms_a_suspect_is_a_setting(
    confirmation: str,
    by_people: bool,
    by_loss: bool,
    by_both: bool,
) -> None:
    one = {"q": standing(WRONG, WRONG, WRONG, oversampled=True)}
    easy = standings(["e"], [visit(*[A] * 8, question="e")] * 4)
    asked = Thresholds(confirmation=confirmation)

    def suspect(agreement: float, lossy: frozenset[str]) -> bool:
        return states({**one, **easy}, asked, agreements={"q": agreement}, lossy=lossy)["q"] == State.SUSPECT

    lossy, none = frozenset({"q"}), frozenset[str]()
    assert (suspect(0.5, none), suspect(1.0, lossy), suspect(0.5, lossy)) == (by_people, by_loss, by_both)
    assert not suspect(1.0, none)


def test_evaluation_teaches_mining_nothing() -> None:
    seen = Visit(**{**visit(A, A).__dict__, "source": "evaluation"})
    assert standings(["q"], [seen])["q"].visits == 0


def test_figures_of_a_standing() -> None:
    one = standing(visit(A, B, B, NONE), visit(None, B, A, A))
    assert (one.visits, one.rollouts, one.right) == (2, 8, 3)
    assert one.exact_rate == pytest.approx(4 / 10)
    assert one.mean_reward == pytest.approx(3 / 8)
    assert one.common_wrong == (B, 3 / 8)
    assert solve_rate([one]) == pytest.approx(3 / 8)
    assert solve_rate([]) == 0.0


def test_weights_follow_states_and_every_state_has_one() -> None:
    told = {state.value: state for state in State}
    weighed = weights(told, Weighting(hard=3.0, mastered=0.25))
    assert (weighed["hard"], weighed["mastered"]) == (3.0, 0.25)
    assert all(weighed[state.value] > 0 for state in State)
    assert counts({"a": State.HARD, "b": State.HARD}) == {**dict.fromkeys(told, 0), "hard": 2}
