"""One canonical row a question, from what the apps below say of a sample.

Belongs here: the release row contract. Pure: the same sample gives the same bytes.
Does not: choosing samples and splits (services.releases).

Rationale text names slots as `{{A}}`; the letters people or models saw are drawn at export.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from annotation.selectors.consensus import ConsensusInfo
from annotation.selectors.evidence import Evidence
from annotation.shapes import Region
from catalog.selectors.aspects import AspectInfo
from catalog.selectors.guidelines import GuidelineInfo
from catalog.selectors.pictures import PictureInfo
from catalog.selectors.samples import SampleInfo
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.selectors.readings import ReadVersion
from curation.choices import Split

SCHEMA = 1
OVERALL = "overall"
OVERALL_QUESTION = {"en": "Which candidates have any defect?", "zh": "哪些候选图存在任何缺陷?"}
SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}
ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="string")


@dataclass(frozen=True)
class Subject:
    """A sample with everything that is known of it."""

    info: SampleInfo
    pictures: Sequence[PictureInfo]
    evidence: Evidence
    consensus: Mapping[int, ConsensusInfo]  # by aspect id; answered and undisputed questions only
    rationales: Mapping[int, Sequence[RationaleInfo]]  # by aspect id; audited ones only
    difficulty: Mapping[str, Mapping[str, Any]]  # by aspect key
    readings: Mapping[int, Sequence[ReadVersion]] = field(default_factory=dict)  # by rationale id
    overall: Sequence[str] | None = None  # what a manifest says of the whole


@dataclass(frozen=True)
class Place:
    """Where the sample lies in the release."""

    split: Split
    family: str


def questions(
    subject: Subject, place: Place, *, aspects: Sequence[AspectInfo], guideline: GuidelineInfo, locale: str
) -> list[tuple[str, bytes]]:
    """Question name and its line (without newline): aspects in order, then `overall`.

    That is what a manifest says of the whole; once every aspect is answered, and not by imports alone, their union.
    """
    found = []
    for aspect in aspects:
        if aspect.id in subject.consensus:
            row = _row(subject, place, aspect, guideline, locale)
            found.append((row["question"], ENCODER.encode(row)))
    derived = len(found) == len(aspects) > 1
    by_people = any(each.source != "imported" for each in subject.consensus.values())
    if derived and (by_people or subject.overall is None):
        row = _overall(subject, place, aspects, guideline, locale)
        found.append((row["question"], ENCODER.encode(row)))
    elif subject.overall is not None:
        whole = _whole(subject, place, aspects, guideline, locale)
        row = whole | {"answer": sorted(subject.overall), "quality": IMPORTED}
        found.append((row["question"], ENCODER.encode(row)))
    return found


def picture_path(picture: PictureInfo) -> str:
    """Where exports put it, below their own folder."""
    return f"images/{picture.sha256}.{SUFFIX[picture.media_type]}"


def _common(subject: Subject, place: Place, key: str, guideline: GuidelineInfo, locale: str) -> dict[str, Any]:
    info = subject.info
    return {
        "schema": SCHEMA,
        "question": f"{info.external_id}/{key}",
        "sample_id": info.external_id,
        "family_id": place.family,
        "split": place.split.value,
        "locale": locale,
        "guideline": guideline.version,
        "aspect": key,
        "allows_none": True,
        "original": next(_picture(picture) for picture in subject.pictures if picture.slot == "O"),
        "candidates": [
            {"slot": picture.slot, "generator": picture.generator, **_picture(picture)}
            for picture in subject.pictures
            if picture.slot != "O"
        ],
        "metadata": info.metadata,
    }


def _picture(picture: PictureInfo) -> dict[str, Any]:
    return {
        "path": picture_path(picture),
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "phash": picture.phash,
    }


def _row(subject: Subject, place: Place, aspect: AspectInfo, guideline: GuidelineInfo, locale: str) -> dict[str, Any]:
    standing = subject.consensus[aspect.id]
    cells = {
        slot: {aspect.key: by_aspect[aspect.key]}
        for slot, by_aspect in sorted(subject.evidence.cells.items())
        if aspect.key in by_aspect
    }
    return _common(subject, place, aspect.key, guideline, locale) | {
        "instruction": _instruction(aspect, guideline, locale),
        "answer": sorted(standing.answer or ()),
        "cells": cells,
        "regions": [_region(region) for region in subject.evidence.regions if region.aspect == aspect.key],
        "quality": {
            "opinions": standing.opinions,
            "agreement": _rounded(standing.agreement),
            "adjudicated": standing.source == "adjudicated",
            "confidence": _rounded(standing.confidence),
            "source": standing.source,
        },
        "rationales": [
            _rationale(each) | _readings(subject.readings.get(each.id, ()))
            for each in subject.rationales.get(aspect.id, ())
        ],
        "difficulty": dict(subject.difficulty.get(aspect.key, {})) or None,
    }


def _overall(
    subject: Subject, place: Place, aspects: Sequence[AspectInfo], guideline: GuidelineInfo, locale: str
) -> dict[str, Any]:
    """The union of the aspects, which nobody judges by itself."""
    standings = [subject.consensus[aspect.id] for aspect in aspects]
    agreements = [each.agreement for each in standings if each.agreement is not None]
    confidences = [each.confidence for each in standings if each.confidence is not None]
    return _whole(subject, place, aspects, guideline, locale) | {
        "answer": sorted({slot for each in standings for slot in each.answer or ()}),
        "quality": {
            "opinions": min(each.opinions for each in standings),
            "agreement": _rounded(min(agreements)) if agreements else None,
            "adjudicated": any(each.source == "adjudicated" for each in standings),
            "confidence": _rounded(min(confidences)) if confidences else None,
            "source": "derived",
        },
    }


IMPORTED = {"opinions": 0, "agreement": None, "adjudicated": False, "confidence": None, "source": "imported"}


def _whole(
    subject: Subject, place: Place, aspects: Sequence[AspectInfo], guideline: GuidelineInfo, locale: str
) -> dict[str, Any]:
    """A row about the sample as a whole, without answer and quality."""
    keys = {aspect.key for aspect in aspects}
    return _common(subject, place, OVERALL, guideline, locale) | {
        "instruction": OVERALL_QUESTION["zh" if locale.startswith("zh") else "en"],
        "cells": {
            slot: {key: severity for key, severity in sorted(by_aspect.items()) if key in keys}
            for slot, by_aspect in sorted(subject.evidence.cells.items())
        },
        "regions": [_region(region) for region in subject.evidence.regions if region.aspect in keys],
        "rationales": [],
        "difficulty": None,
    }


def _instruction(aspect: AspectInfo, guideline: GuidelineInfo, locale: str) -> str:
    text = guideline.texts.get(aspect.key)
    if text is None:
        return f"Which candidates show this defect: {aspect.names['en']}?"
    return text.question.zh if locale.startswith("zh") and text.question.zh else text.question.en


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _region(region: Region) -> dict[str, Any]:
    found: dict[str, Any] = {"id": region.id, "slot": region.slot, "aspect": region.aspect}
    for name in ("box", "point", "polygon"):
        if (shape := getattr(region, name)) is not None:
            found[name] = msgspec.to_builtins(shape)
    return found | ({"note": region.note} if region.note else {})


def _rationale(each: RationaleInfo) -> dict[str, Any]:
    return {
        "id": f"c-{each.id}",
        "way": each.way.value,
        "stage": each.stage.value,
        "answer_visible": each.answer_visible,
        "text": each.text,
        "sentences": [
            {"span": list(span), "slot": sentence.slot, "aspect": sentence.aspect, "regions": list(sentence.regions)}
            for span, sentence in zip(each.spans, each.sentences, strict=True)
        ],
        "concluded": None if each.concluded is None else sorted(each.concluded),
        "checks": {name: round(score, 4) for name, score in sorted(each.scores.items())},
        "cost": {"usd": str(each.cost_usd.normalize() if each.cost_usd else "0"), "active_ms": each.active_ms},
        "sandbox": each.sandbox,
    }


def _readings(found: Sequence[ReadVersion]) -> dict[str, Any]:
    """What readers said of this text and of the drafts before it, a verdict a sentence: data for process rewards."""
    if not found:
        return {}
    return {
        "readings": [
            {
                "version": f"c-{each.rationale_id}",
                "sentences": list(each.sentences),
                "verdicts": list(each.verdicts),
                "first_fault": each.first_fault,
            }
            for each in found
        ]
    }
