"""Phrasing that is not a rationale's own: near-duplicates across samples.

Belongs here: which texts say nearly the same as an earlier one about another sample. A pure function of the texts.
Does not: fetching texts, storing outcomes (services.examining). MinHash and its index are datasketch's.

Names of candidates are left out of the comparison: the same words about B instead of A are the same words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from datasketch import MinHash, MinHashLSH

from config.base.words import noted
from cot_generation.letters import TOKEN
from cot_generation.shapes import CheckOutcome, Finding

VERSION = 1
SIMILAR_FROM = 0.8  # Jaccard similarity of runs of words
PERMUTATIONS = 64
RUN_OF_WORDS = 4
_WORDS = re.compile(r"[\u4e00-\u9fff]|\w+")


@dataclass(frozen=True)
class Text:
    """A rationale as it is compared; texts are given oldest first."""

    id: int
    sample_id: int
    text: str


def signature(text: str) -> MinHash:
    """Of the text's runs of four words (or Chinese characters), candidates unnamed."""
    words = _WORDS.findall(TOKEN.sub("#", text).lower())
    runs = {" ".join(words[at : at + RUN_OF_WORDS]) for at in range(max(1, len(words) - RUN_OF_WORDS + 1))}
    found = MinHash(num_perm=PERMUTATIONS)
    found.update_batch([run.encode() for run in runs])
    return found


def near_duplicates(texts: Sequence[Text]) -> dict[int, int]:
    """Id -> an earlier text about another sample that says nearly the same; texts of their own are absent."""
    index = MinHashLSH(threshold=SIMILAR_FROM, num_perm=PERMUTATIONS)
    samples: dict[int, int] = {}
    found = {}
    for text in texts:
        signed = signature(text.text)
        earlier = [other for other in index.query(signed) if samples[other] != text.sample_id]
        if earlier:
            found[text.id] = min(earlier)
        else:
            # Only texts of their own are kept: a hundred copies are then copies of one, and the index stays small.
            index.insert(text.id, signed)
            samples[text.id] = text.sample_id
    return found


def outcomes(texts: Sequence[Text]) -> Mapping[int, CheckOutcome]:
    """For every text."""
    copies = near_duplicates(texts)
    return {
        text.id: CheckOutcome(VERSION, passed=True)
        if text.id not in copies
        else CheckOutcome(
            VERSION,
            passed=False,
            score=1.0,
            findings=(
                Finding("near_duplicate", noted("Says nearly the same as rationale {number}.", number=copies[text.id])),
            ),
        )
        for text in texts
    }
