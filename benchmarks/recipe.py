"""The whole loop on drawn scenes, to its end: does the trained model beat every policy that looks at no picture?

`--size N` scenes go the way that people's samples go: drawn, imported with their answers, pictures stored; the sandbox
endpoint explains `--explained` questions knowing the answer, a lot of those is audited, a release is cut, and the
recipe runs on it from its first stage to the evaluation of the test split. `--keep FOLDER` keeps the run's folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec

from benchmarks._figures import ROOT, Figures

SLUG = "bench"
KEY = "a key for the bench"
DRAWN_FROM = 2026


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory() as name:
        scenes = Path(name) / "scenes"
        sandbox = _sandbox(scenes)
        assert sandbox.stdout is not None
        os.environ |= {"SANDBOX_URL": sandbox.stdout.readline().strip().rsplit(" ", 1)[1], "SANDBOX_KEY": KEY}
        try:
            _loop(given, scenes)
        finally:
            sandbox.terminate()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--explained", type=int, default=1200, help="questions that get a rationale")
    parser.add_argument("--recipe", default="tiny-cpu")
    parser.add_argument("--seed", type=int, default=0, help="of the training run")
    parser.add_argument("--smoke", action="store_true", help="a few steps of every stage")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="copy the finished run folder there")
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    return parser.parse_args()


def _sandbox(scenes: Path) -> subprocess.Popen[str]:
    """The sandbox endpoint without its usual pauses and failures."""
    words = ["--port", "0", "--key", KEY, "--latency-ms", "2", "--failure-rate", "0", "--truth", f"{SLUG}={scenes}"]
    argv = [sys.executable, "-m", "cot_generation.sandbox", *words]
    return subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)


class Clock:
    """Seconds a part took, told as it ends."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, what: str) -> float:
        now = time.monotonic()
        took, self._began = round(now - self._began, 1), now
        print(f"{what}: {took} s", file=sys.stderr, flush=True)
        return took


def _loop(given: argparse.Namespace, scenes: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from accounts.services import projects
    from catalog.ingestion.run import ingest_due
    from catalog.scenes import dataset
    from catalog.services import imports
    from curation.services import releases

    figures = Figures(f"recipe-{given.recipe}-{given.size}", write=given.write)
    clock = Clock()
    call_command("migrate", verbosity=0)
    project_id = projects.create(slug=SLUG, name="Bench").pk
    for _ in dataset.write(
        count=given.size, seed=DRAWN_FROM, folder=scenes, side=512, with_answers=True, processes=os.cpu_count() or 1
    ):
        pass
    clock("scenes drawn")
    imports.read_manifest(project_id=project_id, manifest=scenes / "manifest.jsonl", actor_id=None, now=timezone.now())
    ingest_due(until=timezone.now() + timedelta(hours=2), clock=timezone.now)
    clock("imported, pictures stored")
    _explain(project_id, count=given.explained)
    clock("explained")
    _audit(project_id, scenes / "truth.jsonl")
    _deliver()
    cut = releases.cut(project_id=project_id, name="v1", allow_sandbox=True)
    clock("audited, release cut")
    _train(project_id, given, figures, release_counts=cut.counts.questions, clock=clock)
    figures.close()


def _explain(project_id: UUID, *, count: int) -> None:
    from django.utils import timezone

    from annotation.selectors import consensus
    from catalog.selectors import samples
    from cot_generation.choices import RunPurpose, Stage, Way
    from cot_generation.providers import openai_compatible
    from cot_generation.selectors import endpoints, prompts
    from cot_generation.services import calls, new_runs

    answered = sorted(
        key for key, info in consensus.for_samples(samples.ids(project_id)).items() if info.answer is not None
    )
    prompt = next(
        each
        for each in prompts.of_project(project_id)
        if each.stage == Stage.SKELETON_FIRST and each.way == Way.ANSWER_DRIVEN and each.locale == "en"
    )
    new_runs.create(
        project_id=project_id,
        purpose=RunPurpose.RATIONALE,
        way=Way.ANSWER_DRIVEN,
        stage=prompt.stage,
        prompt_id=prompt.pk,
        endpoint_id=endpoints.of_project(project_id)[0].id,
        questions=answered[:count],
        cap=Decimal(1000),
        actor_id=None,
        now=timezone.now(),
    )
    calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(hours=1))


