"""From a queued run to its process: the run folder, then the start.

Belongs here: what goes into the folder (docs/reference/recipes.md, "What goes in"), in an order that can be repeated.
Does not: drawing the pool (pool.py), asking the endpoint (comparison.py), watching the process (supervision.py).

A worker does this under a lease. Killed half way, the next one goes on: files that are complete are kept.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import structlog
from django.conf import settings
from django.db import transaction

import training_bridge
from config.base import work
from config.base.errors import DomainError
from config.base.words import noted
from training_bridge import recipes
from training_bridge.choices import RunState
from training_bridge.errors import RowUnusable
from training_bridge.exports import rows
from training_bridge.launchers import local
from training_bridge.models import QuestionState, RunPreparation, TrainingRun
from training_bridge.services import comparison, frozen, pool
from training_bridge.services.runs import folder_of

log = structlog.get_logger()

LEASE = timedelta(minutes=3)
PACKAGE = Path(training_bridge.__file__).parent
READY = ".prepared"
CHUNK = 2000


class LostTheLease(Exception):
    """Another worker prepares this run now, or it was cancelled."""


class Said:
    """Tells where the preparation stands and keeps the lease; at most once a second."""

    def __init__(self, preparation: RunPreparation, *, clock: Callable[[], datetime]) -> None:
        self._row, self._clock = preparation, clock
        self._last: datetime | None = None

    def __call__(self, message: str, *, at_once: bool = False) -> None:
        now = self._clock()
        if not at_once and self._last is not None and now - self._last < timedelta(seconds=1):
            return
        self._last = now
        if not work.renew(self._row, lease=LEASE, now=now):
            raise LostTheLease
        TrainingRun.objects.filter(pk=self._row.run_id, state=RunState.PREPARING).update(message=message)


def prepare_due(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Prepare and start queued runs until none is due. Returns how many were claimed."""
    count = 0
    while clock() < until and (found := work.claim(RunPreparation, limit=1, lease=LEASE, now=clock())):
        _prepare(found[0], clock=clock)
        count += 1
    return count


def _prepare(preparation: RunPreparation, *, clock: Callable[[], datetime]) -> None:
    run = TrainingRun.objects.get(pk=preparation.run_id)
    TrainingRun.objects.filter(pk=run.pk, state=RunState.QUEUED).update(state=RunState.PREPARING)
    said = Said(preparation, clock=clock)
    try:
        fill(run, said)
        launch(run, now=clock())
    except LostTheLease:
        log.info("training.preparation_lost", run_id=str(run.pk))
        return
    except DomainError as error:
        TrainingRun.objects.filter(pk=run.pk, state=RunState.PREPARING).update(
            state=RunState.FAILED, failure=error.message, message="", resumable=True, finished_at=clock()
        )
        work.fail(preparation, failure=error.message)
        log.warning("training.preparation_failed", run_id=str(run.pk), code=error.code)
        return
    work.finish(preparation)


def fill(run: TrainingRun, said: Callable[..., None]) -> None:
    """Everything that goes into the run folder. Complete already: nothing is done."""
    root = folder_of(run)
    if (root / READY).exists():
        return
    said(noted("Copies the release."), at_once=True)
    for name in ("release", "images"):
        (root / name).mkdir(parents=True, exist_ok=True)
    release = frozen.by_id(run.release_id)
    total = frozen.question_count(release)
    asked: list[rows.QuestionRow] = []
    done = 0
    for split in rows.SPLITS:
        part = root / "release" / f".{split}.part"
        with part.open("wb") as out:
            for raw in unseen_too(run, split, frozen.lines(release, split)):
                row = rows.decode(raw)
                for path, sha256 in row.pictures():
                    _link(sha256, path, root)
                out.write(raw.rstrip(b"\n") + b"\n")
                if split == "test":
                    asked.append(row)
                done += 1
                said(noted("Copies the release: {done:,} of {total:,} questions.", done=done, total=total))
        part.replace(root / "release" / f"{split}.jsonl")
    if recipes.begins_from_nothing(run.recipe):
        pool.draw(root, count=pool.SMOKE_COUNT if run.smoke else pool.COUNT, seed=run.seed, said=said)
    said(noted("Copies the trainer."), at_once=True)
    copy_code(root / "code" / "training_bridge")
    write_request(run, root)
    comparison.ask(run, asked)
    (root / READY).write_text("")


