"""The prefix probe: how early a reader of the text alone can tell the answer.

Belongs here: a small classifier over the project's own texts, and what it says of each. Pure functions.
Does not: fetching texts, storing outcomes (services.examining).

The reader is a naive Bayes classifier with one decision a candidate: from the words of the text's beginning, as they
look from that candidate (`this`, `other`), does it have the defect? It is asked about a sample with that sample's
own counts taken out, which for naive Bayes is exact leave-one-out. A beginning should tell about candidates that it has
discussed and nothing about the others: what it tells about those, beyond the commonest verdict, is the answer leaking
ahead of its reasons (the second and third level of anchoring in arXiv 2602.14469, measured here with a cheap reader).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.base.words import noted
from cot_generation import letters
from cot_generation.shapes import CheckOutcome, Finding, ProbePoint, Sentence

VERSION = 1
SHARES = (0.25, 0.5, 0.75, 1.0)
SURE = 0.9  # from here on the reader names a defect
_WORDS = re.compile(r"[\u4e00-\u9fff]{1,2}|\w+")
_THIS, _OTHER = " thisone ", " anotherone "


@dataclass(frozen=True)
class Told:
    """A rationale with the answer that it leads to."""

    id: int
    sample_id: int
    sentences: tuple[Sentence, ...]
    slots: tuple[str, ...]
    answer: frozenset[str]


@dataclass(frozen=True)
class _Cell:
    """One candidate of one text, as far as the text has been read."""

    text: int
    sample: int
    words: frozenset[str]
    faulty: bool
    discussed: bool
    slot: str


def beginning(sentences: Sequence[Sentence], share: float) -> Sequence[Sentence]:
    """The first sentences, so many that they make up the share; at least one."""
    return sentences[: max(1, math.ceil(len(sentences) * share - 1e-9))]


def words_for(read: Iterable[Sentence], slot: str) -> frozenset[str]:
    """What was read, from one candidate's point of view: words of sentences that name it count apart."""
    found: set[str] = set()
    for sentence in read:
        names = letters.named(sentence.text)
        text = letters.TOKEN.sub(lambda match: _THIS if match.group(1) == slot else _OTHER, sentence.text).lower()
        about = "t" if slot in names else "o"
        found.update(f"{about}:{word}" for word in _WORDS.findall(text))
    return frozenset(found)


def _cells(texts: Sequence[Told], share: float) -> list[_Cell]:
    cells: list[_Cell] = []
    for told in texts:
        read = beginning(told.sentences, share)
        discussed = {sentence.slot or next(iter(letters.named(sentence.text)), None) for sentence in read}
        cells.extend(
            _Cell(told.id, told.sample_id, words_for(read, slot), slot in told.answer, slot in discussed, slot)
            for slot in told.slots
        )
    return cells


def _said(cells: Sequence[_Cell]) -> list[float]:
    """The reader's probability that each cell is faulty, its own sample left out."""
    totals: Counter[bool] = Counter(cell.faulty for cell in cells)
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    own: dict[int, list[_Cell]] = defaultdict(list)
    for cell in cells:
        counts[cell.faulty].update(cell.words)
        own[cell.sample].append(cell)
    said = []
    for cell in cells:
        left_out = own[cell.sample]
        size = {label: totals[label] - sum(other.faulty is label for other in left_out) for label in (True, False)}
        odds = math.log(size[True] + 1) - math.log(size[False] + 1)
        for word in cell.words:
            gone = {True: 0, False: 0}
            for other in left_out:
                gone[other.faulty] += word in other.words
            odds += math.log((counts[True][word] - gone[True] + 0.5) / (size[True] + 1))
            odds -= math.log((counts[False][word] - gone[False] + 0.5) / (size[False] + 1))
        said.append(1 / (1 + math.exp(-max(-50.0, min(50.0, odds)))))
    return said


def points(texts: Sequence[Told]) -> list[ProbePoint]:
    """At each share of the text: of candidates not discussed by then, and of the others, how many are named rightly.

    `base` is what always saying the commonest verdict of those cells gets right.
    """
    found = []
    for share in SHARES:
        cells = _cells(texts, share)
        said = _said(cells)
        for discussed in (False, True):
            chosen = [(cell, p) for cell, p in zip(cells, said, strict=True) if cell.discussed is discussed]
            faulty = sum(cell.faulty for cell, _ in chosen)
            right = sum((p > 0.5) == cell.faulty for cell, p in chosen)
            found.append(ProbePoint(share, discussed, len(chosen), right, max(faulty, len(chosen) - faulty)))
    return found


def outcomes(texts: Sequence[Told]) -> Mapping[int, CheckOutcome]:
    """A text fails when its first quarter names, surely and rightly, a defect of a candidate it has not come to.

    The score is the mean probability that the reader gives to the truth about such candidates.
    """
    cells = _cells(texts, SHARES[0])
    said = _said(cells)
    told: dict[int, list[tuple[_Cell, float]]] = defaultdict(list)
    for cell, p in zip(cells, said, strict=True):
        if not cell.discussed:
            told[cell.text].append((cell, p))
    found = {}
    for text in texts:
        ahead = told.get(text.id, [])
        if not ahead:
            found[text.id] = CheckOutcome(VERSION, passed=None)
            continue
        named = sorted(cell.slot for cell, p in ahead if cell.faulty and p >= SURE)
        score = sum(p if cell.faulty else 1 - p for cell, p in ahead) / len(ahead)
        found[text.id] = CheckOutcome(
            VERSION,
            passed=not named,
            score=round(score, 4),
            findings=tuple(
                Finding("told_early", noted("Its beginning gives {slot} away before it comes to it.", slot=slot))
                for slot in named
            ),
        )
    return found
