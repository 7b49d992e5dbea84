"""Release rows and pictures as a release holds them, with and without a release around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from accounts.models import Project
from catalog.services import assets
from curation.models import Release
from curation.selectors import releases
from curation.selectors.releases import ReleaseInfo
from curation.shapes import ReleaseCounts, Shard
from training_bridge.choices import RunState
from training_bridge.models import TrainingRun


def picture(name: str) -> tuple[str, bytes]:
    """Some bytes that stand for a picture, and their hash."""
    content = f"picture {name}".encode()
    return hashlib.sha256(content).hexdigest(), content


def release_row(
    sample_id: str = "s-1",
    *,
    aspect: str = "physical_shadow",
    split: str = "train",
    slots: str = "ABCD",
    answer: Sequence[str] = ("B",),
    texts: Sequence[str] = ("{{B}} has no shadow, unlike {{A}}.",),
    concluded: Sequence[str] | None = None,
    instruction: str = "Which candidates have a wrong shadow?",
    family_id: str = "",
    **more: Any,
) -> dict[str, Any]:
    """One canonical row; `texts` become rationales that conclude the answer unless `concluded` is given."""

    def shown(slot: str) -> dict[str, Any]:
        sha256, _ = picture(f"{sample_id}/{slot}")
        return {"path": f"images/{sha256}.jpg", "sha256": sha256, "width": 64, "height": 64, "phash": "d1:00"}

    return {
        "schema": 1,
        "question": f"{sample_id}/{aspect}",
        "sample_id": sample_id,
        "family_id": family_id or f"f-{sample_id}",
        "split": split,
        "locale": "en",
        "instruction": instruction,
        "guideline": 1,
        "original": shown("O"),
        "candidates": [{"slot": slot, "generator": "", **shown(slot)} for slot in slots],
        "aspect": aspect,
        "answer": sorted(answer),
        "allows_none": True,
        "cells": {},
        "regions": [],
        "quality": {"opinions": 2, "agreement": 1.0, "adjudicated": False, "confidence": 0.9, "source": "majority"},
        "rationales": [
            {
                "id": f"c-{number}",
                "way": "manual",
                "stage": "plain",
                "answer_visible": False,
                "text": text,
                "sentences": [],
                "concluded": sorted(answer if concluded is None else concluded),
                "checks": {},
                "cost": {"usd": "0", "active_ms": 0},
                "sandbox": False,
            }
            for number, text in enumerate(texts, start=1)
        ],
        "difficulty": None,
        "metadata": {},
        **more,
    }


def lines(*rows: dict[str, Any]) -> list[bytes]:
    """Rows as a shard holds them."""
    return [json.dumps(row, sort_keys=True, ensure_ascii=False).encode() + b"\n" for row in rows]


def copy_from(rows: Sequence[dict[str, Any]]) -> Any:
    """What writes a row's pictures into an export."""
    contents = {
        sha256: content
        for row in rows
        for sha256, content in (picture(f"{row['sample_id']}/{slot}") for slot in "OABCDEFGH")
    }

    def copy(sha256: str, path: str, out: BinaryIO) -> None:
        out.write(contents[sha256])

    return copy


def release(
    project_id: UUID, rows: Sequence[dict[str, Any]], *, name: str = "v1", store_pictures: bool = True
) -> ReleaseInfo:
    """A frozen release of exactly these rows, its files in the storage as curation writes them."""
    media, folder = storages["media"], f"releases/{uuid4()}"
    counts, shards = {}, []
    for split in ("train", "validation", "test"):
        content = b"".join(lines(*(row for row in rows if row["split"] == split)))
        counts[split] = content.count(b"\n")
        if content:
            sha256 = hashlib.sha256(content).hexdigest()
            shards.append(Shard(f"rows/{split}-000-{sha256[:16]}.jsonl", split, counts[split], sha256))
            media.save(f"{folder}/{shards[-1].path}", ContentFile(content))
    media.save(f"{folder}/release.json", ContentFile(b'{\n "schema": 1\n}\n'))
    made = Release.objects.create(
        project_id=project_id,
        name=name,
        folder=folder,
        hash="0" * 64,
        seed=1,
        guideline_version=1,
        sandbox=False,
        counts=ReleaseCounts(counts, 0, 0, 0, {}),
        shards=shards,
    )
    if store_pictures:
        for row in rows:
            for slot in "OABCDEFGH":
                sha256, content = picture(f"{row['sample_id']}/{slot}")
                key = assets.key_of(sha256, "image/jpeg")
                if not media.exists(key):
                    media.save(key, ContentFile(content))
    return releases.by_id(made.pk)


def finished_run(project: Project, samples: Sequence[str] = ("r-1",), *, at: datetime) -> TrainingRun:
    """A run that is done, on a release of these samples."""
    made = release(project.pk, [release_row(sample) for sample in samples])
    return TrainingRun.objects.create(
        project=project,
        number=1,
        release_id=made.id,
        release_name="v1",
        release_hash=made.hash,
        recipe="tiny-cpu",
        state=RunState.DONE,
        progress=1,
        finished_at=at,
    )
