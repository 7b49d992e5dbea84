"""Loupe, Curator and distilabel at one endpoint: the same questions, pictures and words, 64 calls in flight, in turns.

Belongs here: the environments of the others, giving each its turn, what a turn cost, what was paid and what was kept.
Does not: how each of them asks (rivals/, and `work` below for ours), the endpoint (_steady.py).

Three parts. Undisturbed, `rounds` turns each: calls a second, CPU, memory, writing. With faults, one turn each. Killed
with SIGKILL when half of the calls have been made, and started again a second later, one turn each. Of the last two the
endpoint's journal says what it billed, and each program what it has in the end.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from benchmarks import _steady, generate
from benchmarks._figures import Figures
from benchmarks._processes import Watch, postmaster_pid
from config.launcher import paths

if TYPE_CHECKING:
    from cot_generation.models import Run

MIB = 1024 * 1024
STARTS_AT_MOST = 3  # a program that ends with an error, or stands still, is started again, as a person would
STANDS_STILL_S = 150.0  # without a call, though it runs; longer than any of them waits on purpose
SEED = 5
ENDED, KILLED, STOOD_STILL = "ended", "killed", "stood still"


@dataclass(frozen=True)
class Rival:
    """A system in an environment of its own below `var/`, made when it is first needed."""

    name: str
    pins: tuple[str, ...]

    def python(self) -> Path:
        """Its interpreter."""
        home = paths.VAR / "rivals" / self.name
        done = home / "installed.txt"
        if not done.exists() or done.read_text() != "\n".join(self.pins):
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            subprocess.run([home / "bin" / "python", "-m", "pip", "-q", "install", *self.pins], check=True)
            done.write_text("\n".join(self.pins))
        return home / "bin" / "python"


# Both under Apache-2.0. distilabel's last release (January 2025) names no upper bounds: its contemporaries are pinned.
RIVALS = (
    Rival("curator", ("bespokelabs-curator==0.1.31",)),
    Rival("distilabel", ("distilabel[openai]==1.5.3", "openai==1.109.1", "datasets==3.6.0", "requests", "pillow")),
)


@dataclass(frozen=True)
class Turn:
    """What one system did with all questions. `seen` is the endpoint's account."""

    seen: dict[str, float]
    kept: int
    starts: int
    stood_still: int
    whole_s: float
    cpu_s: float
    peak_mib: float
    written_mib: float


def attend(running: subprocess.Popen[bytes], endpoint: _steady.Client, *, kill_at: int | None) -> str:
    """Wait for its end, or kill it with all below it: after so many calls, or when it stands still."""
    calls, moved_at = 0.0, time.perf_counter()
    while running.poll() is None:
        time.sleep(0.1)
        if (seen := endpoint.stat()["calls"]) != calls:
            calls, moved_at = seen, time.perf_counter()
        due = kill_at is not None and calls >= kill_at
        if due or time.perf_counter() - moved_at > STANDS_STILL_S:
            os.killpg(running.pid, signal.SIGKILL)
            endpoint.killed()
            running.wait()
            return KILLED if due else STOOD_STILL
    return ENDED


def take_turn(argv: list[str], env: dict[str, str], endpoint: _steady.Client, *, kill_at: int | None) -> Turn:
    """Run a program until it ends well. With `kill_at` it is killed, with all below it, after so many calls, once."""
    with tempfile.TemporaryDirectory(dir=paths.TMP) as folder:
        kept = Path(folder) / "kept.json"
        # Whatever a system keeps for itself goes where the turn ends.
        inside = {**env, "HOME": folder, "TMPDIR": folder, "HF_HOME": f"{folder}/hf", "HF_HUB_OFFLINE": "1"}
        began, starts, stood_still, cpu, peak, written = time.perf_counter(), 0, 0, 0.0, 0, 0
        while starts < STARTS_AT_MOST:
            starts += 1
            with (
                (Path(folder) / f"{starts}.log").open("wb") as log,
                subprocess.Popen(
                    [*argv, endpoint.url, str(kept)],
                    cwd=folder, env=inside, stdout=log, stderr=log, start_new_session=True,
                ) as running,
                Watch(running.pid) as watch,
            ):  # fmt: skip
                how = attend(running, endpoint, kill_at=kill_at)
            kill_at = None if how == KILLED else kill_at
            stood_still += how == STOOD_STILL
            cpu, peak, written = cpu + watch.cpu_s, max(peak, watch.peak_bytes), written + watch.written_bytes
            if running.returncode == 0:
                break
            if running.returncode != -signal.SIGKILL:
                print((Path(folder) / f"{starts}.log").read_text()[-2000:], file=sys.stderr)
            time.sleep(1)
        whole = time.perf_counter() - began
        places = json.loads(kept.read_text()) if kept.exists() else []
    return Turn(endpoint.stat(), len(places), starts, stood_still, whole, cpu, peak / MIB, written / MIB)


