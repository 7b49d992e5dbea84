"""What `./loupe` cannot go on from is said in one sentence with its remedy, and with a status other than 0."""

from __future__ import annotations

import ast
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.launcher import environment, services
from config.launcher.say import Problem
from tests.house.clone import ROOT, Clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone.make(tmp_path)


@pytest.fixture
def running(clone: Clone) -> Iterator[Clone]:
    """The clone while another process holds it, as `./loupe demo` does once it is up."""
    code = (
        "from config.launcher import state; import os; state.take_lock(word='demo');"
        "state.note_running({'pid': os.getpid(), 'word': 'demo', 'url': 'http://127.0.0.1:8123', 'ready': True});"
        "print('held', flush=True); input()"
    )
    holder = clone.background(code)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    yield clone
    holder.kill()
    holder.communicate()


def test_the_command_parses_on_pythons_it_refuses() -> None:
    ast.parse((ROOT / "loupe").read_text(), feature_version=(3, 4))


def test_an_old_python_is_told_what_is_needed(clone: Clone) -> None:
    old = "import runpy, sys; sys.version_info = (3, 8, 10, 'final', 0); sys.argv = ['loupe', 'demo'];"
    done = clone.python(old + "runpy.run_path('loupe', run_name='__main__')")

    assert done.returncode == 1
    assert done.stderr == (
        "Loupe needs Python 3.11 or newer; this is 3.8. Install a newer one and run: python3.11 loupe demo\n"
    )


@pytest.mark.parametrize("word", ["demo", "up"])
@pytest.mark.parametrize("how", [(), ("--detach",)], ids=["here", "detached"])
def test_a_second_start_says_where_the_first_runs(running: Clone, word: str, how: tuple[str, ...]) -> None:
    done = running.loupe(word, *how)

    assert done.returncode == 1
    assert "already runs in this folder: http://127.0.0.1:8123" in done.stderr
    assert "./loupe down" in done.stderr


def test_status_says_where_it_runs_and_that_nothing_does(running: Clone, tmp_path: Path) -> None:
    idle = Clone.make(tmp_path / "idle")

    assert "http://127.0.0.1:8123" in running.loupe("status").stdout
    assert "Nothing runs in this folder" in idle.loupe("status").stdout


def test_a_damaged_state_is_said_before_anything_is_installed(clone: Clone) -> None:
    clone.var.mkdir()
    (clone.var / "state.json").write_text("{")

    done = clone.loupe("up")

    assert done.returncode == 1
    assert "state.json is damaged" in done.stderr
    assert "restore it from a backup" in done.stderr
    assert not (clone.folder / ".venv").exists()


def test_a_database_whose_password_is_gone_is_damage_too(clone: Clone) -> None:
    (clone.var / "postgres").mkdir(parents=True)
    (clone.var / "postgres" / "PG_VERSION").write_text("18\n")

    done = clone.loupe("up")

    assert done.returncode == 1
    assert "var/state.json with its password is gone" in done.stderr


def test_a_file_where_the_folder_should_be(clone: Clone) -> None:
    clone.var.write_text("")

    done = clone.loupe("up")

    assert done.returncode == 1
    assert "is a file, but must be a folder" in done.stderr


def test_no_network_is_named_and_what_was_made_is_kept(clone: Clone) -> None:
    nobody_there = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_RETRIES": "0",
    }

    done = clone.loupe("up", **nobody_there)

    assert done.returncode == 1
    assert "the network does not answer" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert (clone.folder / ".venv" / "bin" / "python").exists()


@pytest.mark.parametrize(("needed", "refused"), [(3, True), (2, False)])
def test_little_disk_space(monkeypatch: pytest.MonkeyPatch, needed: int, refused: bool) -> None:
    def usage(_: object) -> object:
        return type("Usage", (), {"free": 2_500_000_000})

    monkeypatch.setattr(shutil, "disk_usage", usage)

    if not refused:
        environment.need_disk(needed)
        return
    with pytest.raises(Problem, match=r"Only 2\.5 GB are free .* 3 GB are needed"):
        environment.need_disk(needed)


@pytest.mark.parametrize(
    ("name", "url"),
    [("DATABASE_URL", "postgresql://somebody:x@127.0.0.1:1/nowhere"), ("BROKER_URL", "redis://127.0.0.1:1/0")],
)
def test_a_given_address_that_nothing_answers(name: str, url: str) -> None:
    with pytest.raises(Problem, match=f"^{name} does not answer .*without {name} an embedded one is used"):
        services.check_given({name: url})


def test_a_secret_file_that_is_not_there(clone: Clone) -> None:
    done = clone.loupe("up", DATABASE_URL_FILE="/no/such/file")

    assert done.returncode == 1
    assert "DATABASE_URL_FILE cannot be read" in done.stderr


def test_an_unknown_word_and_an_unknown_option(clone: Clone) -> None:
    word, option = clone.loupe("upp"), clone.loupe("up", "--detached")

    assert (word.returncode, option.returncode) == (2, 1)
    assert "there is no word 'upp'" in word.stderr
    assert "does not know --detached" in option.stderr


def test_secrets_are_made_once_and_readable_by_their_owner_alone(clone: Clone) -> None:
    load = "from config.launcher import state; state.load()"
    clone.python(load)
    first = json.loads((clone.var / "state.json").read_text())
    clone.python(load)

    assert json.loads((clone.var / "state.json").read_text()) == first
    assert (clone.var / "state.json").stat().st_mode & 0o077 == 0
    assert len(set(first["accounts"].values())) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's death signal is Linux's")
def test_the_lock_goes_with_a_killed_holder(running: Clone) -> None:
    pid = json.loads((running.var / "running.json").read_text())["pid"]
    ended = f"import os, signal; os.kill({pid}, signal.SIGKILL)"
    running.python(ended)

    assert "Nothing runs in this folder" in running.loupe("status").stdout


def test_the_trainer_takes_the_place_of_the_command_so_that_signals_reach_it(clone: Clone, tmp_path: Path) -> None:
    """Ctrl-C and SIGTERM let a run save; a command in between would kill it, or leave it behind."""
    stand_in = tmp_path / "python"
    stand_in.write_text('#!/bin/sh\necho $$ "$@"\nexit 4\n')
    stand_in.chmod(0o755)
    ran = clone.python(
        "import os; from config.launcher import environment, main;"
        f"environment.ensure_trainer = lambda: {str(stand_in)!r};"
        "print(os.getpid(), flush=True); main.main(['trainer', 'sft', 'FOLDER'])"
    )

    own, became = ran.stdout.splitlines()
    assert became == f"{own} -m training_bridge.trainer sft FOLDER"
    assert ran.returncode == 4
