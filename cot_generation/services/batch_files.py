"""The files of call batches at their endpoint: pictures and replies need not lie there any longer than they are needed.

Belongs here: deleting the files of a batch that has ended, and what a worker that died between upload and intents left.
Does not: uploading (batch_forming.py), fetching (batch_collecting.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog

from config.base.choices import WorkState
from cot_generation import endings
from cot_generation.choices import BatchPhase
from cot_generation.models import CallBatch
from cot_generation.providers.answers import Target
from cot_generation.providers.openai_batches import Batches, Refused
from cot_generation.services import batch_steps as steps
from cot_generation.services.batch_steps import Mover

log = structlog.get_logger()

AGAIN_AFTER = timedelta(hours=1)
TRIED_FOR = timedelta(days=2)  # where an endpoint will not delete, its files lie on
_NAME = re.compile(r"loupe-([0-9a-f-]{36})-(\d+)-(\d+)\.jsonl")


def name_of(batch: CallBatch) -> str:
    """What an upload is called: run, batch and fence, so that a later look can tell whose it was."""
    return f"loupe-{batch.run_id}-{batch.pk}-{batch.fence}.jsonl"


def ended(batch: CallBatch, phase: BatchPhase, *, failure: str = "", now: datetime) -> None:
    """The batch has ended as `phase`; its files are still to be forgotten, by the next move."""
    steps.later(batch, at=now, failure=failure, phase=phase, ended_at=now)


def forget(batch: CallBatch, target: Target, mover: Mover) -> None:
    """Delete the files of an ended batch, and what earlier uploads for its run left behind; then it is done."""
    try:
        delete([each for each in (batch.input_file, batch.output_file, batch.error_file) if each], target, mover)
        delete_orphans(batch.run_id, target, mover)
    except Refused as refused:
        now, ending = mover.clock(), endings.read(refused.answer)
        if batch.ended_at is None or now - batch.ended_at < TRIED_FOR:
            steps.later(batch, at=now + AGAIN_AFTER, failure=ending.detail or ending.outcome.label)
            return
        log.warning("batch.files_left", batch_id=batch.pk)
    steps.keep(batch, state=WorkState.DONE, owner="", lease_expires_at=None)


def delete(files: Sequence[str], target: Target, mover: Mover) -> None:
    """Delete these; what is gone already is fine. Raises Refused."""
    for file_id in files:
        try:
            mover.say(target, partial(Batches.delete, file_id=file_id))
        except Refused as refused:
            if refused.answer.status != 404:
                raise


def delete_orphans(run_id: UUID, target: Target, mover: Mover) -> None:
    """Uploads for this run that no batch holds: their worker died before the intents were written. Raises Refused.

    An endpoint without a list of files has none that we could see.
    """
    try:
        listed = mover.say(target, lambda api: api.uploads())
    except Refused as refused:
        if refused.answer.status in (404, 405, 501):
            return
        raise
    named = [
        (file_id, found) for file_id, name in listed if (found := _NAME.fullmatch(name)) and found[1] == str(run_id)
    ]
    if not named:
        return
    batches = CallBatch.objects.filter(run_id=run_id)
    forming = dict(batches.filter(phase=BatchPhase.FORMING, state=WorkState.RUNNING).values_list("pk", "fence"))
    held = set(batches.exclude(state=WorkState.DONE).values_list("input_file", flat=True))
    left = [
        file_id
        for file_id, found in named
        if file_id not in held and forming.get(int(found[2])) != int(found[3])  # that one goes up at this moment
    ]
    if left:
        delete(left, target, mover)
        log.info("batch.orphans_deleted", run_id=str(run_id), count=len(left))
