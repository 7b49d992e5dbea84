"""What becomes of runs whose processes live on this machine: read on every sweep.

Belongs here: new events, ledger lines, states and evaluations into tables; how a run ended; insisting on a cancel.
Does not: starting (preparation.py), what a person asks for (runs.py).

Each run is read under its row's lock, so that two sweeps never store a line twice; cursors move with what they stored.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from config.base.choices import WorkState
from config.base.words import noted
from config.launcher import paths
from training_bridge.choices import LIVE, RunState
from training_bridge.errors import BrokenReport
from training_bridge.launchers import local
from training_bridge.models import RunPreparation, TrainingRun
from training_bridge.services import comparison, reading
from training_bridge.services.runs import folder_of

log = structlog.get_logger()

ASK_FIRST = timedelta(seconds=20)
THEN_INSIST = timedelta(seconds=60)
UNBORN = timedelta(minutes=2)
ABANDONED = timedelta(minutes=30)
ALIVE = ("status.json", "launch.json", local.LOG, "events-*.jsonl")
REFUSAL = "trainer: "  # how the trainer's command line begins the one sentence that it refuses with
ENDINGS = {
    "done": RunState.DONE,
    "failed": RunState.FAILED,
    "cancelled": RunState.CANCELLED,
    "interrupted": RunState.FAILED,
}


def sweep(*, now: datetime) -> None:
    """One round over every run of this machine."""
    fail_unprepared(now=now)
    for run_id in TrainingRun.objects.running_on(local.this_host()).values_list("pk", flat=True):
        try:
            look(run_id, now=now)
        except BrokenReport as refusal:
            give_up(run_id, refusal.message, now=now)
    fail_abandoned(now=now)
    waiting = TrainingRun.objects.filter(endpoint_run_id__isnull=False, endpoint_written_at=None)
    for run in waiting.exclude(state__in=[RunState.QUEUED, RunState.PREPARING]).order_by("pk")[:20]:
        if comparison.collect(run, now=now):
            rescore(run)


def fail_unprepared(*, now: datetime) -> None:
    """A run whose preparation failed on every attempt has failed."""
    given_up = RunPreparation.objects.filter(
        state=WorkState.FAILED, run__state__in=[RunState.QUEUED, RunState.PREPARING]
    )
    for preparation in given_up.select_related("run"):
        TrainingRun.objects.filter(pk=preparation.run_id, state__in=[RunState.QUEUED, RunState.PREPARING]).update(
            state=RunState.FAILED, failure=preparation.failure, message="", resumable=True, finished_at=now
        )


def fail_abandoned(*, now: datetime) -> None:
    """Runs of a machine that is no more (a container made anew has another name): nothing in their folder moves."""
    for run in TrainingRun.objects.filter(state=RunState.RUNNING).exclude(host=local.this_host()):
        told = [file.stat().st_mtime for name in ALIVE for file in folder_of(run).glob(name)]
        if told and now.timestamp() - max(told) > ABANDONED.total_seconds():
            with transaction.atomic():
                current = TrainingRun.objects.select_for_update().get(pk=run.pk)
                if current.state == RunState.RUNNING and current.fence == run.fence:
                    reading.take_in(current)
                    gone = noted(
                        "The machine it ran on ({host}) has not told anything for half an hour. "
                        "Resume goes on where it stood.",
                        host=run.host,
                    )
                    _end(current, RunState.FAILED, gone, resumable=True, now=now)


def give_up(run_id: UUID, reason: str, *, now: datetime) -> None:
    """A run whose files make no sense is stopped: nothing it says could be trusted."""
    with transaction.atomic():
        run = TrainingRun.objects.select_for_update().get(pk=run_id)
        if run.state == RunState.RUNNING:
            process = process_of(run)
            if process is not None:
                local.end(process, kill=True)
            _end(run, RunState.FAILED, reason, resumable=False, now=now)


def look(run_id: UUID, *, now: datetime) -> None:
    """Read what one run has told since, and see whether it lives."""
    with transaction.atomic():
        run = TrainingRun.objects.select_for_update(skip_locked=True).filter(pk=run_id, state=RunState.RUNNING).first()
        if run is None:
            return
        process = process_of(run)
        # Asked before its files are read: what a process wrote before it ended is read in the same round.
        alive = process is not None and local.lives(process)
        if not folder_of(run).is_dir():
            _end(run, RunState.FAILED, noted("The run's folder is gone."), resumable=False, now=now)
            return
        # Read before the events: the status that ends a run is written after the last of them.
        status = read_json(folder_of(run) / "status.json")
        caught_up = reading.take_in(run)
        ours = status is not None and run.pid is not None and status.get("pid") == run.pid
        if status is not None and ours:
            note_standing(run, status)
        elif (launch := read_json(folder_of(run) / "launch.json")) is not None:
            run.message = _starting(run, launch)
            run.save(update_fields=["message"])
        if run.cancel_asked_at is not None and process is not None and alive:
            _insist(run, process, now=now)
        if not caught_up:
            return
        if status is not None and ours and status.get("state") in ENDINGS:
            conclude(run, status, now=now)
        elif not alive and (run.pid is not None or _never_came(run, now=now)):
            _found_dead(run, now=now)


def process_of(run: TrainingRun) -> local.Process | None:
    """Its process, while it has one."""
    return None if run.pid is None else local.Process(run.host, run.pid, run.pid_born)


def read_json(path: Path) -> dict[str, Any] | None:
    """A file that is replaced as a whole. None while there is none; half a file cannot be."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError:
        log.warning("training.unreadable_file", path=str(path))
        return None
    return found if isinstance(found, dict) else None


