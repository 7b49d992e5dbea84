"""The command line: what stands before a command may stand behind it."""

import pytest

from training_bridge.trainer.cli import parser


@pytest.mark.parametrize("words", [["--threads", "1", "overhead"], ["overhead", "--threads", "1"]])
def test_threads_are_named_before_or_after_the_command(words: list[str]) -> None:
    assert parser().parse_args(words).threads == 1


def test_without_threads_all_cores_work() -> None:
    assert parser().parse_args(["overhead"]).threads == 0