def _link(sha256: str, path: str, root: Path) -> None:
    target = root / path
    if not target.resolve().is_relative_to(root.resolve()):
        raise RowUnusable("The release names a picture outside its folder: {path}", path=path)
    if target.exists():
        return
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    frozen.link_picture(sha256, path, part)
    part.replace(target)


class _Quality(msgspec.Struct, frozen=True):
    source: str = ""
    opinions: int | None = None
    agreement: float | None = None


class _TrainRow(msgspec.Struct, frozen=True):
    question: str
    sample_id: str
    aspect: str
    answer: tuple[str, ...]
    quality: _Quality = _Quality()


_train_row = msgspec.json.Decoder(_TrainRow)


def unseen_too(run: TrainingRun, split: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines; training questions are noted as not seen yet, so that what mining leaves out is counted too."""
    noted: list[QuestionState] = []
    for raw in lines:
        if split == "train":
            row = _train_row.decode(raw)
            noted.append(
                QuestionState(
                    run=run,
                    question=row.question,
                    sample_external_id=row.sample_id,
                    aspect=row.aspect,
                    answer=sorted(row.answer),
                    answer_source=row.quality.source,
                    opinions=row.quality.opinions,
                    agreement=row.quality.agreement,
                )
            )
        if len(noted) >= CHUNK:
            QuestionState.objects.bulk_create(noted, ignore_conflicts=True)
            noted = []
        yield raw
    QuestionState.objects.bulk_create(noted, ignore_conflicts=True)


def copy_code(to: Path) -> None:
    """The trainer as it stands here, under the same import path; what runs is what the folder holds."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    shutil.copyfile(PACKAGE / "__init__.py", to / "__init__.py")
    shutil.copytree(PACKAGE / "trainer", to / "trainer", ignore=shutil.ignore_patterns("__pycache__"))


def write_request(run: TrainingRun, root: Path) -> None:
    """run.json: what was asked for."""
    request: dict[str, Any] = {
        "schema": 1,
        "run": str(run.pk),
        "recipe": run.recipe,
        "seed": run.seed,
        "smoke": run.smoke,
        "release": {"name": run.release_name, "hash": run.release_hash},
        "overrides": {},
        "versions": {"platform": settings.SPECTACULAR_SETTINGS["VERSION"]},
    }
    part = root / ".run.json.part"
    part.write_text(json.dumps(request, indent=1) + "\n", encoding="utf-8")
    part.replace(root / "run.json")


def launch(run: TrainingRun, *, now: datetime) -> None:
    """Start the process. The row says so first: two workers can never both start it."""
    root = folder_of(run)
    with transaction.atomic():
        current = TrainingRun.objects.select_for_update().get(pk=run.pk)
        if current.state != RunState.PREPARING:
            raise LostTheLease
        (root / "control.json").unlink(missing_ok=True)  # an old wish; new ones wait for this row
        current.state, current.fence, current.host = RunState.RUNNING, current.fence + 1, local.this_host()
        current.pid, current.pid_born, current.launched_at, current.message = None, "", now, "Starts."
        current.save(update_fields=["state", "fence", "host", "pid", "pid_born", "launched_at", "message"])
    process = local.start(
        root,
        trainer_python=settings.TRAINER_PYTHON,
        resume=(root / "plan.json").exists(),
        environ=os.environ,
    )
    TrainingRun.objects.filter(pk=run.pk, fence=current.fence).update(pid=process.pid, pid_born=process.born)
    log.info("training.launched", run_id=str(run.pk), pid=process.pid)
