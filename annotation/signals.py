"""What looks unusual in how one person works, as evidence and never as a verdict.

Belongs here: pure tests of one person's counts against chance or against the others', with their intervals.
Does not: gathering the counts (services.quality), the sentences people read (the pages).

A signal is shown when it is both larger than a stated size and unlikely by chance after all people were looked at
(Benjamini and Hochberg, 1995, false discovery rate `Sizes.rate`). It says what was counted, of how many, and what the
others did; what else may explain it stands beside it on the page. The sizes are choices, not measurements: a project
has its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
import numpy as np
import numpy.typing as npt
from scipy import stats

Ints = npt.NDArray[np.int64]

LEAST_RECENT = 15  # opinions in the newest weeks
Code = Literal[
    "fast",
    "even_pace",
    "same_keys",
    "all_clean",
    "sees_more",
    "sees_less",
    "position",
    "moved",
    "accepts_all",
    "gold_over",
    "gold_under",
]


Share01 = Annotated[float, msgspec.Meta(gt=0, le=1)]


class Sizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From what size on a signal is worth a look, unlikely as it may be. Shares lie above 0 and are at most 1.

    `rush`: a piece is in a rush under this share of the project's median time. `fast`, `difference`, `drop`: how much
    larger a share must be than the others' (or the person's own before). `run`: equal matrices in a row. `even`: of
    the others' spread of times. `favourite`: Cochran's Q over its largest value. `opinions`: below so many, nothing is
    said. `rate`: false discoveries tolerated among all tests of one kind.
    """

    rush: Share01 = 0.2
    fast: Share01 = 0.1
    difference: Share01 = 0.1
    drop: Share01 = 0.08
    run: Annotated[int, msgspec.Meta(ge=2, le=100)] = 6
    even: Share01 = 0.5
    favourite: Share01 = 0.02
    opinions: Annotated[int, msgspec.Meta(ge=5, le=10_000)] = 30
    rate: Annotated[float, msgspec.Meta(gt=0, le=0.2)] = 0.01


USUAL = Sizes()


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """`count` of `of` for this person, `others_count` of `others_of` for the others; `p` after correction.

    `aspect` where it is about one; `figures` are further numbers by name, each with its unit in the name.
    """

    code: Code
    count: int
    of: int
    others_count: int
    others_of: int
    aspect: str
    p: float | None
    figures: dict[str, float]


def _signal(code: Code, *, count: int, of: int, p: float, **more: Any) -> Signal:
    """With nothing to say of others, aspect or further figures unless given."""
    rest: dict[str, Any] = {"others_count": 0, "others_of": 0, "aspect": "", "figures": {}}
    return Signal(code=code, count=count, of=of, p=p, **{**rest, **more})


@dataclass(frozen=True)
class Candidate:
    """A signal before anybody knows how many tests were made. `large`: its size alone would be worth a look."""

    signal: Signal
    large: bool


class Share(msgspec.Struct, frozen=True):
    """`count` of `of`, with a Wilson interval of 95 %; null where nothing was counted."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def from_counts(cls, count: int, of: int) -> Share:
        """E. Wilson, 1927."""
        if not of:
            return cls(0, 0, None, None, None)
        bounds = stats.binomtest(count, of).proportion_ci(confidence_level=0.95, method="wilson")
        return cls(count, of, count / of, float(bounds.low), float(bounds.high))


class PositionBias(msgspec.Struct, frozen=True):
    """Whether a place on the screen is called defective more often than chance allows.

    Letters are drawn anew for each person and sample, so every place should be flagged equally often. `flagged[i]`:
    samples on which the candidate shown in place i was given a defect under any aspect.
    """

    samples: int
    flagged: tuple[Share, ...]
    q: float | None
    p: float | None
    size: float | None  # Q ÷ its largest value (Serlin, Carr, Marascuilo 1982): 0 no favourite, 1 always one place


def position_bias(flagged: npt.NDArray[np.bool_]) -> PositionBias:
    """Cochran's Q (W. Cochran, 1950) over [samples, places]. Undefined where no sample tells places apart."""
    samples, places = flagged.shape
    shares = tuple(Share.from_counts(int(count), samples) for count in flagged.sum(axis=0))
    columns, rows = flagged.sum(axis=0).astype(float), flagged.sum(axis=1).astype(float)
    spread = float((rows * (places - rows)).sum())
    if places < 2 or not spread:
        return PositionBias(samples, shares, None, None, None)
    q = float((places - 1) * (places * (columns**2).sum() - columns.sum() ** 2) / spread)
    return PositionBias(samples, shares, q, float(stats.chi2.sf(q, places - 1)), q / (samples * (places - 1)))


