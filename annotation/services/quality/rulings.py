"""How disputed cells were ruled before, for whoever rules the next one.

Belongs here: counting rulings by aspect and severity. Does not: ruling (services.adjudication).
"""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec
import numpy as np
from django.db import connection, transaction

from annotation.figures import PrecedentFigures
from annotation.services.quality.table import Opinions
from annotation.shapes import Cells

RULINGS = """
select x.sample_id, x.cells::text from annotation_annotation x
join annotation_assignment y on y.id = x.assignment_id join annotation_batch b on b.id = y.batch_id
where b.project_id = %(p)s and x.origin = 'ruling'
"""


def precedents(opinions: Opinions) -> PrecedentFigures:
    """By aspect, how often each severity was ruled on a cell whose opinions differed."""
    slots = {slot: place for place, slot in enumerate(opinions.slots)}
    differs = {
        key: np.asarray((opinions.counts(opinions.votes_on(place), 2) > 0).all(axis=2))
        for place, key in enumerate(opinions.terms.aspects)
    }
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(RULINGS, {"p": opinions.terms.project_id})
        while rows := cursor.fetchmany(2_000):
            for sample_id, text in rows:
                at = int(np.searchsorted(opinions.sample_ids, sample_id))
                if at >= len(opinions.sample_ids) or opinions.sample_ids[at] != sample_id:
                    continue
                for slot, by_aspect in msgspec.json.decode(text, type=Cells).items():
                    for key, severity in by_aspect.items():
                        if key in differs and slot in slots and differs[key][at, slots[slot]]:
                            found[key][severity] += 1
    return PrecedentFigures({key: dict(counts) for key, counts in found.items()})
