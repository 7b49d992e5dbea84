"""How people's opinions were reviewed, and how they review others.

Belongs here: counting verdicts by author and by reviewer. Does not: reviewing (services.reviews).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from annotation.choices import ReviewVerdict
from annotation.figures import (
    ReviewedFigures,
    ReviewerFigures,
)
from annotation.querying import rows as rows_of
from annotation.services.quality.pace import quartiles
from annotation.signals import Share

VERDICTS = (ReviewVerdict.ACCEPTED, ReviewVerdict.FIXED, ReviewVerdict.SENT_BACK)
REVIEWS = """
select x.annotator_id, r.reviewer_id, r.verdict, r.round = 1, count(*), array_agg(r.active_ms)
from annotation_review r join annotation_annotation x on x.id = r.annotation_id
join annotation_assignment a on a.id = r.assignment_id join annotation_batch b on b.id = a.batch_id
where b.project_id = %(p)s group by 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Reviews:
    """Verdict counts by author (first round) and by reviewer (all rounds), and reviewers' times."""

    of_author: Mapping[int, Mapping[str, int]]
    of_reviewer: Mapping[int, Mapping[str, int]]
    times: Mapping[int, Sequence[int]]


def of_project(project_id: UUID) -> Reviews:
    authors: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    reviewers: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    times: dict[int, list[int]] = defaultdict(list)
    for author, reviewer, verdict, is_first, count, spent in rows_of(REVIEWS, {"p": project_id}):
        if is_first and author is not None:
            authors[author][verdict] += count
        reviewers[reviewer][verdict] += count
        times[reviewer] += spent
    return Reviews(authors, reviewers, times)


def as_author(counts: Mapping[str, int]) -> ReviewedFigures:
    accepted, fixed, back = (counts.get(each, 0) for each in VERDICTS)
    total = accepted + fixed + back
    return ReviewedFigures(total, accepted, fixed, back, Share.from_counts(accepted, total))


def as_reviewer(reviews: Reviews, user_id: int) -> ReviewerFigures:
    accepted, fixed, back = (reviews.of_reviewer.get(user_id, {}).get(each, 0) for each in VERDICTS)
    total = accepted + fixed + back
    pace = quartiles(np.array(reviews.times.get(user_id, []), np.int64))
    return ReviewerFigures(total, accepted, fixed, back, Share.from_counts(back, total), pace)
