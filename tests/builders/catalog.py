"""The smallest valid sample, with or without pictures, and folders of pictures to import."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.db import connection
from PIL import Image

from catalog.choices import SampleState
from catalog.models import Asset, Import, Picture, PictureWork, Sample
from catalog.shapes import Sources

_count = itertools.count(1)


def sample(
    project_id: UUID,
    *,
    external_id: str = "",
    slots: str = "ABCD",
    group: str = "",
    pictures: bool = True,
    state: str = "",
) -> Sample:
    """A sample; with pictures it is ready. Its pictures are rows only: no file lies behind them (see `stored`)."""
    number = next(_count)
    with connection.cursor() as cursor:
        cursor.execute("select nextval('catalog_sample_number')")
        row = cursor.fetchone()
    run = Import.objects.create(project_id=project_id, name="built.jsonl", folder="file:///nowhere")
    made = Sample.objects.create(
        id=row[0] if row else 0,
        project_id=project_id,
        external_id=external_id or f"s-{number}",
        group=group,
        sources=Sources("o.jpg", {slot: f"{slot}.jpg" for slot in slots}),
        generator={},
        content_hash=number.to_bytes(16, "big"),
        run=run,
        line=1,
        state=state or (SampleState.READY if pictures else SampleState.WAITING),
    )
    if pictures:
        for slot in ["O", *slots]:
            Picture.objects.create(sample=made, slot=slot, asset=asset())
    return made


def samples(project_id: UUID, count: int, *, slots: str = "ABCD") -> list[Sample]:
    """Several of them."""
    return [sample(project_id, slots=slots) for _ in range(count)]


def asset(*, sha256: str = "", width: int = 64, height: int = 64, phash: int = 0) -> Asset:
    """An asset's row, without its file."""
    number = next(_count)
    return Asset.objects.create(
        sha256=sha256 or f"{number:064x}",
        source_sha256=sha256 or f"{number:064x}",
        media_type="image/jpeg",
        width=width,
        height=height,
        bytes=1000,
        phash=phash or number,
        phash_version=1,
    )


def stored(project_id: UUID, folder: Path, *, external_id: str = "", slots: str = "ABCD") -> Sample:
    """A sample with real pictures in the storage, through ingestion itself."""
    from catalog.ingestion.run import ingest_due

    number = next(_count)
    made = sample(project_id, external_id=external_id, slots=slots, pictures=False)
    Import.objects.filter(pk=made.run_id).update(folder=f"file://{folder}")
    for place, name in enumerate(["o.jpg", *(f"{slot}.jpg" for slot in slots)]):
        picture(folder / name, colour=(number * 37 % 256, place * 50 % 256, number % 256))
    PictureWork.objects.create(sample=made)
    clock = lambda: datetime.now(UTC)  # noqa: E731  (a clock is a function)
    ingest_due(until=datetime(2999, 1, 1, tzinfo=UTC), clock=clock)
    made.refresh_from_db()
    return made


def picture(path: Path, *, colour: tuple[int, int, int] = (200, 80, 40), size: tuple[int, int] = (64, 48)) -> Path:
    """A small JPEG with some structure, so that its hashes differ from its neighbours'."""
    image = Image.new("RGB", size, colour)
    image.paste((255 - colour[0], colour[2], colour[1]), (4, 4, size[0] // 2, size[1] // 3))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, "JPEG", quality=90)
    return path


def manifest(folder: Path, rows: Sequence[object], *, name: str = "manifest.jsonl") -> Path:
    """A manifest; a string is written as it is, anything else as JSON."""
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def row(folder: Path, name: str, *, slots: str = "ABCD", **more: object) -> dict[str, object]:
    """A manifest row whose pictures are drawn into the folder."""
    number = next(_count)
    for place, file in enumerate(["o", *slots]):
        picture(folder / name / f"{file}.jpg", colour=(number * 53 % 256, place * 40 % 256, number * 7 % 256))
    candidates = {slot: f"{name}/{slot}.jpg" for slot in slots}
    return {"id": name, "original": f"{name}/o.jpg", "candidates": candidates, **more}
