"""What the apps below know about a set of questions, fetched set-wise.

Belongs here: aspects, pictures, settled answers, verdicts and regions, put together once for a batch of questions.
Does not: filling prompts (asking.py), checking (checks/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotation.selectors import consensus as consensus_selectors
from annotation.selectors import evidence as evidence_selectors
from annotation.shapes import Region
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import pictures as picture_selectors
from catalog.selectors import samples as sample_selectors
from cot_generation.checks.facts import Facts, MarkedRegion
from cot_generation.prompts.rendering import OfferedRegion
from cot_generation.shapes import Sentence

ORIGINAL = "O"


@dataclass(frozen=True)
class PictureFact:
    slot: str
    sha256: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class QuestionFacts:
    """One question as people and pictures have it. `answer` is None where nothing is settled."""

    sample_id: int
    aspect_id: int
    external_id: str
    aspect_key: str
    aspect_names: Mapping[str, str]
    descriptions: Mapping[str, str]
    original: PictureFact | None
    candidates: tuple[PictureFact, ...]
    answer: tuple[str, ...] | None
    severities: Mapping[str, str]
    regions: tuple[OfferedRegion, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(picture.slot for picture in self.candidates)

    def aspect_name(self, locale: str) -> str:
        return self.aspect_names.get(locale.split("-")[0]) or self.aspect_key.replace("_", " ")

    def description(self, locale: str) -> str:
        return self.descriptions.get(locale.split("-")[0], "")

    def for_checks(
        self,
        sentences: tuple[Sentence, ...],
        concluded: Sequence[str] | None,
        *,
        answer_visible: bool,
        locale: str = "",
    ) -> Facts:
        """What the checks look at. A writer who was told the answer was offered the regions with it."""
        marked = {
            region.id: MarkedRegion(
                id=region.id,
                slot=region.slot,
                aspect=self.aspect_key,
                centre=(region.box[0] + region.box[2] / 2, region.box[1] + region.box[3] / 2),
            )
            for region in self.regions
        }
        return Facts(
            sentences=sentences,
            concluded=None if concluded is None else frozenset(concluded),
            slots=self.slots,
            aspect=self.aspect_key,
            answer=None if self.answer is None else frozenset(self.answer),
            answer_visible=answer_visible,
            severities=self.severities,
            regions=marked,
            regions_offered=answer_visible,
            locale=locale,
        )


def _offered(regions: Sequence[Region], aspect: str, sizes: Mapping[str, tuple[int, int]]) -> tuple[OfferedRegion, ...]:
    offered = []
    for region in regions:
        if region.aspect != aspect or region.slot not in sizes:
            continue
        width, height = sizes[region.slot]
        corners = region.corners()
        left, top = min(x for x, _ in corners), min(y for _, y in corners)
        wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
        box = (left / width, top / height, wide / width, high / height)
        offered.append(OfferedRegion(id=region.id, slot=region.slot, box=box, note=region.note[:200]))
    return tuple(offered)


def gather(project_id: UUID, questions: Sequence[tuple[int, int]]) -> dict[tuple[int, int], QuestionFacts]:
    """(sample, aspect) -> its facts; questions of samples or aspects that are gone are left out."""
    sample_ids = sorted({sample_id for sample_id, _ in questions})
    aspects = {aspect.id: aspect for aspect in aspect_selectors.of_project(project_id)}
    samples = sample_selectors.infos(sample_ids)
    pictures = picture_selectors.of_samples(sample_ids)
    settled = consensus_selectors.for_samples(sample_ids)
    evidence = evidence_selectors.for_samples(sample_ids)
    found = {}
    for sample_id, aspect_id in questions:
        aspect, sample = aspects.get(aspect_id), samples.get(sample_id)
        if aspect is None or sample is None:
            continue
        shown = [
            PictureFact(picture.slot, picture.sha256, picture.media_type, picture.width, picture.height)
            for picture in pictures.get(sample_id, [])
        ]
        sizes = {picture.slot: (picture.width, picture.height) for picture in shown}
        agreed, marked = settled.get((sample_id, aspect_id)), evidence.get(sample_id)
        found[sample_id, aspect_id] = QuestionFacts(
            sample_id=sample_id,
            aspect_id=aspect_id,
            external_id=sample.external_id,
            aspect_key=aspect.key,
            aspect_names=aspect.names,
            descriptions=aspect.description,
            original=next((picture for picture in shown if picture.slot == ORIGINAL), None),
            candidates=tuple(
                sorted((each for each in shown if each.slot != ORIGINAL), key=lambda picture: picture.slot)
            ),
            answer=None if agreed is None or agreed.disputed or agreed.answer is None else tuple(agreed.answer),
            severities={
                slot: row[aspect.key] for slot, row in (marked.cells if marked else {}).items() if aspect.key in row
            },
            regions=_offered(marked.regions if marked else (), aspect.key, sizes),
        )
    return found
