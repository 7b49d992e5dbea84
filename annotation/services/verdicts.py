"""Whether verdicts and regions fit the piece they were given for.

Belongs here: completeness, known slots, aspects and severities, regions on their picture.
Does not: what the verdicts mean for the question (votes.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from annotation.errors import RegionOutside, VerdictsIncomplete, VerdictsOutside
from annotation.shapes import Cells, Region

LONGEST_NOTE = 2_000
MOST_CORNERS = 400
AspectTerms = tuple[int, str, list[str]]  # id, key, severities
SlotSize = tuple[str, int, int]  # slot, width, height of the stored raster


def check(
    *, cells: Cells, regions: Sequence[Region], aspects: Sequence[AspectTerms], slots: Sequence[SlotSize]
) -> None:
    """Raises VerdictsIncomplete, VerdictsOutside or RegionOutside with what is wrong where."""
    severities = {key: allowed for _, key, allowed in aspects}
    sizes = {slot: (width, height) for slot, width, height in slots}
    outside = [
        f"{slot}/{key}={severity}"
        for slot, by_aspect in cells.items()
        for key, severity in by_aspect.items()
        if slot not in sizes or severity not in severities.get(key, ())
    ]
    if outside:
        raise VerdictsOutside(cells=sorted(outside))
    missing = [f"{slot}/{key}" for slot in sizes for key in severities if key not in cells.get(slot, {})]
    if missing:
        raise VerdictsIncomplete(cells=sorted(missing))
    check_regions(regions, severities=severities, sizes=sizes)


def check_regions(
    regions: Sequence[Region], *, severities: Collection[str], sizes: Mapping[str, tuple[int, int]]
) -> None:
    """Known slots and aspects, on their picture. Raises VerdictsOutside, RegionOutside."""
    for place, region in enumerate(regions):
        if region.slot not in sizes or region.aspect not in severities:
            raise VerdictsOutside(region=place, slot=region.slot, aspect=region.aspect)
        if len(region.note) > LONGEST_NOTE or len(region.polygon or ()) > MOST_CORNERS:
            raise RegionOutside(
                "A region has at most {corners} corners and {note} characters of note.",
                corners=MOST_CORNERS,
                note=LONGEST_NOTE,
            )
        width, height = sizes[region.slot]
        if any(not (0 <= x <= width and 0 <= y <= height) for x, y in region.corners()):
            raise RegionOutside(region=place, slot=region.slot, width=width, height=height)