def _audit(project_id: UUID, truth: Path) -> None:
    """One lot, judged by what was planted."""
    from django.utils import timezone

    from accounts.services import people
    from catalog.scenes.dataset import Truth
    from catalog.selectors import aspects, samples
    from cot_generation.choices import Way
    from cot_generation.selectors import rationales
    from curation.selectors import audits
    from curation.services import audits as audit_services

    lines = (msgspec.json.decode(line, type=Truth) for line in truth.read_bytes().splitlines())
    truths = {line.id: line for line in lines}
    names = {key: external for external, key in samples.by_external_ids(project_id, truths).items()}
    keys = {aspect.id: aspect.key for aspect in aspects.of_project(project_id)}
    auditor = people.create(username="auditor", password=KEY).pk
    lot = audit_services.draw(
        project_id=project_id, way=Way.ANSWER_DRIVEN, sample_size=60, actor_id=auditor, seed=DRAWN_FROM
    )
    entries = audits.entries(lot.pk)
    texts = rationales.by_ids([entry.rationale_id for entry in entries])
    for entry in entries:
        text = texts[entry.rationale_id]
        right = set(text.concluded or ()) == set(truths[names[text.sample_id]].slots_with(keys[text.aspect_id]))
        audit_services.judge(
            project_id=project_id,
            entry_id=entry.id,
            auditor_id=auditor,
            accepted=right,
            reason="" if right else "wrong_conclusion",
        )
    audit_services.decide(project_id=project_id, lot_id=lot.pk, accept=True, actor_id=auditor, now=timezone.now())


def _deliver() -> None:
    from django.utils import timezone

    from config.base import outbox

    while outbox.deliver_due(now=timezone.now()):
        pass


def _train(
    project_id: UUID, given: argparse.Namespace, figures: Figures, *, release_counts: object, clock: Clock
) -> None:
    from django.utils import timezone

    from training_bridge.choices import LIVE, RunState
    from training_bridge.selectors import runs
    from training_bridge.services import following
    from training_bridge.services import runs as run_services

    run = run_services.start(
        project_id=project_id,
        release_name="v1",
        recipe=given.recipe,
        seed=given.seed,
        smoke=given.smoke,
        endpoint_id=None,
        actor_id=None,
        now=timezone.now(),
    )
    told = ""
    while (run := runs.one(project_id, run.pk)).state in LIVE:
        following.step(clock=timezone.now)
        where = run.stage if run.state == RunState.RUNNING and run.stage else str(run.state)
        if where != told:
            print(f"… {where} ({run.progress:.0%})", file=sys.stderr, flush=True)
            told = where
        time.sleep(1.0)
    folder = run_services.folder_of(run)
    if given.keep:
        shutil.copytree(folder, given.keep, dirs_exist_ok=True, symlinks=True)
    if run.state != RunState.DONE:
        raise SystemExit(f"The run {run.state}: {run.failure}")
    _record(folder, given, figures, release_counts=release_counts, seconds=clock("trained and evaluated"))


def _record(
    folder: Path, given: argparse.Namespace, figures: Figures, *, release_counts: object, seconds: float
) -> None:
    about = {"size": given.size, "recipe": given.recipe, "seed": given.seed, "smoke": given.smoke}
    found = json.loads((folder / "evaluation" / "test.json").read_text())
    by_name = {model["name"]: model for model in found["models"]}
    trained = next(model for model in found["models"] if model["kind"] == "trained")
    best = by_name[found["best_trivial"]]
    beside = next(each for each in found["comparisons"] if each["with"] == best["name"])
    stages = {file.stem: json.loads(file.read_text())["seconds"] for file in sorted((folder / "stages").glob("*.json"))}
    figures.add("recipe.seconds", seconds, "s", **about, stages=stages, release_questions=release_counts)
    for name, model in (("recipe.exact", trained), ("recipe.best_trivial_exact", best)):
        exact = model["exact"]
        more = {"model": model["name"], "low": round(exact["low"], 4), "high": round(exact["high"], 4)}
        figures.add(name, round(exact["value"], 4), "share", questions=found["questions"], **more, **about)
    bounds = {key: round(beside[key], 4) for key in ("low", "high")}
    figures.add("recipe.over_best_trivial", round(beside["difference"], 4), "share", **bounds, **about)
    for aspect, figure in trained["per_aspect"].items():
        figures.add(f"recipe.exact.{aspect}", round(figure["exact"], 4), "share", questions=figure["n"], **about)


if __name__ == "__main__":
    main()
