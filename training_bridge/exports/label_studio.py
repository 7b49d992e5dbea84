"""What is known of a sample as a Label Studio task, and the labelling configuration that shows it.

Belongs here: names of controls, pixels to percent. Reading the same back is catalog.imports.sources.label_studio.
Does not: collecting what is known, files, a running server (training_bridge.services.label_studio).

Every aspect has one control for the answer (slots or `none`), one a candidate for the verdict, and a text for
rationales; every candidate has rectangles, polygons and points labelled by aspect. What Label Studio has no place
for (way and checks of a rationale, confidence, who judged) stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

NOTHING = "none"


@dataclass(frozen=True)
class Shown:
    """One picture; sizes in pixels of the stored raster."""

    path: str
    sha256: str
    width: int
    height: int


@dataclass(frozen=True)
class Marked:
    """A region: exactly one of box (x, y, width, height), point and polygon, in pixels."""

    slot: str
    aspect: str
    box: Sequence[float] | None = None
    point: Sequence[float] | None = None
    polygon: Sequence[Sequence[float]] | None = None
    note: str = ""


@dataclass(frozen=True)
class Judged:
    """A sample with all that is exported of it. `pictures` by slot (`O`: the original), `cells` by slot and aspect."""

    sample: str
    group: str
    pictures: Mapping[str, Shown]
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    regions: Sequence[Marked] = ()
    rationales: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def slots(self) -> list[str]:
        return sorted(slot for slot in self.pictures if slot != "O")


def config(aspects: Mapping[str, Sequence[str]], slots: Sequence[str]) -> str:
    """The labelling configuration for these aspects (with their severities) and candidates."""
    view = ElementTree.Element("View")
    pictures = ElementTree.SubElement(view, "View", style="display: flex; gap: 8px")
    for slot in ["O", *slots]:
        box = ElementTree.SubElement(pictures, "View", style="flex: 1")
        ElementTree.SubElement(box, "Header", value="Original" if slot == "O" else slot)
        ElementTree.SubElement(box, "Image", name=_picture(slot), value=f"${_key(slot)}", zoom="true")
        if slot == "O":
            continue
        for kind in ("RectangleLabels", "PolygonLabels", "KeyPointLabels"):
            labels = ElementTree.SubElement(box, kind, name=_shape(kind, slot), toName=_picture(slot))
            for aspect in aspects:
                ElementTree.SubElement(labels, "Label", value=aspect)
        for aspect, severities in aspects.items():
            ElementTree.SubElement(box, "Header", value=aspect, size="6")
            _choices(box, f"{aspect}_{slot.lower()}", _picture(slot), severities, several=False)
    for aspect in aspects:
        ElementTree.SubElement(view, "Header", value=f"{aspect}: candidates with the defect", size="5")
        _choices(view, aspect, _picture("O"), [*slots, NOTHING], several=True)
        ElementTree.SubElement(view, "TextArea", name=f"{aspect}_why", toName=_picture("O"), rows="2", editable="true")
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _choices(above: ElementTree.Element, name: str, to: str, values: Sequence[str], *, several: bool) -> None:
    control = ElementTree.SubElement(
        above, "Choices", name=name, toName=to, choice="multiple" if several else "single", showInline="true"
    )
    for value in values:
        ElementTree.SubElement(control, "Choice", value=value)


def task(judged: Judged, *, address: Callable[[str], str]) -> dict[str, Any]:
    """The task; `address` says where Label Studio finds a picture's path. Judged samples have one ground truth."""
    results = _results(judged)
    data = {"sample_id": judged.sample, "group": judged.group}
    data |= {_key(slot): address(shown.path) for slot, shown in judged.pictures.items()}
    return {"data": data, "annotations": [{"result": results, "ground_truth": True}] if results else []}


def _results(judged: Judged) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []

    def add(name: str, to: str, kind: str, value: Mapping[str, Any], **more: object) -> None:
        results.append(
            {
                "id": f"{judged.sample}-{len(results) + 1}",
                "from_name": name,
                "to_name": to,
                "type": kind,
                "value": value,
                **more,
            }
        )

    for aspect, slots in judged.answers.items():
        add(aspect, _picture("O"), "choices", {"choices": sorted(slots) or [NOTHING]})
    for slot, by_aspect in judged.cells.items():
        for aspect, severity in by_aspect.items():
            add(f"{aspect}_{slot.lower()}", _picture(slot), "choices", {"choices": [severity]})
    for region in judged.regions:
        shown = judged.pictures[region.slot]
        kind, value = _percent(region, shown)
        sizes = {"original_width": shown.width, "original_height": shown.height, "image_rotation": 0}
        meta = {"meta": {"text": [region.note]}} if region.note else {}
        add(_shape(kind, region.slot), _picture(region.slot), kind.lower(), value, **sizes, **meta)
    for aspect, texts in judged.rationales.items():
        if texts:
            add(f"{aspect}_why", _picture("O"), "textarea", {"text": list(texts)})
    return results


def _percent(region: Marked, shown: Shown) -> tuple[str, dict[str, Any]]:
    """Label Studio counts in percent of the picture."""
    across, down = 100 / shown.width, 100 / shown.height
    if region.box is not None:
        x, y, width, height = region.box
        shape = {"x": x * across, "y": y * down, "width": width * across, "height": height * down, "rotation": 0}
        return "RectangleLabels", {**shape, "rectanglelabels": [region.aspect]}
    if region.polygon is not None:
        points = [[x * across, y * down] for x, y in region.polygon]
        return "PolygonLabels", {"points": points, "closed": True, "polygonlabels": [region.aspect]}
    x, y = region.point or (0, 0)
    return "KeyPointLabels", {"x": x * across, "y": y * down, "width": 0.5, "keypointlabels": [region.aspect]}


def _key(slot: str) -> str:
    """The key of `data` that holds a picture."""
    return "original" if slot == "O" else f"candidate_{slot.lower()}"


def _picture(slot: str) -> str:
    """The control that shows it."""
    return "original" if slot == "O" else f"image_{slot.lower()}"


def _shape(kind: str, slot: str) -> str:
    return f"{kind.removesuffix('Labels').lower()}_{slot.lower()}"
