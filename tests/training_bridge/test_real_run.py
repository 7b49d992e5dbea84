"""The real trainer, once through, from drawn scenes to a batch for people: plumbing, no claim about what is learnt."""

from __future__ import annotations

import io
import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.selectors import projects
from config.base import outbox
from training_bridge.choices import RETURNABLE, RunState
from training_bridge.exports import canonical, trl
from training_bridge.models import TrainingRun
from training_bridge.selectors import evaluations, returns, runs
from training_bridge.services import returning
from training_bridge.services.runs import folder_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.training]


def test_scenes_become_a_release_a_release_a_model_and_a_model_work_for_people(tmp_path: Path, settings: Any) -> None:
    settings.RUNS_DIR = tmp_path / "runs"
    settings.TRAINER_PYTHON = os.environ.get("TRAINER_PYTHON", "")
    scenes = tmp_path / "scenes"
    call_command("synthesise_samples", count=36, seed=11, out=scenes, with_answers=True, size=96, processes=1)
    call_command("import_samples", scenes / "manifest.jsonl", project="real", create=True)
    while outbox.deliver_due(now=timezone.now() + timedelta(minutes=1)):
        pass
    call_command("cut_release", project="real", name="v1", splits="60/20/20")
    for fmt in ("canonical", "trl"):
        call_command("export_release", project="real", release="v1", format=fmt, out=tmp_path / fmt, seed=5)
    assert {row.question: row for row in trl.read(tmp_path / "trl")} == {
        row.question: row for row in canonical.read(tmp_path / "canonical")
    }

    said = io.StringIO()
    call_command("train", project="real", release="v1", recipe="tiny-cpu", seed=3, smoke=True, wait=True, stdout=said)
    assert re.search(r"^sft \(\d+% done\)$", said.getvalue(), re.MULTILINE), "a log without a terminal shows stages"

    project_id = projects.by_slug("real").project_id
    run = TrainingRun.objects.get()
    assert (run.state, run.progress, run.failure) == (RunState.DONE, 1.0, "")
    kinds = {event.kind for event in runs.events(run, after=0, limit=100_000)}
    assert {"run_begin", "stage_begin", "step", "states", "evaluation", "stage_end", "run_end"} <= kinds
    measured = {row.name: row for row in evaluations.of_run(run)}
    asked = len((folder_of(run) / "release" / "test.jsonl").read_text().splitlines())
    assert {"trained", "random_uniform", "select_all", "best_constant"} <= set(measured)
    assert all(0 <= row.exact <= 1 for row in measured.values())
    assert measured["trained"].figures["exact"].n == min(asked, 120)
    assert json.loads((folder_of(run) / "plan.json").read_text())["smoke"] is True
    # Some question was visited; an hour of training has not been spent, so most that were are not mastered.
    standings = runs.standing_counts(run.pk)
    assert sum(standings.values()) - standings["unseen"] > 0
    if any(returns.counts(run).values()):
        _, questions = returning.make_batch(
            project_id=project_id,
            run_id=run.pk,
            question_ids=None,
            standings=RETURNABLE,
            wanted=2,
            name="",
            actor_id=None,
            now=timezone.now(),
        )
        assert questions == sum(returns.counts(run).values())
