"""Sentences that sound as if the answer were known, in words that no list has.

Belongs here: a small classifier over word pieces, learned from `giveaways` when first asked; pure and always the same.
Does not: the phrase list (wording.py), which decides together with what this reader is surest of.

Logistic regression with an L2 penalty on the presence of words, pairs of words and runs of Chinese characters,
candidates unnamed. A sentence is as telling as its most telling clause: among the words of an honest observation those
of a give-away drown. What it catches of kinds it never saw, and how often it is wrong about clean text, is measured by
`benchmarks/checks.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from cot_generation.checks import giveaways
from cot_generation.checks.facts import Facts
from cot_generation.letters import TOKEN
from cot_generation.shapes import CheckOutcome, Finding

VERSION = 2
SURE = 0.8  # from here on a sentence is shown: chosen on kinds left out, where clean text rarely reaches it
DECIDES = 0.85  # and from here on it fails: two of 71 clean sentences that were left out reach it, no ordinary ones
PENALTY = 0.05
_CLAUSE = re.compile(r"[,;:,;:。]\s*")
_PIECES_AT_LEAST = 3  # of a clause that can be told from another
_WORDS = re.compile(r"[\u4e00-\u9fff]+|[a-z]+")
Reader = Callable[[str], float]


def pieces(text: str) -> frozenset[str]:
    """Words and pairs of neighbours; of Chinese runs, characters by twos and threes."""
    found: set[str] = set()
    before = ""
    for word in _WORDS.findall(TOKEN.sub(" ", text).lower()):
        if word[0] > "z":
            found.update(word[at : at + size] for size in (2, 3) for at in range(len(word) - size + 1))
        else:
            found.update((word, f"{before} {word}"))
            before = word
    return frozenset(found)


def learned(told: Sequence[str], clean: Sequence[str]) -> Reader:
    """A reader from these examples: the probability that a sentence, or a clause of it, is of somebody who was told."""
    read = [pieces(text) for text in (*told, *clean)]
    index = {piece: at for at, piece in enumerate(sorted(frozenset().union(*read)))}
    seen = np.zeros((len(read), len(index)))
    for row, found in enumerate(read):
        seen[row, [index[piece] for piece in found]] = 1 / np.sqrt(max(1, len(found)))
    truth = np.array([1.0] * len(told) + [0.0] * len(clean))
    weight = np.where(truth > 0, len(read) / (2 * len(told)), len(read) / (2 * len(clean)))

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = seen @ values[:-1] + values[-1]
        slope = weight * (1 / (1 + np.exp(-odds)) - truth)
        fit = float(np.sum(weight * (np.logaddexp(0, odds) - truth * odds)))
        gradient = np.append(seen.T @ slope + PENALTY * values[:-1], slope.sum())
        return fit + PENALTY / 2 * float(values[:-1] @ values[:-1]), gradient

    best = minimize(loss, np.zeros(len(index) + 1), jac=True, method="L-BFGS-B").x

    def read_one(found: frozenset[str]) -> float:
        odds = sum(best[index[piece]] for piece in found if piece in index) / np.sqrt(max(1, len(found))) + best[-1]
        return float(1 / (1 + np.exp(-odds)))

    def read_all(text: str) -> float:
        clauses = (pieces(clause) for clause in _CLAUSE.split(text))
        return max(map(read_one, (pieces(text), *(each for each in clauses if len(each) >= _PIECES_AT_LEAST))))

    return read_all


@functools.cache
def reader() -> Reader:
    """The one that the check asks, learned from all examples."""
    return learned([text for kind in giveaways.TOLD.values() for text in kind], giveaways.CLEAN)


@functools.lru_cache(maxsize=1024)  # two checks ask about the same sentences
def heard(text: str) -> float:
    """What the reader says of a sentence."""
    return reader()(text)


def tone(facts: Facts) -> CheckOutcome:
    """Applies to rationales whose writer saw the answer; advisory. The score is that of the most telling sentence."""
    if not facts.answer_visible or not facts.sentences:
        return CheckOutcome(VERSION, passed=None)
    said = [heard(sentence.text) for sentence in facts.sentences]
    findings = tuple(
        Finding("sounds_told", "Sounds as if the answer were known.", place)
        for place, p in enumerate(said)
        if p >= SURE
    )
    return CheckOutcome(VERSION, passed=not findings, score=round(max(said), 4), findings=findings)
