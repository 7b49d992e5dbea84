"""What is read by whoever runs the trainer by hand."""

from typing import Any

from training_bridge.trainer.console import Console, said


def step(number: int, **measured: float) -> dict[str, Any]:
    return {"kind": "step", "stage": "sft", "step": number, "steps": 100, **measured}


def test_of_many_steps_the_first_the_last_and_one_every_ten_seconds_are_told() -> None:
    told: list[str] = []
    seconds = 0.0
    console = Console(told.append, clock=lambda: seconds)
    for number in range(1, 101):
        seconds += 0.3
        console(step(number, loss=1.0))
    assert [line.split()[1] for line in told] == ["1/100", "35/100", "69/100", "100/100"]


def test_the_first_step_of_the_next_stage_does_not_wait() -> None:
    told: list[str] = []
    console = Console(told.append, clock=lambda: 5.0)
    console(step(7, loss=1.0))
    console({"kind": "stage_begin", "stage": "grpo", "number": 4, "count": 7, "steps": 50})
    console({"kind": "step", "stage": "grpo", "step": 1, "steps": 50, "loss": 0.0, "reward": 0.25, "exact": 0.125})
    assert told[1:] == ["grpo begins, stage 4 of 7, 50 steps", "grpo 1/50  loss 0.000  reward 0.250  exact 0.125"]


def test_a_result_stands_with_its_interval_and_what_it_is_out_of() -> None:
    event = {"kind": "evaluation", "stage": "sft", "split": "validation", "questions": 40}
    assert said({**event, "exact": 0.25, "low": 0.125, "high": 0.4}) == (
        "sft: 25.0 % [12.5, 40.0] exact on 40 validation questions"
    )


def test_an_alarm_is_told_as_one() -> None:
    assert said({"kind": "alarm", "stage": "hard", "message": "Answers shrink."}) == "alarm: Answers shrink."
