"""How many tokens a reply may have, told from the replies there are.

Belongs here: arithmetic over token counts, a pure function.
Does not: which calls are looked at (services/estimating.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Half as much again as nearly every reply needs: what is longer than that is mostly a loop, and is paid by the token.
MARGIN = 1.5
SHARE = 0.99
STEP = 10
REPLIES_AT_LEAST = 20  # a pilot's; the 99th percentile of so few is the longest of them


@dataclass(frozen=True)
class Proposal:
    """`max_tokens` out of `replies` whole ones, of which 99 % had at most `p99`; `cut_off` others met their limit."""

    max_tokens: int
    replies: int
    p99: int
    cut_off: int

    @property
    def cut_off_share(self) -> float:
        return self.cut_off / (self.replies + self.cut_off)


def propose(whole: Sequence[int], cut_off: Sequence[int]) -> Proposal | None:
    """From the tokens of replies that came to their end and of those that were cut off; None: too few to say.

    Never below what was cut off: such a reply would have been longer still.
    """
    if len(whole) < REPLIES_AT_LEAST:
        return None
    p99 = sorted(whole)[math.ceil(SHARE * len(whole)) - 1]
    wanted = max(MARGIN * p99, *cut_off, 1)
    return Proposal(math.ceil(wanted / STEP) * STEP, len(whole), p99, len(cut_off))
