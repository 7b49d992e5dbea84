"""What people marked, as releases, checks and rationales use it.

Belongs here: verdict cells and regions of a sample, merged over the opinions that count.
Does not: answers (selectors.consensus).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotation.choices import AnnotationOrigin
from annotation.models import Annotation
from annotation.shapes import Cells, Region
from annotation.votes import RANK


@dataclass(frozen=True)
class Evidence:
    """Cells by slot and aspect key, regions with ids that are stable within the sample, and people's time.

    `assisted`: some opinion that counts was given after somebody else's verdicts were seen.
    """

    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    active_ms: int = 0
    opinions: int = 0
    assisted: bool = False


def for_samples(sample_ids: Iterable[int]) -> dict[int, Evidence]:
    """By sample. Counted opinions speak; where there are none, a manifest's newest does. A ruling's cells win."""
    wanted = list(sample_ids)
    spoken: dict[int, list[Annotation]] = defaultdict(list)
    for annotation in Annotation.objects.filter(sample_id__in=wanted).counted().order_by("pk"):
        spoken[annotation.sample_id].append(annotation)
    others = (
        Annotation.objects.filter(sample_id__in=wanted, imported_from="")  # a model's opinion is no evidence
        .exclude(origin=AnnotationOrigin.OPINION)
        .order_by("pk")
    )
    imported: dict[int, Annotation] = {}
    rulings: dict[int, list[Annotation]] = defaultdict(list)
    for annotation in others:
        if annotation.origin == AnnotationOrigin.IMPORTED:
            imported[annotation.sample_id] = annotation
        else:
            rulings[annotation.sample_id].append(annotation)
    return {
        sample_id: _evidence(
            spoken[sample_id] or ([imported[sample_id]] if sample_id in imported else []),
            rulings[sample_id],
            opinions=len(spoken[sample_id]),
        )
        for sample_id in wanted
        if spoken[sample_id] or rulings[sample_id] or sample_id in imported
    }


def _evidence(said: Sequence[Annotation], rulings: Sequence[Annotation], *, opinions: int) -> Evidence:
    cells = merged([annotation.cells for annotation in said])
    for ruling in rulings:
        for slot, by_aspect in ruling.cells.items():
            cells.setdefault(slot, {}).update(by_aspect)
    regions: list[Region] = []
    for annotation in [*said, *rulings]:
        regions += annotation.regions
    return Evidence(
        cells=cells,
        regions=tuple(_numbered(regions)),
        active_ms=sum(annotation.active_ms for annotation in [*said, *rulings]),
        opinions=opinions,
        assisted=any(annotation.shown.assisted for annotation in said),
    )


def merged(opinions: Sequence[Cells]) -> dict[str, dict[str, str]]:
    """One severity a cell: the most frequent, the more severe of equals; `unsure` only where nobody was sure."""
    voices: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for cells in opinions:
        for slot, by_aspect in cells.items():
            for aspect, severity in by_aspect.items():
                voices[slot, aspect][severity] += 1
    result: dict[str, dict[str, str]] = defaultdict(dict)
    for (slot, aspect), counts in sorted(voices.items()):
        sure = {severity: count for severity, count in counts.items() if severity in RANK}
        result[slot][aspect] = max(sure, key=lambda severity: (sure[severity], RANK[severity])) if sure else "unsure"
    return dict(result)


def _numbered(regions: Sequence[Region]) -> Iterable[Region]:
    for number, region in enumerate(regions, start=1):
        yield Region(
            slot=region.slot,
            aspect=region.aspect,
            id=f"r{number}",
            point=region.point,
            box=region.box,
            polygon=region.polygon,
            note=region.note,
        )
