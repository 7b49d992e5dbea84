"""What `./loupe test` makes of the words behind it."""

from __future__ import annotations

import pytest

from config.launcher import testing

TRAINER = testing.TRAINER_TESTS


def test_options_keep_their_values_and_paths_stay_paths() -> None:
    words = ["tests/catalog/", "-m", "torture", "-x", "-k", "bomb", "tests/base"]
    assert testing.split(words) == (["tests/catalog", "tests/base"], ["-m", "torture", "-x", "-k", "bomb"])


def test_no_word_at_all_chooses_everything_as_ci_does() -> None:
    assert testing.split([]) == ([], [])


def test_options_alone_choose_everything() -> None:
    assert testing.split(["-x", "-n", "2"]) == ([], ["-x", "-n", "2"])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tests", [TRAINER]),
        ("tests/training_bridge", [TRAINER]),
        (TRAINER, [TRAINER]),
        (f"{TRAINER}/test_dpa.py::test_one", [f"{TRAINER}/test_dpa.py::test_one"]),
        ("tests/training_bridge/services", []),
        (f"{TRAINER}_of_another_name", []),
    ],
)
def test_a_folder_above_a_suite_includes_it_in_its_own_environment(asked: str, found: list[str]) -> None:
    assert testing.of_suite(TRAINER, [asked]) == found