def note_standing(run: TrainingRun, status: dict[str, Any]) -> None:
    """Where its status says that it is."""
    run.stage = str(status.get("stage") or "")
    run.stage_number, run.stage_count = int(status.get("stage_number", 0)), int(status.get("stage_count", 0))
    run.step, run.steps = int(status.get("step", 0)), int(status.get("steps", 0))
    run.progress = min(1.0, max(0.0, float(status.get("progress", 0))))
    if run.cancel_asked_at is None:
        run.message = str(status.get("message") or "")[:300]
    run.save(update_fields=["stage", "stage_number", "stage_count", "step", "steps", "progress", "message"])


def _starting(run: TrainingRun, launch: dict[str, Any]) -> str:
    if launch.get("phase") != "environment":
        return noted("Starts.")
    last = last_line(folder_of(run) / local.LOG)
    return noted("Makes the trainer's environment (once, some minutes). {last}", last=last)[:300]


def last_line(log_file: Path) -> str:
    """The end of what a process printed."""
    try:
        with log_file.open("rb") as file:
            file.seek(max(0, log_file.stat().st_size - 2000))
            lines = file.read().decode(errors="replace").strip().splitlines()
    except FileNotFoundError:
        return ""
    return lines[-1].strip() if lines else ""


def _insist(run: TrainingRun, process: local.Process, *, now: datetime) -> None:
    assert run.cancel_asked_at is not None
    waited = now - run.cancel_asked_at
    if waited >= THEN_INSIST:
        local.end(process, kill=True)
    elif waited >= ASK_FIRST or read_json(folder_of(run) / "status.json") is None:
        local.end(process)  # nothing that listens for control.json runs yet, or it did not listen


def _never_came(run: TrainingRun, *, now: datetime) -> bool:
    # The worker was killed between writing the row and starting the process.
    return run.launched_at is None or now - run.launched_at > UNBORN


def conclude(run: TrainingRun, status: dict[str, Any], *, now: datetime) -> None:
    """A run whose status says that it has ended, has."""
    ending = ENDINGS[status["state"]]
    if run.cancel_asked_at is not None and ending != RunState.DONE:
        ending = RunState.CANCELLED
    failure = status.get("failure")
    reason = str(failure.get("message", "")) if isinstance(failure, dict) else ""
    if ending == RunState.FAILED and not reason:
        reason = noted("The process was asked to end. Resume goes on where it stood.")
    _end(run, ending, reason, resumable=ending != RunState.DONE and bool(status.get("resumable", True)), now=now)


def _found_dead(run: TrainingRun, *, now: datetime) -> None:
    if run.cancel_asked_at is not None:
        _end(run, RunState.CANCELLED, "", resumable=True, now=now)
        return
    launch = read_json(folder_of(run) / "launch.json") or {}
    reason = str(launch.get("failure") or "")
    if not reason:
        said = last_line(folder_of(run) / local.LOG)
        if said.startswith(REFUSAL):
            # Refused before it touched the folder, so its status is still the one before.
            _end(run, RunState.FAILED, said.removeprefix(REFUSAL), resumable=True, now=now)
            return
        reason = noted("The process ended without a word. Resume goes on where it stood.")
        if said:
            reason = noted(
                "The process ended without a word. Resume goes on where it stood. Its last line: {line}", line=said
            )
    _end(run, RunState.FAILED, reason, resumable=True, now=now)


def _end(run: TrainingRun, state: RunState, reason: str, *, resumable: bool, now: datetime) -> None:
    run.state, run.failure, run.resumable, run.finished_at = state, reason[:1000], resumable, now
    run.message = ""
    if state == RunState.DONE:
        run.progress, run.failure = 1.0, ""
    run.save(update_fields=["state", "failure", "resumable", "finished_at", "message", "progress"])
    log.info("training.ended", run_id=str(run.pk), state=state.value)


def rescore(run: TrainingRun) -> None:
    """The endpoint's answers came after the trainer had measured: measure again, and take the result in."""
    run.refresh_from_db()
    if run.state in LIVE or not (folder_of(run) / "evaluation" / "test.json").exists():
        return
    comparison.score_again(run, trainer_python=trainer_python())
    with transaction.atomic():
        reading.take_in_evaluation(TrainingRun.objects.select_for_update().get(pk=run.pk))


def trainer_python() -> str:
    """The Python that a finished run was trained by."""
    return str(settings.TRAINER_PYTHON or paths.TRAINER_VENV / "bin" / "python")
