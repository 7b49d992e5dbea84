"""A run that was made elsewhere, from its folder alone: on a machine with a GPU, or by another Loupe.

Belongs here: whether such a folder can be trusted, bringing it in, its row.
Does not: reading what the run told (reading.py), how a run ends (supervision.py).
"""

from __future__ import annotations

import shutil
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from config.base.choices import WorkState
from cot_generation.selectors import evaluations as endpoint_selectors
from curation.selectors.releases import ReleaseInfo
from training_bridge.choices import LIVE, ModelKind
from training_bridge.errors import FolderUnusable, RunNotMovable
from training_bridge.exports import rows
from training_bridge.models import RunPreparation, TrainingRun
from training_bridge.services import frozen, preparation, reading, runs, supervision

CACHES = ("cache", "code", ".*.part")


class OfRelease(msgspec.Struct, frozen=True):
    """The release a run was made on."""

    name: str
    hash: str


class Request(msgspec.Struct, frozen=True):
    """run.json, as far as a row keeps it."""

    run: UUID
    recipe: str
    release: OfRelease
    seed: int = 0
    smoke: bool = False


def adopt(*, project_id: UUID, folder: Path, actor_id: int | None, now: datetime, gone: bool = False) -> TrainingRun:
    """The run of this folder, which has ended, with all it told; its files are copied to where runs live.

    `gone`: its process was killed and could not say so; it counts as interrupted and can be resumed here.
    A run that began here and went on elsewhere is told anew from what it has become; any other gets the project's next
    number. The folder's rows must be those of a release of this project, to the byte: it is measured beside others.
    Raises FolderUnusable, RunNotMovable.
    """
    request, status = _request(folder), _status(folder, gone=gone)
    release = frozen.by_hash(project_id, request.release.hash)
    if release is None:
        raise FolderUnusable(
            "This run was made on release {release!r}, and the project has none with that hash.",
            release=request.release.name,
        )
    _same_rows(folder, release)
    _movable(project_id, request.run)
    _bring(folder, request.run)
    with transaction.atomic():
        run = _row(project_id, request, release)
        for _ in preparation.unseen_too(run, "train", frozen.lines(release, "train")):
            pass
        while not reading.take_in(run):
            pass
        _name_endpoint(run)
        supervision.note_standing(run, status)
        supervision.conclude(run, status, now=now)
        runs.record(run, "training.adopted", actor_id, {"folder": str(folder)})
    return run


def _request(folder: Path) -> Request:
    try:
        return msgspec.json.decode((folder / "run.json").read_bytes(), type=Request)
    except OSError:
        raise FolderUnusable("{folder} holds no run.json: it is no run folder.", folder=str(folder)) from None
    except msgspec.DecodeError as error:
        raise FolderUnusable("run.json is not what the contract says: {why}", why=str(error)) from None


def _status(folder: Path, *, gone: bool) -> dict[str, Any]:
    status = supervision.read_json(folder / "status.json") or {}
    if status.get("state") in supervision.ENDINGS:
        return status
    if gone:
        return status | {"state": "interrupted"}
    raise FolderUnusable(
        "This run has not ended: its status says {state!r}. "
        "Adopt it when it has, or with --gone if its process was killed.",
        state=status.get("state"),
    )


def _same_rows(folder: Path, release: ReleaseInfo) -> None:
    for split in rows.SPLITS:
        try:
            with (folder / "release" / f"{split}.jsonl").open("rb") as found:
                pairs = zip_longest((line.rstrip(b"\n") for line in found), frozen.lines(release, split))
                same = all(one == other for one, other in pairs)
        except FileNotFoundError:
            same = False
        if not same:
            raise FolderUnusable(
                "The rows in release/{split}.jsonl are not those of release {release!r}.",
                split=split,
                release=release.name,
            )


def _movable(project_id: UUID, run_id: UUID) -> None:
    known = TrainingRun.objects.filter(pk=run_id).first()
    if known is not None and known.project_id != project_id:
        raise FolderUnusable("This run belongs to another project.")
    if known is not None and known.state in LIVE:
        raise RunNotMovable("Run {run} has not ended here.", run=known.number, state=known.state)


def _bring(folder: Path, run_id: UUID) -> None:
    """The files to where runs live, whole or not at all; what lay there is replaced."""
    target = runs.folder_named(run_id)
    if folder.resolve() == target.resolve():
        return
    part, old = (target.with_name(f".{target.name}.{suffix}") for suffix in ("part", "old"))
    for left in (part, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(folder, part, symlinks=True, ignore=shutil.ignore_patterns(*CACHES))
    preparation.copy_code(part / "code" / "training_bridge")  # Resume runs it, and only our own shall run here
    if target.exists():
        target.replace(old)
    part.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def _row(project_id: UUID, request: Request, release: ReleaseInfo) -> TrainingRun:
    known = TrainingRun.objects.select_for_update().filter(pk=request.run).first()
    if known is not None:
        known.cancel_asked_at = None
        known.save(update_fields=["cancel_asked_at"])
        return known
    run = runs.numbered(
        id=request.run,
        project_id=project_id,
        release_id=release.id,
        release_name=release.name,
        release_hash=release.hash,
        recipe=request.recipe,
        seed=request.seed,
        smoke=request.smoke,
    )
    # So that it can be resumed here, should it have been stopped there.
    RunPreparation.objects.create(run=run, max_attempts=3, state=WorkState.DONE)
    return run


def _name_endpoint(run: TrainingRun) -> None:
    """An endpoint that answered elsewhere counts as a sandbox unless this project knows it as none."""
    if run.endpoint_name:
        return
    name = run.evaluations.filter(kind=ModelKind.ENDPOINT).values_list("name", flat=True).first()
    if name is None:
        return
    known = {each.name: each.sandbox for each in endpoint_selectors.endpoints(run.project_id)}
    run.endpoint_name, run.endpoint_sandbox = name, known.get(name, True)
    run.save(update_fields=["endpoint_name", "endpoint_sandbox"])
    run.evaluations.filter(kind=ModelKind.ENDPOINT, name=name).update(sandbox=run.endpoint_sandbox)
