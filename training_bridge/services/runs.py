"""Runs: started, cancelled, resumed, once by a person each.

Belongs here: the state of a run as people move it.
Does not: preparing its folder (preparation.py), reading what it tells (supervision.py).
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.services import audit_log
from config.base import work
from config.base.choices import WorkState
from config.base.words import noted
from cot_generation.selectors import evaluations
from training_bridge import recipes
from training_bridge.choices import LIVE, RunState
from training_bridge.errors import EndpointUnknown, RecipeUnknown, ReleaseTooSmall, RunNotMovable, RunUnknown
from training_bridge.models import RunPreparation, TrainingRun
from training_bridge.services import frozen

log = structlog.get_logger()


def folder_of(run: TrainingRun) -> Path:
    """Where a run's files lie."""
    return folder_named(run.pk)


def folder_named(run_id: UUID) -> Path:
    """Where the files of a run with this id lie."""
    return Path(settings.RUNS_DIR) / str(run_id)


@transaction.atomic
def start(
    *,
    project_id: UUID,
    release_name: str,
    recipe: str,
    seed: int,
    smoke: bool,
    endpoint_id: UUID | None,
    actor_id: int | None,
    now: datetime,
) -> TrainingRun:
    """A new run, queued; a worker prepares its folder and starts its process.

    `endpoint_id` names the endpoint that shall answer the same test questions.
    Raises RecipeUnknown, ReleaseTooSmall, EndpointUnknown, NotFound.
    """
    if recipe not in recipes.names():
        raise RecipeUnknown(
            "There is no recipe {recipe!r}; there is {known}.", recipe=recipe, known=list(recipes.names())
        )
    release = frozen.by_name(project_id, release_name)
    if not (release.split_counts.get("train") and release.split_counts.get("test")):
        raise ReleaseTooSmall
    endpoint = None
    if endpoint_id is not None:
        known = {each.id: each for each in evaluations.endpoints(project_id)}
        endpoint = known.get(endpoint_id)
        if endpoint is None:
            raise EndpointUnknown
    run = numbered(
        project_id=project_id,
        release_id=release.id,
        release_name=release.name,
        release_hash=release.hash,
        recipe=recipe,
        seed=seed,
        smoke=smoke,
        endpoint_id=endpoint.id if endpoint else None,
        endpoint_name=endpoint.name if endpoint else "",
        endpoint_sandbox=endpoint.sandbox if endpoint else False,
        started_by_id=actor_id,
        message=noted("Waits for a worker."),
    )
    RunPreparation.objects.create(run=run, max_attempts=3, next_attempt_at=now)
    work.announce("training_bridge.RunPreparation")
    record(run, "training.started", actor_id, {"release": release.name, "recipe": recipe, "smoke": smoke})
    return run


def numbered(*, project_id: UUID, **columns: object) -> TrainingRun:
    """A row under the project's next number."""
    while True:
        last = TrainingRun.objects.in_project(project_id).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return TrainingRun.objects.create(project_id=project_id, number=last + 1, **columns)
        except IntegrityError as error:
            if "training_run_number_once_per_project" not in str(error):
                raise


@transaction.atomic
def cancel(*, project_id: UUID, run_id: UUID, actor_id: int | None, now: datetime) -> TrainingRun:
    """Stop: at once before the process runs; later the process is asked, then made to.

    Raises RunUnknown, RunNotMovable.
    """
    run = _locked(project_id, run_id)
    if run.state not in LIVE:
        raise RunNotMovable("Run {run} has ended already.", run=run.number, state=run.state)
    if run.state == RunState.RUNNING:
        ask_to_stop(folder_of(run))
        run.cancel_asked_at = run.cancel_asked_at or now
        run.message = noted("Asked to stop.")
        run.save(update_fields=["cancel_asked_at", "message"])
    else:
        RunPreparation.objects.filter(run=run).update(state=WorkState.CANCELLED, lease_expires_at=None)
        run.state, run.finished_at, run.resumable, run.message = RunState.CANCELLED, now, True, ""
        run.save(update_fields=["state", "finished_at", "resumable", "message"])
    record(run, "training.cancelled", actor_id, {})
    return run


def ask_to_stop(folder: Path) -> None:
    """Write control.json, whole or not at all."""
    part = folder / ".control.json.part"
    part.write_text(json.dumps({"cancel": True}) + "\n", encoding="utf-8")
    part.replace(folder / "control.json")


@transaction.atomic
def resume(*, project_id: UUID, run_id: UUID, actor_id: int | None, now: datetime) -> TrainingRun:
    """Go on where a cancelled or failed run stood. Raises RunUnknown, RunNotMovable."""
    run = _locked(project_id, run_id)
    if run.state not in {RunState.CANCELLED, RunState.FAILED} or not run.resumable:
        raise RunNotMovable("Run {run} cannot be resumed.", run=run.number, state=run.state)
    run.state, run.finished_at, run.cancel_asked_at = RunState.QUEUED, None, None
    run.failure, run.message, run.resumable = "", noted("Waits for a worker."), False
    run.save(update_fields=["state", "finished_at", "cancel_asked_at", "failure", "message", "resumable"])
    RunPreparation.objects.filter(run=run).update(
        state=WorkState.WAITING, attempts=0, next_attempt_at=now, failure="", owner="", lease_expires_at=None
    )
    work.announce("training_bridge.RunPreparation")
    record(run, "training.resumed", actor_id, {})
    return run


def _locked(project_id: UUID, run_id: UUID) -> TrainingRun:
    run = TrainingRun.objects.select_for_update().in_project(project_id).filter(pk=run_id).first()
    if run is None:
        raise RunUnknown(run_id=str(run_id))
    return run


def record(run: TrainingRun, action: str, actor_id: int | None, details: dict[str, object]) -> None:
    """Into the audit log: who did what to a run."""
    audit_log.record(
        actor_id=actor_id, project_id=run.project_id, action=action, subject=f"run {run.number}", details=details
    )
    log.info(action, run_id=str(run.pk))
