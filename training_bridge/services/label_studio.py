"""Projects, batches and releases for Label Studio: a folder of tasks, configuration and pictures, or a running server.

Belongs here: collecting what is known of each sample, writing and sending it.
Does not: what a task looks like (training_bridge.exports.label_studio); reading one back (catalog's sources).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from django.conf import settings

from annotation.selectors import batches, consensus, evidence
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import pictures as catalog_pictures
from catalog.selectors import samples as catalog_samples
from config.base.errors import InvalidInput, NotFound
from cot_generation.selectors import rationales
from curation.selectors.releases import ReleaseInfo
from training_bridge.errors import LabelStudioRefused, SlotsDiffer
from training_bridge.exports import folder, label_studio
from training_bridge.exports.label_studio import Judged, Marked, Shown
from training_bridge.services import frozen

CHUNK = 500
SENT = 200
OVERALL = "overall"
MARK = re.compile(r"\{\{([A-Z])\}\}")
SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}
Said = Callable[[int], None]


@dataclass(frozen=True)
class Written:
    """What an export holds."""

    tasks: int
    judged: int
    pictures: int


def of_project(project_id: UUID, *, batch: int | None = None) -> Iterator[Judged]:
    """Every ready sample of the project, or of one of its batches, as it stands now. Raises NotFound."""
    ids = catalog_samples.ids(project_id) if batch is None else batches.sample_ids(project_id=project_id, number=batch)
    if not ids:
        raise NotFound("There is no sample to export.")
    keys = {each.id: each.key for each in catalog_aspects.of_project(project_id)}
    for start in range(0, len(ids), CHUNK):
        yield from _chunk(ids[start : start + CHUNK], keys)


def _chunk(ids: Sequence[int], keys: dict[int, str]) -> Iterator[Judged]:
    infos, shown = catalog_samples.infos(ids), catalog_pictures.of_samples(ids)
    standing, marked = consensus.for_samples(ids), evidence.for_samples(ids)
    written = rationales.for_samples(list(ids))
    for sample_id in ids:
        if sample_id not in shown:
            continue
        said = marked.get(sample_id, evidence.Evidence())
        answers = {key: standing.get((sample_id, aspect_id)) for aspect_id, key in keys.items()}
        yield Judged(
            sample=infos[sample_id].external_id,
            group=infos[sample_id].group,
            pictures={
                each.slot: Shown(
                    f"images/{each.sha256}.{SUFFIX[each.media_type]}", each.sha256, each.width, each.height
                )
                for each in shown[sample_id]
            },
            answers={key: each.answer for key, each in answers.items() if each and each.answer is not None},
            cells=_known(said.cells, keys.values()),
            regions=[
                Marked(each.slot, each.aspect, each.box, each.point, each.polygon, each.note)
                for each in said.regions
                if each.aspect in keys.values()
            ],
            rationales={
                key: [_plain(each.text) for each in written.get((sample_id, aspect_id), [])]
                for aspect_id, key in keys.items()
            },
        )


def of_release(release: ReleaseInfo) -> Iterator[Judged]:
    """Every sample of a frozen release, as it was frozen. Answers to `overall` follow from the others and stay out."""
    rows = (msgspec.json.decode(line) for line in frozen.lines(release))
    for sample, of_sample in itertools.groupby(rows, key=lambda row: row["sample_id"]):
        questions = [row for row in of_sample if row["aspect"] != OVERALL]
        if questions:
            yield _frozen(sample, questions)


def _frozen(sample: str, questions: Sequence[dict[str, Any]]) -> Judged:
    first = questions[0]
    cells: dict[str, dict[str, str]] = {}
    for row in questions:
        for slot, by_aspect in row["cells"].items():
            cells.setdefault(slot, {}).update(by_aspect)
    return Judged(
        sample=sample,
        group=first["family_id"],
        pictures={"O": _shown(first["original"]), **{each["slot"]: _shown(each) for each in first["candidates"]}},
        answers={row["aspect"]: row["answer"] for row in questions},
        cells=_known(cells, {row["aspect"] for row in questions}),
        regions=[
            Marked(
                slot=region["slot"],
                aspect=region["aspect"],
                box=region.get("box"),
                point=region.get("point"),
                polygon=region.get("polygon"),
                note=region.get("note", ""),
            )
            for row in questions
            for region in row["regions"]
        ],
        rationales={row["aspect"]: [_plain(each["text"]) for each in row["rationales"]] for row in questions},
    )


def _shown(picture: dict[str, Any]) -> Shown:
    return Shown(picture["path"], picture["sha256"], picture["width"], picture["height"])


def _known(cells: dict[str, dict[str, str]], keys: Iterable[str]) -> dict[str, dict[str, str]]:
    wanted = set(keys)
    return {
        slot: {aspect: severity for aspect, severity in by_aspect.items() if aspect in wanted}
        for slot, by_aspect in cells.items()
    }


def _plain(text: str) -> str:
    """Slots as people read them."""
    return MARK.sub(r"\1", text)


def severities(project_id: UUID, *, retired: bool = False) -> dict[str, Sequence[str]]:
    """Aspects with the verdicts their controls offer: all of them, since older verdicts may have more.

    A release may hold aspects that are `retired` since.
    """
    found = [*catalog_aspects.of_project(project_id), *(catalog_aspects.retired(project_id) if retired else ())]
    return {each.key: ("none", "minor", "major", "unsure") for each in found}


def to_folder(
    judged: Iterable[Judged], *, aspects: dict[str, Sequence[str]], out: Path, root: str, said: Said | None = None
) -> Written:
    """`tasks.json`, `config.xml` and `images/` in a new folder.

    Pictures are named below `root` of Label Studio's local files. Raises FolderTaken, SlotsDiffer, PictureMissing.
    """
    count = with_answers = 0
    prefix = f"{root.strip('/')}/" if root.strip("/") else ""
    address = lambda path: f"/data/local-files/?d={quote(prefix + path)}"  # noqa: E731  (handed on)
    with folder.Building(out) as building:
        shelf = folder.PictureShelf(building.root, frozen.copy_picture)
        slots: list[str] = []
        with (building.root / "tasks.json").open("wb") as file:
            file.write(b"[")
            for each in judged:
                slots = _same_slots(each, slots)
                for shown in each.pictures.values():
                    shelf.take(shown.path, shown.sha256)
                task = label_studio.task(each, address=address)
                file.write((b",\n" if count else b"\n") + msgspec.json.encode(task))
                count, with_answers = count + 1, with_answers + bool(task["annotations"])
                if said is not None and count % 100 == 0:
                    said(count)
            file.write(b"\n]\n")
        (building.root / "config.xml").write_text(label_studio.config(aspects, slots), encoding="utf-8")
        pictures, _ = shelf.close()
        building.settle()
    return Written(count, with_answers, pictures.count)


def _same_slots(judged: Judged, slots: list[str]) -> list[str]:
    """One configuration shows the same candidates in every task."""
    if slots and judged.slots != slots:
        raise SlotsDiffer(
            "{sample} has the candidates {slots}, the others have {others}. Export batches of samples with "
            "equally many candidates.",
            slots="".join(judged.slots),
            others="".join(slots),
            sample=judged.sample,
        )
    return judged.slots


def send(
    judged: Iterable[Judged],
    *,
    aspects: dict[str, Sequence[str]],
    server: str,
    title: str,
    pictures: str,
    said: Said | None = None,
) -> tuple[int, int]:
    """A new project on a running Label Studio, through its SDK; returns its number and how many tasks it has.

    `pictures` is the address before `images/…` under which that server's users reach the pictures. Raises
    LabelStudioRefused, SlotsDiffer, InvalidInput.
    """
    if not settings.LABEL_STUDIO_API_KEY:
        raise InvalidInput("Set LABEL_STUDIO_API_KEY to a key of that Label Studio.")
    try:
        from label_studio_sdk.client import LabelStudio
        from label_studio_sdk.core.api_error import ApiError
    except ImportError:
        raise InvalidInput("label-studio-sdk is not installed here; install requirements/dev.txt.") from None
    every = iter(judged)
    first = list(itertools.islice(every, 1))
    slots = first[0].slots if first else []
    client: Any = LabelStudio(base_url=server, api_key=settings.LABEL_STUDIO_API_KEY)  # type: ignore[no-untyped-call]  # the SDK's
    sent = 0
    try:
        project = client.projects.create(title=title[:50], label_config=label_studio.config(aspects, slots))
        while chunk := [*first, *itertools.islice(every, SENT - len(first))]:
            first = []
            for each in chunk:
                _same_slots(each, slots)
            tasks = [label_studio.task(each, address=lambda path: f"{pictures.rstrip('/')}/{path}") for each in chunk]
            client.projects.import_tasks(id=project.id, request=tasks)
            sent += len(tasks)
            if said is not None:
                said(sent)
    except ApiError as error:
        raise LabelStudioRefused(
            "{server} answered with status {status}: {said}",
            server=server,
            status=error.status_code,
            said=str(error.body)[:300],
        ) from None
    return int(project.id), sent
