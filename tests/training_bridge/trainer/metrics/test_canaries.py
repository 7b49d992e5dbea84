"""The alarm for a reward that is being gamed."""

from training_bridge.trainer.metrics.canaries import Canaries


def steps(canaries: Canaries, *figures: tuple[float, float]) -> list[str]:
    return [said for said in (canaries.see(size, exact) for size, exact in figures) if said]


def test_sets_that_grow_while_no_more_are_right_raise_the_alarm_once() -> None:
    said = steps(Canaries(), *[(1.2, 0.3)] * 10, *[(2.4, 0.31)] * 20)
    assert len(said) == 1
    assert "more candidates (1.20, now 2.40)" in said[0]


def test_sets_that_grow_because_answers_get_right_are_no_alarm() -> None:
    assert steps(Canaries(), *[(1.2, 0.3)] * 10, *[(2.4, 0.5)] * 20) == []
    assert steps(Canaries(), *[(1.2, 0.3)] * 10, *[(1.4, 0.3)] * 20) == []


def test_it_goes_on_from_its_state() -> None:
    one = Canaries()
    steps(one, *[(1.2, 0.3)] * 10, *[(0.4, 0.3)] * 9)
    two = Canaries()
    two.restore(one.state())
    assert "fewer" in two.see(0.4, 0.3)
