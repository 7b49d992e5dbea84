"""The JSON this app stores, owned by msgspec types both ways.

Belongs here: verdicts, regions and what was shown, as they stand in columns and travel over HTTP.
Does not: requests and replies around them (api), the vote over them (votes.py).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from config.base.words import noted

Severity = Literal["none", "minor", "major", "unsure"]
# slot -> aspect key -> severity; a cell that is not there was not judged
Cells = dict[str, dict[str, Severity]]

# aspect key -> how near to the expected verdict is right; `side` where nothing is said
Tolerance = Literal["side", "step", "exact"]
Tolerances = dict[str, Tolerance]


class Region(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place on one candidate, in pixels of the stored raster. Exactly one of point, box and polygon is given."""

    slot: str
    aspect: str
    id: str = ""
    point: tuple[float, float] | None = None
    box: tuple[float, float, float, float] | None = None  # x, y, width, height
    polygon: tuple[tuple[float, float], ...] | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if sum(shape is not None for shape in (self.point, self.box, self.polygon)) != 1:
            raise ValueError(noted("a region is exactly one of point, box and polygon"))
        if self.polygon is not None and len(self.polygon) < 3:
            raise ValueError(noted("a polygon has three corners or more"))
        if self.box is not None and (self.box[2] <= 0 or self.box[3] <= 0):
            raise ValueError(noted("a box has a width and a height above zero"))

    def corners(self) -> tuple[tuple[float, float], ...]:
        """The points that must lie on the picture."""
        if self.point is not None:
            return (self.point,)
        if self.box is not None:
            x, y, width, height = self.box
            return ((x, y), (x + width, y + height))
        return self.polygon or ()


class Shown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the person saw: slots in the order of the displayed letters, and whether anybody's opinion was visible."""

    letters: str = ""
    assisted: bool = False


class Suggestion(msgspec.Struct, frozen=True):
    """Imported verdicts, as somebody who labels in an assisted batch sees them."""

    cells: Cells
    regions: list[Region]
