"""Ports, folders, environments and children: what `./loupe` handles by itself."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.launcher import node, paths, servers, state
from config.launcher.child import Child
from config.launcher.say import Problem
from config.launcher.services import Services
from tests.house.clone import Clone, clean
from tests.platform import wait_until


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "LOGS", tmp_path)
    return tmp_path


def test_a_taken_port_gives_way_to_a_free_one(taken: int) -> None:
    assert state.free_port(taken) != taken
    free = state.free_port(0)
    assert state.free_port(free) == free


@pytest.mark.skipif(sys.platform != "linux", reason="ports are claimed on Linux only")
def test_two_starts_at_once_choose_different_ports() -> None:
    chooses = "from config.launcher import state; print(state.claimed_port({}), flush=True); input()"
    wanted = state.free_port(0)
    argv = [sys.executable, "-c", chooses.format(wanted)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert int(other.stdout.readline()) == wanted, "nobody listens there yet"
        assert state.claimed_port(wanted) != wanted
        other.communicate("\n")

    assert state.claimed_port(wanted) == wanted, "whoever chose it is gone"
    assert state.claimed_port(wanted) == wanted, "one's own claim stands in nobody's way"


def test_another_port_is_said_and_kept_for_the_next_start(
    taken: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(state, "STATE", tmp_path / "state.json")
    monkeypatch.setenv("DATABASE_URL", "postgresql://given")
    monkeypatch.setenv("BROKER_URL", "redis://given")
    held = {"password": "p", "secret_key": "s", "encryption_key": "e", "sandbox_key": "k", "ports": {"web": taken}}

    up = Services(held, demo=False)
    up.choose_addresses("web")

    assert f"Port {taken} is taken; web uses {held['ports']['web']}" in capsys.readouterr().out  # type: ignore[index]  # a dict of dicts
    assert up.url == f"http://127.0.0.1:{held['ports']['web']}"  # type: ignore[index]  # as above
    assert up.env["DATABASE_URL"] == "postgresql://given"


def test_everything_written_lies_below_the_clone_unless_a_place_was_named() -> None:
    env = paths.contained({"UV_CACHE_DIR": "/shared/uv", "PYTHONDONTWRITEBYTECODE": "1"})

    assert env["UV_CACHE_DIR"] == "/shared/uv"
    for name in ("PIP_CACHE_DIR", "npm_config_cache", "HF_HOME", "XDG_CACHE_HOME"):
        assert Path(env[name]).is_relative_to(paths.VAR), name
    assert "PYTHONDONTWRITEBYTECODE" not in env


def test_temporary_files_leave_a_clone_too_deep_for_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = "/" + "a" * (paths.ROOM_FOR_SOCKETS - 1)

    monkeypatch.setattr(paths, "TMP", Path(longest))
    assert paths.contained({"TMPDIR": "/short"})["TMPDIR"] == longest
    monkeypatch.setattr(paths, "TMP", Path(longest + "a"))
    assert paths.contained({"TMPDIR": "/short"})["TMPDIR"] == "/short"


def test_a_cluster_left_half_made_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    servers.initialise(tmp_path / "postgres", password="x", durable=False)

    assert (tmp_path / "postgres" / "global").is_dir()
    assert not half.exists()
    assert not (tmp_path / "postgres.password").exists()


def sleeper(name: str, code: str, *, log: Path) -> Child:
    """A child that says it is ready by writing a file."""
    flag = log / f"{name}.flag"
    ready = f"import pathlib; pathlib.Path({str(flag)!r}).touch();"
    return Child(name, [sys.executable, "-c", ready + code], ready=flag.exists, env=clean(), grace=5)


def test_a_child_is_asked_to_stop_and_then_made_to(logs: Path) -> None:
    polite = sleeper("polite", "import time; time.sleep(60)", log=logs)
    deaf = sleeper("deaf", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)", log=logs)
    deaf.grace = 0.3
    for each in (polite, deaf):
        each.start()
    time.sleep(0.2)  # past the line that closes the deaf one's ears

    for each in (polite, deaf):
        each.stop(quiet=True)

    assert polite.process is not None
    assert deaf.process is not None
    assert (polite.process.returncode, deaf.process.returncode) == (-signal.SIGTERM, -signal.SIGKILL)


def test_what_a_killed_child_left_is_ended_before_it_starts_again(logs: Path) -> None:
    pid_file = logs / "below.pid"
    below = (
        "import subprocess, sys, time, pathlib;"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(pid_file)!r}).write_text(str(p.pid)); time.sleep(60)"
    )
    child = sleeper("parent", below, log=logs)
    child.start()
    wait_until(lambda: pid_file.exists() and pid_file.read_text() != "", what="the process below")
    orphan = int(pid_file.read_text())
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    assert alive(orphan)

    child.start()
    child.stop(quiet=True)

    wait_until(lambda: not alive(orphan), seconds=10, what="the end of the orphan")


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")
def test_children_end_with_a_launcher_that_is_killed(tmp_path: Path) -> None:
    clone = Clone.make(tmp_path)
    code = (
        "import os, sys; from config.launcher import paths; from config.launcher.child import Child;"
        "paths.make_folders();"
        "sleep = [sys.executable, '-c', 'import time; time.sleep(60)'];"
        "c = Child('c', sleep, ready=lambda: True, env=dict(os.environ));"
        "c.start(); print(c.process.pid, flush=True); input()"
    )
    launcher = clone.background(code)
    assert launcher.stdout is not None
    pid = int(launcher.stdout.readline())
    assert alive(pid)

    launcher.kill()
    launcher.communicate()

    wait_until(lambda: not alive(pid), seconds=10, what="the end of the child")


def test_a_child_that_does_not_come_up_shows_the_end_of_its_log(logs: Path) -> None:
    broken = Child(
        "broken", [sys.executable, "-c", "raise SystemExit('no such luck')"], ready=lambda: False, env=clean()
    )

    with pytest.raises(Problem, match=r"broken did not start.*\n.*no such luck"):
        broken.start()


def test_folders_of_killed_test_runs_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "TMP", tmp_path)
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    stale, ours = tmp_path / f"test-{int(ended.stdout)}", tmp_path / f"test-{os.getpid()}"
    stale.mkdir()
    ours.mkdir()

    servers.sweep_left_over()

    assert (stale.exists(), ours.exists()) == (False, True)


def alive(pid: int) -> bool:
    """Whether it runs (a zombie that nobody waited for does not)."""
    try:
        state_of = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state_of != "Z"


def test_what_a_killed_install_of_the_frontend_left_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "node_modules" / ".vite-a1b2c3" / "half.js"
    left.parent.mkdir(parents=True)
    left.touch()
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(paths, "FRONTEND", tmp_path)
    installs: list[bool] = []

    def install(*_: object, **__: object) -> None:
        installs.append(left.exists())
        (tmp_path / "node_modules").mkdir()

    monkeypatch.setattr(node, "run_logged", install)

    node.install()
    node.install()

    assert installs == [False], "made once, on cleared ground"
