"""A process is called gone only when that is certain."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.base import processes

SAYS_ITS_NAME = "from config.base import processes; print(processes.this(), flush=True); input()"


@pytest.fixture
def other() -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-c", SAYS_ITS_NAME]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def name_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return str(process.stdout.readline()).strip()


def test_a_process_is_gone_once_it_was_killed_whether_or_not_its_parent_has_noticed(
    other: subprocess.Popen[str],
) -> None:
    name = name_of(other)
    assert (processes.gone(name), processes.gone(f"{name}:its-third-loop")) == (False, False)

    other.kill()
    os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)
    assert processes.gone(f"{name}:its-third-loop"), "a zombie does nothing any more"
    other.wait()
    assert processes.gone(name)


def test_a_stopped_process_lives(other: subprocess.Popen[str]) -> None:
    name = name_of(other)

    other.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, other.pid, os.WSTOPPED | os.WNOWAIT)

    assert not processes.gone(name)


def test_a_number_that_another_process_got_does_not_bring_the_first_one_back() -> None:
    host, place, number, _ = processes.this().split(":")

    assert processes.gone(f"{host}:{place}:{number}:1")
    assert processes.born(2_000_000_000) is None
    assert processes.gone(f"{host}:{place}:2000000000:1")


@pytest.mark.parametrize(
    "name", ["", "batch:7", "forming:7:1", "host:4711", "host:0badc0de:2000000000:1:loop", "a:b:c:d"]
)
def test_of_a_process_elsewhere_and_of_what_is_none_nobody_says_that_it_is_gone(name: str) -> None:
    assert not processes.gone(name)


def test_a_name_leaves_room_for_more_in_the_column_of_owners() -> None:
    assert len(processes.this()) <= 50