def favourite_place(bias: PositionBias, *, sizes: Sizes = USUAL) -> Candidate | None:
    """A place flagged more often than the others, if they can be told apart."""
    if bias.p is None or bias.size is None:
        return None
    most = max(bias.flagged, key=lambda share: share.count)
    figures = {"place": float(bias.flagged.index(most)), "size": bias.size}
    signal = _signal("position", count=most.count, of=bias.samples, p=bias.p, figures=figures)
    return Candidate(signal, bias.size >= sizes.favourite and bias.samples >= sizes.opinions)


def more_often(
    code: Code,
    *,
    count: int,
    of: int,
    others_count: int,
    others_of: int,
    least: float,
    of_least: int = USUAL.opinions,
    aspect: str = "",
) -> Candidate:
    """A share against the others' share: Fisher's exact test, one-sided."""
    table = [[count, of - count], [others_count, others_of - others_count]]
    p = float(stats.fisher_exact(table, alternative="greater").pvalue) if of and others_of else 1.0
    difference = (count / of if of else 0.0) - (others_count / others_of if others_of else 0.0)
    signal = _signal(code, count=count, of=of, others_count=others_count, others_of=others_of, aspect=aspect, p=p)
    return Candidate(signal, difference >= least and of >= of_least)


def on_the_same(
    code: Code,
    *,
    only_me: int,
    only_others: float,
    mine: int,
    others: float,
    of: int,
    aspect: str = "",
    sizes: Sizes = USUAL,
) -> Candidate:
    """Against the others on the very same units: McNemar's exact test over the units on which they differ.

    `others` may be fractions: where several others judged a unit, each counts an equal part of it.
    """
    discordant = only_me + round(only_others)
    p = float(stats.binomtest(only_me, discordant, alternative="greater").pvalue) if discordant else 1.0
    signal = _signal(code, count=mine, of=of, others_count=round(others), others_of=of, aspect=aspect, p=p)
    return Candidate(signal, of >= sizes.opinions and (mine - others) / max(of, 1) >= sizes.difference)


def same_keys(
    displayed: Sequence[bytes], clean: bytes, *, others_longest: int, sizes: Sizes = USUAL
) -> Candidate | None:
    """The longest run of equal matrices as displayed, other than all clean: what one sequence of keys would give.

    Letters are shuffled, so equal displayed matrices in a row are no property of the pictures. Chance of a run: each
    next one equals the last with the share of the commonest flagged matrix among this person's.
    """
    longest, run, last = 0, 0, b""
    for matrix in displayed:
        run = run + 1 if matrix == last else 1
        last = matrix
        if matrix != clean:
            longest = max(longest, run)
    flagged = [matrix for matrix in displayed if matrix != clean]
    if not flagged:
        return None
    commonest = max(flagged.count(matrix) for matrix in set(flagged)) / len(displayed)
    p = min(1.0, len(displayed) * commonest**longest) if commonest < 1 else 0.0
    signal = _signal(
        "same_keys",
        count=longest,
        of=len(displayed),
        others_count=others_longest,
        p=p,
        figures={"matrices": float(len(set(flagged)))},
    )
    return Candidate(signal, longest >= sizes.run and longest > others_longest and len(displayed) >= sizes.opinions)


def even_pace(times_ms: Ints, *, others_spread: float, sizes: Sizes = USUAL) -> Candidate | None:
    """Times that hardly vary: the spread of their logarithms against the others' median spread.

    Chi-square test of one variance against a given one, one-sided; times are taken as log-normal.
    """
    known = times_ms[times_ms > 0]
    if len(known) < sizes.opinions or not others_spread:
        return None
    spread = float(np.log(known).std(ddof=1))
    p = float(stats.chi2.cdf((len(known) - 1) * spread**2 / others_spread**2, len(known) - 1))
    signal = _signal(
        "even_pace",
        count=0,
        of=len(known),
        p=p,
        figures={"spread": spread, "others_spread": others_spread},
    )
    return Candidate(signal, spread <= sizes.even * others_spread)


def unusual(candidates: Mapping[int, Sequence[Candidate]], *, rate: float = USUAL.rate) -> dict[int, list[Signal]]:
    """Those that are large and survive the correction for all tests of their kind over all people."""
    kept: dict[int, list[Signal]] = {person: [] for person in candidates}
    flat = [(person, each) for person, several in candidates.items() for each in several]
    for code in sorted({each.signal.code for _, each in flat}):
        tests = [(person, each) for person, each in flat if each.signal.code == code]
        corrected = stats.false_discovery_control([each.signal.p or 0.0 for _, each in tests])
        for (person, each), p in zip(tests, corrected, strict=True):
            if each.large and p < rate:
                kept[person].append(msgspec.structs.replace(each.signal, p=float(p)))
    return kept
