"""From what people said to what a question's answer is.

Belongs here: pure arithmetic over verdicts of one sample and one aspect.
Does not: where opinions come from (services.consensus), agreement over many samples (agreement.py).

The rule turns a severity into a vote: at or above its threshold the slot has the defect, below it has not, and
`unsure` or nothing abstains. Cells are voted on one by one. A tie, or two opinions that differ, makes the whole
question disputed; a cell on which everybody abstains leaves it without an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

from annotation.choices import ConsensusSource
from annotation.shapes import Cells

RANK: Mapping[str, int] = {"none": 0, "minor": 1, "major": 2}
Vote = bool | None  # defect, clean, abstains


@dataclass(frozen=True)
class Outcome:
    """Where a question stands after a vote. Slots are strings of letters in slot order; `answer` None: no answer."""

    answer: str | None
    tied: str
    unsure: str
    disputed: bool
    source: ConsensusSource
    confidence: float | None
    agreement: float | None
    opinions: int


def vote(severity: str | None, *, threshold: str) -> Vote:
    """What one cell says under the rule."""
    if severity is None or severity not in RANK:
        return None
    return RANK[severity] >= RANK[threshold]


def outcome(*, opinions: Sequence[Cells], slots: Sequence[str], aspect: str, threshold: str) -> Outcome | None:
    """The vote over one question. None when nobody said anything about this aspect."""
    heard = [cells for cells in opinions if any(aspect in by_aspect for by_aspect in cells.values())]
    if not heard:
        return None
    votes = {slot: [vote(cells.get(slot, {}).get(aspect), threshold=threshold) for cells in heard] for slot in slots}
    tied = "".join(slot for slot in sorted(slots) if _is_tied(votes[slot]))
    unsure = "".join(slot for slot in sorted(slots) if all(each is None for each in votes[slot]))
    settled = not tied and not unsure
    return Outcome(
        answer="".join(slot for slot in sorted(slots) if _has_defect(votes[slot])) if settled else None,
        tied=tied,
        unsure=unsure,
        disputed=bool(tied),
        source=ConsensusSource.SINGLE if len(heard) == 1 else ConsensusSource.MAJORITY,
        confidence=min((_confidence(each) for each in votes.values()), default=None) if settled else None,
        agreement=pairwise(list(votes.values())),
        opinions=len(heard),
    )


def outcomes(
    *, opinions: Sequence[Cells], slots: Sequence[str], aspects: Sequence[tuple[int, str, object]], threshold: str
) -> list[dict[str, object]]:
    """The vote over several questions of a sample, by aspect (id, key, …), as rows for the consensus table."""
    rows = []
    for aspect_id, key, _ in aspects:
        found = outcome(opinions=opinions, slots=slots, aspect=key, threshold=threshold)
        if found is not None:
            rows.append({"aspect_id": aspect_id, **asdict(found)})
    return rows


def from_slots(answer: Sequence[str]) -> str:
    """An answer given as slots (an imported one), as it is stored."""
    return "".join(sorted(set(answer))) if len(answer) > 1 else "".join(answer)


def pairwise(votes: Sequence[Sequence[Vote]]) -> float | None:
    """Share of pairs of opinions that say the same of a cell, over all cells. None while there is no pair."""
    pairs = [left == right for cell in votes for left, right in combinations(cell, 2)]
    return sum(pairs) / len(pairs) if pairs else None


def _is_tied(votes: Sequence[Vote]) -> bool:
    if len(votes) == 2:
        return votes[0] != votes[1]
    defects, cleans = votes.count(True), votes.count(False)
    return defects == cleans and defects > 0


def _has_defect(votes: Sequence[Vote]) -> bool:
    return votes.count(True) > votes.count(False)


def _confidence(votes: Sequence[Vote]) -> float:
    """Rule of succession over the votes for the winner: 2/3 for one voice, 3/4 for two that agree, 3/5 for 2 to 1."""
    winners = max(votes.count(True), votes.count(False))
    return (winners + 1) / (len([each for each in votes if each is not None]) + 2)
