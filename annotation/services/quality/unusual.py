"""What looks unusual about somebody's work, beside the others: candidates for signals.

Belongs here: which counts are held against which others'. Does not: the tests and thresholds (annotation.signals).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import msgspec
import numpy as np
import numpy.typing as npt

from annotation import signals
from annotation.choices import ReviewVerdict
from annotation.querying import rows as rows_of
from annotation.services.quality.reviews import VERDICTS, Reviews
from annotation.services.quality.table import MISSING, Ints, Opinions, week_of
from annotation.signals import Candidate, Sizes

Mask = npt.NDArray[np.bool_]
RECENT_WEEKS = 2  # what "moved" compares with everything before

GOLD_CELLS = """
select r.annotator_id, r.aspect_id,
    count(*) filter (where r.expected = 'none' and r.said in ('minor', 'major')), count(*) filter (where r.expected = 'none'),
    count(*) filter (where r.expected <> 'none' and r.said = 'none'), count(*) filter (where r.expected <> 'none')
from annotation_goldresult r join annotation_batch b on b.id = r.batch_id
where b.project_id = %(p)s and r.purpose = 'gold' and not r.is_void group by r.annotator_id, r.aspect_id
"""  # noqa: E501  (a statement reads better unwrapped)


def candidates(
    opinions: Opinions,
    rows: Mapping[int, Ints],
    right: npt.NDArray[np.int8],
    positions: Mapping[int, signals.PositionBias | None],
    reviews: Reviews,
    sizes: Sizes,
) -> dict[int, list[Candidate]]:
    """By person, whether they are large enough to be told or not."""
    found: dict[int, list[Candidate]] = defaultdict(list)
    if len(opinions):
        _pace(opinions, rows, found, sizes)
        _same_keys(opinions, rows, found, sizes)
        _clean(opinions, rows, found, sizes)
        _sees(opinions, rows, found, sizes)
        _moved(opinions, rows, right, found, sizes)
    for user_id, position in positions.items():
        candidate = None if position is None else signals.favourite_place(position, sizes=sizes)
        if candidate is not None:
            found[user_id].append(candidate)
    everybody = {verdict: sum(each.get(verdict, 0) for each in reviews.of_reviewer.values()) for verdict in VERDICTS}
    for user_id, counts in reviews.of_reviewer.items():
        mine, total = sum(counts.values()), sum(everybody.values())
        accepted = counts.get(ReviewVerdict.ACCEPTED, 0)
        found[user_id].append(
            signals.more_often(
                "accepts_all",
                count=accepted,
                of=mine,
                others_count=everybody[ReviewVerdict.ACCEPTED] - accepted,
                others_of=total - mine,
                least=sizes.difference,
                of_least=sizes.opinions,
            )
        )
    _gold_errors(opinions, found, sizes)
    return found


def _gold_errors(opinions: Opinions, found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """Which way somebody errs on gold: defects where it has none, or none where it has one."""
    keys = dict(zip(opinions.terms.aspect_ids, opinions.terms.aspects, strict=True))
    rows = [row for row in rows_of(GOLD_CELLS, {"p": opinions.terms.project_id}) if row[1] in keys]
    for user_id, aspect_id, *counts in rows:
        others = [sum(row[2 + place] for row in rows if row[1] == aspect_id) - counts[place] for place in range(4)]
        for code, at in (("gold_over", 0), ("gold_under", 2)):
            candidate = signals.more_often(
                code,  # type: ignore[arg-type]  # both are known codes
                count=counts[at],
                of=counts[at + 1],
                others_count=others[at],
                others_of=others[at + 1],
                least=sizes.difference,
                of_least=signals.LEAST_RECENT,
                aspect=keys[aspect_id],
            )
            found.setdefault(user_id, []).append(candidate)


def _pace(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    timed = opinions.active_ms > 0
    if not timed.any():
        return
    cut = sizes.rush * float(np.median(opinions.active_ms[timed]))
    fast = timed & (opinions.active_ms < cut)
    spreads = {
        user_id: float(np.log(opinions.active_ms[mine][timed[mine]]).std(ddof=1))
        for user_id, mine in rows.items()
        if timed[mine].sum() >= sizes.opinions
    }
    for user_id, mine in rows.items():
        count, of = int(fast[mine].sum()), int(timed[mine].sum())
        candidate = signals.more_often(
            "fast",
            count=count,
            of=of,
            others_count=int(fast.sum()) - count,
            others_of=int(timed.sum()) - of,
            least=sizes.fast,
            of_least=sizes.opinions,
        )
        found[user_id].append(_with(candidate, under_ms=cut))
        others = [spread for person, spread in spreads.items() if person != user_id]
        even = signals.even_pace(
            opinions.active_ms[mine], others_spread=float(np.median(others)) if others else 0.0, sizes=sizes
        )
        if even is not None:
            found[user_id].append(even)


def _with(candidate: Candidate, **figures: float) -> Candidate:
    return Candidate(msgspec.structs.replace(candidate.signal, figures=figures), candidate.large)


def _same_keys(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """Matrices as displayed, in the order in which the person gave them."""
    runs: dict[int, Candidate] = {}
    displayed: dict[int, list[bytes]] = {}
    for user_id, mine in rows.items():
        mine = mine[np.argsort(opinions.at[mine], kind="stable")]
        places = opinions.places[mine]
        order = np.argsort(np.where(places == MISSING, 127, places), axis=1, kind="stable")
        shown = np.take_along_axis(opinions.cells[mine], order[:, None, :], axis=2)
        displayed[user_id] = [matrix.tobytes() for matrix in shown]
    clean = _clean_bytes(opinions)
    for user_id, matrices in displayed.items():
        candidate = signals.same_keys(matrices, clean, others_longest=0, sizes=sizes)
        if candidate is not None:
            runs[user_id] = candidate
    for user_id in runs:
        others = max((each.signal.count for person, each in runs.items() if person != user_id), default=0)
        again = signals.same_keys(displayed[user_id], clean, others_longest=others, sizes=sizes)
        if again is not None:
            found[user_id].append(again)


def _clean_bytes(opinions: Opinions) -> bytes:
    """All none, as displayed, on samples with every slot."""
    return np.zeros(opinions.cells.shape[1:], np.int8).tobytes()


def _clean(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """Nothing wrong anywhere, against the others on the same samples."""
    clean = ~(opinions.votes == 1).any(axis=(1, 2))
    for user_id, mine in rows.items():
        candidate = _against(opinions, mine, clean, "all_clean", sizes=sizes)
        if candidate is not None:
            found[user_id].append(candidate)


def _sees(opinions: Opinions, rows: Mapping[int, Ints], found: dict[int, list[Candidate]], sizes: Sizes) -> None:
    """More defects, or fewer, under one aspect than the others find on the same samples."""
    for place, key in enumerate(opinions.terms.aspects):
        any_defect = (opinions.votes_on(place) == 1).any(axis=1)
        for user_id, mine in rows.items():
            for code, says in (("sees_more", any_defect), ("sees_less", ~any_defect)):
                candidate = _against(opinions, mine, says, code, aspect=key, sizes=sizes)
                if candidate is not None:
                    found[user_id].append(candidate)


def _against(
    opinions: Opinions, mine: Ints, says: Mask, code: str, *, sizes: Sizes, aspect: str = ""
) -> Candidate | None:
    """This person against the others on the samples they share; several others count as parts of one."""
    together = mine[opinions.sizes[opinions.group[mine]] >= 2]
    if not len(together):
        return None
    said_by_all = np.bincount(opinions.group, weights=says)
    group = opinions.group[together]
    others = (said_by_all[group] - says[together]) / (opinions.sizes[group] - 1)
    me = says[together]
    return signals.on_the_same(
        code,  # type: ignore[arg-type]  # the callers name known codes
        only_me=int((me & (others < 0.5)).sum()),
        only_others=float((~me & (others > 0.5)).sum()),
        mine=int(me.sum()),
        others=float(others.sum()),
        of=len(together),
        aspect=aspect,
        sizes=sizes,
    )


def _moved(
    opinions: Opinions,
    rows: Mapping[int, Ints],
    right: npt.NDArray[np.int8],
    found: dict[int, list[Candidate]],
    sizes: Sizes,
) -> None:
    """Less often like the consensus in the newest weeks than before."""
    weeks = week_of(opinions.at)
    for user_id, mine in rows.items():
        recent = weeks[mine] > weeks[mine].max() - RECENT_WEEKS
        for place, key in enumerate(opinions.terms.aspects):
            now, before = right[mine[recent], place], right[mine[~recent], place]
            candidate = signals.more_often(
                "moved",
                count=int((now == 0).sum()),
                of=int((now != MISSING).sum()),
                others_count=int((before == 0).sum()),
                others_of=int((before != MISSING).sum()),
                least=sizes.drop,
                of_least=signals.LEAST_RECENT,
                aspect=key,
            )
            found[user_id].append(candidate)
