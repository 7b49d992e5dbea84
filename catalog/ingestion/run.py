"""Working off PictureWork: claim some samples, decode outside any transaction, write the results in one.

Belongs here: the loop and its transaction.
Does not: reading bytes (fetching.py), decoding (children.py), storing (catalog.services.assets).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from django.db import transaction

from catalog import dispatch
from catalog.choices import ORIGINAL, SampleState
from catalog.errors import PictureRefused
from catalog.ingestion.children import Decoded, Decoder
from catalog.ingestion.fetching import fetch
from catalog.models import Picture, PictureWork, Sample
from catalog.services import assets
from config.base import work

log = structlog.get_logger()

LEASE = timedelta(minutes=3)
BATCH = 8


@dataclass
class Fetched:
    """A sample's pictures by slot, or the first reason against one."""

    claimed: PictureWork
    pictures: dict[str, Decoded] = field(default_factory=dict)
    refusal: str = ""


def ingest_due(*, until: datetime, clock: Callable[[], datetime]) -> int:
    """Work until no sample is due or the time is over; returns how many samples were finished."""
    decoder, finished = Decoder(), 0
    try:
        while clock() < until:
            claimed = work.claim(PictureWork, limit=BATCH, lease=LEASE, now=clock())
            if not claimed:
                break
            samples = Sample.objects.select_related("run").in_bulk([row.sample_id for row in claimed])
            fetched = [_fetch(row, samples[row.sample_id], decoder) for row in claimed]
            finished += _record(fetched, samples)
    finally:
        decoder.close()
    return finished


def _fetch(claimed: PictureWork, sample: Sample, decoder: Decoder) -> Fetched:
    result = Fetched(claimed)
    named = {ORIGINAL: sample.sources.original, **sample.sources.candidates}
    for slot, path in named.items():
        try:
            result.pictures[slot] = decoder.decode(fetch(sample.run.folder, path))
        except PictureRefused as refused:
            place = "original" if slot == ORIGINAL else f"candidates.{slot}"
            result.refusal = f"{place}: {path[:120]} {refused.message}"
            break
    return result


def _record(fetched: Sequence[Fetched], samples: dict[int, Sample]) -> int:
    good = [each for each in fetched if not each.refusal]
    stored = assets.store(picture for each in good for picture in each.pictures.values())
    with transaction.atomic():
        ready = [each for each in good if work.finish(each.claimed)]
        failed = [each for each in fetched if each.refusal and work.fail(each.claimed, failure=each.refusal)]
        ready_ids = [each.claimed.sample_id for each in ready]
        Picture.objects.filter(sample_id__in=ready_ids).delete()
        Picture.objects.bulk_create(
            Picture(sample_id=each.claimed.sample_id, slot=slot, asset=stored[picture.sha256])
            for each in ready
            for slot, picture in each.pictures.items()
        )
        failed_ids = [each.claimed.sample_id for each in failed]
        Sample.objects.filter(pk__in=ready_ids).update(state=SampleState.READY)
        Sample.objects.filter(pk__in=failed_ids).update(state=SampleState.FAILED)
        changed = sorted(
            (samples[pk] for pk in [*ready_ids, *failed_ids]), key=lambda row: (str(row.project_id), row.pk)
        )
        for project_id, rows in groupby(changed, key=lambda row: row.project_id):
            dispatch.samples_changed(project_id=project_id, sample_ids=[row.pk for row in rows])
    for each in failed:
        log.warning("picture.refused", sample_id=each.claimed.sample_id)
    return len(ready) + len(failed)