def questions_of(run: Run, folder: Path) -> Path:
    """The run's questions as the other programs read them: the words of its prompt, and paths of pictures."""
    from catalog.selectors import aspects
    from cot_generation.models import RunQuestion
    from cot_generation.prompts import rendering

    known = {each.id: each for each in aspects.of_project(run.project_id)}
    step = run.prompt.steps[0]
    for number in range(generate.PICTURES):
        (folder / f"{number}.jpg").write_bytes(generate.noise(number))
    first = 10_000_000  # the first sample's key, as `generate.fill` gives them
    file = folder / "questions.jsonl"
    with file.open("w") as out:
        for place, question in enumerate(RunQuestion.objects.filter(run=run).order_by("pk")):
            aspect = known[question.aspect_id]
            asked = rendering.Question(aspect.key, aspect.names["en"], aspect.description["en"], "ABCD")
            text = rendering.text_of(step, asked, locale="en")
            pictures = [str(folder / f"{each}.jpg") for each in generate.pictures_of(question.sample_id - first)]
            order = "The pictures are the original, then the candidates A, B, C and D.\n"
            row = {"place": place, "system": step.system, "text": order + text, "pictures": pictures}
            out.write(json.dumps(row) + "\n")
    return file


def another(run: Run) -> Run:
    """The same questions once more, as a run of its own that reads nothing from the ledger."""
    from django.utils import timezone

    from cot_generation.models import RunQuestion
    from cot_generation.services import new_runs

    asked = list(RunQuestion.objects.filter(run=run).order_by("pk").values_list("sample_id", "aspect_id"))
    return new_runs.create(
        project_id=run.project_id, purpose=run.purpose, way=run.way, stage=run.stage, prompt_id=run.prompt_id,
        endpoint_id=run.endpoint_id, questions=asked, cap=Decimal(100_000), actor_id=None, now=timezone.now(),
        ask_again=True,
    )  # fmt: skip


def work(run_id: UUID, kept: Path) -> None:
    """Our program: a worker and the sweep's part in one process, until no question of the run is open."""
    import django

    django.setup()
    from django.utils import timezone

    from config.base.choices import WorkState
    from config.base.work import give_back_expired
    from cot_generation.choices import RunState
    from cot_generation.models import Rationale, Run, RunQuestion
    from cot_generation.providers import openai_compatible
    from cot_generation.services import calls

    still = RunQuestion.objects.filter(run_id=run_id, state__in=[WorkState.WAITING, WorkState.RUNNING])
    while still.exists():
        calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(hours=2))
        give_back_expired(RunQuestion, now=timezone.now())
        calls.sweep(now=timezone.now())
        if Run.objects.get(pk=run_id).state == RunState.PAUSED:
            raise SystemExit("the run paused")
        time.sleep(0.5)
    written = Rationale.objects.filter(run_question__run_id=run_id).values_list("run_question_id", flat=True)
    kept.write_text(json.dumps(sorted(set(written))))


