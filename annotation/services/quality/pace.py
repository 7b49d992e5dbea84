"""How long something took, of many times.

Belongs here: quartiles. Does not: comparing one person's with the others' (unusual.py).
"""

from __future__ import annotations

import numpy as np

from annotation.figures import Quartiles
from annotation.services.quality.table import Ints


def quartiles(times_ms: Ints) -> Quartiles | None:
    """Of the times that were measured; None where none was."""
    known = times_ms[times_ms > 0]
    if not len(known):
        return None
    low, median, high = np.percentile(known, [25, 50, 75])
    return Quartiles(round(low), round(median), round(high))
