"""What a writing trace says: the share that was pasted, and the pace of typing.

Belongs here: arithmetic on traces. Pure functions.
Does not: recording (the page), judging. Pasting one's own notes is legitimate: figures are shown, nothing acts on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cot_generation.shapes import WritingTrace

# Upper edges of the classes of pauses between two keys, in ms; a longer pause is thinking and belongs to no class.
GAP_EDGES_MS = (60, 90, 130, 180, 250, 350, 500, 700, 1000, 1500, 2500, 5000)
CHARACTERS_AT_MOST = 1_000_000  # of one text; more is no keyboard
MOSTLY = 0.5  # from this share on a text counts as mostly pasted


@dataclass(frozen=True)
class Pace:
    """Percentiles of the pauses between two keys, in ms."""

    p10: float
    p50: float
    p90: float


def cleaned(trace: WritingTrace) -> WritingTrace:
    """With counts that a person can have caused; what a page sends is not trusted further than that."""
    limit = CHARACTERS_AT_MOST
    gaps = tuple(min(max(0, each), limit) for each in trace.gaps[: len(GAP_EDGES_MS)])
    return WritingTrace(
        typed=min(max(0, trace.typed), limit),
        pasted=min(max(0, trace.pasted), limit),
        pastes=min(max(0, trace.pastes), limit),
        phrased=min(max(0, trace.phrased), limit),
        phrases=min(max(0, trace.phrases), limit),
        gaps=gaps,
    )


def pasted_share(trace: WritingTrace) -> float | None:
    """Of the characters that went in, 0 to 1; None where none did. Own phrases went in and were not pasted."""
    put_in = trace.typed + trace.pasted + trace.phrased
    return round(trace.pasted / put_in, 4) if put_in else None


def pace(gaps: Sequence[int]) -> Pace | None:
    """Percentiles by straight lines within a class; None without a pause."""
    if not sum(gaps):
        return None

    def at(share: float) -> float:
        wanted, below = share * sum(gaps), 0
        for place, count in enumerate(gaps):
            if count and below + count >= wanted:
                low = GAP_EDGES_MS[place - 1] if place else 0
                return low + (GAP_EDGES_MS[place] - low) * (wanted - below) / count
            below += count
        raise AssertionError("the classes hold every pause")

    return Pace(at(0.1), at(0.5), at(0.9))
