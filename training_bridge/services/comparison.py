"""The endpoint that answers the same test questions as the trained model.

Belongs here: asking it (a run of purpose `evaluation`), writing its answers into the run folder, scoring them.
Does not: calling it (cot_generation), the scores' arithmetic (the trainer, by the same lines as for its own answers).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import structlog
from django.utils import timezone

from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import samples as sample_selectors
from config.base.errors import DomainError
from config.base.words import noted
from cot_generation.choices import RunPurpose, Stage, Way
from cot_generation.selectors import completions, evaluations
from cot_generation.services import new_runs
from training_bridge.exports.rows import QuestionRow
from training_bridge.launchers import local
from training_bridge.models import TrainingRun
from training_bridge.services.runs import folder_of

log = structlog.get_logger()

CAP = Decimal(5)
SCORING = timedelta(minutes=5)


class Line(msgspec.Struct, frozen=True):
    """One answer as the trainer reads it. `answer` None: the reply could not be read."""

    question: str
    model: str
    text: str
    letters: dict[str, str]
    answer: tuple[str, ...] | None


def ask(run: TrainingRun, questions: Sequence[QuestionRow]) -> None:
    """Let the run's endpoint answer the test split. What keeps it from that is noted on the run; training goes on."""
    if run.endpoint_id is None or run.endpoint_run_id is not None:
        return
    aspect_ids = {aspect.key: aspect.id for aspect in aspect_selectors.of_project(run.project_id)}
    sample_ids = sample_selectors.by_external_ids(run.project_id, {row.sample_id for row in questions})
    pairs = [
        (sample_ids[row.sample_id], aspect_ids[row.aspect])
        for row in questions
        if row.sample_id in sample_ids and row.aspect in aspect_ids
    ]
    prompt_id = evaluations.prompt_id(run.project_id)
    if prompt_id is None:
        _note(run, noted("The project has no prompt that shows the pictures alone."))
        return
    try:
        made = new_runs.create(
            project_id=run.project_id,
            purpose=RunPurpose.EVALUATION,
            way=Way.AUTOMATED,
            stage=Stage.PLAIN,
            prompt_id=prompt_id,
            endpoint_id=run.endpoint_id,
            questions=pairs,
            cap=CAP,
            actor_id=run.started_by_id,
            now=timezone.now(),
            seed=run.seed,
        )
    except DomainError as refusal:
        _note(run, refusal.message)
        return
    TrainingRun.objects.filter(pk=run.pk).update(endpoint_run_id=made.pk, endpoint_note="")


def _note(run: TrainingRun, note: str) -> None:
    TrainingRun.objects.filter(pk=run.pk).update(endpoint_note=note[:300])


def collect(run: TrainingRun, *, now: datetime) -> bool:
    """Write the endpoint's answers into the folder once all are there. True when they were written by this call."""
    if run.endpoint_run_id is None or run.endpoint_written_at is not None:
        return False
    standing = evaluations.standing(run.endpoint_run_id)
    if standing is None or not standing.over:
        note = standing.note if standing is not None else noted("The endpoint's run is gone.")
        if note != run.endpoint_note:
            _note(run, note)
        return False
    write(run, answers_file(run))
    return bool(
        TrainingRun.objects.filter(pk=run.pk, endpoint_written_at=None).update(
            endpoint_written_at=now,
            endpoint_note="" if standing.answered_all else noted("The endpoint's run was cancelled."),
        )
    )


def answers_file(run: TrainingRun) -> Path:
    """Where the trainer looks for endpoints' answers."""
    return folder_of(run) / "endpoint_completions" / "endpoint.jsonl"


def write(run: TrainingRun, to: Path) -> None:
    """One line a question, also where the call failed: the score divides by all."""
    assert run.endpoint_run_id is not None
    infos = list(completions.of_run(run.endpoint_run_id))
    keys = {each.id: each.key for each in aspect_selectors.by_ids({info.aspect_id for info in infos}).values()}
    samples = sample_selectors.infos({info.sample_id for info in infos})
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.part")
    with part.open("wb") as out:
        for info in infos:
            line = Line(
                question=f"{samples[info.sample_id].external_id}/{keys[info.aspect_id]}",
                model=run.endpoint_name,
                text=info.text,
                letters=info.letters,
                answer=info.answer,
            )
            out.write(msgspec.json.encode(line) + b"\n")
    part.replace(to)


def score_again(run: TrainingRun, *, trainer_python: str) -> None:
    """Let the trainer score what lies in a finished run's folder once more, now with the endpoint's answers."""
    root = folder_of(run)
    argv = [trainer_python, "-m", "training_bridge.trainer", "evaluate", str(root)]
    argv += ["--completions", str(answers_file(run))]
    env = {**local.allowed(os.environ), "PYTHONPATH": str(root / "code")}
    with (root / local.LOG).open("ab") as out:
        try:
            done = subprocess.run(
                argv, cwd=root, env=env, stdout=out, stderr=out, check=False, timeout=SCORING.total_seconds()
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _note(run, noted("The endpoint's answers could not be scored: {why}", why=error))
            return
    if done.returncode:
        _note(run, noted("The endpoint's answers could not be scored; see the run's log."))