@contextmanager
def stage(size: int) -> Iterator[tuple[_steady.Client, Run, Callable[[int | None], Turn]]]:
    """The endpoint, a run whose questions everybody is asked, and our own turn at them."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with _steady.running() as endpoint:
        run = generate.fill(size, endpoint.url, start_now=False)  # only its questions are wanted
        endpoint_row = run.endpoint
        endpoint_row.deadline_s = 10  # so a killed worker's calls count as lost after 40 s where nobody sees it gone
        endpoint_row.save(update_fields=["deadline_s"])
        environ = {**os.environ, "PYTHONPATH": str(_steady.ROOT), "ENDPOINT_HOSTS": "127.0.0.1"}

        def ours(kill_at: int | None) -> Turn:
            argv = [sys.executable, "-m", "benchmarks._rivals", str(another(run).pk)]
            return take_turn(argv, environ, endpoint, kill_at=kill_at)

        yield endpoint, run, ours


def adder(figures: Figures, size: int) -> Callable[..., None]:
    """Adds a figure of one system."""

    def add(figure: str, value: float, unit: str, system: str, **more: object) -> None:
        load = round(os.getloadavg()[0], 1)
        figures.add(f"rivals.{figure}", value, unit, system=system, size=size, load=load, **more)

    return add


def kill(*, size: int, rounds: int, write: bool) -> None:
    """Our turn of the third part alone, `rounds` times: it needs none of the others' environments."""
    figures = Figures(f"generate-killed-{size}", write=write)
    paths.TMP.mkdir(parents=True, exist_ok=True)
    with stage(size) as (endpoint, _, ours):
        for _ in range(rounds):
            endpoint.reset(journal=True)
            account("loupe", "killed", ours(size // 2), size, adder(figures, size))
    figures.close()


def compare(*, size: int, rounds: int, write: bool) -> None:
    """All three parts; one JSON line a figure."""
    pythons = {rival.name: rival.python() for rival in RIVALS}
    figures = Figures(f"generate-rivals-{size}", write=write)
    paths.TMP.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.TMP) as name, stage(size) as (endpoint, run, ours):
        questions = questions_of(run, Path(name))
        add = adder(figures, size)

        def theirs(rival: Rival) -> Callable[[int | None], Turn]:
            program = _steady.ROOT / "benchmarks" / "rivals" / f"ask_with_{rival.name}.py"
            argv = [str(pythons[rival.name]), str(program), str(questions)]
            return lambda kill_at: take_turn(argv, {"PATH": os.environ["PATH"]}, endpoint, kill_at=kill_at)

        systems = {"loupe": ours, **{rival.name: theirs(rival) for rival in RIVALS}}
        for number in range(rounds):
            order = list(systems)[number % 3 :] + list(systems)[: number % 3]  # who begins differs
            for system in order:
                endpoint.reset()
                before = database_written()
                with Watch(postmaster_pid()) as database:
                    turn = systems[system](None)
                undisturbed(system, turn, number, add)
                if system == "loupe":
                    written, (_, seconds) = database_written() - before, database.since()
                    add("postgres_cores", round(seconds / turn.whole_s, 2), "cores", system, round=number)
                    add("postgres_peak_mib", round(database.peak_bytes / MIB), "MiB", system, round=number)
                    add("postgres_written_mib", round(written / MIB, 1), "MiB", system, round=number)
        for part, kill_at in (("faults", None), ("killed", size // 2)):
            for system in systems:
                endpoint.reset(faults=SEED if part == "faults" else None, journal=True)
                account(system, part, systems[system](kill_at), size, add)
    figures.close()


def database_written() -> int:
    """Bytes that PostgreSQL has written, log and tables, by its own account.

    The kernel's account of its processes says forty times as much: where a file lies in memory in large pieces, the
    small write that each commit is counts as a whole piece.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select sum(coalesce(write_bytes, 0) + coalesce(extend_bytes, 0))::bigint from pg_stat_io")
        (written,) = cursor.fetchone()
    return int(written)


def undisturbed(system: str, turn: Turn, number: int, add: Callable[..., None]) -> None:
    """How fast, and at what cost."""
    span, calls = turn.seen["last"] - turn.seen["first"], turn.seen["calls"]
    ideal = calls / generate.AT_ONCE * turn.seen["waited"] / calls
    about = {"round": number, "kept": turn.kept, "in_flight_peak": turn.seen["peak"]}
    add("calls_per_s", round(calls / span, 2), "calls/s", system, **about)
    add("share_of_ideal", round(ideal / span, 3), "share", system, **about)
    add("whole_s", round(turn.whole_s, 1), "s", system, **about)
    add("cpu_ms_per_call", round(1000 * turn.cpu_s / calls, 1), "ms", system, **about)
    add("cores", round(turn.cpu_s / turn.whole_s, 2), "cores", system, **about)
    add("peak_mib", round(turn.peak_mib), "MiB", system, **about)
    add("written_mib", round(turn.written_mib, 1), "MiB", system, **about)


def account(system: str, part: str, turn: Turn, size: int, add: Callable[..., None]) -> None:
    """What the endpoint billed against what is kept. `paid_again`: billed for a question that had its good reply."""
    seen = {name: turn.seen[name] for name in ("billed", "orphaned", "good", *_steady.FAULTS)}
    about = {"part": part, "starts": turn.starts, "stood_still": turn.stood_still, **seen}
    add("requests", turn.seen["calls"], "requests", system, **about)
    add("kept", turn.kept, "questions", system, part=part)
    add("lost", size - turn.kept, "questions", system, part=part)
    add("paid_again", turn.seen["again"], "requests", system, part=part)
    add("paid_and_not_kept", turn.seen["billed"] - turn.kept, "requests", system, part=part)
    add("whole_s", round(turn.whole_s, 1), "s", system, part=part)


if __name__ == "__main__":
    # `python -m benchmarks._rivals RUN URL KEPT`: the endpoint's address is the run's own.
    work(UUID(sys.argv[1]), Path(sys.argv[3]))
